package checks

import (
	"fmt"
	"slices"

	"cookiescan/classify/declaration/page"
	"cookiescan/scanner"
)

func u002() Check {
	return Check{
		ID: "U002", Slug: "undeclared_storage", Title: "storage that is not declared", Class: scanner.ClassContract, Since: firstRuleset,
		Levels:  everywhere(asError),
		Sources: informing(edpbScope()),
		Needs:   [][]Need{{Declared}, {Policy}},
		Run:     undeclaredStorage,
	}
}

// undeclaredStorage looks at a page that lists nothing for a word about storage
// that is no cookie: one is missing, and not one for each key.
func undeclaredStorage(c *Context) []Observation {
	if c.view.given() {
		return c.undeclared(false)
	}
	var names []string
	o := Observation{Kind: "page", Subject: "storage other than cookies", Domain: c.site(), Sure: scanner.SureLikely}
	for _, i := range c.items {
		if i.isCookie() {
			continue
		}
		names = append(names, first(i.name, longestName))
		for _, w := range i.writes[:min(1, len(i.writes))] {
			o.Evidence = append(o.Evidence, c.evidence(seen{w, first(i.name, longestName)}))
		}
	}
	silent := slices.IndexFunc(c.view.published, func(s *source) bool { return s.says(page.OtherStorage) == nil })
	spoken := slices.ContainsFunc(c.view.published, func(s *source) bool { return s.says(page.OtherStorage) != nil })
	if len(names) == 0 || silent < 0 || spoken {
		return nil
	}
	o.Items, o.Declared = names, c.view.published[silent].place("")
	o.Message = fmt.Sprintf("the policy names no storage but cookies, and %s: %s", amount(len(names), "other entry is stored", "other entries are stored"), some(names))
	return []Observation{o}
}

// amount is a number with its word.
func amount(n int, one, more string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, more)
}
