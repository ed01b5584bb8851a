package checks

import (
	"fmt"

	"cookiescan/classify"
	"cookiescan/scanner"
)

// leastKept is how many cookies of a domain every browser keeps (RFC 6265bis
// section 6.1).
const leastKept = 50

func s017() Check {
	return Check{
		ID: "S017", Slug: "many_cookies", Title: "more than 50 cookies of one site", Class: scanner.ClassHygiene, Since: firstRuleset,
		Levels:  everywhere(asNote),
		Sources: []Source{cookieDraft("6.1")},
		Needs:   [][]Need{{}},
		Run:     manyCookies,
	}
}

// manyCookies counts what the jar held at the end of each pass. Partitions have
// limits of their own.
func manyCookies(c *Context) []Observation {
	type place struct{ site, pass string }
	names := map[place][]string{}
	var sites []string
	for i := range c.scan.Cookies {
		cookie := &c.scan.Cookies[i]
		if cookie.PartitionKey != nil || givenByUser(cookie) {
			continue
		}
		site := classify.Site(cookie.Domain)
		sites = appendNew(sites, site)
		for _, pass := range cookie.Present {
			at := place{site, pass}
			names[at] = append(names[at], first(cookie.Name, longestName))
		}
	}
	var list []Observation
	for _, site := range sites {
		most := place{site: site}
		for i := range c.scan.Passes {
			at := place{site, c.scan.Passes[i].Phase}
			if len(names[at]) > len(names[most]) {
				most = at
			}
		}
		if n := len(names[most]); n > leastKept {
			list = append(list, Observation{
				Kind: "cookie", Subject: site, Domain: c.canonical(site), Items: names[most], Sure: scanner.SureCertain,
				Message:  fmt.Sprintf("%s had %d cookies in the browser at the end of the pass %s; no browser has to keep more than %d", site, n, most.pass, leastKept),
				Evidence: []scanner.Evidence{{Pass: most.pass, Detail: fmt.Sprintf("%d cookies in the jar", n)}},
			})
		}
	}
	return list
}
