package scanner

// CheckRun says which checks judged the scan, so that a scan without a finding
// can be told from one that was not judged.
type CheckRun struct {
	Profile   string     `json:"profile"`
	Chosen    bool       `json:"chosen,omitempty"`    // the user chose the profile; without that no check of class law gives an error
	Ruleset   string     `json:"ruleset,omitempty"`   // version of the checks, such as 2026.11
	Kept      string     `json:"kept,omitempty"`      // ruleset that the user keeps to: what is newer is no more than a note
	Tested    []string   `json:"tested,omitempty"`    // ids, sorted
	NotTested []Untested `json:"notTested,omitempty"` // by id
}

// Untested is a check that could not run, which is not the same as no finding.
type Untested struct {
	ID     string   `json:"id"`
	Needs  []string `json:"needs,omitempty"` // passes that are missing
	Reason string   `json:"reason"`          // one sentence for a person
}

// Finding is what one check has to say about one cause.
type Finding struct {
	ID         string       `json:"id"` // of the check, such as B001
	Class      Class        `json:"class"`
	Severity   Severity     `json:"severity"`
	Confidence Sureness     `json:"confidence"`
	Confirmed  Confirmation `json:"confirmed,omitempty"` // absent: not looked for again
	Profile    string       `json:"profile,omitempty"`   // that gave the severity; absent for hygiene and unable

	Kind    string   `json:"kind"`             // of the subject: cookie, a kind of storage or tracker, dialog, signal, pass, page, declaration
	Subject string   `json:"subject"`          // folded name pattern, such as _ga_*
	Domain  string   `json:"domain,omitempty"` // of the subject
	Items   []string `json:"items,omitempty"`  // names that are folded into it, sorted

	Declared    *Declared  `json:"declared,omitempty"` // what the site says about it; absent: nothing, or nobody asked
	Message     string     `json:"message"`            // what was observed, one sentence
	Why         string     `json:"why"`                // why it matters
	Wrong       string     `json:"wrong"`              // what would make this wrong
	Fix         string     `json:"fix"`                // what to do
	Steps       []string   `json:"steps,omitempty"`    // how a person with an ordinary browser sees it
	Evidence    []Evidence `json:"evidence"`           // at most 20, in the order of events
	Fingerprint string     `json:"fingerprint"`        // equal for the same cause in other scans
	Waived      *Waiver    `json:"waived,omitempty"`
}

// Declared is the part of a declaration that a finding is about.
type Declared struct {
	Source string `json:"source"`           // name of the file, or address of the page
	Line   int    `json:"line,omitempty"`   // from 1; 0: the source has no lines
	Column int    `json:"column,omitempty"` // from 1, in characters
	Place  string `json:"place,omitempty"`  // in a page, such as "table 2, row 3"
	Entry  string `json:"entry,omitempty"`  // id in the register, or name as declared
	Text   string `json:"text,omitempty"`   // what it says, for a person, such as "statistics, 13 months"
}

// Class is what a finding contradicts.
type Class string

// The classes: the site's own declaration; a law, in the profile the user
// chose; good practice; none, since something could not be checked.
const (
	ClassContract Class = "contract"
	ClassLaw      Class = "law"
	ClassHygiene  Class = "hygiene"
	ClassUnable   Class = "unable"
)

// Severity is how much a finding weighs.
type Severity string

// The severities, heaviest first.
const (
	SeverityError   Severity = "error"
	SeverityWarning Severity = "warning"
	SeverityNote    Severity = "note"
)

// Sureness is how sure a finding is, apart from how much it weighs.
type Sureness string

// The degrees. Review: a person must look before it can be said.
const (
	SureCertain Sureness = "certain"
	SureLikely  Sureness = "likely"
	SureReview  Sureness = "review"
)

// Confirmation is what a second look in an ordinary browser said.
type Confirmation string

// The outcomes of a second look.
const (
	ConfirmedYes        Confirmation = "yes"
	ConfirmedNo         Confirmation = "no"
	ConfirmedImpossible Confirmation = "not-possible"
)

// SecondLook is how findings were looked for again: in real time, with nothing
// that watches the scripts of a page, and without scrolling or using it.
type SecondLook struct {
	Browser Browser       `json:"browser"`
	Detail  string        `json:"detail,omitempty"` // why it is not the full browser, one sentence for a person
	Visits  []SecondVisit `json:"visits"`
}

// SecondVisit is a page that was looked at again.
type SecondVisit struct {
	URL      string   `json:"url"`
	Phases   []string `json:"phases"`            // passes over it, each with a fresh profile
	WaitMs   int64    `json:"waitMs"`            // real time that it got
	Findings []string `json:"findings"`          // fingerprints of those that were looked for
	Problem  string   `json:"problem,omitempty"` // what of it could not be seen, one sentence for a person
}

// Evidence is one observation that a finding rests on.
type Evidence struct {
	Pass      string  `json:"pass,omitempty"`
	State     string  `json:"state,omitempty"` // consent state at that moment
	Page      string  `json:"page,omitempty"`  // id
	URL       string  `json:"url,omitempty"`   // address of the page
	Trigger   Trigger `json:"trigger,omitempty"`
	Item      string  `json:"item,omitempty"`   // name of the cookie, key of the storage
	Setter    string  `json:"setter,omitempty"` // script or response
	Line      int     `json:"line,omitempty"`
	Column    int     `json:"column,omitempty"`
	Receiver  string  `json:"receiver,omitempty"`  // host that got a value or a request
	FirstMs   int64   `json:"firstMs,omitempty"`   // page time since the page began to load
	Straddles bool    `json:"straddles,omitempty"` // began before the choice, ended after it
	Detail    string  `json:"detail"`              // what was seen, for a person
}

// Waiver is the reason why a finding does not count.
type Waiver struct {
	Kind    string `json:"kind"` // fix-pending, accepted-risk, false-positive
	Owner   string `json:"owner"`
	Reason  string `json:"reason"`
	Expires string `json:"expires"` // RFC 3339 full-date
}
