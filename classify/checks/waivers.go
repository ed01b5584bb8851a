package checks

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"cookiescan/classify/declaration/register"
	"cookiescan/scanner"
)

// OfWaivers lists the checks that are about the waivers and not about a scan:
// Waive runs them, not Judge.
func OfWaivers() []Check { return []Check{w001(), w002()} }

// Waive marks the findings of judged scans that a file waives today, and no
// others: a waiver that a document brings along is of no account. What is wrong
// with the waivers themselves becomes findings of the first scan.
func Waive(docs []*scanner.Scan, w *register.Waivers, today time.Time) error {
	for _, doc := range docs {
		for i := range doc.Findings {
			doc.Findings[i].Waived = nil
		}
	}
	if w == nil || len(docs) == 0 {
		return nil
	}
	used := map[*register.Waiver]bool{}
	for _, doc := range docs {
		for x := range w.Apply(doc.Findings, standsFor(doc), today) {
			used[x] = true
		}
	}
	first := docs[0]
	for _, x := range w.Expired(today) {
		if err := addWaiver(first, w001(), x, "ended on "+x.Expires); err != nil {
			return err
		}
	}
	for _, x := range w.Unused(used, today) {
		if !couldBeNeeded(docs, x) {
			continue
		}
		if err := addWaiver(first, w002(), x, "is about no finding of this run"); err != nil {
			return err
		}
	}
	Sort(first.Findings)
	return nil
}

// standsFor is the host that a scan is about.
func standsFor(doc *scanner.Scan) string {
	return hostOf(cmp.Or(doc.Target.As, doc.Target.URL, doc.Target.Site))
}

// couldBeNeeded tells whether the scans would have found what a waiver is about.
func couldBeNeeded(docs []*scanner.Scan, w *register.Waiver) bool {
	here := false
	for _, doc := range docs {
		if !doc.Complete || doc.Checks == nil || !slices.Contains(doc.Checks.Tested, w.Check) {
			return false
		}
		here = here || w.At(standsFor(doc))
	}
	return here
}

// addWaiver adds a finding about a waiver.
func addWaiver(doc *scanner.Scan, check Check, w *register.Waiver, what string) error {
	page, err := check.Page()
	if err != nil {
		return err
	}
	c := &Context{scan: doc, profile: EU}
	o := Observation{
		Kind: "waiver", Subject: w.Check + " " + w.Item.Text, Domain: c.site(), Sure: scanner.SureCertain,
		Message: fmt.Sprintf("the waiver of %s for %s, owned by %s, %s", w.Check, w.Item.Text, w.Owner, what),
	}
	if len(w.Sites) > 0 {
		o.Domain = w.Sites[0]
	}
	f, ok := c.finding(check, page, o, Options{Profile: EU})
	if !ok {
		return nil
	}
	f.Declared = &scanner.Declared{
		Source: w.Place.File, Line: w.Place.Line, Column: w.Place.Column, Entry: o.Subject, Text: w.Kind + " until " + w.Expires + ": " + w.Reason,
	}
	_, kept := RulesetOf(doc)
	hold(&f, check, kept, Current)
	doc.Findings = append(doc.Findings, f)
	return nil
}
