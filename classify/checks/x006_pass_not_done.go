package checks

import "cookiescan/scanner"

func x006() Check {
	return Check{
		ID: "X006", Slug: "pass_not_done", Title: "pass not done", Class: scanner.ClassUnable, Since: firstRuleset,
		Levels: everywhere(asWarning),
		Needs:  [][]Need{{}},
		Run: func(c *Context) []Observation {
			return c.unable("pass", "not all was walked", scanner.PassNotDone, scanner.Interrupted, scanner.BrowserLost)
		},
	}
}
