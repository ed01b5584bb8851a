package checks

import (
	"slices"
	"strings"

	"cookiescan/classify/declaration/register"
	"cookiescan/scanner"
)

func u026() Check {
	return Check{
		ID: "U026", Slug: "contradictory_labels", Title: "one item in two categories", Class: scanner.ClassContract, Since: firstRuleset,
		Levels:  everywhere(asError),
		Sources: informing(),
		Needs:   [][]Need{{Declared}},
		Run:     contradictoryLabels,
	}
}

// contradictoryLabels looks in each source, and over the pages where they are
// all there is. Only where one of the categories is necessary does it decide
// whether a visitor is asked.
func contradictoryLabels(c *Context) []Observation {
	var list []Observation
	for _, same := range c.declaredTwice(true) {
		var categories []string
		for _, e := range same {
			if e.category != "" && e.category != scanner.Unclassified && !slices.Contains(categories, e.category) {
				categories = append(categories, e.category)
			}
		}
		if len(categories) < 2 {
			continue
		}
		o := c.ofEntries(same, same[0].title()+" is declared as "+strings.Join(categories, " and as "))
		if !slices.Contains(categories, scanner.Necessary) {
			o.Most = lighter(o.Most, asWarning)
		}
		list = append(list, o)
	}
	return list
}

// declaredTwice are the entries that name the same thing in the same words, in
// the order of the sources. With across, pages are compared with each other.
func (c *Context) declaredTwice(across bool) [][]*entry {
	if !c.speaks() {
		return nil
	}
	var order []string
	groups := map[string][]*entry{}
	for k, s := range c.view.all() {
		for _, e := range s.entries {
			if e.state() == register.Retired || e.name == "" {
				continue
			}
			key := e.kind + "\x00" + e.name + "\x00" + c.declaredPlace(e)
			if !across || s.file != nil || c.view.register != nil {
				key += "\x00" + string(rune(k))
			}
			if groups[key] == nil {
				order = append(order, key)
			}
			groups[key] = append(groups[key], e)
		}
	}
	var list [][]*entry
	for _, key := range order {
		if len(groups[key]) > 1 {
			list = append(list, groups[key])
		}
	}
	return list
}

// declaredPlace is the domain of an entry, with one spelling for the site.
func (c *Context) declaredPlace(e *entry) string {
	if e.domain == register.Site || e.domain != "" && c.view.hosts.Own(e.domain) {
		return register.Site
	}
	return e.domain
}

// ofEntries is an observation about several entries for one thing, at the last
// of them.
func (c *Context) ofEntries(same []*entry, message string) Observation {
	last := same[len(same)-1]
	o := Observation{
		Kind: last.kind, Subject: last.subject(), Domain: c.declaredDomain(last), Declared: last.place("category"), Sure: scanner.SureCertain, Message: message,
	}
	for _, e := range same {
		at := e.place("category")
		o.Evidence = append(o.Evidence, scanner.Evidence{URL: at.Source, Line: at.Line, Column: at.Column, Item: e.subject(), Detail: strings.TrimPrefix(at.Place+": ", ": ") + "declared as " + at.Text})
	}
	o.limit(same...)
	return o
}
