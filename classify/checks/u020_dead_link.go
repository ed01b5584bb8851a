package checks

import (
	"fmt"
	"strings"

	"cookiescan/classify/declaration/page"
	"cookiescan/scanner"
)

func u020() Check {
	return Check{
		ID: "U020", Slug: "dead_link", Title: "link or help that leads nowhere", Class: scanner.ClassContract, Since: firstRuleset,
		Levels:  everywhere(asWarning),
		Sources: []Source{gdpr("Articles 12(1) and 7(3)"), taskforce("practice K")},
		Needs:   [][]Need{{Policy}, {Register, Links}},
		Run:     deadLink,
	}
}

// deadLink knows without network what is retired. Of other links it says what
// somebody found who followed them: that a page is gone, and not that it is
// closed to us or out of order for a while.
func deadLink(c *Context) []Observation {
	if !c.speaks() {
		return nil
	}
	var list []Observation
	for _, s := range c.view.published {
		for _, text := range s.page.Statements {
			if text.Kind != page.Retired {
				continue
			}
			o := c.ofSource(s, "", s.title()+" points to what is no more: "+quote(text.Text))
			o.Subject, o.Declared = first(text.Text, longestName), s.statementAt(text)
			if name, since := retirements(text.Text); name != "" {
				o.Subject, o.Message = name, s.title()+" points to "+name+", gone since "+since+": "+quote(text.Text)
			}
			list = append(list, o)
		}
	}
	for _, l := range c.view.links() {
		if o, ok := c.dead(l); ok {
			list = append(list, o)
		}
	}
	return list
}

// dead tells whether an address was followed and nothing is there.
func (c *Context) dead(l link) (Observation, bool) {
	s, address := l.source, l.address
	state, ok := c.options.Links[address]
	gone := state.Status == 404 || state.Status == 410
	if !ok || !gone && (state.Status != 0 || state.Problem == "") {
		return Observation{}, false
	}
	o := c.ofSource(s, "", "")
	o.Subject, o.Declared = first(address, longestName), l.at
	o.Message = fmt.Sprintf("%s links to %s, which answers %d", s.title(), o.Subject, state.Status)
	o.Evidence = []scanner.Evidence{{URL: address, Detail: fmt.Sprintf("status %d", state.Status)}}
	if !gone {
		o.Sure = scanner.SureReview
		o.Message = s.title() + " links to " + o.Subject + ", which does not answer: " + first(state.Problem, longestName)
		o.Evidence[0].Detail = first(state.Problem, longestName)
	}
	return o, true
}

// retirements names what a sentence or address speaks of and since when the
// first of that is gone; no name if the list of such things does not say.
func retirements(text string) (name, since string) {
	gone, err := page.Gone(text)
	if err != nil || len(gone) == 0 {
		return "", "" // the list is part of the program, and a test reads it
	}
	var names []string
	for _, r := range gone {
		names = append(names, r.Name)
	}
	return strings.Join(names, " and "), gone[0].Since
}
