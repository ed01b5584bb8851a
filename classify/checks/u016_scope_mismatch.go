package checks

import (
	"cmp"
	"slices"

	"cookiescan/scanner"
)

func u016() Check {
	return Check{
		ID: "U016", Slug: "scope_mismatch", Title: "page outside of what the declaration is about", Class: scanner.ClassContract, Since: firstRuleset,
		Levels:  everywhere(asWarning),
		Sources: informing(),
		Needs:   [][]Need{{Register}},
		Run:     scopeMismatch,
	}
}

// scopeMismatch reports hosts whose pages store something and that the register
// has neither under site nor under hosts.
func scopeMismatch(c *Context) []Observation {
	f := c.options.Register
	if f.Site == "" {
		return nil
	}
	var order []string
	found := map[string]*Observation{}
	for _, i := range c.items {
		for _, w := range i.writes {
			p, ok := c.pages[w.page]
			host := hostOf(cmp.Or(p.FinalURL, p.URL))
			if !ok || host == "" || c.ownHost(host) {
				continue
			}
			o := found[host]
			if o == nil {
				o = &Observation{
					Kind: "page", Subject: host, Domain: c.site(), Declared: c.view.register.place("site"), Sure: scanner.SureCertain,
					Message: "pages of " + host + " store something, and the declaration is about " + f.Site + " only",
				}
				found[host] = o
				order = append(order, host)
			}
			if name := first(i.name, longestName); !slices.Contains(o.Items[:min(len(o.Items), mostEvidence)], name) {
				o.Items = append(o.Items, name)
				o.Evidence = append(o.Evidence, c.evidence(seen{w, name}))
			}
		}
	}
	var list []Observation
	for _, host := range order {
		list = append(list, *found[host])
	}
	return list
}
