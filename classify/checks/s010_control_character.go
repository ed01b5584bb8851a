package checks

import "cookiescan/scanner"

func s010() Check {
	return Check{
		ID: "S010", Slug: "control_character", Title: "control character in a cookie", Class: scanner.ClassHygiene, Since: firstRuleset,
		Levels:  everywhere(asWarning),
		Sources: []Source{cookieDraft("5.6"), blockedReasons()},
		Needs:   [][]Need{{}},
		Run: func(c *Context) []Observation {
			return c.mechanics("is refused by the browser: it holds a control character", func(m mechanism) bool {
				return m.refusedFor("DisallowedCharacter")
			})
		},
	}
}
