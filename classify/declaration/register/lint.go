package register

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// A Gap is something that a person still has to do in a file that can be read.
type Gap struct {
	Place  Place
	Entry  string // id, empty if it is about the file
	Review bool   // an entry that nobody has reviewed
	Text   string
}

// String is a line with the place.
func (g Gap) String() string {
	text := g.Place.String() + ": "
	if g.Entry != "" {
		text += g.Entry + ": "
	}
	return text + g.Text
}

// Lint lists what is still to do: entries to review, and what a policy must say
// and the file does not (GDPR, Article 13; CJEU C-673/17, paragraph 81). It is
// in the order of the places.
func (f *File) Lint() []Gap {
	var gaps []Gap
	missing := func(key string) {
		gaps = append(gaps, Gap{Place: f.Place(strings.Split(key, ".")[0]), Text: key + " is missing"})
	}
	for _, m := range []struct {
		key   string
		given bool
	}{
		{"site", f.Site != ""},
		{"languages", len(f.Languages) > 0},
		{"policy.updated", f.Policy.Updated != ""},
		{"controller.name", f.Controller.Name != ""},
		{"controller.address", f.Controller.Address != ""},
		{"controller.contact", f.Controller.Contact != ""},
	} {
		if !m.given {
			missing(m.key)
		}
	}
	used := map[string]bool{}
	for _, e := range f.Entries {
		gaps = append(gaps, f.entryGaps(e)...)
		used[e.Vendor] = true
		for _, id := range e.Recipients {
			used[id] = true
		}
	}
	for _, v := range f.Vendors {
		if lacks := v.lacks(); len(lacks) > 0 && used[v.ID] {
			gaps = append(gaps, Gap{Place: v.Place, Entry: "vendor " + v.ID, Text: isMissing(lacks)})
		}
	}
	sortGaps(gaps)
	return gaps
}

func (f *File) entryGaps(e *Entry) []Gap {
	lacks := f.lacks(e)
	switch {
	case e.Status.State == Retired:
		return nil
	case e.Status.State == Todo && len(lacks) > 0:
		return []Gap{{e.At("id"), e.ID, true, "to review, " + isMissing(lacks)}}
	case e.Status.State == Todo:
		return []Gap{{e.At("id"), e.ID, true, "to review"}}
	case len(lacks) > 0:
		return []Gap{{e.At("id"), e.ID, false, isMissing(lacks)}}
	}
	return nil
}

func isMissing(keys []string) string {
	if len(keys) == 1 {
		return keys[0] + " is missing"
	}
	return strings.Join(keys[:len(keys)-1], ", ") + " and " + keys[len(keys)-1] + " are missing"
}

// lacks names the keys that an entry must have and does not.
func (f *File) lacks(e *Entry) []string {
	var keys []string
	need := func(key string, given bool) {
		if !given {
			keys = append(keys, key)
		}
	}
	need("category", e.Category != "" && e.Category != "unclassified")
	need("purpose", e.Purpose.Given())
	for _, tag := range f.Languages {
		if _, ok := e.Purpose.In(tag); !ok && len(e.Purpose.Texts) > 0 {
			need("purpose in "+tag, false)
		}
	}
	need("lifetime", e.Lifetime.Known() || !stores(e.Match.Kind))
	need("when", e.When != "")
	need("basis", len(e.Basis) > 0)
	need("exemptReason", e.ExemptReason.Given() || !slices.ContainsFunc(e.Basis, func(b Basis) bool { return b.Value == "exempt" }))
	need("vendor", e.Vendor != "" || f.Party(e) != "third")
	if e.Status.State == Reviewed {
		need("status.by", e.Status.By != "")
		need("status.on", e.Status.On != "")
	}
	return keys
}

func (v *Vendor) lacks() []string {
	var keys []string
	if v.Name == "" {
		keys = append(keys, "name")
	}
	if v.Policy == "" {
		keys = append(keys, "policy")
	}
	return keys
}

// Ahead lists the days that have not come, in the order of the places. One day
// more is allowed: today is another day elsewhere.
func (f *File) Ahead(today time.Time) []Gap {
	last := today.UTC().AddDate(0, 0, 1).Format(time.DateOnly)
	var gaps []Gap
	add := func(at Place, entry, key, day string) {
		if day > last {
			gaps = append(gaps, Gap{Place: at, Entry: entry, Text: key + " is " + day + ", a day that has not come"})
		}
	}
	add(f.Place("policy"), "", "policy.updated", f.Policy.Updated)
	for _, e := range f.Entries {
		add(e.At("id"), e.ID, "status.on", e.Status.On)
	}
	sortGaps(gaps)
	return gaps
}

func sortGaps(gaps []Gap) {
	slices.SortStableFunc(gaps, func(a, b Gap) int {
		return cmp.Or(cmp.Compare(a.Place.File, b.Place.File), cmp.Compare(a.Place.Line, b.Place.Line))
	})
}
