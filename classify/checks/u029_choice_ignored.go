package checks

import (
	"slices"

	"cookiescan/classify/declaration/page"
	"cookiescan/scanner"
)

func u029() Check {
	return Check{
		ID: "U029", Slug: "choice_ignored", Title: "declared to wait for a choice, and it does not", Class: scanner.ClassContract, Since: firstRuleset,
		Levels:  everywhere(asError),
		Sources: informing(),
		Needs:   [][]Need{{Declared, PassNone}, {Declared, PassReject}, {Policy, PassNone}},
		Run:     choiceIgnored,
	}
}

// choiceIgnored reports what the declaration itself binds to consent. Where a
// profile was chosen and a check of the law reports the same as an error, that
// is the one finding.
func choiceIgnored(c *Context) []Observation {
	list := c.each(func(i *item) bool { return len(c.ignoring(i)) > 0 && !c.lawSays(i) }, func(g *group) Observation {
		var writes []seen
		for _, w := range c.ignoring(g.head) {
			writes = append(writes, seen{w, first(g.head.name, longestName)})
		}
		g.writes = writes
		said := "is declared to wait for consent"
		if g.declared.own == nil {
			said = "is declared as " + g.declared.category
		}
		return c.compared(g, g.declared.place("when"), g.what()+" "+said+", and was written "+g.states()+c.by(writes[0].write))
	})
	return append(list, c.claims(page.ClaimConsentFirst, func(i *item) bool {
		x, needs := weigh(i.found)
		return needs && x.most == "" && len(i.written("none", unasked...)) > 0
	}, func(names []string) string {
		return "before a choice " + amount(len(names), "item was written that needs consent", "items were written that need consent") + ": " + some(names)
	})...)
}

// ignoring are the writes of an item that its declaration excludes: before a
// choice or after a refusal where the register says that it waits, and after a
// refusal where a page lists it in a category that can be refused.
func (c *Context) ignoring(i *item) []write {
	if i.declared == nil {
		return nil
	}
	refused := slices.DeleteFunc(i.written("reject", settled...), func(w write) bool { return w.straddles })
	if e := i.declared.own; e != nil {
		if e.When != "consent" {
			return nil
		}
		return append(i.written("none", unasked...), refused...)
	}
	if i.declared.category == scanner.Statistics || i.declared.category == scanner.Marketing {
		return refused
	}
	return nil
}

// lawSays tells whether a check of the law reports an item as an error.
func (c *Context) lawSays(i *item) bool {
	x, needs := weigh(i.found)
	if !needs || !c.options.Chosen || x.most != "" || x.sure != scanner.SureCertain {
		return false
	}
	before, after := b001(), b005()
	if !i.isCookie() {
		before = b002()
	}
	return len(i.written("none", unasked...)) > 0 && before.Levels.In(c.profile) == asError ||
		len(i.written("reject", settled...)) > 0 && after.Levels.In(c.profile) == asError
}
