package checks

import (
	"cmp"

	"cookiescan/classify/declaration/register"
	"cookiescan/scanner"
)

func u023() Check {
	return Check{
		ID: "U023", Slug: "unreviewed", Title: "entry that nobody has reviewed", Class: scanner.ClassContract, Since: firstRuleset,
		Levels:  everywhere(asError),
		Sources: informing(),
		Needs:   [][]Need{{Register}},
		Run:     unreviewed,
	}
}

// unreviewed reports each entry to do, seen or not: it stands in the register
// and declares nothing. Of several scans of a run the first that met it reports it.
func unreviewed(c *Context) []Observation {
	met := c.toReview()
	before, elsewhere := map[*entry]bool{}, map[*entry]bool{}
	for _, o := range c.options.Others {
		for e := range c.beside(o).toReview() {
			elsewhere[e] = true
			before[e] = before[e] || c.follows(o)
		}
	}
	var list []Observation
	for _, e := range c.view.register.entries {
		if e.state() != register.Todo {
			continue
		}
		g := met[e]
		switch {
		case before[e]:
		case g != nil:
			list = append(list, c.compared(g, e.place("status"), "the entry "+e.own.ID+" is not reviewed, so that "+g.what()+" is not declared: "+c.seenAs(g)))
		case c.speaks() && !elsewhere[e]:
			list = append(list, Observation{
				Kind: e.kind, Subject: cmp.Or(first(e.name, longestName), e.own.ID), Domain: c.declaredDomain(e), Declared: e.place("status"), Sure: scanner.SureCertain,
				Message: "the entry " + e.own.ID + " is not reviewed, so that it declares nothing",
			})
		}
	}
	return list
}

// toReview are the entries to do that something in the scan is about, with what
// comes first of it.
func (c *Context) toReview() map[*entry]*group {
	met := map[*entry]*group{}
	for _, g := range c.bundles(func(i *item) bool { return i.declared == nil && i.todo != nil }) {
		if met[g.head.todo] == nil {
			met[g.head.todo] = g
		}
	}
	return met
}

// declaredDomain is the site or host of an entry, as findings name it.
func (c *Context) declaredDomain(e *entry) string {
	if e.domain == "" || e.domain == register.Site {
		return c.site()
	}
	return c.canonical(first(e.domain, longestName))
}
