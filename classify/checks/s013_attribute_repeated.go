package checks

import "cookiescan/scanner"

func s013() Check {
	return Check{
		ID: "S013", Slug: "attribute_repeated", Title: "one attribute twice", Class: scanner.ClassHygiene, Since: firstRuleset,
		Levels:  everywhere(asWarning),
		Sources: []Source{cookieDraft("4.1.1")},
		Needs:   [][]Need{{}},
		Run: func(c *Context) []Observation {
			return c.mechanics("has an attribute more than once, of which browsers take the last", func(m mechanism) bool {
				return m.has(scanner.AttributeRepeated)
			})
		},
	}
}
