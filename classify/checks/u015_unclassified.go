package checks

import "cookiescan/scanner"

func u015() Check {
	return Check{
		ID: "U015", Slug: "unclassified", Title: "entry without a category", Class: scanner.ClassLaw, Since: firstRuleset,
		Levels:  Levels{EU: asWarning, UK: asWarning, CH: asNote, USCA: asNote},
		Sources: informing(),
		Needs:   [][]Need{{Declared}},
		Run: func(c *Context) []Observation {
			return c.lacking("a category", "category", func(e *entry) bool {
				return e.category == "" || e.category == scanner.Unclassified
			}, func(e *entry) Observation {
				return Observation{Sure: scanner.SureCertain, Message: e.title() + " is declared in no category"}
			})
		},
	}
}
