package checks

import (
	"fmt"

	"cookiescan/classify/declaration/page"
	"cookiescan/scanner"
)

func u007() Check {
	return Check{
		ID: "U007", Slug: "session_or_persistent", Title: "declared for the session and kept, or the other way round", Class: scanner.ClassContract, Since: firstRuleset,
		Levels:  everywhere(asError),
		Sources: informing(),
		Needs:   [][]Need{{Declared}, {Policy}},
		Run:     sessionOrPersistent,
	}
}

func sessionOrPersistent(c *Context) []Observation {
	list := c.each(func(i *item) bool {
		return i.declared != nil && compareLife(i, i.declared.lifetime) == swapped
	}, func(g *group) Observation {
		o := c.disagrees(g)
		if g.head.session { // gone sooner than a visitor was told
			o.Most = lighter(o.Most, asWarning)
		}
		return o
	})
	return append(list, c.claims(page.ClaimSessionOnly, func(i *item) bool {
		return i.isCookie() && !i.session && i.declared == nil
	}, func(names []string) string {
		return fmt.Sprintf("%s kept longer than the session: %s", amount(len(names), "cookie is", "cookies are"), some(names))
	})...)
}
