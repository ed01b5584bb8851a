package checks

import (
	"slices"

	"cookiescan/scanner"
)

// NothingSeen is the id of the check that keeps a gate from saying that nothing
// is wrong: a scan without a page looked at nothing.
const NothingSeen = "X010"

func x010() Check {
	return Check{
		ID: NothingSeen, Slug: "nothing_seen", Title: "no page was seen", Class: scanner.ClassUnable, Since: firstRuleset,
		Levels: everywhere(asWarning),
		Needs:  [][]Need{{}},
		Run:    nothingSeen,
	}
}

// nothingSeen leaves scans that say themselves what they did not see to the
// checks that repeat it.
func nothingSeen(c *Context) []Observation {
	if len(c.scan.Incomplete) > 0 {
		return nil
	}
	why := "the scan has no page"
	for _, pass := range c.scan.Passes {
		if slices.ContainsFunc(pass.Pages, came) {
			return nil
		}
		if len(pass.Pages) > 0 {
			why = "none of the pages answered with one"
		}
	}
	return []Observation{{
		Kind: "scan", Subject: "scan", Domain: c.site(), Sure: scanner.SureCertain, Message: "no page was seen: " + why,
		Evidence: []scanner.Evidence{{URL: c.scan.Target.URL, Detail: why}},
	}}
}

// came tells whether a page was there to be looked at.
func came(p scanner.Page) bool { return p.Loaded() && p.Status != 0 && p.Status != 204 }
