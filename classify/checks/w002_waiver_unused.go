package checks

import "cookiescan/scanner"

func w002() Check {
	return Check{
		ID: "W002", Slug: "waiver_unused", Title: "waiver is not needed", Class: scanner.ClassHygiene, Since: firstRuleset,
		Levels: everywhere(asNote),
	}
}
