package checks

import (
	"slices"

	"cookiescan/scanner"
)

func s011() Check {
	return Check{
		ID: "S011", Slug: "domain", Title: "Domain that is not one of the host", Class: scanner.ClassHygiene,
		Levels:  everywhere(asWarning),
		Sources: []Source{cookieDraft("5.7"), blockedReasons()},
		Needs:   [][]Need{{}},
		Run: func(c *Context) []Observation {
			return c.mechanics(
				"is refused by the browser: its Domain is neither the host that sets it nor above that, or is one under which others have sites",
				func(m mechanism) bool { return m.refusedFor("InvalidDomain") && !c.probes(m) })
		},
	}
}

// probes tells whether a script tries which Domain it may use: the shortest
// first, until the browser takes one.
func (c *Context) probes(m mechanism) bool {
	return m.write.Via == scanner.ViaDocumentCookie && slices.ContainsFunc(c.scan.Cookies, func(other scanner.Cookie) bool {
		return other.Name == m.cookie.Name && slices.ContainsFunc(other.Writes, func(w scanner.Write) bool {
			return w.URL == m.write.URL && (mechanism{&other, &w}).stored()
		})
	})
}
