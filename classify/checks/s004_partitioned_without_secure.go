package checks

import "cookiescan/scanner"

func s004() Check {
	return Check{
		ID: "S004", Slug: "partitioned_without_secure", Title: "Partitioned without Secure", Class: scanner.ClassHygiene, Since: firstRuleset,
		Levels:  everywhere(asWarning),
		Sources: []Source{chips()},
		Needs:   [][]Need{{}},
		Run: func(c *Context) []Observation {
			return c.mechanics("is refused by the browser: it has Partitioned without Secure", func(m mechanism) bool {
				return m.refusedFor("InvalidPartitioned")
			})
		},
	}
}
