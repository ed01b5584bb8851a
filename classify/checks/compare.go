package checks

import (
	"cmp"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"cookiescan/scanner"
)

// bundles folds the items that a comparison picks, whatever they are for, in
// the order of the items.
func (c *Context) bundles(pick func(*item) bool) []*group {
	var list []*group
	byKey := map[string]*group{}
	for _, i := range c.items {
		if !pick(i) {
			continue
		}
		domain, pattern := c.canonical(i.domain), first(i.pattern(), longestName)
		key := i.kind + "\x00" + pattern + "\x00" + domain
		g := byKey[key]
		if g == nil {
			g = &group{
				kind: i.kind, pattern: pattern, domain: domain, found: i.found, declared: i.declared, weight: weight{sure: scanner.SureCertain}, head: i,
			}
			if i.declared != nil {
				g.weight = i.declared.weight()
			}
			byKey[key] = g
			list = append(list, g)
		}
		g.items = append(g.items, first(i.name, longestName))
		for _, w := range i.writes {
			g.writes = append(g.writes, seen{w, first(i.name, longestName)})
		}
	}
	return list
}

// compared is what a comparison says of a bundle.
func (c *Context) compared(g *group, at *scanner.Declared, message string) Observation {
	o := Observation{
		Kind: g.kind, Subject: g.pattern, Domain: g.domain, Items: g.items, Declared: at, Sure: g.weight.sure, Most: g.weight.most,
		Message: message, Steps: c.steps(g),
	}
	for _, s := range g.writes {
		o.Evidence = append(o.Evidence, c.evidence(s))
	}
	return o
}

// each is an observation for each bundle.
func (c *Context) each(pick func(*item) bool, say func(*group) Observation) []Observation {
	var list []Observation
	for _, g := range c.bundles(pick) {
		list = append(list, say(g))
	}
	return list
}

// what is the name of a bundle, without what it is for.
func (g *group) what() string { return g.with() }

// seenAs is what was observed of a bundle: who is behind it, what for, how
// long, by what, in which state and where.
func (c *Context) seenAs(g *group) string {
	known := g.head.known
	var parts []string
	if known.Vendor != "" {
		parts = append(parts, known.Vendor)
	}
	switch known.Confidence {
	case scanner.NotClassified, "":
		parts = append(parts, "nothing known of what it is for")
	default:
		parts = append(parts, known.Category+" ("+known.Confidence+")")
	}
	if life := c.lives(g.head); life != "" {
		parts = append(parts, life)
	}
	text := strings.Join(parts, ", ")
	if len(g.writes) > 0 {
		text += c.by(g.writes[0].write)
	}
	if states := g.states(); states != "" {
		text += ", " + states
	}
	if where := c.where(g); where != "" {
		text += ", on " + where
	}
	return text
}

// lives is how long an item was seen to be kept.
func (c *Context) lives(i *item) string {
	switch {
	case i.session && i.kind == "sessionStorage":
		return "until the tab is closed"
	case i.session:
		return "until the browser is closed"
	case i.stored > 0 && i.seconds > i.stored+daySeconds:
		return c.english.Duration(i.stored) + " (asked for " + c.english.Duration(i.seconds) + ")"
	case i.stored > 0:
		return c.english.Duration(i.stored)
	case i.seconds > 0:
		return c.english.Duration(i.seconds)
	case i.kind == "localStorage", i.kind == "indexedDB", i.kind == "fileSystem":
		return "until it is deleted"
	}
	return ""
}

const daySeconds = 86400

// states says in which states of consent a bundle was written.
func (g *group) states() string {
	var list []string
	for _, s := range g.writes {
		word, ok := map[string]string{
			"none": "before a choice", "accept": "after acceptance", "reject": "after refusal", "withdraw": "after withdrawal",
			"close": "after closing the banner", "gpc": "with Global Privacy Control",
		}[s.state]
		if ok && !slices.Contains(list, word) {
			list = append(list, word)
		}
	}
	return strings.Join(list, " and ")
}

// mostPlaces are named in a sentence.
const mostPlaces = 2

// where are the paths of the pages that wrote a bundle. Which came first is
// chance, so they stand in order.
func (c *Context) where(g *group) string {
	var list []string
	for _, s := range g.writes {
		if path := pathOf(c.pages[s.page].URL); path != "" {
			list = appendNew(list, path)
		}
	}
	slices.Sort(list)
	if more := len(list) - mostPlaces; more > 0 {
		return fmt.Sprintf("%s and %d more", strings.Join(list[:mostPlaces], ", "), more)
	}
	return strings.Join(list, " and ")
}

// pathOf is the path of an address, "" if it is none.
func pathOf(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Hostname() == "" {
		return ""
	}
	return cmp.Or(u.EscapedPath(), "/")
}

// near are declared names that begin as a name does, for somebody who looks for
// a slip of the pen: at most two, from the alphabetical neighbours.
func (v *view) near(name string) []string {
	if v.names == nil {
		for _, s := range v.deciding() {
			for _, e := range s.entries {
				v.names = append(v.names, first(e.name, longestName))
			}
		}
		slices.Sort(v.names)
		v.names = slices.Compact(v.names)
	}
	at, _ := slices.BinarySearch(v.names, name)
	var list []string
	for k := max(at-2, 0); k < min(at+2, len(v.names)) && len(list) < 2; k++ {
		n := common(v.names[k], name)
		if n >= 3 && 2*n >= min(len(name), len(v.names[k])) {
			list = append(list, v.names[k])
		}
	}
	return list
}

// common is how many octets two names begin with alike.
func common(a, b string) int {
	n := 0
	for n < min(len(a), len(b)) && a[n]|0x20 == b[n]|0x20 {
		n++
	}
	return n
}

// missingAt is where something would be declared.
func (v *view) missingAt() *scanner.Declared {
	if v.register != nil {
		return v.register.place("entries")
	}
	for _, s := range v.published {
		if len(s.entries) > 0 {
			return s.place("")
		}
	}
	return nil
}
