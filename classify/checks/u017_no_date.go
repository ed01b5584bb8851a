package checks

import (
	"cookiescan/classify/declaration/page"
	"cookiescan/scanner"
)

func u017() Check {
	return Check{
		ID: "U017", Slug: "no_date", Title: "policy without a date", Class: scanner.ClassLaw, Since: firstRuleset,
		Levels:  Levels{EU: asWarning, UK: asNote, CH: asNote},
		Sources: []Source{belgium(), gdpr("Article 5(2)"), ico()},
		Needs:   [][]Need{{Policy}},
		Run: func(c *Context) []Observation {
			return c.eachPage(func(s *source) (Observation, bool) {
				if s.page.Updated != "" {
					return Observation{}, false
				}
				o := c.ofSource(s, "date", s.title()+" does not say when it was last changed")
				o.Sure = scanner.SureLikely
				if said := s.says(page.Updated); said != nil {
					o.Sure, o.Declared = scanner.SureReview, s.statementAt(*said)
					o.Message = s.title() + " says when it was last changed, and the date is not understood: " + quote(said.Text)
				}
				return o, true
			})
		},
	}
}

// eachPage asks the published pages, in the scan that speaks for the run.
func (c *Context) eachPage(ask func(*source) (Observation, bool)) []Observation {
	if !c.speaks() {
		return nil
	}
	var list []Observation
	for _, s := range c.view.published {
		if o, ok := ask(s); ok {
			list = append(list, o)
		}
	}
	return list
}
