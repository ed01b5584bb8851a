package checks

import "cookiescan/scanner"

func b001() Check {
	return Check{
		ID: "B001", Slug: "before_choice", Title: "cookie written before a choice", Class: scanner.ClassLaw, Since: firstRuleset,
		Levels:  Levels{EU: asError, UK: asError, CH: asWarning},
		Sources: storing(cnil()),
		Needs:   [][]Need{{PassNone, Rules}},
		Run:     func(c *Context) []Observation { return c.beforeChoice(true) },
	}
}

// beforeChoice reports cookies, or other storage, that were written before a
// choice. Only load and timer are certain to need nothing of the visitor.
func (c *Context) beforeChoice(cookies bool) []Observation {
	var list []Observation
	groups := c.groups(func(i *item) ([]write, []scanner.SentTo) {
		writes := i.written("none", unasked...)
		if len(writes) == 0 { // written when a page was left, or nobody saw when
			writes = i.written("none", scanner.OnPageHide, "")
			if len(i.written("none", asked...)) > 0 {
				writes = nil
			}
		}
		if i.isCookie() != cookies {
			writes = nil
		}
		return writes, nil
	})
	for _, g := range groups {
		did := "was written before a choice"
		if when := map[scanner.Trigger]string{
			scanner.OnPageHide: ", when a page was left", "": ", nobody saw at what moment",
		}[g.writes[0].trigger]; when != "" {
			did += when
			g.weight = g.weight.atMost(scanner.SureReview, asWarning)
		}
		o := c.observation(g, did)
		o.Evidence = append(o.Evidence, c.refusedBefore()...)
		list = append(list, o)
	}
	return list
}

// refusedBefore is what the page itself says of consent before a choice.
func (c *Context) refusedBefore() []scanner.Evidence {
	for _, l := range c.looks {
		if said := c.denials(l.before()); len(said) > 0 && l.phase != "gpc" {
			return []scanner.Evidence{{Pass: l.phase, State: "none", Page: l.page.ID, URL: l.page.URL, Detail: "at that time " + said[0].words}}
		}
	}
	return nil
}
