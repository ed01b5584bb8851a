package policy

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"cookiescan/classify/declaration/register"
)

// Gaps lists what a declaration lacks that a policy in some languages must say:
// what its own lint lists, translations, how to choose, and who hears complaints
// (GDPR, Articles 7(3) and 13). It is in the order of the places.
func Gaps(f *register.File, languages []string) ([]register.Gap, error) {
	known, err := loadFacts()
	if err != nil {
		return nil, err
	}
	g := &gaps{file: f, facts: known, texts: map[string]*text{}, list: f.Lint(), seen: map[string]bool{}}
	for _, have := range g.list {
		g.seen[have.String()] = true
	}
	for _, tag := range languages {
		if err := g.language(tag); err != nil {
			return nil, err
		}
	}
	g.whole()
	for _, e := range f.Entries {
		if e.Declares() {
			g.entry(e)
		}
	}
	slices.SortStableFunc(g.list, func(a, b register.Gap) int {
		return cmp.Or(strings.Compare(a.Place.File, b.Place.File), cmp.Compare(a.Place.Line, b.Place.Line))
	})
	return g.list, nil
}

type gaps struct {
	file      *register.File
	facts     *facts
	languages []string
	texts     map[string]*text // by tag
	list      []register.Gap
	seen      map[string]bool
}

func (g *gaps) add(at register.Place, entry, format string, args ...any) {
	gap := register.Gap{Place: at, Entry: entry, Text: fmt.Sprintf(format, args...)}
	if !g.seen[gap.String()] {
		g.seen[gap.String()] = true
		g.list = append(g.list, gap)
	}
}

// language takes one in which the policy is to be.
func (g *gaps) language(tag string) (err error) {
	switch at := g.file.Place("languages"); {
	case !HasLanguage(tag):
		g.add(at, "", "languages: there are no words for a policy in the language %.40q", tag)
	case g.texts[tag] != nil:
		g.add(at, "", "languages: %s is given twice", tag)
	default:
		g.languages = append(g.languages, tag)
		g.texts[tag], err = language(tag)
	}
	return err
}

// whole is what is missing beside the entries.
func (g *gaps) whole() {
	f := g.file
	reviewed := func(want func(*register.Entry) bool) bool {
		return slices.ContainsFunc(f.Entries, func(e *register.Entry) bool { return e.Declares() && want(e) })
	}
	if !slices.ContainsFunc(f.Entries, func(e *register.Entry) bool { return e.Status.State != register.Retired }) {
		g.add(f.Place("entries"), "", "there is no entry")
	}
	if reviewed(func(e *register.Entry) bool { return e.When == "consent" }) {
		if !f.Consent.ChoiceKept.Known() {
			g.add(f.Place("consent"), "", "consent.choiceKept is missing")
		}
		if _, ok := g.facts.platformOf(f.Consent.CMP); !ok && f.Consent.Reopen == "" {
			g.add(f.Place("consent"), "", "consent.reopen is missing, and consent.cmp is none that is known")
		}
	}
	if f.Controller.Authority == "" && len(g.facts.of(f.Jurisdictions)) == 0 {
		g.add(f.Place("controller"), "", "controller.authority is missing, and jurisdictions names no country whose authority is known")
	}
	for _, name := range register.Sections() {
		if t, ok := f.Policy.Sections[name]; ok {
			g.translated(f.Place("policy"), "", "policy.sections."+name, t)
		}
	}
	used := map[string]bool{}
	for _, e := range f.Entries {
		if e.Declares() {
			used[e.Vendor] = true
			for _, id := range e.Recipients {
				used[id] = true
			}
		}
	}
	for _, v := range f.Vendors {
		if used[v.ID] {
			g.vendor(v)
		}
	}
}

// vendor looks for the country of a vendor and the guarantee for data that goes
// there: GDPR, Article 13(1)(f).
func (g *gaps) vendor(v *register.Vendor) {
	entry := "vendor " + v.ID
	european := slices.ContainsFunc(g.facts.of(g.file.Jurisdictions), func(j jurisdiction) bool { return j.EEA })
	switch {
	case v.Country == "":
		g.add(v.Place, entry, "country is missing")
	case european && !g.facts.inEEA(v.Country) && len(v.Transfers) == 0:
		g.add(v.Place, entry, "transfers is missing: %s is outside the European Economic Area", v.Country)
	}
	for _, t := range v.Transfers {
		if t.To == "" || t.Mechanism == "" {
			g.add(v.Place, entry, "a transfer needs to and mechanism")
		}
	}
}

// entry looks for the translations of an entry.
func (g *gaps) entry(e *register.Entry) {
	if e.Purpose.Key == "" {
		g.translated(e.At("purpose"), e.ID, "purpose", e.Purpose)
	}
	if e.ExemptReason.Given() {
		g.translated(e.At("exemptReason"), e.ID, "exemptReason", e.ExemptReason)
	}
	for _, d := range e.Data {
		if len(g.languages) > 1 && !g.texts[g.languages[0]].has(dataKey(d)) {
			g.add(e.At("data"), e.ID, "data: %.60q is in one language only; known in all are %s", d, strings.Join(dataKinds(g.texts[g.languages[0]]), ", "))
		}
	}
}

// translated looks for a text in each language. One text for all of them will do
// for one language.
func (g *gaps) translated(at register.Place, entry, key string, t register.Text) {
	if len(g.languages) > 1 && t.Own != "" {
		g.add(at, entry, "%s is one text for all languages, write {%s: ...}", key, strings.Join(g.languages, ": ..., "))
		return
	}
	for _, tag := range g.languages {
		if s, ok := t.In(tag); !ok || s == "" {
			g.add(at, entry, "%s in %s is missing", key, tag)
		}
	}
}
