package checks

import (
	"fmt"
	"slices"
	"strings"

	"cookiescan/classify/declaration/register"
	"cookiescan/scanner"
)

func u014() Check {
	return Check{
		ID: "U014", Slug: "drift", Title: "published policy and declaration differ", Class: scanner.ClassContract, Since: firstRuleset,
		Levels:  everywhere(asError),
		Sources: informing(),
		Needs:   [][]Need{{Register, Policy}},
		Run:     drift,
	}
}

// A drifting is one entry about which pages say something else.
type drifting struct {
	o     Observation
	texts []string
}

// drift compares each published page with the register, both ways. What several
// pages say of one entry is one observation.
func drift(c *Context) []Observation {
	if !c.speaks() {
		return nil
	}
	var order []string
	found := map[string]*drifting{}
	add := func(e, row *entry, s *source, text string) {
		domain := c.declaredDomain(e)
		key := e.kind + "\x00" + e.subject() + "\x00" + domain
		d := found[key]
		if d == nil {
			d = &drifting{o: Observation{Kind: e.kind, Subject: e.subject(), Domain: domain, Declared: e.place(""), Sure: scanner.SureCertain}}
			found[key] = d
			order = append(order, key)
		}
		if row != nil {
			d.o.limit(row)
		}
		d.texts = append(d.texts, text)
		d.o.Evidence = append(d.o.Evidence, scanner.Evidence{URL: s.name, Item: e.subject(), Detail: text})
	}
	var list []Observation
	for _, s := range c.view.published {
		if len(s.entries) == 0 {
			continue
		}
		for _, e := range c.view.register.entries {
			if e.state() != register.Reviewed || !e.stores() {
				continue
			}
			row := c.rowFor(s, e)
			if row == nil {
				add(e, nil, s, "it is missing in "+s.title())
				continue
			}
			for _, text := range differences(e, row) {
				add(e, row, s, text)
			}
		}
		for _, row := range s.entries {
			if text := c.unregistered(row); text != "" {
				add(row, row, s, text)
			}
		}
		if o, ok := c.olderPage(s); ok {
			list = append(list, o)
		}
	}
	for _, key := range order {
		d := found[key]
		d.o.Message = d.o.Subject + ": " + strings.Join(slices.Compact(d.texts), "; ")
		list = append(list, d.o)
	}
	return list
}

// rowFor is the row of a page that is about an entry, or nil.
func (c *Context) rowFor(s *source, e *entry) *entry {
	domain := e.domain
	if domain == "" || domain == register.Site {
		domain = c.view.site
	}
	for _, rows := range [][]*entry{s.about(e.kind, e.name, domain), s.elsewhere(e.kind, e.name)} {
		if len(rows) > 0 {
			return rows[0]
		}
	}
	return nil
}

// differences are what a row says otherwise than the register.
func differences(e, row *entry) []string {
	var list []string
	if row.category != "" && row.category != scanner.Unclassified && e.category != "" && row.category != e.category {
		list = append(list, fmt.Sprintf("declared %s, published %s in %s", e.category, row.category, row.source.title()))
	}
	if !sameLife(e, row) {
		list = append(list, fmt.Sprintf("declared %s, published %s in %s", e.lives(), row.lives(), row.source.title()))
	}
	return list
}

// sameLife tells whether two lifetimes mean the same; one that says nothing
// contradicts nothing.
func sameLife(a, b *entry) bool {
	l, m := a.lifetime, b.lifetime
	switch {
	case !l.Known() || !m.Known():
		return true
	case l.Session != m.Session || l.UntilCleared != m.UntilCleared:
		return false
	}
	return compareSeconds(l.Seconds, m.Seconds) == agrees || compareSeconds(m.Seconds, l.Seconds) == agrees
}

// unregistered says that a row is of nothing that the register declares, or of
// what it has retired. What is to be reviewed has a check of its own.
func (c *Context) unregistered(row *entry) string {
	if !row.stores() {
		return ""
	}
	s := c.view.register
	domain := row.domain
	if domain == "" || c.view.hosts.Own(domain) {
		domain = c.view.site
	}
	entries := append(s.about(row.kind, row.name, domain), s.elsewhere(row.kind, row.name)...)
	if len(entries) == 0 && row.row.Kind == "" { // any kind can be meant
		for _, kind := range []string{"localStorage", "sessionStorage", "indexedDB"} {
			entries = append(entries, s.elsewhere(kind, row.name)...)
		}
	}
	switch {
	case len(entries) == 0:
		return "it is published in " + row.source.title() + " and not declared"
	case every(entries, func(e *entry) bool { return e.state() == register.Retired }):
		return "it is retired, and still published in " + row.source.title()
	}
	return ""
}

// olderPage reports a page that is older than the register says.
func (c *Context) olderPage(s *source) (Observation, bool) {
	updated := c.options.Register.Policy.Updated
	if s.page.Updated == "" || updated == "" || s.page.Updated >= updated {
		return Observation{}, false
	}
	o := c.ofSource(s, "date", fmt.Sprintf("%s is of %s, and the declaration says that the policy was updated on %s", s.title(), s.page.Updated, updated))
	o.Declared, o.Most = c.view.register.place("policy"), asWarning
	return o, true
}
