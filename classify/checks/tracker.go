package checks

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"cookiescan/classify"
	"cookiescan/scanner"
)

// called is the requests of one vendor, or to one site of nobody known.
type called struct {
	name   string // of the vendor, or the site
	host   string
	weight weight
	found  *scanner.Classification
	rows   []*scanner.Tracker
}

// calls folds the trackers in a consent state by who is behind them.
func (c *Context) calls(state string, counts func(*scanner.Tracker) bool) []*called {
	var list []*called
	byName := map[string]*called{}
	for i := range c.scan.Trackers {
		t := &c.scan.Trackers[i]
		x, needs := weigh(t.Classification)
		if !needs || !slices.Contains(t.Phases, state) || !counts(t) {
			continue
		}
		name := cmp.Or(t.Classification.Vendor, c.canonical(t.Host))
		k := byName[name]
		if k == nil {
			k = &called{name: name, host: t.Host, weight: x, found: t.Classification}
			byName[name] = k
			list = append(list, k)
		}
		if heavier(x, k.weight) {
			k.weight, k.found, k.host = x, t.Classification, t.Host
		}
		k.rows = append(k.rows, t)
	}
	return list
}

// isRequest tells a request from a call that reads the device, and leaves out
// what only loads other tags, which has a check of its own.
func isRequest(t *scanner.Tracker) bool {
	return t.Kind != scanner.Fingerprint && t.Classification.Purpose != loadTags
}

const loadTags = "load-tags"

// stored names the vendors and sites of what another check reports already:
// what they send is part of the same cause.
func (c *Context) stored(state string) map[string]bool {
	names := map[string]bool{}
	for _, i := range c.items {
		if _, needs := weigh(i.found); needs && len(i.written(state)) > 0 {
			names[cmp.Or(i.found.Vendor, c.canonical(i.domain))] = true
			names[c.canonical(i.domain)] = true
		}
	}
	delete(names, c.site())
	return names
}

// callObservation says what was called and from which pages.
func (c *Context) callObservation(k *called, state, kind, did string) Observation {
	domain := classify.Site(k.host)
	o := Observation{
		Kind: kind, Subject: k.name, Domain: domain, Sure: k.weight.sure, Most: k.weight.most,
		Message: k.name + " (" + k.found.Category + ", " + k.host + ") " + did,
		Steps: []string{
			"Open a new private window, and in it the developer tools (F12).",
			"Open " + c.scan.Target.URL + " and leave the consent banner alone.",
			"Network: look for requests to " + domain + ".",
		},
	}
	for _, t := range k.rows {
		if declared := c.callDeclared(t); declared != nil && o.Declared == nil {
			o.Declared = declared.place("category")
		}
		o.Items = append(o.Items, t.Host)
		e := scanner.Evidence{State: state, Receiver: t.Host, Setter: t.URL, Line: t.Line, Column: t.Column, Detail: counted(t) + "as " + string(t.Kind)}
		if t.API != "" {
			e.Detail += ", " + t.API
		}
		for _, id := range t.Pages {
			if c.pages[id].URL != "" && (e.Page == "" || strings.HasPrefix(id, state+"/")) {
				e.Page, e.URL = id, c.pages[id].URL
				break
			}
		}
		o.Evidence = append(o.Evidence, e)
	}
	if doubt := (&group{found: k.found}).doubt(); doubt != "" {
		o.Message += "; " + doubt
	}
	return o
}

// counted is how often something was called, where that was in one consent state:
// it is counted over all of them.
func counted(t *scanner.Tracker) string {
	if len(t.Phases) > 1 {
		return ""
	}
	return times(t.Count) + " "
}

func times(n int) string {
	if n == 1 {
		return "once"
	}
	return strconv.Itoa(n) + " times"
}
