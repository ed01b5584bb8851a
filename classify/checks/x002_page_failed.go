package checks

import "cookiescan/scanner"

func x002() Check {
	return Check{
		ID: "X002", Slug: "page_failed", Title: "page not seen", Class: scanner.ClassUnable, Since: firstRuleset,
		Levels: everywhere(asWarning),
		Needs:  [][]Need{{}},
		Run: func(c *Context) []Observation {
			return c.unable("page", "a page could not be seen", scanner.StartFailed, scanner.PageFailed, scanner.PageTimeout, scanner.PageCrashed)
		},
	}
}
