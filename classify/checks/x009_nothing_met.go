package checks

import (
	"slices"

	"cookiescan/classify/declaration/register"
	"cookiescan/scanner"
)

// NothingMet is the id of the check that keeps a gate from saying that nothing
// is wrong: the page may be another than the one that is declared.
const NothingMet = "X009"

func x009() Check {
	return Check{
		ID: NothingMet, Slug: "nothing_met", Title: "nothing of what is declared was met", Class: scanner.ClassUnable, Since: firstRuleset,
		Levels: everywhere(asWarning),
		Needs:  [][]Need{{Register, PassNone}},
		Run:    nothingMet,
	}
}

// nothingMet takes a banner for a sign that the page is the site's own, and
// leaves what is stored and not declared, and scans that are incomplete, to the
// checks that speak of them.
func nothingMet(c *Context) []Observation {
	if !c.speaks() || slices.ContainsFunc(c.scans(), func(s *scanner.Scan) bool { return !s.Complete || showsBanner(s) }) {
		return nil
	}
	met := map[*entry]bool{}
	c.meet(met)
	stored := len(c.items)
	for _, s := range c.scans()[1:] {
		other := c.beside(s)
		other.meet(met)
		stored += len(other.items)
	}
	always := 0
	for _, e := range c.view.register.entries {
		if e.state() == register.Reviewed && e.own.When == "always" && e.own.Purpose.Key != storeConsent && e.stores() && reached(c.scan, e) {
			always++
		}
	}
	if len(met) > 0 || stored > 0 || always == 0 {
		return nil
	}
	page := c.scan.Passes[0].Pages[0]
	message := "nothing of what " + c.options.Register.Name + " declares was met, though it has " + amount(always, "entry that is", "entries that are") +
		" always there: this may not be the page that it is about"
	if page.FinalURL != "" && hostOf(page.FinalURL) != hostOf(page.URL) {
		message += "; it led to " + first(page.FinalURL, longestName)
	}
	return []Observation{{
		Kind: "page", Subject: first(page.URL, longestName), Domain: c.site(), Sure: scanner.SureCertain, Message: message,
		Evidence: []scanner.Evidence{{Pass: c.scan.Passes[0].Phase, Page: page.ID, URL: page.URL, Detail: "nothing declared was stored"}},
		Steps:    []string{"Open " + page.URL + " in a new private window.", "See whether it is the site's own page."},
	}}
}
