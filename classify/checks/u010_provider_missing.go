package checks

import (
	"cookiescan/classify/declaration/register"
	"cookiescan/scanner"
)

func u010() Check {
	return Check{
		ID: "U010", Slug: "provider_missing", Title: "third party without a name or a policy", Class: scanner.ClassLaw, Since: firstRuleset,
		Levels:  Levels{EU: asWarning, UK: asWarning, CH: asNote, USCA: asNote},
		Sources: informing(),
		Needs:   [][]Need{{Declared}},
		Run:     providerMissing,
	}
}

// providerMissing is about entries of third parties: by their domain, by what a
// row says, or by where they were met.
func providerMissing(c *Context) []Observation {
	third := map[*entry]bool{}
	for _, i := range c.items {
		if i.declared != nil && i.party == scanner.Third {
			third[i.declared] = true
		}
	}
	vendors := map[string]*register.Vendor{}
	if f := c.options.Register; f != nil {
		for _, v := range f.Vendors {
			vendors[v.ID] = v
		}
	}
	lacks := func(e *entry) (string, bool) {
		if !third[e] && !c.declaredThird(e) {
			return "", false
		}
		switch {
		case e.vendor == "":
			return " of a third party is declared without its name", true
		case e.own != nil && vendors[e.own.Vendor] != nil && vendors[e.own.Vendor].Policy == "":
			return " is declared as one of " + e.vendor + ", whose policy has no address in the declaration", true
		}
		return "", false
	}
	return c.lacking("who a third party is", "vendor", func(e *entry) bool {
		_, is := lacks(e)
		return is
	}, func(e *entry) Observation {
		text, _ := lacks(e)
		return Observation{Sure: scanner.SureCertain, Message: e.title() + text}
	})
}

// declaredThird tells whether an entry says that it is about a third party.
func (c *Context) declaredThird(e *entry) bool {
	if e.row != nil {
		return e.row.Party == string(scanner.Third)
	}
	return e.domain != "" && e.domain != register.Site && !c.view.hosts.Own(e.domain)
}
