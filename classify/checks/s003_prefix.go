package checks

import "cookiescan/scanner"

func s003() Check {
	return Check{
		ID: "S003", Slug: "prefix", Title: "name whose prefix promises more than the cookie keeps", Class: scanner.ClassHygiene, Since: firstRuleset,
		Levels:  everywhere(asWarning),
		Sources: []Source{cookieDraft("4.1.3"), layeredCookies(), blockedReasons()},
		Needs:   [][]Need{{}},
		Run: func(c *Context) []Observation {
			return c.mechanics("is refused by the browser: its attributes do not keep what the prefix of its name promises", func(m mechanism) bool {
				return m.cookie.Name != "" && m.refusedFor("InvalidPrefix")
			})
		},
	}
}
