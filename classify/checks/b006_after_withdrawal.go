package checks

import "cookiescan/scanner"

func b006() Check {
	return Check{
		ID: "B006", Slug: "after_withdrawal", Title: "in use after withdrawal", Class: scanner.ClassLaw, Since: firstRuleset,
		Levels:  Levels{EU: asError, UK: asError, CH: asWarning, USCA: asWarning},
		Sources: storing(gdpr("Article 7(3)"), taskforce("practice K")),
		Needs:   [][]Need{{PassWithdraw, Rules}},
		Run: func(c *Context) []Observation {
			return c.afterRefusal("withdraw", "after withdrawal", c.refusedAfter("withdraw"))
		},
	}
}
