package checks

import (
	"slices"

	"cookiescan/scanner"
)

// Check is one thing that a scan is judged by.
type Check struct {
	ID      string // a letter for the family and a number, never used again
	Slug    string // of its files, such as before_choice
	Title   string
	Class   scanner.Class
	Since   Ruleset // the first that has it
	Levels  Levels
	Sources []Source
	Needs   [][]Need // one whole set must be met, or the check is not tested
	Run     func(*Context) []Observation
}

// Observation is what a check saw, before it is weighed. Why it matters, what
// would make it wrong and what to do stand on the check's page.
type Observation struct {
	Kind     string // of the subject: cookie, a kind of storage or tracker, dialog, signal, pass, page, declaration
	Subject  string
	Domain   string
	Items    []string
	Declared *scanner.Declared
	Message  string // one sentence
	Sure     scanner.Sureness
	Most     scanner.Severity // it cannot weigh more; empty: no limit but the check's own
	Evidence []scanner.Evidence
	Steps    []string // for a person with an ordinary browser
}

// Source is what a check rests on.
type Source struct {
	Text     string // as a lawyer would cite it
	Address  string
	Verified string // full-date on which the text, or a publication that quotes it, was read; or Unverified
	Kind     SourceKind
	Profiles []Profile // under which it counts; nil: under all that the check has
}

// Unverified is said of a source that nobody read for this program. It cannot
// carry an error.
const Unverified = "unverified"

// SourceKind is the weight of a source.
type SourceKind string

// The kinds of sources. A standard is the terms of a private framework; a study
// shows how often something is met, and binds nobody.
const (
	Statute   SourceKind = "statute"
	Court     SourceKind = "court"
	Authority SourceKind = "authority"
	Guidance  SourceKind = "guidance"
	Proposal  SourceKind = "proposal"
	Standard  SourceKind = "standard"
	Study     SourceKind = "study"
)

// All lists the checks in the order of their ids.
func All() []Check {
	return []Check{
		b001(), b002(), b003(), b004(), b005(), b006(), b007(), b008(), b009(), b010(), b011(), b012(), b013(), b014(), b015(),
		d001(), d002(), d003(), d004(), d005(), d006(), d007(), d008(), d009(), d010(), d011(), d012(), d013(), d014(),
		g001(), g002(), g003(), g004(), g005(), g006(), g007(), g008(),
		s001(), s002(), s003(), s004(), s005(), s006(), s007(), s008(), s009(), s010(), s011(), s012(), s013(), s014(), s015(), s016(), s017(), s018(), s019(), s020(), s021(),
		u001(), u002(), u003(), u004(), u005(), u006(), u007(), u008(), u009(), u010(), u011(), u012(), u013(), u014(), u015(),
		u016(), u017(), u018(), u019(), u020(), u021(), u022(), u023(), u024(), u025(), u026(), u027(), u028(), u029(),
		x001(), x002(), x003(), x004(), x005(), x006(), x007(), x008(), x009(), x010(),
	}
}

// Lookup finds a check by its id, also one of the waivers.
func Lookup(id string) (Check, bool) {
	for _, c := range slices.Concat(All(), OfWaivers()) {
		if c.ID == id {
			return c, true
		}
	}
	return Check{}, false
}
