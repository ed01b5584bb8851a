package checks

import (
	"cookiescan/classify/declaration/page"
	"cookiescan/scanner"
)

func u019() Check {
	return Check{
		ID: "U019", Slug: "consent_by_use", Title: "use of the site is taken for consent", Class: scanner.ClassLaw, Since: firstRuleset,
		Levels:  Levels{EU: asWarning, UK: asWarning, CH: asNote},
		Sources: []Source{gdpr("Articles 4(11) and 7"), planet49("operative part 1, of sentences about cookies"), consentGuidelines(), ico()},
		Needs:   [][]Need{{Policy}},
		Run: func(c *Context) []Observation {
			return c.eachPage(func(s *source) (Observation, bool) {
				said := s.says(page.ConsentByUse)
				if said == nil {
					return Observation{}, false
				}
				o := c.ofSource(s, "consent by use", s.title()+" takes use of the site for consent: "+quote(said.Text))
				o.Sure, o.Declared = scanner.SureLikely, s.statementAt(*said)
				return o, true
			})
		},
	}
}
