package checks

import (
	"fmt"
	"slices"

	"cookiescan/classify"
	"cookiescan/scanner"
)

func s019() Check {
	return Check{
		ID: "S019", Slug: "alias", Title: "host of the site that is an alias of a tracker", Class: scanner.ClassHygiene, Since: firstRuleset,
		Levels:  everywhere(asWarning),
		Sources: []Source{dnsAliases(), cookieDraft("8.7")},
		Needs:   [][]Need{{Rules, Names}},
		Run:     aliases,
	}
}

func aliases(c *Context) []Observation {
	var list []Observation
	for _, h := range c.scan.Hosts {
		found := h.Classification
		if h.CanonicalName == "" || found == nil || found.Category != scanner.Statistics && found.Category != scanner.Marketing {
			continue
		}
		chain := classify.Behind(&h)
		tracker := h.CanonicalName
		if slices.Contains(chain, found.Pattern) {
			tracker = found.Pattern
		}
		o := Observation{
			Kind: string(scanner.RequestTo), Subject: h.Name, Domain: classify.Site(tracker), Sure: scanner.SureLikely,
			Message: fmt.Sprintf("%s is an alias of %s (%s, %s)", h.Name, tracker, found.Category, found.Vendor),
			Steps:   []string{fmt.Sprintf("Ask for the address: nslookup %s, or dig %s.", h.Name, h.Name)},
		}
		for i := range c.scan.Cookies {
			cookie := &c.scan.Cookies[i]
			at := slices.IndexFunc(cookie.SentTo, func(s scanner.SentTo) bool { return s.Host == h.Name && s.How == "cookie" })
			if at < 0 || givenByUser(cookie) {
				continue
			}
			name := first(cookie.Name, longestName)
			o.Items = append(o.Items, name)
			o.Evidence = append(o.Evidence, scanner.Evidence{
				Pass: cookie.SentTo[at].Pass, State: cookie.SentTo[at].State, Item: name, Receiver: h.Name, Detail: "was sent to it as a cookie",
			})
		}
		if len(o.Items) > 0 {
			o.Message += ", and is sent the site's cookies: " + listed(o.Items)
		}
		if len(o.Evidence) == 0 {
			detail := "in DNS its canonical name is " + h.CanonicalName
			if len(chain) > 1 {
				detail += ", by way of " + listed(chain[:len(chain)-1])
			}
			o.Evidence = []scanner.Evidence{{Receiver: h.Name, Detail: detail}}
		}
		list = append(list, o)
	}
	return list
}
