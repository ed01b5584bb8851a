package checks

import (
	"slices"

	"cookiescan/scanner"
)

func b005() Check {
	return Check{
		ID: "B005", Slug: "after_reject", Title: "written, sent or kept after refusal", Class: scanner.ClassLaw, Since: firstRuleset,
		Levels:  Levels{EU: asError, UK: asError, CH: asWarning, USCA: asWarning},
		Sources: storing(cnil(), gdpr("Article 7(3)"), taskforce("practice K"), california("§ 7004 (symmetry in choice)")),
		Needs:   [][]Need{{PassReject, Rules}},
		Run: func(c *Context) []Observation {
			return append(c.afterRefusal("reject", "after refusal", c.refusedAfter("reject")), c.requestsAfter("reject")...)
		},
	}
}

// afterRefusal reports what needs consent and was written or sent in a state
// without consent, or is merely still there.
func (c *Context) afterRefusal(state, when string, also []scanner.Evidence) []Observation {
	var list []Observation
	groups := c.groups(func(i *item) ([]write, []scanner.SentTo) {
		writes, sent := i.written(state), i.sentIn(state)
		if len(writes)+len(sent) == 0 && slices.Contains(i.present, state) && len(i.writes) > 0 {
			return []write{{state: state}}, nil // only there
		}
		return writes, sent
	})
	for _, g := range groups {
		g.order()
		did := c.didAfter(g, when)
		o := c.observation(g, did)
		o.Evidence = append(o.Evidence, also...)
		list = append(list, o)
	}
	return list
}

// order puts a write that speaks most clearly first: one that began after the
// choice, and came by itself.
func (g *group) order() {
	rank := func(s seen) int {
		switch {
		case s.action == "":
			return 3
		case s.straddles:
			return 2
		case !slices.Contains(settled, s.trigger):
			return 1
		}
		return 0
	}
	slices.SortStableFunc(g.writes, func(a, b seen) int { return rank(a) - rank(b) })
}

// didAfter words what a group did and lowers its weight if that can be chance.
func (c *Context) didAfter(g *group, when string) string {
	sent := ""
	if len(g.sentTo) > 0 {
		sent = "was still sent to " + g.sentTo[0].Host + " " + when
	}
	if len(g.writes) == 0 {
		return sent
	}
	switch first := g.writes[0]; {
	case first.action == "":
		g.weight = g.weight.atMost(scanner.SureReview, asWarning)
		g.writes = nil
		return "was still there " + when + "; nothing wrote or sent it then"
	case first.straddles:
		if sent != "" {
			g.unsaid = true
			return sent
		}
		g.weight = g.weight.atMost(scanner.SureReview, asWarning)
		return "was written " + when + ", by something that began before it"
	case !slices.Contains(settled, first.trigger):
		g.weight = g.weight.atMost(scanner.SureLikely, asWarning)
	}
	return "was written " + when
}

func (i *item) sentIn(state string) []scanner.SentTo {
	var list []scanner.SentTo
	for _, s := range i.sent {
		if s.State == state {
			list = append(list, s)
		}
	}
	return list
}

// refusedAfter is what the page itself said of consent after the choice.
func (c *Context) refusedAfter(phase string) []scanner.Evidence {
	for _, l := range c.looks {
		if said := c.denials(l.after()); l.phase == phase && len(said) > 0 {
			return []scanner.Evidence{{Pass: l.phase, State: phase, Page: l.page.ID, URL: l.page.URL, Detail: "at that time " + said[0].words}}
		}
	}
	return nil
}

// requestsAfter are those of vendors that store nothing then: as disputed as
// before a choice, so no more than a warning.
func (c *Context) requestsAfter(state string) []Observation {
	var list []Observation
	stored := c.stored(state)
	for _, k := range c.calls(state, isRequest) {
		if stored[k.name] || stored[c.canonical(k.host)] {
			continue
		}
		k.weight = k.weight.atMost("", asWarning)
		list = append(list, c.callObservation(k, state, "tracker", "was sent requests after refusal"))
	}
	return list
}
