package checks

import "cookiescan/scanner"

func s012() Check {
	return Check{
		ID: "S012", Slug: "name_repeated", Title: "one name twice in a response", Class: scanner.ClassHygiene, Since: firstRuleset,
		Levels:  everywhere(asWarning),
		Sources: []Source{cookieDraft("4.1.1")},
		Needs:   [][]Need{{}},
		Run: func(c *Context) []Observation {
			return c.mechanics("is set more than once by one response", func(m mechanism) bool {
				return m.has(scanner.NameRepeated)
			})
		},
	}
}
