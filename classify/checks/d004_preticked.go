package checks

import (
	"strings"

	"cookiescan/scanner"
)

func d004() Check {
	return Check{
		ID: "D004", Slug: "preticked", Title: "optional category on before a choice", Class: scanner.ClassLaw, Since: firstRuleset,
		Levels:  Levels{EU: asError, UK: asError, CH: asNote},
		Sources: []Source{planet49("operative part 1"), taskforce("practice B"), gdpr("recital 32"), netherlands(), ico(), switzerland()},
		Needs:   [][]Need{{Banner}},
		Run:     preticked,
	}
}

func preticked(c *Context) []Observation {
	for _, l := range c.banners {
		names := l.consent.Preticked
		if len(names) == 0 {
			continue
		}
		o := c.dialog(l, scanner.SureCertain, "on before any choice: "+some(names))
		o.Items = names
		o = o.look("Look at the switches of the banner and, if it has any, of its settings; press none.")
		if c.profile == UK && every(names, exemptInUK) {
			o.Sure, o.Most = scanner.SureReview, asWarning
			o.Message += "; for statistics and appearance an opt-out can be enough"
		}
		return []Observation{o}
	}
	return nil
}

// exemptInUK tells whether the name of a category speaks of what Schedule A1
// exempts on conditions.
func exemptInUK(name string) bool {
	name = strings.ToLower(name)
	for _, stem := range []string{"statisti", "analytic", "measure", "performance", "appearance", "preference"} {
		if strings.Contains(name, stem) {
			return true
		}
	}
	return false
}

func every[T any](list []T, is func(T) bool) bool {
	for _, s := range list {
		if !is(s) {
			return false
		}
	}
	return true
}
