package checks

import (
	"cmp"

	"cookiescan/scanner"
)

func x001() Check {
	return Check{
		ID: "X001", Slug: "not_operated", Title: "banner not operated", Class: scanner.ClassUnable, Since: firstRuleset,
		Levels: everywhere(asWarning),
		Needs:  [][]Need{{}},
		Run:    notOperated,
	}
}

// noEffect is why a banner was not answered if the pass names no other reason.
const noEffect = "pressing its controls had no effect"

// notOperated reports a pass once, by what the pass says or else by what the
// scan says that it did not see.
func notOperated(c *Context) []Observation {
	var list []Observation
	said := map[string]bool{}
	for _, l := range c.looks {
		if l.consent.Failure != scanner.NotOperated {
			continue
		}
		said[l.phase] = true
		list = append(list, Observation{
			Kind: "pass", Subject: l.phase, Domain: c.site(), Sure: scanner.SureCertain,
			Message:  "the banner could not be answered in the pass " + l.phase + ": " + cmp.Or(l.consent.Detail, noEffect),
			Evidence: []scanner.Evidence{{Pass: l.phase, Page: l.page.ID, URL: l.page.URL, Detail: cmp.Or(l.consent.Detail, noEffect)}},
		})
	}
	for _, o := range c.unable("pass", "the banner could not be answered", scanner.BannerNotOperated) {
		if !said[o.Subject] {
			list = append(list, o)
		}
	}
	return list
}
