package rules

import (
	"cmp"
	"slices"
	"strings"
)

// A Filter selects rules; what is empty selects nothing out.
type Filter struct {
	Vendor   string // a part of the vendor's id, name or company, in any case
	Category string
	Kind     Kind
	Purpose  string // a key
	Match    string // a name that the rule is about, or a part of its name or pattern, in any case
}

// Find returns the rules that fit all of a filter, in order of their ids.
func (db *DB) Find(f Filter) []*Rule {
	var found []*Rule
	for r := range db.Rules() {
		if f.fits(r) {
			found = append(found, r)
		}
	}
	slices.SortStableFunc(found, func(a, b *Rule) int { return cmp.Compare(a.ID, b.ID) })
	return found
}

func (f Filter) fits(r *Rule) bool {
	v := r.Vendor
	return (f.Vendor == "" || holds(f.Vendor, v.ID, v.Name, v.Legal)) &&
		(f.Category == "" || f.Category == r.Category) &&
		(f.Kind == "" || slices.Contains(r.Kinds, f.Kind)) &&
		(f.Purpose == "" || f.Purpose == r.Purpose) &&
		(f.Match == "" || r.about(f.Match) || holds(f.Match, r.Match.Shown()))
}

// holds tells whether a text is part of others, in any case.
func holds(part string, texts ...string) bool {
	part = strings.ToLower(part)
	return slices.ContainsFunc(texts, func(s string) bool { return strings.Contains(strings.ToLower(s), part) })
}

// PathGroup is the path pattern of the rule for a request to a host, "" if none
// or one for all paths of the host fits.
func (db *DB) PathGroup(host, path string) string {
	if m := db.Match(Query{Kind: Request, Domain: host, Path: path}); m.Rule != nil {
		return m.Rule.Match.Path
	}
	return ""
}
