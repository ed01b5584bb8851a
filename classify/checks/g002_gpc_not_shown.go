package checks

import "cookiescan/scanner"

func g002() Check {
	return Check{
		ID: "G002", Slug: "gpc_not_shown", Title: "page does not show that the opt-out signal was processed", Class: scanner.ClassLaw, Since: firstRuleset,
		Levels:  Levels{USCA: asError},
		Sources: []Source{california("§ 7025(c)(6), from 1 January 2026")},
		Needs:   [][]Need{{PassGPC, Rules, Signals}},
		Run:     gpcNotShown,
	}
}

func gpcNotShown(c *Context) []Observation {
	g := c.gpc()
	calls := c.marketing("gpc")
	if g == nil || g.Display != "" || len(calls) == 0 {
		return nil
	}
	best := weight{scanner.SureReview, asNote}
	o := Observation{Kind: "signal", Subject: "GPC display", Domain: c.site()}
	for _, k := range calls {
		if heavier(k.weight, best) {
			best = k.weight
		}
		o.Evidence = append(o.Evidence, c.callObservation(k, "gpc", "tracker", "").Evidence...)
	}
	o.Sure, o.Most = best.sure, best.most
	o.Message = "with Global Privacy Control, no words on the page say that the signal was processed, and requests for marketing leave; if the business sells or shares data, it must show it"
	o.Steps = []string{"Use a browser that sends Global Privacy Control.", "Open " + c.scan.Target.URL + " and look for words such as \u201cOpt-Out Request Honored\u201d."}
	return []Observation{o}
}
