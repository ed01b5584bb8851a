package checks

import "cookiescan/scanner"

func s001() Check {
	return Check{
		ID: "S001", Slug: "without_secure", Title: "cookie without Secure", Class: scanner.ClassHygiene, Since: firstRuleset,
		Levels:  everywhere(asWarning),
		Sources: []Source{cookieDraft("8.3")},
		Needs:   [][]Need{{}},
		Run: func(c *Context) []Observation {
			return c.mechanics("was written over https without Secure, so that it is sent over http too", func(m mechanism) bool {
				return m.stored() && !m.write.Secure && c.secured(m)
			})
		},
	}
}
