package checks

import "cookiescan/scanner"

func x004() Check {
	return Check{
		ID: "X004", Slug: "bot_wall", Title: "page asked for proof of a person", Class: scanner.ClassUnable, Since: firstRuleset,
		Levels: everywhere(asWarning),
		Needs:  [][]Need{{}},
		Run: func(c *Context) []Observation {
			return c.unable("page", "a page asked for proof that the visitor is a person", scanner.BotWall)
		},
	}
}
