package checks

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"cookiescan/classify"
	"cookiescan/classify/declaration/page"
	"cookiescan/scanner"
)

func u003() Check {
	return Check{
		ID: "U003", Slug: "undeclared_third_party", Title: "third party that is not named", Class: scanner.ClassContract,
		Levels:  everywhere(asWarning),
		Sources: informing(),
		Needs:   [][]Need{{Declared}, {Policy}},
		Run:     undeclaredThirdParty,
	}
}

// undeclaredThirdParty folds requests by who is behind them. Whose undeclared
// cookie is reported is not reported again.
func undeclaredThirdParty(c *Context) []Observation {
	var list []Observation
	at := map[string]int{}
	reported := c.behindUndeclared()
	for k := range c.scan.Trackers {
		t := &c.scan.Trackers[k]
		if t.Party != scanner.Third || t.Kind == scanner.Fingerprint || len(c.called[t]) > 0 || c.names(t.Host, t.Classification) {
			continue
		}
		site := classify.Site(c.host(t.Host))
		name, sure := site, scanner.SureCertain
		about := ""
		if found := t.Classification; found != nil && found.Vendor != "" {
			name, about = found.Vendor, " ("+found.Category+", "+t.Host+")"
		}
		if reported[name] || reported[site] {
			continue
		}
		i, ok := at[name]
		if !ok {
			i, at[name] = len(list), len(list)
			list = append(list, Observation{
				Kind: "request", Subject: name, Domain: site, Declared: c.namesAt(), Sure: sure,
				Message: "requests go to " + name + about + ", which the declaration does not name",
			})
		}
		o := &list[i]
		o.Items = append(o.Items, t.Host)
		e := scanner.Evidence{Receiver: t.Host, Setter: t.URL, Detail: times(t.Count) + " as " + string(t.Kind)}
		for _, id := range t.Pages {
			if e.URL = c.pages[id].URL; e.URL != "" {
				e.Page, e.State = id, cmp.Or(t.Phases...)
				break
			}
		}
		o.Evidence = append(o.Evidence, e)
	}
	for k := range list {
		if hosts := slices.Compact(slices.Sorted(slices.Values(list[k].Items))); len(hosts) > 1 {
			list[k].Message += fmt.Sprintf("; %d hosts", len(hosts))
		}
	}
	return list
}

// behindUndeclared are the vendors and third sites whose cookies are reported
// as undeclared.
func (c *Context) behindUndeclared() map[string]bool {
	names := map[string]bool{}
	if !c.view.given() {
		return names
	}
	for _, i := range c.items {
		if i.party == scanner.Third && i.declared == nil && i.todo == nil {
			names[c.canonical(i.domain)] = true
			if i.known.Vendor != "" {
				names[i.known.Vendor] = true
			}
		}
	}
	return names
}

// namesAt is where a third party would be named.
func (c *Context) namesAt() *scanner.Declared {
	if r := c.view.register; r != nil {
		return r.place("vendors")
	}
	return c.view.published[0].place("")
}

// named are those whom a declaration names, by sites of theirs and by names in
// lower case.
type named struct {
	sites map[string]bool
	texts map[string]bool
	asked map[string]bool // by the name of a vendor: whether a text has it
}

// naming collects whom the deciding sources name.
func (v *view) naming() *named {
	if v.named != nil {
		return v.named
	}
	n := &named{sites: map[string]bool{}, texts: map[string]bool{}, asked: map[string]bool{}}
	say := func(text string) {
		if text = strings.ToLower(strings.TrimSpace(text)); text != "" {
			n.texts[text] = true
		}
	}
	for _, s := range v.deciding() {
		for _, e := range s.entries {
			say(e.vendor)
			if e.domain != "" {
				n.sites[classify.Site(strings.ToLower(e.domain))] = true
			}
		}
		if s.file != nil {
			for _, vendor := range s.file.Vendors {
				say(vendor.ID)
				say(vendor.Name)
				for _, d := range vendor.Domains {
					n.sites[classify.Site(d)] = true
				}
			}
			continue
		}
		for _, said := range s.page.Statements {
			if said.Kind == page.ThirdParty {
				say(said.Text)
			}
		}
	}
	v.named = n
	return n
}

// names tells whether the declaration names who is behind a host: by a site of
// theirs, or by the name that the rules give them, alone or within another.
func (c *Context) names(host string, found *scanner.Classification) bool {
	host = c.host(host)
	n := c.view.naming()
	if c.view.hosts.Own(host) || n.sites[classify.Site(host)] || n.texts[classify.Site(host)] {
		return true
	}
	if found == nil || found.Vendor == "" {
		return false
	}
	vendor := strings.ToLower(found.Vendor)
	if n.texts[vendor] || n.texts[strings.ToLower(found.VendorID)] {
		return true
	}
	is, known := n.asked[vendor]
	if !known {
		for text := range n.texts {
			is = is || len(vendor) > 3 && strings.Contains(text, vendor) || len(text) > 3 && strings.Contains(vendor, text)
		}
		n.asked[vendor] = is
	}
	return is
}
