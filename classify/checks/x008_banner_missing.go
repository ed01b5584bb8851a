package checks

import (
	"slices"

	"cookiescan/scanner"
)

// BannerMissing is the id of the check that keeps a gate from saying that
// nothing is wrong: without a banner, what comes after a choice was not seen.
const BannerMissing = "X008"

func x008() Check {
	return Check{
		ID: BannerMissing, Slug: "banner_missing", Title: "banner that is to be there, and was not found", Class: scanner.ClassUnable, Since: firstRuleset,
		Levels: everywhere(asWarning),
		Needs:  [][]Need{{Register, Look}},
		Run:    bannerMissing,
	}
}

// bannerMissing leaves pages that did not load to the checks that speak of them.
func bannerMissing(c *Context) []Observation {
	r := c.options.Register
	expected, waiting := r.ExpectsBanner()
	if !expected || !c.speaks() || slices.ContainsFunc(c.scans(), showsBanner) || every(c.looks, func(l look) bool { return !l.page.Loaded() }) {
		return nil
	}
	why := r.Name + " expects one"
	if waiting > 0 {
		why = r.Name + " has " + amount(waiting, "entry that waits", "entries that wait") + " for consent"
	}
	o := c.dialog(c.looks[0], scanner.SureCertain,
		"no consent banner was found in "+looked(c.walked())+", although "+why+": what is stored after a choice was not seen")
	o.Evidence[0].Detail = "nothing that looks like a banner came up"
	return []Observation{o}
}

func showsBanner(s *scanner.Scan) bool {
	return slices.ContainsFunc(s.Passes, func(p scanner.Pass) bool { return p.Consent != nil && p.Consent.Banner })
}
