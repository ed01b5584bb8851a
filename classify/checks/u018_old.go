package checks

import (
	"time"

	"cookiescan/classify/declaration/page"
	"cookiescan/scanner"
)

func u018() Check {
	return Check{
		ID: "U018", Slug: "old", Title: "policy that was not changed for a year", Class: scanner.ClassHygiene, Since: firstRuleset,
		Levels:  everywhere(asNote),
		Sources: []Source{belgium(), gdpr("Article 5(2)")},
		Needs:   [][]Need{{Policy}},
		Run: func(c *Context) []Observation {
			return c.eachPage(func(s *source) (Observation, bool) {
				day, err := time.Parse(time.DateOnly, s.page.Updated)
				if err != nil || !day.AddDate(1, 0, 0).Before(c.scan.Started) {
					return Observation{}, false
				}
				o := c.ofSource(s, "age", s.title()+" was last changed on "+s.page.Updated+", more than a year before the scan")
				if said := s.says(page.Updated); said != nil {
					o.Declared = s.statementAt(*said)
				}
				return o, true
			})
		},
	}
}
