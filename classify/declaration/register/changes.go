package register

import (
	"maps"
	"slices"
)

// A Change is a reviewed entry that was changed without a newer review.
type Change struct {
	Old, New *Entry
	Keys     []string // what was changed: name, category, lifetime, recipients, purpose
}

// Changes compares two versions of a register: which entries, by their ids, are
// reviewed in both and say something else though the date of the review is not
// newer. They are in the order of the newer file.
func Changes(older, newer *File) []Change {
	before := map[string]*Entry{}
	for _, e := range older.Entries {
		before[e.ID] = e
	}
	var list []Change
	for _, e := range newer.Entries {
		o := before[e.ID]
		if o == nil || !o.Declares() || !e.Declares() || e.Status.On > o.Status.On {
			continue
		}
		if keys := changed(o, e); len(keys) > 0 {
			list = append(list, Change{o, e, keys})
		}
	}
	return list
}

func changed(o, e *Entry) []string {
	var keys []string
	for _, k := range []struct {
		name string
		same bool
	}{
		{"name", o.Match.Name.Text == e.Match.Name.Text && o.Match.Any == e.Match.Any &&
			o.Match.Kind == e.Match.Kind && o.Match.Domain == e.Match.Domain},
		{"category", o.Category == e.Category},
		{"lifetime", o.Lifetime.same(e.Lifetime)},
		{"recipients", slices.Equal(sorted(o.Recipients), sorted(e.Recipients))},
		{"purpose", o.Purpose.Key == e.Purpose.Key && maps.Equal(o.Purpose.Texts, e.Purpose.Texts)},
	} {
		if !k.same {
			keys = append(keys, k.name)
		}
	}
	return keys
}

func sorted(list []string) []string { return slices.Compact(slices.Sorted(slices.Values(list))) }
