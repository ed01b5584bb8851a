package checks

import (
	"slices"
	"strings"

	"cookiescan/scanner"
)

func b003() Check {
	return Check{
		ID: "B003", Slug: "request_before_choice", Title: "request to a tracker before a choice", Class: scanner.ClassLaw, Since: firstRuleset,
		Levels:  Levels{EU: asWarning, UK: asWarning, CH: asNote},
		Sources: storing(edpbScope()),
		Needs:   [][]Need{{PassNone, Rules}},
		Run:     requestsBefore,
	}
}

func requestsBefore(c *Context) []Observation {
	var list []Observation
	stored := c.stored("none")
	for _, k := range c.calls("none", isRequest) {
		if stored[k.name] || stored[c.canonical(k.host)] {
			continue
		}
		o := c.callObservation(k, "none", "tracker", "was sent requests before a choice")
		if c.pingsOnly() && strings.HasPrefix(k.found.VendorID, "google") {
			o.Message += "; the page had told Google's tags that consent is denied, and authorities have not settled whether such pings need it"
			o.Sure, o.Most = lessSure(o.Sure, scanner.SureReview), asWarning
		}
		list = append(list, o)
	}
	return list
}

// pingsOnly tells whether all hits to Google before a choice said that consent
// is denied.
func (c *Context) pingsOnly() bool {
	for _, l := range c.looks {
		if m := l.before().ConsentMode; m != nil && len(m.Hits) > 0 {
			return !slices.ContainsFunc(m.Hits, func(code string) bool { return code != "G100" })
		}
	}
	return false
}
