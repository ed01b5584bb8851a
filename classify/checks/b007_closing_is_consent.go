package checks

import "cookiescan/scanner"

func b007() Check {
	return Check{
		ID: "B007", Slug: "closing_is_consent", Title: "closing the banner treated as consent", Class: scanner.ClassLaw, Since: firstRuleset,
		Levels:  Levels{EU: asWarning, IT: asError, UK: asWarning},
		Sources: []Source{garante(), directive(), gdpr("Article 4(11)"), pecr()},
		Needs:   [][]Need{{PassClose, Rules}},
		Run: func(c *Context) []Observation {
			return c.taken("close", settled, "was written after the banner was closed with its X, and not before")
		},
	}
}

// taken reports what was written in a state and not before a choice, where it
// is the matter of B001 and B002.
func (c *Context) taken(state string, triggers []scanner.Trigger, did string) []Observation {
	var list []Observation
	for _, g := range c.groups(func(i *item) ([]write, []scanner.SentTo) {
		if len(i.written("none")) > 0 {
			return nil, nil
		}
		var writes []write
		for _, w := range i.written(state, triggers...) {
			if !w.straddles {
				writes = append(writes, w)
			}
		}
		return writes, nil
	}) {
		list = append(list, c.observation(g, did))
	}
	return list
}
