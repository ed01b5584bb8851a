//go:build !race

// The race detector makes reading twenty languages by seven taxonomies take ten
// times as long, and nothing here runs beside anything else.

package policy

import (
	"math"
	"slices"
	"testing"

	"cookiescan/classify/declaration"
	"cookiescan/classify/declaration/page"
	"cookiescan/classify/taxonomy"
	"cookiescan/classify/words"
)

// TestRoundTrip reads generated policies with our own reader, in every language
// and by every taxonomy: name, kind, category, lifetime, provider, purpose and
// party come back, and nothing else.
func TestRoundTrip(t *testing.T) {
	r, err := page.New()
	if err != nil {
		t.Fatal(err)
	}
	for _, tag := range Languages() {
		d := shop(t, tag)
		for _, x := range taxonomy.Names() {
			for _, as := range []struct {
				format, name string
				only         bool
			}{{"html", "policy.html", false}, {"markdown", "table.md", true}, {"html", "table.html", true}, {"markdown", "policy.md", false}} {
				if as.only == (as.format == "html") && x != taxonomy.Default {
					continue // what differs between taxonomies is the same in both formats
				}
				t.Run(tag+"/"+x+"/"+as.name, func(t *testing.T) {
					text := render(t, d, as.format, tag, Options{Taxonomy: named(t, x), TableOnly: as.only}, as.only)
					got, err := r.Read(as.name, []byte(text))
					if err != nil {
						t.Fatal(err)
					}
					comesBack(t, d, tag, got)
					if !as.only && got.Updated != d.Updated {
						t.Errorf("updated %q, want %q", got.Updated, d.Updated)
					}
					for _, kind := range said {
						if !as.only && !slices.ContainsFunc(got.Statements, func(s declaration.Statement) bool { return s.Kind == kind }) {
							t.Errorf("that it says %s is not read", kind)
						}
					}
				})
			}
		}
	}
}

// said is what every whole policy says beside its tables, and U021 looks for.
var said = []string{page.Controller, page.Contact, page.LegalBasis, page.Withdrawal, page.Rights, page.Complaint}

func comesBack(t *testing.T, d *Document, tag string, got *declaration.Declaration) {
	t.Helper()
	if got.Language != tag {
		t.Errorf("the language is read as %q", got.Language)
	}
	for _, n := range got.NotUnderstood {
		t.Errorf("not understood: %+v", n)
	}
	entries := map[string]declaration.Entry{}
	for _, e := range got.Entries {
		if _, twice := entries[e.Name]; twice {
			t.Errorf("%s is read twice", e.Name)
		}
		entries[e.Name] = e
	}
	l, err := words.Language(tag)
	if err != nil {
		t.Fatal(err)
	}
	for _, i := range d.Items {
		e, ok := entries[i.Name]
		delete(entries, i.Name)
		purpose := i.Purpose.Texts[tag]
		if purpose == "" {
			purpose = l.Title("purposeUnknown")
		}
		switch {
		case !ok:
			t.Errorf("%s is not read", i.Name)
		case e.Kind != i.Kind, e.Category != i.Category, e.Provider != i.Provider, e.Purpose != purpose, e.Party != i.Party:
			t.Errorf("%s: kind %q, category %q, provider %q, party %q, purpose %q\nwant %+v %q", i.Name, e.Kind, e.Category, e.Provider, e.Party, e.Purpose, i, purpose)
		case !sameTime(e.Lifetime, i.Lifetime):
			t.Errorf("%s: lifetime %+v, want %+v", i.Name, e.Lifetime, i.Lifetime)
		}
	}
	for name := range entries {
		t.Errorf("%q is read and nobody declared it: %+v", name, entries[name])
	}
}

// sameTime allows for the words of a length of time: 13 months are 395 days.
func sameTime(got declaration.Lifetime, want *Lifetime) bool {
	switch {
	case want == nil || want.UntilCleared:
		return got.Seconds == nil && !got.Session
	case want.Session:
		return got.Session && got.Seconds == nil
	}
	return got.Seconds != nil && math.Abs(float64(*got.Seconds-want.Seconds)) <= float64(want.Seconds)/100
}
