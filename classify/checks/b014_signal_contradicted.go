package checks

import (
	"fmt"
	"slices"
	"strings"

	"cookiescan/scanner"
)

func b014() Check {
	return Check{
		ID: "B014", Slug: "signal_contradicted", Title: "the page's own consent signal contradicted", Class: scanner.ClassLaw, Since: firstRuleset,
		Levels:  Levels{EU: asError, UK: asError, CH: asWarning, USCA: asWarning},
		Sources: append([]Source{directive(), pecr()}, tcfPolicies(), gppSpec(), consentMode(), california("§ 7025(c)")),
		Needs:   [][]Need{{Signals, Rules}},
		Run:     signalsContradicted,
	}
}

// denial is one signal that says no, and whom it binds.
type denial struct {
	name  string // of the signal
	words string
	binds func(*item) bool
}

// denials are the signals that say no at one moment.
func (c *Context) denials(s *scanner.Signals) []denial {
	var list []denial
	if t := s.TCF; t != nil && t.String != "" && t.Problem == "" && !t.PurposeOneTreatment && !slices.Contains(t.Purposes, 1) &&
		(t.GDPRApplies == nil || *t.GDPRApplies) {
		list = append(list, denial{"TCF purpose 1", "the TCF string said no to purpose 1 (storing and reading on the device)", func(*item) bool { return true }})
	}
	if g := s.GPP; g != nil && len(g.OptedOut) > 0 {
		list = append(list, denial{
			"GPP opt-out", "the GPP string said that the visitor had opted out of " + strings.Join(g.OptedOut, ", "),
			func(i *item) bool { return i.found.Category == scanner.Marketing },
		})
	}
	if u := s.USP; u != nil && u.OptedOut != nil && *u.OptedOut {
		list = append(list, denial{
			"US Privacy opt-out", "the US Privacy string said that the visitor had opted out of sale",
			func(i *item) bool { return i.found.Category == scanner.Marketing },
		})
	}
	if m := s.ConsentMode; m != nil {
		list = append(list, c.consentModeDenials(m)...)
	}
	return list
}

// consentModeDenials bind Google's own tags only: others need not read them.
func (c *Context) consentModeDenials(m *scanner.ConsentMode) []denial {
	var list []denial
	for _, t := range []struct{ name, category string }{{"ad_storage", scanner.Marketing}, {"analytics_storage", scanner.Statistics}} {
		if c.denied(m, t.name) {
			list = append(list, denial{"Consent Mode " + t.name, "Consent Mode had " + t.name + " denied", func(i *item) bool {
				return i.found.Category == t.category && strings.HasPrefix(i.found.VendorID, "google")
			}})
		}
	}
	return list
}

// moment is a consent state with what the page said in it.
type moment struct {
	look
	state string
	said  []denial
}

// moments are the states of which signals were read. A signal before the choice
// holds for the state none, one after it for that of the pass.
func (c *Context) moments() []moment {
	var list []moment
	for _, l := range c.looks {
		before := "none"
		if l.phase == "gpc" {
			before = "gpc"
		}
		if !slices.ContainsFunc(list, func(m moment) bool { return m.state == before }) {
			if said := c.denials(l.before()); len(said) > 0 {
				list = append(list, moment{l, before, said})
			}
		}
		if said := c.denials(l.after()); len(said) > 0 && answers(l.phase) {
			list = append(list, moment{l, l.phase, said})
		}
	}
	return list
}

// signalsContradicted gives one finding for each signal in each state: the cause
// is the tags that do not read it, not the single cookies.
func signalsContradicted(c *Context) []Observation {
	var list []Observation
	for _, m := range c.moments() {
		for _, d := range m.said {
			if o, ok := c.contradiction(m, d); ok {
				list = append(list, o)
			}
		}
	}
	return list
}

func (c *Context) contradiction(m moment, d denial) (Observation, bool) {
	o := Observation{Kind: "signal", Subject: d.name + " in state " + m.state, Domain: c.site()}
	best := weight{scanner.SureReview, asNote}
	for _, g := range c.groups(func(i *item) ([]write, []scanner.SentTo) {
		if !d.binds(i) || i.found.Exemption != notExempt {
			return nil, nil
		}
		return slices.DeleteFunc(i.written(m.state, settled...), func(w write) bool { return w.straddles }), nil
	}) {
		if len(o.Items) == 0 || heavier(g.weight, best) {
			best, o.Steps = g.weight, c.steps(g)
		}
		o.Items = append(o.Items, g.pattern)
		for _, s := range g.writes {
			o.Evidence = append(o.Evidence, c.evidence(s))
		}
	}
	if len(o.Items) == 0 {
		return o, false
	}
	if m.state == "accept" { // the visitor did agree: the signal is what is wrong
		best = best.atMost(scanner.SureLikely, asWarning)
	}
	o.Sure, o.Most = best.sure, best.most
	o.Message = fmt.Sprintf("%s %s, and %s written all the same: %s", d.words, stateWords(m.state), wasWere(len(o.Items)), some(o.Items))
	return o, true
}

func stateWords(state string) string {
	switch state {
	case "none":
		return "before a choice"
	case "gpc":
		return "with Global Privacy Control"
	}
	return map[string]string{"accept": "after acceptance", "reject": "after refusal", "withdraw": "after withdrawal", "close": "after closing"}[state]
}

func wasWere(n int) string {
	if n == 1 {
		return "1 item was"
	}
	return fmt.Sprintf("%d items were", n)
}

// some names a few of many.
func some(list []string) string {
	const most = 5
	if len(list) <= most {
		return strings.Join(list, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(list[:most], ", "), len(list)-most)
}
