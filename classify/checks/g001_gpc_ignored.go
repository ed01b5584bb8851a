package checks

import (
	"fmt"
	"slices"

	"cookiescan/scanner"
)

func g001() Check {
	return Check{
		ID: "G001", Slug: "gpc_ignored", Title: "Global Privacy Control makes no difference", Class: scanner.ClassLaw, Since: firstRuleset,
		Levels:  Levels{USCA: asError},
		Sources: []Source{california("§ 7025(c)(1)"), gpcSpec()},
		Needs:   [][]Need{{PassGPC, PassNone, Rules}},
		Run: func(c *Context) []Observation {
			if c.promises() {
				return nil // G005 says the same of what the site itself promises
			}
			return c.gpcIgnored("with Global Privacy Control as without it, %s; if the business sells or shares data, that signal is an opt-out")
		},
	}
}

// promises tells whether the site publishes that it honours the signal.
func (c *Context) promises() bool {
	g := c.gpc()
	return g != nil && g.File != nil && g.File.GPC != nil && *g.File.GPC
}

// gpcIgnored reports marketing that leaves with the signal as it does without.
// Cookies alone are no more than a warning: what counts is what others get.
func (c *Context) gpcIgnored(sentence string) []Observation {
	calls := c.marketing("gpc", "none")
	var names []string
	o := Observation{Kind: "signal", Subject: "GPC", Domain: c.site()}
	best := weight{scanner.SureReview, asNote}
	for _, k := range calls {
		if heavier(k.weight, best) {
			best = k.weight
		}
		names = append(names, k.name)
		o.Evidence = append(o.Evidence, c.callObservation(k, "gpc", "tracker", "").Evidence...)
	}
	did := "requests for marketing go to " + some(names)
	if len(calls) == 0 {
		for _, g := range c.groups(func(i *item) ([]write, []scanner.SentTo) {
			if i.found.Category != scanner.Marketing || len(i.written("none")) == 0 {
				return nil, nil
			}
			return i.written("gpc", unasked...), nil
		}) {
			names = append(names, g.pattern)
			if heavier(g.weight, best) {
				best = g.weight
			}
			for _, s := range g.writes {
				o.Evidence = append(o.Evidence, c.evidence(s))
			}
		}
		best = best.atMost(scanner.SureLikely, asWarning)
		did = "items for marketing are written: " + some(names)
	}
	if len(names) == 0 {
		return nil
	}
	o.Items, o.Sure, o.Most, o.Message = names, best.sure, best.most, fmt.Sprintf(sentence, did)
	o.Steps = []string{"Use a browser that sends Global Privacy Control.", "Open " + c.scan.Target.URL + " and look at what it requests."}
	return []Observation{o}
}

// marketing are the calls for marketing in every one of some states.
func (c *Context) marketing(states ...string) []*called {
	return c.calls(states[0], func(t *scanner.Tracker) bool {
		for _, s := range states {
			if !slices.Contains(t.Phases, s) {
				return false
			}
		}
		return isRequest(t) && t.Classification.Category == scanner.Marketing && t.Classification.Exemption == notExempt
	})
}
