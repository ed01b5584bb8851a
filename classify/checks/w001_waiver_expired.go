package checks

import "cookiescan/scanner"

func w001() Check {
	return Check{
		ID: "W001", Slug: "waiver_expired", Title: "waiver has expired", Class: scanner.ClassContract, Since: firstRuleset,
		Levels: everywhere(asError),
	}
}
