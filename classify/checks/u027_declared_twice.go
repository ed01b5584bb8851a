package checks

import (
	"fmt"

	"cookiescan/scanner"
)

func u027() Check {
	return Check{
		ID: "U027", Slug: "declared_twice", Title: "item that is declared more than once", Class: scanner.ClassContract, Since: firstRuleset,
		Levels:  everywhere(asNote),
		Sources: informing(),
		Needs:   [][]Need{{Declared}},
		Run:     declaredTwice,
	}
}

// declaredTwice leaves two categories to the check that is about them.
func declaredTwice(c *Context) []Observation {
	var list []Observation
	for _, same := range c.declaredTwice(false) {
		if !every(same, func(e *entry) bool { return e.category == same[0].category }) {
			continue
		}
		message := fmt.Sprintf("%s is declared %s in %s", same[0].title(), times(len(same)), same[0].source.title())
		o := c.ofEntries(same, message)
		if !every(same, func(e *entry) bool { return sameLife(e, same[0]) }) {
			o.Message += ", with different lifetimes"
		}
		list = append(list, o)
	}
	return list
}
