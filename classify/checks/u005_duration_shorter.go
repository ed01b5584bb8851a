package checks

import "cookiescan/scanner"

func u005() Check {
	return Check{
		ID: "U005", Slug: "duration_shorter", Title: "kept shorter than declared", Class: scanner.ClassContract, Since: firstRuleset,
		Levels:  everywhere(asNote),
		Sources: informing(),
		Needs:   [][]Need{{Declared}},
		Run: func(c *Context) []Observation {
			return c.each(func(i *item) bool {
				return i.declared != nil && compareLife(i, i.declared.lifetime) == shorter
			}, c.disagrees)
		},
	}
}
