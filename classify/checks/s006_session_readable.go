package checks

import "cookiescan/scanner"

func s006() Check {
	return Check{
		ID: "S006", Slug: "session_readable", Title: "session cookie that scripts can read", Class: scanner.ClassHygiene, Since: firstRuleset,
		Levels:  everywhere(asWarning),
		Sources: []Source{cookieDraft("4.1.2.6"), cookieDraft("8.4")},
		Needs:   [][]Need{{Rules}},
		Run: func(c *Context) []Observation {
			session := c.sessions()
			return c.mechanics("keeps a session and was written without HttpOnly, so that every script of the page can read it", func(m mechanism) bool {
				return session(m) && m.stored() && m.write.Via == scanner.ViaHTTP && !m.write.HTTPOnly
			})
		},
	}
}
