package checks

import (
	"fmt"
	"slices"
	"strings"

	"cookiescan/classify"
	"cookiescan/classify/declaration/page"
	"cookiescan/classify/declaration/register"
	"cookiescan/scanner"
)

func u025() Check {
	return Check{
		ID: "U025", Slug: "third_party_access", Title: "value that a third party receives undeclared", Class: scanner.ClassContract, Since: firstRuleset,
		Levels:  everywhere(asError),
		Sources: informing(),
		Needs:   [][]Need{{Register}, {Policy}},
		Run:     thirdPartyAccess,
	}
}

// thirdPartyAccess compares who received a value with the vendor and the
// recipients of its entry, and with pages that say that nobody else reads any.
func thirdPartyAccess(c *Context) []Observation {
	var list []Observation
	if c.view.register != nil {
		a := c.access()
		for _, g := range c.bundles(func(i *item) bool { return i.declared != nil && len(a.beyond(c, i)) > 0 }) {
			list = append(list, a.observation(c, g))
		}
	}
	return append(list, c.claims(page.ClaimFirstParty, func(i *item) bool {
		return i.party == scanner.First && slices.ContainsFunc(i.sent, func(s scanner.SentTo) bool { return !c.ownHost(s.Host) })
	}, func(names []string) string {
		return fmt.Sprintf("the value of %s sent to other sites: %s", amount(len(names), "item is", "items is"), some(names))
	})...)
}

// access knows whose hosts are whose.
type access struct {
	vendors map[string]*register.Vendor
	behind  map[string]*scanner.Classification // of a host, as its requests are classified
}

func (c *Context) access() access {
	a := access{map[string]*register.Vendor{}, map[string]*scanner.Classification{}}
	for _, v := range c.options.Register.Vendors {
		a.vendors[v.ID] = v
	}
	for i := range c.scan.Trackers {
		if t := &c.scan.Trackers[i]; t.Classification != nil {
			a.behind[t.Host] = t.Classification
		}
	}
	return a
}

// beyond are the hosts that received the value of an item and belong to nobody
// whom its entry names.
func (a access) beyond(c *Context, i *item) []scanner.SentTo {
	var list []scanner.SentTo
	for _, s := range i.sent {
		if !c.ownHost(s.Host) && classify.Site(s.Host) != classify.Site(i.domain) && !a.allowed(i.declared.own, s.Host) {
			list = append(list, s)
		}
	}
	return list
}

func (a access) allowed(e *register.Entry, host string) bool {
	for _, id := range append([]string{e.Vendor}, e.Recipients...) {
		v := a.vendors[id]
		if v == nil {
			continue
		}
		if slices.ContainsFunc(v.Domains, func(d string) bool { return host == d || strings.HasSuffix(host, "."+d) }) {
			return true
		}
		if found := a.behind[host]; found != nil && (found.VendorID == v.ID || sameVendor(found.Vendor, v.Name)) {
			return true
		}
	}
	return false
}

// observation weighs less where the entry names somebody: whose host it is may
// only not be known.
func (a access) observation(c *Context, g *group) Observation {
	e := g.declared.own
	sent := a.beyond(c, g.head)
	said := "is declared without access of third parties"
	if e.Vendor != "" || len(e.Recipients) > 0 {
		said = "is declared for " + strings.Join(slices.Compact(append(slices.DeleteFunc([]string{e.Vendor}, func(s string) bool { return s == "" }), e.Recipients...)), ", ")
		g.weight = g.weight.atMost(scanner.SureLikely, asWarning)
	}
	var hosts []string
	for _, s := range sent {
		hosts = append(hosts, s.Host)
	}
	slices.Sort(hosts)
	o := c.compared(g, g.declared.place("recipients"), g.what()+" "+said+", and its value was sent to "+some(slices.Compact(hosts)))
	o.Evidence = nil
	for _, s := range sent {
		o.Evidence = append(o.Evidence, scanner.Evidence{
			Pass: s.Pass, State: s.State, Item: g.pattern, Receiver: s.Host, Detail: "its value was sent to " + s.Host + " (" + s.How + ")",
		})
	}
	return o
}
