package checks

import (
	"slices"
	"strings"

	"cookiescan/classify/declaration"
	"cookiescan/classify/declaration/page"
	"cookiescan/scanner"
)

func u021() Check {
	return Check{
		ID: "U021", Slug: "missing_section", Title: "policy that leaves something out", Class: scanner.ClassLaw, Since: firstRuleset,
		Levels:  Levels{EU: asWarning, UK: asWarning, CH: asNote},
		Sources: []Source{gdpr("Articles 13(1)(a) to (f), 13(2) and 7(3)"), aepd(), cnil(), ico()},
		Needs:   [][]Need{{Policy}},
		Run:     missingSection,
	}
}

// A section is a part that a policy needs.
type section struct {
	name  string
	kinds []string // statements, any of which is enough
}

var sections = []section{
	{name: "who is responsible", kinds: []string{page.Controller}},
	{name: "how to reach them", kinds: []string{page.Contact}},
	{name: "on which legal basis", kinds: []string{page.LegalBasis}},
	{name: "how to take consent back", kinds: []string{page.Withdrawal}},
	{name: "which rights visitors have", kinds: []string{page.Rights}},
	{name: "that one can complain to an authority", kinds: []string{page.Complaint}},
	{name: "who else receives data", kinds: []string{page.ThirdParty}},
	{name: "whether data leave for other countries", kinds: []string{page.Transfer}},
}

// missingSection looks over all pages of a language, since one can hold what
// another leaves out.
func missingSection(c *Context) []Observation {
	if !c.speaks() {
		return nil
	}
	var languages []string
	pages := map[string][]*source{}
	for _, s := range c.view.published {
		if pages[s.page.Language] == nil {
			languages = append(languages, s.page.Language)
		}
		pages[s.page.Language] = append(pages[s.page.Language], s)
	}
	others := c.toOthers()
	var list []Observation
	for _, language := range languages {
		group := pages[language]
		for _, x := range sections {
			if has(group, x.kinds) || len(others) == 0 && slices.Contains([]string{page.ThirdParty, page.Transfer}, x.kinds[0]) {
				continue
			}
			list = append(list, c.leftOut(group, x, others))
		}
	}
	return list
}

func (c *Context) leftOut(group []*source, x section, others []string) Observation {
	s := group[0]
	o := c.ofSource(s, x.name, s.title()+" does not say "+x.name)
	o.Sure = scanner.SureLikely
	if len(group) > 1 {
		o.Message = "none of the pages says " + x.name
	}
	switch x.kinds[0] {
	case page.Withdrawal:
		if s, at := says(group, page.BrowserSettings); at != nil {
			o.Message = "the only way to refuse that " + s.title() + " names are the settings of the browser: " + quote(at.Text)
			o.Declared = s.statementAt(*at)
		}
	case page.ThirdParty:
		o.Items = others
		o.Message += ", and requests go to " + some(others)
	case page.Transfer:
		o.Sure, o.Most = scanner.SureReview, asNote
		o.Message += ", and others receive some"
	case page.Contact:
		for _, n := range s.page.NotUnderstood {
			if strings.Contains(n.Why, "get in touch") {
				o.Message += ", though it asks to: " + quote(n.Text)
				o.Declared = &scanner.Declared{Source: s.name, Place: n.Place, Text: first(n.Text, longestQuote)}
			}
		}
	}
	return o
}

// toOthers are third parties that got requests, by name.
func (c *Context) toOthers() []string {
	var names []string
	for i := range c.scan.Trackers {
		t := &c.scan.Trackers[i]
		if t.Party != scanner.Third || t.Kind == scanner.Fingerprint {
			continue
		}
		name := c.canonical(t.Host)
		if t.Classification != nil && t.Classification.Vendor != "" {
			name = t.Classification.Vendor
		}
		names = append(names, name)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// has tells whether a group of pages states something. A heading about settings
// alone is no way to refuse, where the text speaks of the browser only; those
// whom a table names are named.
func has(group []*source, kinds []string) bool {
	for _, s := range group {
		for _, said := range s.page.Statements {
			if slices.Contains(kinds, said.Kind) && (said.Kind != page.Withdrawal || isSentence(said.Text) || !speaksOf(group, page.BrowserSettings)) {
				return true
			}
		}
		if kinds[0] == page.ThirdParty && slices.ContainsFunc(s.entries, func(e *entry) bool { return e.vendor != "" }) {
			return true
		}
	}
	return false
}

func isSentence(text string) bool {
	return strings.ContainsAny(text, ".!;:") || len(strings.Fields(text)) > 6
}

func says(group []*source, kind string) (*source, *declaration.Statement) {
	for _, s := range group {
		if said := s.says(kind); said != nil {
			return s, said
		}
	}
	return nil, nil
}

func speaksOf(group []*source, kind string) bool {
	_, said := says(group, kind)
	return said != nil
}
