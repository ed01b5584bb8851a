package checks

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	"cookiescan/classify/declaration"
	"cookiescan/classify/declaration/register"
	"cookiescan/scanner"
)

// Options say how to judge. The zero value is the default profile, not chosen,
// and a site that declares nothing.
type Options struct {
	Profile Profile
	Chosen  bool // by the user: only then a check of class law gives an error

	// Ruleset is the one that the user keeps to, whatever newer ones this program
	// has: what they added is no more than a note. None is that of the program.
	Ruleset Ruleset

	Register  *register.File             // the site's own; nil: none was given
	Previous  *register.File             // as it was before its last change; nil: not known
	Published []*declaration.Declaration // its policies as published, and declarations in forms of others
	Links     map[string]LinkState       // by address: what the links of both led to; nil: nobody followed them

	// Others are further scans of the same site that are judged in one run, each
	// with all the others. What is said of the declaration alone, or of all
	// scans, is said in the one that began first.
	Others []*scanner.Scan
}

// mostEvidence is kept of one finding.
const mostEvidence = 20

// Judge runs every check of a profile over a classified scan and writes what
// they find into it, with what was tested and what was not. Earlier findings
// are replaced; what a second look said of one, and its waiver, stay.
func Judge(doc *scanner.Scan, o Options) error { return judgeBy(All(), Current, doc, o) }

// judgeBy judges by the checks of a ruleset.
func judgeBy(list []Check, current Ruleset, doc *scanner.Scan, o Options) error {
	o.Profile = cmp.Or(o.Profile, EU)
	o.Published = slices.DeleteFunc(slices.Clone(o.Published), func(d *declaration.Declaration) bool { return d == nil })
	o.Others = slices.DeleteFunc(slices.Clone(o.Others), func(s *scanner.Scan) bool { return s == nil })
	c, err := newContext(doc.Sorted(), o)
	if err != nil {
		return err
	}
	run := scanner.CheckRun{Profile: string(o.Profile), Chosen: o.Chosen, Ruleset: current.String(), Kept: o.Ruleset.String()}
	var findings []scanner.Finding
	said := map[string]bool{} // one cause is one finding
	for _, check := range list {
		if check.Levels.In(o.Profile) == Off {
			continue
		}
		if u := c.untested(check); u != nil {
			run.NotTested = append(run.NotTested, *u)
			continue
		}
		run.Tested = append(run.Tested, check.ID)
		page, err := check.Page()
		if err != nil {
			return err
		}
		for _, seen := range check.Run(c) {
			if f, ok := c.finding(check, page, seen, o); ok && !said[f.Fingerprint] {
				said[f.Fingerprint] = true
				hold(&f, check, o.Ruleset, current)
				findings = append(findings, f)
			}
		}
	}
	earlier := map[string]scanner.Finding{}
	for _, f := range doc.Findings {
		earlier[f.Fingerprint] = f
	}
	for i := range findings {
		if old, ok := earlier[findings[i].Fingerprint]; ok && old.Fingerprint != "" {
			keep(&findings[i], old, doc.SecondLook)
		}
	}
	Sort(findings)
	doc.Checks, doc.Findings = &run, findings
	return nil
}

func (c *Context) finding(check Check, page Page, o Observation, opts Options) (scanner.Finding, bool) {
	level := severity(check, o, opts.Profile, opts.Chosen)
	if level == Off {
		return scanner.Finding{}, false
	}
	f := scanner.Finding{
		ID: check.ID, Class: check.Class, Severity: level, Confidence: o.Sure, Kind: o.Kind, Subject: o.Subject, Domain: o.Domain,
		Items: o.Items, Declared: cmp.Or(o.Declared, c.placeOf(o)), Message: o.Message, Why: page.Why, Wrong: page.Wrong, Fix: page.Fix, Steps: o.Steps,
		Evidence: o.Evidence[:min(len(o.Evidence), mostEvidence)], Fingerprint: c.fingerprint(check.ID, o),
	}
	if check.Class == scanner.ClassLaw {
		f.Profile = string(opts.Profile)
	}
	slices.Sort(f.Items)
	f.Items = slices.Compact(f.Items)
	return f, true
}

// keep takes over what was learnt of the same cause before. That it was not seen
// again counts only where the second look says that it looked.
func keep(f *scanner.Finding, old scanner.Finding, look *scanner.SecondLook) {
	if f.Waived = old.Waived; f.Class == scanner.ClassUnable {
		f.Waived = nil // what was not seen cannot be accepted
	}
	if old.Confirmed != "" && (old.Confirmed != scanner.ConfirmedNo || looksFor(look, f.Fingerprint)) {
		Confirm(f, old.Confirmed)
	}
}

func looksFor(look *scanner.SecondLook, fingerprint string) bool {
	return look != nil && slices.ContainsFunc(look.Visits, func(v scanner.SecondVisit) bool { return slices.Contains(v.Findings, fingerprint) })
}

// Confirm writes what a second look in an ordinary browser said. What was not
// seen again is no more than a warning.
func Confirm(f *scanner.Finding, c scanner.Confirmation) {
	f.Confirmed = c
	if c == scanner.ConfirmedNo {
		f.Severity = lighter(f.Severity, asWarning)
	}
}

// Confirmable tells whether a finding is one that is worth a second look: an
// error about a choice, the dialog or a signal, or that something which a page
// stored or asked for is not as declared. What a declaration says of itself has
// nothing to look at, and who gets to know a value a look from outside does not
// see.
func Confirmable(f scanner.Finding) bool {
	if f.Severity != scanner.SeverityError || f.ID == "" {
		return false
	}
	return strings.Contains("BDG", f.ID[:1]) || f.ID[0] == 'U' && slices.ContainsFunc(f.Evidence, met)
}

// met tells evidence of what a page stored, or asked for, from what was read.
func met(e scanner.Evidence) bool {
	return e.Pass != "" && (written(e) || e.Item == "" && e.Receiver != "")
}

// fingerprint is equal for the same cause in another scan of the same site: it
// is made of what stays when pages, values, runs and rules change.
func (c *Context) fingerprint(id string, o Observation) string {
	sum := sha256.Sum256([]byte(strings.Join([]string{"finding/v1", id, c.site(), o.Kind, o.Subject, o.Domain}, "\x00")))
	return hex.EncodeToString(sum[:16])
}

// Sort puts what weighs most first, good practice behind what a law or
// the site's own word asks, and then goes by id and subject.
func Sort(list []scanner.Finding) {
	slices.SortStableFunc(list, func(a, b scanner.Finding) int {
		return cmp.Or(
			cmp.Compare(slices.Index(severities, a.Severity), slices.Index(severities, b.Severity)),
			cmp.Compare(practice(a), practice(b)), cmp.Compare(a.ID, b.ID), cmp.Compare(a.Subject, b.Subject), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Domain, b.Domain))
	})
}

func practice(f scanner.Finding) int {
	if f.Class == scanner.ClassHygiene {
		return 1
	}
	return 0
}
