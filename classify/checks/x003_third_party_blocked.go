package checks

import "cookiescan/scanner"

func x003() Check {
	return Check{
		ID: "X003", Slug: "third_party_blocked", Title: "our browser refuses third-party cookies", Class: scanner.ClassUnable, Since: firstRuleset,
		Levels: everywhere(asWarning),
		Needs:  [][]Need{{}},
		Run: func(c *Context) []Observation {
			return c.unable("scan", "third-party cookies could not be seen", scanner.ThirdPartyBlocked)
		},
	}
}
