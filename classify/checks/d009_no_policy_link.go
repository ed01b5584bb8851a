package checks

import "cookiescan/scanner"

func d009() Check {
	return Check{
		ID: "D009", Slug: "no_policy_link", Title: "no link to the policy on the first layer", Class: scanner.ClassLaw, Since: firstRuleset,
		Levels:  Levels{EU: asWarning, UK: asWarning, CH: asNote},
		Sources: []Source{cnil(), garante(), gdpr("Articles 12(1) and 13"), ico(), switzerland()},
		Needs:   [][]Need{{Banner, Controls}},
		Run:     noPolicyLink,
	}
}

func noPolicyLink(c *Context) []Observation {
	for _, l := range c.read() {
		if l.consent.PolicyLink != "" || l.has(1, scanner.RoleMore) {
			return nil
		}
	}
	return []Observation{c.dialog(c.banner(), scanner.SureLikely, "the banner has no link to a cookie or privacy policy")}
}
