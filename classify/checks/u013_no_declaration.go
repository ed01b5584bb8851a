package checks

import (
	"slices"

	"cookiescan/classify/declaration/page"
	"cookiescan/scanner"
)

// NoList is the id of the check that keeps a gate from saying that nothing is
// wrong: with a page that has no list, nothing could be compared.
const NoList = "U013"

func u013() Check {
	return Check{
		ID: NoList, Slug: "no_declaration", Title: "policy without a list of cookies", Class: scanner.ClassLaw, Since: firstRuleset,
		Levels:  Levels{EU: asError, UK: asError, CH: asWarning, USCA: asNote},
		Sources: informing(),
		Needs:   [][]Need{{Policy}},
		Run:     noDeclaration,
	}
}

// noDeclaration reports a page of which no list was read, unless another page
// has one and this one promises none.
func noDeclaration(c *Context) []Observation {
	if !c.speaks() {
		return nil
	}
	listed := slices.ContainsFunc(c.view.published, func(s *source) bool { return len(s.entries) > 0 })
	var list []Observation
	for _, s := range c.view.published {
		promise := s.says(page.TablePromised)
		if len(s.entries) > 0 || listed && promise == nil {
			continue
		}
		o := c.ofSource(s, "list of cookies", "in "+s.title()+" no table or list of cookies was found")
		o.Sure = scanner.SureLikely
		if promise != nil {
			o.Message = s.title() + " announces a list of cookies, and none was found: " + quote(promise.Text)
			o.Declared, o.Sure = s.statementAt(*promise), scanner.SureCertain
		}
		for _, n := range s.page.NotUnderstood {
			if promise == nil || n.Text != promise.Text {
				o.Evidence = append(o.Evidence, scanner.Evidence{URL: s.name, Detail: "not understood: " + first(n.Text, longestQuote) + " (" + n.Why + ")"})
			}
		}
		list = append(list, o)
	}
	return list
}
