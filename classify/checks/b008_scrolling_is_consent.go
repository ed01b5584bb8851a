package checks

import "cookiescan/scanner"

func b008() Check {
	return Check{
		ID: "B008", Slug: "scrolling_is_consent", Title: "scrolling or moving on treated as consent", Class: scanner.ClassLaw, Since: firstRuleset,
		Levels:  Levels{EU: asError, UK: asError},
		Sources: []Source{garante(), directive(), consentGuidelines(), gdpr("recital 32"), pecr()},
		Needs:   [][]Need{{PassNone, Rules}},
		Run: func(c *Context) []Observation {
			return c.taken("none", asked, "was written before a choice, and only once the visitor scrolled or used the page")
		},
	}
}
