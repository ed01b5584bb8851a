package checks

import (
	"fmt"

	"cookiescan/classify"
	"cookiescan/scanner"
)

func s018() Check {
	return Check{
		ID: "S018", Slug: "foreign_script", Title: "cookie of the site that a script of others wrote", Class: scanner.ClassHygiene, Since: firstRuleset,
		Levels:  everywhere(asNote),
		Sources: []Source{cookieDraft("7.1"), gdpr("Article 13(1)(e)")},
		Needs:   [][]Need{{}},
		Run: func(c *Context) []Observation {
			return c.byOwner(c.foreignScript, func(owner string, names []string) string {
				return fmt.Sprintf("scripts of %s wrote cookies of the site itself: %s", owner, listed(names))
			})
		},
	}
}

// foreignScript is the site of the script that wrote a cookie of the scanned
// site, empty if it is no other's.
func (c *Context) foreignScript(m mechanism) string {
	w := m.write
	script := w.Via == scanner.ViaDocumentCookie || w.Via == scanner.ViaCookieStore
	host := hostOf(w.URL)
	if m.cookie.Party != scanner.First || !script || !m.stored() || w.Attribution != scanner.Exact || host == w.URL || c.bySite(w.URL) {
		return ""
	}
	return classify.Site(host)
}
