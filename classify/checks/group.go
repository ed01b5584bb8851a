package checks

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"cookiescan/scanner"
)

// group is what one cause wrote: items of one kind, folded name and site.
type group struct {
	kind, pattern, domain string
	found                 *scanner.Classification // of the member that weighs most
	weight                weight
	items                 []string
	writes                []seen
	sentTo                []scanner.SentTo
	head                  *item // the first member
	unsaid                bool  // the message does not say who wrote it
	declared              *entry
}

// seen is a write with the name of what it wrote.
type seen struct {
	write
	name string
}

// longestName is kept of a name: a storage key can be megabytes.
const longestName = 200

// groups folds, in the order of the items. Of each item, pick says which writes
// and receivers speak against it; without any it does not count.
func (c *Context) groups(pick func(*item) ([]write, []scanner.SentTo)) []*group {
	var list []*group
	byKey := map[string]*group{}
	for _, i := range c.items {
		x, needs := weigh(i.found)
		if !needs {
			continue
		}
		writes, sent := pick(i)
		if len(writes)+len(sent) == 0 {
			continue
		}
		domain, pattern := c.canonical(i.domain), first(i.pattern(), longestName)
		key := i.kind + "\x00" + pattern + "\x00" + domain
		g := byKey[key]
		if g == nil {
			g = &group{kind: i.kind, pattern: pattern, domain: domain, found: i.found, weight: x, declared: i.declared}
			byKey[key] = g
			list = append(list, g)
		}
		if heavier(x, g.weight) {
			g.weight, g.found, g.declared = x, i.found, i.declared
		}
		g.items = append(g.items, first(i.name, longestName))
		for _, w := range writes {
			g.writes = append(g.writes, seen{w, first(i.name, longestName)})
		}
		g.sentTo = append(g.sentTo, sent...)
	}
	return list
}

// observation says what a group did. The message ends with who wrote it.
func (c *Context) observation(g *group, did string) Observation {
	o := Observation{
		Kind: g.kind, Subject: g.pattern, Domain: g.domain, Items: g.items, Sure: g.weight.sure, Most: g.weight.most,
		Message: g.name() + " " + did,
	}
	if len(g.writes) > 0 && !g.unsaid {
		o.Message += c.by(g.writes[0].write)
	}
	if doubt := g.doubt(); doubt != "" {
		o.Message += "; " + doubt
	}
	for _, s := range g.writes {
		o.Evidence = append(o.Evidence, c.evidence(s))
	}
	for _, s := range g.sentTo {
		o.Evidence = append(o.Evidence, scanner.Evidence{
			Pass: s.Pass, State: s.State, Item: g.pattern, Receiver: s.Host, Detail: "its value was sent to " + s.Host + " (" + s.How + ")",
		})
	}
	o.Steps = c.steps(g)
	return o
}

// name is what a finding calls a group: "_ga_* (statistics, Google Analytics)".
func (g *group) name() string {
	category := g.found.Category
	if g.declared != nil && g.declared.category == category {
		category = "declared as " + category
	}
	if g.found.Vendor != "" {
		return g.with(category, g.found.Vendor)
	}
	return g.with(category)
}

// with is the name of a group and, in brackets, what else there is to know.
func (g *group) with(more ...string) string {
	text := cmp.Or(g.pattern, "the "+g.kind+" without a name")
	var about []string
	if items := slices.Compact(slices.Sorted(slices.Values(g.items))); len(items) > 1 {
		about = append(about, fmt.Sprintf("%d names", len(items)))
	}
	if g.kind != "cookie" {
		about = append(about, kindWords(g.kind))
	}
	if about = append(about, more...); len(about) == 0 {
		return text
	}
	return text + " (" + strings.Join(about, ", ") + ")"
}

func kindWords(kind string) string {
	switch scanner.StorageKind(kind) {
	case scanner.LocalStorage:
		return "local storage"
	case scanner.SessionStorage:
		return "session storage"
	case scanner.IndexedDB:
		return "IndexedDB"
	case scanner.CacheStorage:
		return "cache storage"
	case scanner.FileSystem:
		return "file"
	case scanner.ServiceWorker:
		return "service worker"
	}
	return kind
}

// doubt says why a person must look.
func (g *group) doubt() string {
	switch {
	case g.found.Exemption == conditional || g.found.Exemption == contested:
		return "to review: " + cmp.Or(strings.TrimSuffix(g.found.Condition, "."), "whether it needs consent depends on its use")
	case g.found.Confidence == scanner.ByInference:
		return "cannot be judged, what it is for is only inferred: classify it"
	case g.found.Confidence == scanner.Likely:
		return "what it is for is likely, not certain"
	}
	return ""
}

// by says who wrote something and when.
func (c *Context) by(w write) string {
	text := ""
	if w.setter != "" {
		text = ", by " + at(w.setter, w.line)
	}
	if w.firstMs > 0 {
		text += fmt.Sprintf(", %.1f s into the page", float64(w.firstMs)/1000)
	}
	return text
}

func at(address string, line int) string {
	if line > 0 {
		return fmt.Sprintf("%s:%d", address, line)
	}
	return address
}

func (c *Context) evidence(s seen) scanner.Evidence {
	detail := "written"
	if s.action == scanner.Refresh {
		detail = "its lifetime was renewed"
	}
	if s.via != "" {
		detail += " by " + s.via
	}
	if s.trigger != "" {
		detail += " at " + string(s.trigger)
	}
	if s.straddles {
		detail += ", begun before the choice"
	}
	return scanner.Evidence{
		Pass: s.pass, State: s.state, Page: s.page, URL: c.pages[s.page].URL, Trigger: s.trigger, Item: s.name, Setter: s.setter,
		Line: s.line, Column: s.column, FirstMs: s.firstMs, Straddles: s.straddles, Detail: detail,
	}
}

// steps tell a person how to see it without this program.
func (c *Context) steps(g *group) []string {
	page, state := c.scan.Target.URL, "none"
	if len(g.writes) > 0 {
		state = g.writes[0].state
		page = cmp.Or(c.pages[g.writes[0].page].URL, page)
	} else if len(g.sentTo) > 0 {
		state = g.sentTo[0].State
	}
	choice := "Leave the consent banner alone."
	switch state {
	case "accept", "reject", "close":
		choice = map[string]string{"accept": "Accept everything", "reject": "Refuse everything", "close": "Close the banner with its X"}[state] + " and reload the page."
	case "withdraw":
		choice = "Accept everything, open the consent settings again, refuse everything and reload the page."
	case "gpc":
		choice = "Use a browser that sends Global Privacy Control, and leave the consent banner alone."
	}
	where := "Storage, " + kindWords(g.kind)
	if g.kind == "cookie" {
		where = "Cookies"
	}
	return []string{
		"Open a new private window, and in it the developer tools (F12).",
		"Open " + page + ".", choice,
		fmt.Sprintf("Application, %s, %s: look for %s.", where, g.domain, g.pattern),
	}
}
