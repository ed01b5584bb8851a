package checks

import "cookiescan/scanner"

func b002() Check {
	return Check{
		ID: "B002", Slug: "storage_before_choice", Title: "storage written before a choice", Class: scanner.ClassLaw, Since: firstRuleset,
		Levels:  Levels{EU: asError, UK: asError, CH: asWarning},
		Sources: storing(edpbScope()),
		Needs:   [][]Need{{PassNone, Rules}},
		Run:     func(c *Context) []Observation { return c.beforeChoice(false) },
	}
}
