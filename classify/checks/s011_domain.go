package checks

import (
	"cookiescan/classify"
	"cookiescan/scanner"
)

func s011() Check {
	return Check{
		ID: "S011", Slug: "domain", Title: "Domain that is not one of the host", Class: scanner.ClassHygiene, Since: firstRuleset,
		Levels:  everywhere(asWarning),
		Sources: []Source{cookieDraft("5.7"), blockedReasons()},
		Needs:   [][]Need{{}},
		Run:     foreignDomain,
	}
}

// foreignDomain leaves out scripts that try which Domain they may use, the
// shortest first, until the browser takes one; and the Domain of the site that
// the scanned host stands for, which only here is that of another.
func foreignDomain(c *Context) []Observation {
	type attempt struct{ name, script string }
	taken := map[attempt]bool{}
	for i := range c.scan.Cookies {
		cookie := &c.scan.Cookies[i]
		for k := range cookie.Writes {
			if w := &cookie.Writes[k]; w.Via == scanner.ViaDocumentCookie && (mechanism{cookie, w}).stored() {
				taken[attempt{cookie.Name, w.URL}] = true
			}
		}
	}
	return c.mechanics(
		"is refused by the browser: its Domain is neither the host that sets it nor above that, or is one under which others have sites",
		func(m mechanism) bool {
			tries := m.write.Via == scanner.ViaDocumentCookie && taken[attempt{m.cookie.Name, m.write.URL}]
			real := c.scan.Target.As != "" && classify.Site(m.cookie.Domain) == c.site()
			return m.refusedFor("InvalidDomain") && !tries && !real
		})
}
