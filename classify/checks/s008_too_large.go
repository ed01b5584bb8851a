package checks

import "cookiescan/scanner"

func s008() Check {
	return Check{
		ID: "S008", Slug: "too_large", Title: "cookie or attribute that is too large", Class: scanner.ClassHygiene, Since: firstRuleset,
		Levels:  everywhere(asWarning),
		Sources: []Source{cookieDraft("5.6"), blockedReasons()},
		Needs:   [][]Need{{}},
		Run: func(c *Context) []Observation {
			return folded(append(
				c.mechanics("is refused by the browser: name and value are longer than 4096 octets", tooLarge),
				c.mechanics("has an attribute of more than 1024 octets, which browsers pass over", func(m mechanism) bool {
					return m.has(scanner.AttributeTooLong) && !tooLarge(m)
				})...))
		},
	}
}

func tooLarge(m mechanism) bool { return m.refusedFor("NameValuePairExceedsMaxSize") }
