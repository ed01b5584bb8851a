package checks

import (
	"slices"

	"cookiescan/classify"
	"cookiescan/scanner"
)

func b012() Check {
	return Check{
		ID: "B012", Slug: "audience_across_sites", Title: "exempt audience measurement across sites", Class: scanner.ClassLaw, Since: firstRuleset,
		Levels:  Levels{FR: asError, UK: asError},
		Sources: []Source{cnilAudience(), pecr(), ico()},
		Needs:   [][]Need{{PassNone, Rules}},
		Run:     audienceAcrossSites,
	}
}

// audience tells whether an item measures the audience without consent: since
// the declaration says that it may, or since it is there before a choice and
// could be exempt. claimed is the former.
func (c *Context) audience(i *item) (claimed, is bool) {
	if i.found.Category != scanner.Statistics {
		return false, false
	}
	claimed = c.claimsExempt(i.declared)
	return claimed, claimed || i.found.Exemption == conditional && len(i.written("none", unasked...)) > 0
}

func audienceAcrossSites(c *Context) []Observation {
	var list []Observation
	for _, g := range c.bundles(func(i *item) bool {
		_, is := c.audience(i)
		return is && c.acrossSites(i) != ""
	}) {
		message := g.what() + " measures the audience without consent and " + c.acrossSites(g.head) + "; the exemption is for one site alone"
		var at *scanner.Declared
		if g.declared != nil {
			at = g.declared.place("basis")
		}
		o := c.compared(g, at, message)
		if claimed, _ := c.audience(g.head); !claimed {
			o.Sure, o.Most = scanner.SureReview, lighter(o.Most, asWarning)
		}
		list = append(list, o)
	}
	return list
}

// acrossSites says how an item can tell a visitor of another site, "" if
// nothing speaks for it.
func (c *Context) acrossSites(i *item) string {
	if i.isCookie() && i.party == scanner.Third {
		return "is a cookie of a third party"
	}
	var sites []string
	for _, s := range i.sent {
		if site := classify.Site(s.Host); !c.ownHost(s.Host) && !slices.Contains(sites, site) {
			sites = append(sites, site)
		}
	}
	if len(sites) > 1 {
		return "its value is sent to " + some(sites)
	}
	return ""
}
