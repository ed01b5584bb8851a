package checks

import (
	"fmt"

	"cookiescan/scanner"
)

func b010() Check {
	return Check{
		ID: "B010", Slug: "refusal_forgotten", Title: "refusal remembered shorter than acceptance, or asked again", Class: scanner.ClassLaw, Since: firstRuleset,
		Levels:  Levels{EU: asWarning, UK: asWarning},
		Sources: []Source{garante(), cnil(), gdpr("Article 7(3)"), ico()},
		Needs:   [][]Need{{PassReturn}, {PassReject}},
		Run:     refusalForgotten,
	}
}

// refusalForgotten reports one cause once: that the banner came back, or else
// that what keeps a refusal is shorter-lived than what keeps an acceptance.
func refusalForgotten(c *Context) []Observation {
	for _, l := range c.looks {
		if l.consent.Returned && l.consent.Action == scanner.ActionReject {
			return []Observation{c.dialog(l, scanner.SureCertain, "the banner asked again after it was refused, on "+visit(l))}
		}
	}
	for _, i := range c.memories() {
		yes, no := i.kept("accept"), i.kept("reject")
		if len(i.written("reject")) == 0 || yes == 0 || no+int64(slack.Seconds()) >= yes {
			continue
		}
		kept := "until the browser is closed"
		if no > 0 {
			kept = "for " + days(no)
		}
		o := c.dialog(c.banner(), scanner.SureCertain, fmt.Sprintf("%s keeps a refusal %s and an acceptance for %s", i.name, kept, days(yes)))
		o.Evidence = append(c.wroteFirst(i, "reject"), c.wroteFirst(i, "accept")...)
		return []Observation{o}
	}
	return nil
}

func visit(l look) string {
	if l.phase == "return" {
		return "a second visit"
	}
	return "the next page of the same visit"
}
