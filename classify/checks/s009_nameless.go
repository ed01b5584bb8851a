package checks

import "cookiescan/scanner"

func s009() Check {
	return Check{
		ID: "S009", Slug: "nameless", Title: "cookie without a name", Class: scanner.ClassHygiene, Since: firstRuleset,
		Levels:  everywhere(asWarning),
		Sources: []Source{cookieDraft("4.1.1"), cookieDraft("5.6")},
		Needs:   [][]Need{{}},
		Run: func(c *Context) []Observation {
			return c.mechanics("is set: browsers and servers disagree on what it is called", func(m mechanism) bool {
				return m.cookie.Name == "" && (m.stored() || m.write.Action == scanner.Refused)
			})
		},
	}
}
