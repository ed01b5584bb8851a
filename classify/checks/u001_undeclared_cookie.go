package checks

import (
	"strings"

	"cookiescan/scanner"
)

func u001() Check {
	return Check{
		ID: "U001", Slug: "undeclared_cookie", Title: "cookie that is not declared", Class: scanner.ClassContract, Since: firstRuleset,
		Levels:  everywhere(asError),
		Sources: informing(),
		Needs:   [][]Need{{Declared}},
		Run:     func(c *Context) []Observation { return c.undeclared(true) },
	}
}

// undeclared reports cookies, or other storage, that no entry is about. What an
// entry to do is about has a check of its own.
func (c *Context) undeclared(cookies bool) []Observation {
	return c.each(func(i *item) bool {
		return i.isCookie() == cookies && i.declared == nil && i.todo == nil
	}, func(g *group) Observation {
		if e := g.head.retired; e != nil {
			return c.compared(g, e.place("status"), g.what()+" is declared as retired and was met: "+c.seenAs(g))
		}
		message := g.what() + " is not declared: " + c.seenAs(g)
		switch near := c.view.near(g.pattern); {
		case contains(near, g.pattern):
			message += "; the name is declared for another kind or domain"
		case len(near) > 0:
			message += "; declared are " + strings.Join(near, ", ")
		}
		return c.compared(g, c.view.missingAt(), message)
	})
}
