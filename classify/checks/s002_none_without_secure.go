package checks

import "cookiescan/scanner"

func s002() Check {
	return Check{
		ID: "S002", Slug: "none_without_secure", Title: "SameSite=None without Secure", Class: scanner.ClassHygiene, Since: firstRuleset,
		Levels:  everywhere(asWarning),
		Sources: []Source{cookieDraft("5.7"), blockedReasons()},
		Needs:   [][]Need{{}},
		Run: func(c *Context) []Observation {
			return c.mechanics("is refused by the browser: it has SameSite=None without Secure", func(m mechanism) bool {
				return m.refusedFor("SameSiteNoneInsecure")
			})
		},
	}
}
