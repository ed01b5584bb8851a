package checks

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"cookiescan/classify"
	"cookiescan/classify/declaration/page"
	"cookiescan/scanner"
)

func u003() Check {
	return Check{
		ID: "U003", Slug: "undeclared_third_party", Title: "third party that is not named", Class: scanner.ClassContract, Since: firstRuleset,
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
	words map[string]bool // of the texts, that can be the name of a company
}

// naming collects whom the deciding sources name.
func (v *view) naming() *named {
	if v.named != nil {
		return v.named
	}
	n := &named{sites: map[string]bool{}, texts: map[string]bool{}, words: map[string]bool{}}
	say := func(text string) {
		if text = strings.ToLower(strings.TrimSpace(text)); text != "" {
			n.texts[text] = true
			for word := range strings.FieldsFuncSeq(first(text, longestName), notInName) {
				n.words[word] = true
			}
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
// theirs, by the company in the name that the rules give them, or else by the one
// that the site is called after.
func (c *Context) names(host string, found *scanner.Classification) bool {
	host = c.host(host)
	n := c.view.naming()
	if c.view.hosts.Own(host) || n.sites[classify.Site(host)] || n.texts[classify.Site(host)] {
		return true
	}
	if found == nil || found.Vendor == "" {
		label, _, _ := strings.Cut(classify.Site(host), ".")
		company := companyOf(label)
		return company == label && n.words[company]
	}
	company := companyOf(found.Vendor)
	return n.texts[strings.ToLower(found.Vendor)] || n.texts[strings.ToLower(found.VendorID)] || company != "" && n.words[company]
}

func notInName(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }

// commonWords begin the names of many companies.
var commonWords = []string{"cookie", "data", "digital", "global", "media", "online", "open", "smart"}

// companyOf is the word by which people call a vendor, "" if its name has none:
// Google Analytics and Google Ireland Limited are both google.
func companyOf(vendor string) string {
	for word := range strings.FieldsFuncSeq(strings.ToLower(first(vendor, longestName)), notInName) {
		if len(word) < 4 || slices.Contains(commonWords, word) {
			return ""
		}
		return word
	}
	return ""
}

// sameVendor tells whether two names are those of one company.
func sameVendor(a, b string) bool {
	return a != "" && (strings.EqualFold(a, b) || companyOf(a) != "" && companyOf(a) == companyOf(b))
}
