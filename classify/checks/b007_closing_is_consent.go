package checks

import (
	"slices"

	"cookiescan/scanner"
)

func b007() Check {
	return Check{
		ID: "B007", Slug: "closing_is_consent", Title: "closing the banner treated as consent", Class: scanner.ClassLaw, Since: firstRuleset,
		Levels:  Levels{EU: asWarning, IT: asError, UK: asWarning},
		Sources: []Source{garante(), directive(), gdpr("Article 4(11)"), pecr()},
		Needs:   [][]Need{{PassClose, Rules}},
		Run: func(c *Context) []Observation {
			var list []Observation
			for _, g := range c.later("close", settled, nil) {
				list = append(list, c.observation(g, "was written after the banner was closed with its X, and not before"))
			}
			return list
		},
	}
}

// later groups what was written in a state by some triggers, and not before a
// choice by earlier ones, nil for any: that is the matter of B001 and B002.
func (c *Context) later(state string, triggers, earlier []scanner.Trigger) []*group {
	return c.groups(func(i *item) ([]write, []scanner.SentTo) {
		if len(i.written("none", earlier...)) > 0 {
			return nil, nil
		}
		return slices.DeleteFunc(i.written(state, triggers...), func(w write) bool { return w.straddles }), nil
	})
}
