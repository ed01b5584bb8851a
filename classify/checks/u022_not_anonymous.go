package checks

import (
	"fmt"

	"cookiescan/classify/declaration/page"
	"cookiescan/scanner"
)

func u022() Check {
	return Check{
		ID: "U022", Slug: "not_anonymous", Title: "said to be anonymous, and a number for each visitor", Class: scanner.ClassContract, Since: firstRuleset,
		Levels:  everywhere(asWarning),
		Sources: []Source{gdpr("Article 4(1), recitals 26 and 30"), edpbScope()},
		Needs:   [][]Need{{Policy}},
		Run:     notAnonymous,
	}
}

// shortestID is the size in octets, with the name, below which a value hardly
// tells visitors apart.
const shortestID = 12

// notAnonymous reports what lasts, is for statistics or marketing, and had
// another first value in each fresh browser profile.
func notAnonymous(c *Context) []Observation {
	return c.claims(page.ClaimAnonymous, func(i *item) bool {
		measures := i.found.Category == scanner.Statistics || i.found.Category == scanner.Marketing
		return measures && !i.session && i.size >= shortestID && i.individual()
	}, func(names []string) string {
		return fmt.Sprintf("%s another value in every new browser: %s", amount(len(names), "cookie gets", "cookies get"), some(names))
	})
}

// individual tells whether the first value was another in each pass, of which
// each has a fresh profile.
func (i *item) individual() bool {
	firsts := map[string]string{}
	for _, w := range i.writes {
		if w.digest != "" && firsts[w.pass] == "" {
			firsts[w.pass] = w.digest
		}
	}
	values := map[string]bool{}
	for _, v := range firsts {
		if values[v] {
			return false
		}
		values[v] = true
	}
	return len(values) > 1
}
