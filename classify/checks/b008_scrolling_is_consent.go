package checks

import (
	"slices"

	"cookiescan/scanner"
)

func b008() Check {
	return Check{
		ID: "B008", Slug: "scrolling_is_consent", Title: "scrolling or moving on treated as consent", Class: scanner.ClassLaw, Since: firstRuleset,
		Levels:  Levels{EU: asError, UK: asError},
		Sources: []Source{garante(), directive(), consentGuidelines(), gdpr("recital 32"), pecr()},
		Needs:   [][]Need{{PassNone, Rules}},
		Run:     movedOn,
	}
}

// movedOn reports what came only once the scanner moved on. A control that it
// pressed may have said what it loads, so that is for a person to look at.
func movedOn(c *Context) []Observation {
	var list []Observation
	for _, g := range c.later("none", asked, unasked) {
		did := "was written before a choice, and only once the visitor scrolled"
		if !slices.ContainsFunc(g.writes, func(s seen) bool { return s.trigger == scanner.OnScroll }) {
			did = "was written before a choice, and only once a control was pressed, which may have asked for it"
			g.weight = g.weight.atMost(scanner.SureReview, asWarning)
		}
		list = append(list, c.observation(g, did))
	}
	return list
}
