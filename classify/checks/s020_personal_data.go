package checks

import (
	"cmp"
	"strings"

	"cookiescan/scanner"
)

func s020() Check {
	return Check{
		ID: "S020", Slug: "personal_data", Title: "personal data in a stored value", Class: scanner.ClassHygiene, Since: firstRuleset,
		Levels:  everywhere(asWarning),
		Sources: []Source{cookieDraft("8.3")},
		Needs:   [][]Need{{}},
		Run:     personalData,
	}
}

func personalData(c *Context) []Observation {
	var list []Observation
	for _, f := range c.faults(func(m mechanism) bool { return m.stored() && len(m.write.Personal) > 0 }) {
		var kinds []scanner.Personal
		for _, m := range f.seen {
			kinds = append(kinds, m.write.Personal...)
		}
		o := c.faultObservation(f, "holds what looks like "+personalWords(kinds))
		o.Sure = scanner.SureLikely
		list = append(list, o)
	}
	for i := range c.scan.Storage {
		list = append(list, c.personalStorage(&c.scan.Storage[i])...)
	}
	return folded(list)
}

// personalStorage looks at other storage, where texts of the page itself are
// kept more often: a person must look.
func (c *Context) personalStorage(s *scanner.StorageItem) []Observation {
	i := storageItem(s)
	var kinds []scanner.Personal
	o := Observation{
		Kind: i.kind, Subject: first(i.pattern(), longestName), Domain: c.canonical(i.domain),
		Items: []string{first(i.name, longestName)}, Sure: scanner.SureReview, Most: asNote,
	}
	for _, w := range s.Writes {
		if !puts(w.Action) || len(w.Personal) == 0 {
			continue
		}
		kinds = append(kinds, w.Personal...)
		if c.bySite(w.URL) {
			o.Most = ""
		}
		o.Evidence = append(o.Evidence, scanner.Evidence{
			Pass: w.Pass, State: w.State, Page: w.Page, URL: c.pages[w.Page].URL, Trigger: w.Trigger, Item: o.Items[0],
			Setter: w.URL, Line: w.Line, Column: w.Column, Detail: "written by " + w.Via,
		})
	}
	if len(kinds) == 0 {
		return nil
	}
	o.Message = cmp.Or(o.Subject, "an item without a name") + " (" + kindWords(i.kind) + ") holds what looks like " + personalWords(kinds)
	if e := o.Evidence[0]; e.Setter != "" {
		o.Message += ", by " + at(e.Setter, e.Line)
	}
	o.Steps = []string{
		"Open a new private window, and in it the developer tools (F12).",
		"Open " + cmp.Or(o.Evidence[0].URL, c.scan.Target.URL) + ".",
		"Application, Storage, " + kindWords(i.kind) + ": look for " + o.Subject + ".",
	}
	return []Observation{o}
}

func personalWords(kinds []scanner.Personal) string {
	var words []string
	for _, k := range kinds {
		words = appendNew(words, map[scanner.Personal]string{
			scanner.PersonalEmail: "an e-mail address", scanner.PersonalPhone: "a telephone number",
		}[k])
	}
	return strings.Join(words, " and ")
}
