package checks

import "cookiescan/scanner"

func g005() Check {
	return Check{
		ID: "G005", Slug: "gpc_promise", Title: "site says that it honours Global Privacy Control, and does not", Class: scanner.ClassContract, Since: firstRuleset,
		Levels:  Levels{EU: asError, CH: asError, UK: asError, USCA: asError},
		Sources: []Source{gpcSpec(), california("§ 7025(c)(1)")},
		Needs:   [][]Need{{PassGPC, PassNone, GPCFile, Rules}},
		Run: func(c *Context) []Observation {
			if !c.promises() {
				return nil
			}
			return c.gpcIgnored("/.well-known/gpc.json says that Global Privacy Control is honoured, and with it as without it %s")
		},
	}
}
