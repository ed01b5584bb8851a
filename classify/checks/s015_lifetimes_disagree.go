package checks

import "cookiescan/scanner"

func s015() Check {
	return Check{
		ID: "S015", Slug: "lifetimes_disagree", Title: "Max-Age and Expires that disagree", Class: scanner.ClassHygiene, Since: firstRuleset,
		Levels:  everywhere(asNote),
		Sources: []Source{cookieDraft("4.1.2.2"), cookieDraft("5.7")},
		Needs:   [][]Need{{}},
		Run: func(c *Context) []Observation {
			return c.mechanics("has a Max-Age and an Expires that disagree by more than an hour: browsers go by Max-Age", func(m mechanism) bool {
				return m.has(scanner.LifetimesDisagree)
			})
		},
	}
}
