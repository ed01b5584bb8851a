package checks

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"time"

	"cookiescan/scanner"
)

// Ruleset is a version of the checks: year and month in which a minor version of
// the program came out, as 100*year + month. Text has it as 2026.11. The zero
// value is none.
type Ruleset int

// firstRuleset is that of the first version. What it has was never new to
// anybody.
const firstRuleset Ruleset = 202611

// Current is the ruleset of this program. Each minor version of the program that
// adds a check has one of its own.
const Current = firstRuleset

// rulesetForm is how one is written, as package time has it.
const rulesetForm = "2006.01"

// ParseRuleset reads the name of a ruleset that this program knows: no text is
// none. A later one is of a program that has more checks than this.
func ParseRuleset(text string) (Ruleset, error) { return parseRuleset(text, Current) }

func parseRuleset(text string, current Ruleset) (Ruleset, error) {
	if text == "" {
		return 0, nil
	}
	month, err := time.Parse(rulesetForm, text)
	switch r := rulesetOf(month); {
	case err != nil:
		return 0, fmt.Errorf("%.40q is no ruleset, which is a year and a month such as %s", text, current)
	case r < firstRuleset:
		return 0, fmt.Errorf("there is no ruleset %s, the first is %s", r, firstRuleset)
	case r > current:
		return 0, fmt.Errorf("this program has the ruleset %s, which is older than %s", current, r)
	default:
		return r, nil
	}
}

// String is the ruleset as text, empty for none.
func (r Ruleset) String() string {
	if r == 0 {
		return ""
	}
	return strconv.Itoa(int(r)/100) + fmt.Sprintf(".%02d", int(r)%100)
}

// RulesetOf are the ruleset by whose checks a scan was judged, and the one that
// was kept to, which is the same unless the user said otherwise. They are none for
// a scan that does not say.
func RulesetOf(doc *scanner.Scan) (has, kept Ruleset) {
	if doc.Checks == nil {
		return 0, 0
	}
	read := func(text string) Ruleset {
		month, err := time.Parse(rulesetForm, text)
		if err != nil {
			return 0
		}
		return rulesetOf(month)
	}
	has = read(doc.Checks.Ruleset)
	return has, cmp.Or(read(doc.Checks.Kept), has)
}

func rulesetOf(t time.Time) Ruleset { return Ruleset(t.Year()*100 + int(t.Month())) }

// New tells whether a check weighs no more than a note under a ruleset: it is new
// in that one, or came later. So a newer program that is kept to an older ruleset
// fails on nothing that the older program let pass.
func (c Check) New(r Ruleset) bool { return c.Since >= r && c.Since > firstRuleset }

// Without takes out of a judged scan what the checks say that came after a
// ruleset. None takes out nothing.
func Without(doc *scanner.Scan, r Ruleset) {
	later := func(id string) bool {
		c, ok := Lookup(id)
		return ok && r != 0 && c.Since > r
	}
	doc.Findings = slices.DeleteFunc(doc.Findings, func(f scanner.Finding) bool { return later(f.ID) })
	if doc.Checks != nil {
		doc.Checks.Tested = slices.DeleteFunc(doc.Checks.Tested, later)
		doc.Checks.NotTested = slices.DeleteFunc(doc.Checks.NotTested, func(u scanner.Untested) bool { return later(u.ID) })
	}
}

// hold makes a note of a finding of a check that is new under the ruleset kept
// to, none being the current one, and says so.
func hold(f *scanner.Finding, c Check, kept, current Ruleset) {
	if f.Severity == asNote || !c.New(cmp.Or(kept, current)) {
		return
	}
	why := "the check is new in the ruleset " + c.Since.String()
	if kept != 0 && kept < c.Since {
		why = "the ruleset is kept at " + kept.String()
	}
	f.Message += fmt.Sprintf(" (a note, since %s; with one after %s it counts as %s)", why, c.Since, f.Severity)
	f.Severity = asNote
}
