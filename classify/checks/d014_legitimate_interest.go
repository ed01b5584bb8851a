package checks

import "cookiescan/scanner"

func d014() Check {
	return Check{
		ID: "D014", Slug: "legitimate_interest", Title: "legitimate interest on before a choice", Class: scanner.ClassLaw, Since: firstRuleset,
		Levels:  Levels{EU: asWarning, UK: asWarning},
		Sources: []Source{taskforce("practice H"), gdpr("Article 6(1)(f)"), ico()},
		Needs:   [][]Need{{Banner}},
		Run:     legitimateInterest,
	}
}

func legitimateInterest(c *Context) []Observation {
	for _, l := range c.banners {
		if names := l.consent.LegitimateInterest; len(names) > 0 {
			o := c.dialog(l, scanner.SureLikely, "on as a legitimate interest before any choice: "+some(names))
			o.Items = names
			return []Observation{o}
		}
	}
	return nil
}
