package checks

import "cookiescan/scanner"

func s014() Check {
	return Check{
		ID: "S014", Slug: "lifetime_unreadable", Title: "lifetime that browsers cannot read", Class: scanner.ClassHygiene, Since: firstRuleset,
		Levels:  everywhere(asWarning),
		Sources: []Source{cookieDraft("5.6.1"), cookieDraft("5.6.2")},
		Needs:   [][]Need{{}},
		Run: func(c *Context) []Observation {
			return c.mechanics("has an Expires or Max-Age that browsers cannot read, so that it stays until the browser is closed", func(m mechanism) bool {
				unread := m.has(scanner.ExpiresUnreadable) || m.has(scanner.MaxAgeUnreadable)
				return unread && m.stored() && m.write.Lifetime.DeclaredSeconds == nil // else the other attribute counts
			})
		},
	}
}
