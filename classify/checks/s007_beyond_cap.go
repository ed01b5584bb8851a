package checks

import "cookiescan/scanner"

// The 400 days after which no browser keeps a cookie (RFC 6265bis section 5.5),
// with what clocks may add to an Expires.
const (
	longestLife = 400 * 86400
	clocks      = 3600
)

func s007() Check {
	return Check{
		ID: "S007", Slug: "beyond_cap", Title: "lifetime of more than 400 days", Class: scanner.ClassHygiene, Since: firstRuleset,
		Levels:  everywhere(asNote),
		Sources: []Source{cookieDraft("5.5")},
		Needs:   [][]Need{{}},
		Run: func(c *Context) []Observation {
			var list []Observation
			for _, f := range c.faults(func(m mechanism) bool {
				s := m.write.Lifetime.DeclaredSeconds
				return m.stored() && s != nil && *s > longestLife+clocks
			}) {
				var longest int64
				for _, m := range f.seen {
					longest = max(longest, *m.write.Lifetime.DeclaredSeconds)
				}
				list = append(list, c.faultObservation(f, "asks for "+days(longest)+", of which browsers keep 400"))
			}
			return list
		},
	}
}
