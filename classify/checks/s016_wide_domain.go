package checks

import (
	"slices"

	"cookiescan/scanner"
)

func s016() Check {
	return Check{
		ID: "S016", Slug: "wide_domain", Title: "session cookie for all sub-domains", Class: scanner.ClassHygiene, Since: firstRuleset,
		Levels:  everywhere(asNote),
		Sources: []Source{cookieDraft("4.1.2.3"), cookieDraft("8.6")},
		Needs:   [][]Need{{Rules}},
		Run:     wideDomain,
	}
}

// wideDomain reports a session that all hosts of the site get and that, as far
// as the scan went, only those that set it have seen.
func wideDomain(c *Context) []Observation {
	var list []Observation
	session := c.sessions()
	for _, f := range c.faults(func(m mechanism) bool {
		return session(m) && !m.cookie.HostOnly && m.stored() && m.write.Via == scanner.ViaHTTP && c.bySite(m.write.URL)
	}) {
		var setters []string
		for _, m := range f.seen {
			setters = appendNew(setters, hostOf(m.write.URL))
		}
		if slices.ContainsFunc(f.seen, func(m mechanism) bool { return m.neededBeside(setters) }) {
			continue
		}
		o := c.faultObservation(f, "keeps a session and goes to every host of "+f.domain+", while only "+listed(setters)+" was seen to use it")
		o.Sure = scanner.SureReview
		list = append(list, o)
	}
	return list
}

// neededBeside tells whether a cookie was sent to another host than those.
func (m mechanism) neededBeside(hosts []string) bool {
	return slices.ContainsFunc(m.cookie.SentTo, func(s scanner.SentTo) bool { return s.How == "cookie" && !slices.Contains(hosts, s.Host) })
}
