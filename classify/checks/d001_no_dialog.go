package checks

import (
	"fmt"
	"slices"

	"cookiescan/scanner"
)

func d001() Check {
	return Check{
		ID: "D001", Slug: "no_dialog", Title: "no choice offered although consent is needed", Class: scanner.ClassLaw, Since: firstRuleset,
		Levels:  Levels{EU: asError, UK: asError, CH: asWarning},
		Sources: storing(),
		Needs:   [][]Need{{PassNone, Look, Rules}},
		Run:     noDialog,
	}
}

// noDialog speaks only if no pass saw a banner and none is held back for
// visitors from elsewhere. Where nobody says that the scanner stood where the
// profile holds, it is no more than likely.
func noDialog(c *Context) []Observation {
	if len(c.banners) > 0 || slices.ContainsFunc(c.looks, func(l look) bool { return l.consent.Failure == scanner.BannerElsewhere }) {
		return nil
	}
	stored := append(c.beforeChoice(true), c.beforeChoice(false)...)
	best := weight{}
	var names []string
	for i, o := range stored {
		if x := (weight{o.Sure, o.Most}); i == 0 || heavier(x, best) {
			best = x
		}
		names = append(names, o.Subject)
	}
	if len(names) == 0 || best.sure == scanner.SureReview {
		return nil
	}
	doubt := c.looks[0].consent.Detail // such as a language whose banners are not known
	if !c.here() || doubt != "" {
		best = best.atMost(scanner.SureLikely, asWarning)
	}
	slices.Sort(names)
	names = slices.Compact(names)
	o := c.dialog(c.looks[0], best.sure, fmt.Sprintf("no consent banner was found in %s, although %s needs consent: %s",
		looked(c.walked()), wasWritten(len(names)), some(names)))
	o.Most, o.Items = best.most, names
	o = o.look("Look for a consent banner.", "In the developer tools (F12), Application, Cookies and Storage: look for "+some(names)+".")
	o.Evidence[0].Detail = "nothing that looks like a banner came up"
	if doubt != "" {
		o.Message += "; " + doubt
	}
	return []Observation{o}
}

// walked counts the passes that saw the site: where the first meets no banner, those
// that would answer it are not made.
func (c *Context) walked() int {
	n := 0
	for _, p := range c.scan.Passes {
		if p.Consent != nil && len(p.Pages) > 0 {
			n++
		}
	}
	return n
}

func looked(n int) string {
	if n == 1 {
		return "1 pass"
	}
	return fmt.Sprintf("%d passes", n)
}

func wasWritten(n int) string {
	if n == 1 {
		return "1 item that was written"
	}
	return fmt.Sprintf("each of %d items that were written", n)
}
