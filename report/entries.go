package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"cookiescan/scanner"
)

// entry is a row of a table: a cookie or a storage item, or several with names
// of one pattern that agree in all else.
type entry struct {
	names   []string // one for each item
	kind    string   // of storage, as in the document
	place   string   // domain with path, or origin
	note    string   // such as (partitioned)
	party   scanner.Party
	found   scanner.Classification
	life    life
	setter  setter
	trigger string            // when it was first seen
	on      string            // and where
	phases  []string          // consent states in which it was written
	present []string          // passes at whose end it was there
	cookies []*scanner.Cookie // that it stands for, in the order of names
}

// life is how long something stays.
type life struct {
	seconds         int64 // to compare
	stored, differs string
}

// name is the name, or the pattern of several different ones.
func (e entry) name() string {
	for _, n := range e.names {
		if n != e.names[0] {
			return e.found.Pattern
		}
	}
	return nameWords(e.names[0])
}

// times is how many items the row stands for, if that is more than one.
func (e entry) times() string {
	if len(e.names) < 2 {
		return ""
	}
	return fmt.Sprintf("(%d)", len(e.names))
}

// provider is who is behind it, as far as is known, and where it is if that
// says more.
func (e entry) provider(site string) (who, where string) {
	switch {
	case e.found.Vendor == "":
		return e.place, ""
	case e.place == site:
		return e.found.Vendor, ""
	}
	return e.found.Vendor, e.place
}

// group is the rows of one category of a taxonomy.
type group struct {
	name, text string
	items      int
	entries    []entry
	rows       map[rowKey]int // where in entries
}

// groups sorts entries into the groups of the taxonomy, folding what has one
// pattern; groups without any are left out.
func (l look) groups(list []entry) []group {
	var all []group
	for _, g := range l.taxonomy.Groups() {
		var found group
		for _, e := range list {
			if l.taxonomy.Of(e.found.Category, e.found.Purpose).ID == g.ID {
				found.items += len(e.names)
				found.add(e)
			}
		}
		if found.items > 0 {
			found.name, found.text = g.Words(l.lang)
			all = append(all, found)
		}
	}
	return all
}

// rowKey is what the entries of one row agree in.
type rowKey struct {
	pattern, category, purpose, vendor, rule, kind, place, note string
	party                                                       scanner.Party
}

func (e entry) key() rowKey {
	f := e.found
	return rowKey{f.Pattern, f.Category, f.Purpose, f.Vendor, f.Rule, e.kind, e.place, e.note, e.party}
}

// add puts an entry into a row that says the same, or into one of its own.
func (g *group) add(e entry) {
	if g.rows == nil {
		g.rows = map[rowKey]int{}
	}
	i, ok := g.rows[e.key()]
	if ok && e.found.Pattern != "" {
		g.entries[i].fold(e)
		return
	}
	g.rows[e.key()] = len(g.entries)
	g.entries = append(g.entries, e)
}

// fold takes in another entry: the longer lifetime counts, and all passes.
func (e *entry) fold(o entry) {
	e.names = append(e.names, o.names...)
	e.cookies = append(e.cookies, o.cookies...)
	if o.life.seconds > e.life.seconds {
		e.life = o.life
	}
	e.phases, e.present = union(e.phases, o.phases), union(e.present, o.present)
}

func union(a, b []string) []string {
	for _, p := range b {
		if !slices.Contains(a, p) {
			a = append(a[:len(a):len(a)], p)
		}
	}
	return a
}

// classified is what a document says, unclassified if it says nothing.
func classified(c *scanner.Classification, name string) scanner.Classification {
	found := scanner.Classification{Category: scanner.Unclassified}
	if c != nil {
		found = *c
	}
	found.Pattern = cmp.Or(found.Pattern, name)
	return found
}

func (v view) cookieEntries() []entry {
	var list []entry
	for i, c := range v.kept {
		trigger, on := v.firstSeen(c)
		list = append(list, entry{
			names: []string{c.Name}, place: where(c), note: partitionWords(c), party: c.Party,
			found: classified(c.Classification, c.Name), life: v.lifetime(c), setter: v.cookieSetter(c),
			trigger: trigger, on: on, phases: c.Phases, present: c.Present, cookies: []*scanner.Cookie{&v.kept[i]},
		})
	}
	return list
}

func (v view) storageEntries() []entry {
	var list []entry
	for _, i := range v.scan.Storage {
		stays := life{1, v.lang.Lifetime("until-cleared"), ""}
		if i.Kind == scanner.SessionStorage {
			stays = life{0, v.lang.Lifetime("session"), ""}
		}
		list = append(list, entry{
			names: []string{i.Key}, kind: string(i.Kind), place: strings.TrimPrefix(i.Origin, "https://"), party: i.Party,
			found: classified(i.Classification, i.Key), life: stays, setter: storageSetter(i), phases: i.Phases, present: i.Present,
			trigger: string(firstStorageWrite(i).Trigger),
		})
	}
	return list
}

// unclassified counts the cookies of which nobody knows what they are for.
func (v view) unclassified() int {
	n := 0
	for _, c := range v.kept {
		if classified(c.Classification, "").Category == scanner.Unclassified {
			n++
		}
	}
	return n
}
