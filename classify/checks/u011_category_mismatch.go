package checks

import (
	"fmt"

	"cookiescan/scanner"
)

func u011() Check {
	return Check{
		ID: "U011", Slug: "category_mismatch", Title: "declared as necessary, and known to be for something else", Class: scanner.ClassLaw, Since: firstRuleset,
		Levels:  Levels{EU: asError, UK: asError, CH: asWarning, USCA: asNote},
		Sources: informing(taskforce("practice I"), ico()),
		Needs:   [][]Need{{Declared, Rules}},
		Run:     categoryMismatch,
	}
}

// categoryMismatch weighs as the rule does. Only what is written before a
// choice made use of being called necessary.
func categoryMismatch(c *Context) []Observation {
	return c.each(func(i *item) bool {
		return c.calledNecessary(i)
	}, func(g *group) Observation {
		known := g.head.known
		x, _ := weigh(known)
		g.weight = x.atMost(g.weight.sure, g.weight.most)
		if len(g.head.written("none", unasked...)) == 0 {
			g.weight.most = lighter(g.weight.most, asWarning)
		}
		message := fmt.Sprintf("%s is declared as necessary, and is known to be for %s: %s", g.what(), known.Category, ruleWords(known))
		if doubt := (&group{found: known}).doubt(); doubt != "" {
			message += "; " + doubt
		}
		return c.compared(g, g.declared.place("category"), message)
	})
}

// calledNecessary tells whether an item is declared as necessary, and the rules
// say that it needs consent.
func (c *Context) calledNecessary(i *item) bool {
	if i.declared == nil || i.declared.category != scanner.Necessary {
		return false
	}
	_, needs := weigh(i.known)
	return needs && i.known.Category != scanner.Necessary
}

// ruleWords say which rule knows an item.
func ruleWords(known *scanner.Classification) string {
	text := "rule " + known.Rule
	if known.Rule == "" {
		text = first(known.Basis, longestName)
	}
	if known.Vendor != "" {
		text = known.Vendor + ", " + text
	}
	return text + " (" + known.Confidence + ")"
}
