package checks

import "cookiescan/scanner"

func g003() Check {
	return Check{
		ID: "G003", Slug: "no_opt_out_link", Title: "no link to opt out of sale or sharing", Class: scanner.ClassLaw, Since: firstRuleset,
		Levels:  Levels{USCA: asWarning},
		Sources: []Source{california("§§ 7013, 7015, 7025(e)-(f), 7026(a)(4)")},
		Needs:   [][]Need{{PassGPC, Rules, Signals}},
		Run:     noOptOutLink,
	}
}

func noOptOutLink(c *Context) []Observation {
	g := c.gpc()
	if g == nil || g.OptOut != "" || len(c.marketing("none")) == 0 {
		return nil
	}
	o := Observation{
		Kind: "dialog", Subject: "opt-out link", Domain: c.site(), Sure: scanner.SureReview,
		Message: "no link such as \u201cDo Not Sell or Share My Personal Information\u201d was found; if the business sells or shares data, it needs one",
		Steps:   []string{"Open " + c.scan.Target.URL + " and look at the foot of the page."},
	}
	if len(c.marketing("gpc")) == 0 { // the signal works, so none may be needed
		o.Most = asNote
		o.Message += ", unless it processes the signal without friction"
	}
	return []Observation{o}
}
