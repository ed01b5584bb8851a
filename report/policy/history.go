package policy

import (
	"maps"
	"slices"
	"strings"
)

func (w *writer) changes() Section {
	blocks := append([]Block{paragraph(w.say("changes-text"))}, w.own("changes")...)
	for i, r := range w.doc.History {
		if len(r.Added)+len(r.Removed)+len(r.Changed) == 0 || i >= mostRevisions {
			continue
		}
		blocks = append(blocks, Block{Heading: w.version(r.Version, r.Updated)}, Block{Items: w.revision(r)})
	}
	if earlier := w.earlier(); len(earlier) > 0 {
		blocks = append(blocks, Block{Heading: w.say("earlier")}, Block{Items: earlier})
	}
	return w.section("changes", blocks...)
}

// mostRevisions is of how many versions a page says what they changed.
const mostRevisions = 10

func (w *writer) version(version, updated string) string {
	if version == "" {
		return w.day(updated)
	}
	return w.say("version", "version", version, "date", w.day(updated))
}

func (w *writer) revision(r Revision) []Line {
	var list []Line
	if len(r.Added) > 0 {
		list = append(list, plain(w.say("added", "names", strings.Join(r.Added, ", "))))
	}
	if len(r.Removed) > 0 {
		list = append(list, plain(w.say("removed", "names", strings.Join(r.Removed, ", "))))
	}
	for _, c := range r.Changed {
		var what []string
		for _, key := range c.What {
			if key == "other" {
				what = append(what, w.say("other-details"))
			} else {
				what = append(what, w.Title(key))
			}
		}
		list = append(list, plain(w.say("changed", "name", c.Name, "what", strings.Join(what, ", "))))
	}
	return list
}

func (w *writer) earlier() []Line {
	var list []Line
	for _, a := range w.o.Archive {
		list = append(list, Line{{Text: w.version(a.Version, a.Updated), Href: a.Href}})
	}
	return list
}

func (w *writer) made() Section {
	var blocks []Block
	if s := w.doc.Scan; s != nil {
		program := s.Tool
		if s.Browser != "" {
			program += ", " + s.Browser
		}
		blocks = append(blocks, paragraph(w.say("scan-made", "date", w.day(s.On), "tool", program, "pages", w.count("pages", s.Pages))))
		var states []string
		for _, state := range s.States {
			if key := "state-" + state; w.has(key) {
				states = append(states, w.say(key))
			}
		}
		if len(states) > 0 {
			blocks = append(blocks, paragraph(w.say("scan-states", "states", strings.Join(states, ", "))))
		}
		blocks = append(blocks, paragraph(w.say("scan-limits")))
	}
	if !w.doc.Draft {
		blocks = append(blocks, paragraph(w.say("reviewed")))
	}
	return w.section("made", blocks...)
}

// history is that of the version before, and what this one changes.
func history(previous, d *Document) []Revision {
	now := Revision{Version: d.Version, Updated: d.Updated}
	if previous == nil {
		return []Revision{now}
	}
	before := map[string]Item{}
	for _, i := range previous.Items {
		before[i.ID] = i
	}
	for _, i := range d.Items {
		old, ok := before[i.ID]
		delete(before, i.ID)
		switch what := different(old, i); {
		case !ok:
			now.Added = append(now.Added, i.Name)
		case len(what) > 0:
			now.Changed = append(now.Changed, Revised{i.Name, what})
		}
	}
	for _, id := range slices.Sorted(maps.Keys(before)) {
		now.Removed = append(now.Removed, before[id].Name)
	}
	return append([]Revision{now}, previous.History...)
}

// different names what two versions of an item do not have in common: other is
// what has no column of its own.
func different(a, b Item) []string {
	var what []string
	note := func(key string, same bool) {
		if !same {
			what = append(what, key)
		}
	}
	note("name", a.Name == b.Name && a.Kind == b.Kind)
	note("category", a.Category == b.Category)
	note("provider", a.Provider == b.Provider)
	note("purpose", sameWording(a.Purpose, b.Purpose))
	note("lifetime", sameLifetime(a.Lifetime, b.Lifetime))
	note("other", a.Domain == b.Domain && a.Party == b.Party && a.When == b.When && slices.Equal(a.Basis, b.Basis) &&
		slices.Equal(a.Recipients, b.Recipients) && slices.Equal(a.Data, b.Data) && sameLifetime(a.Retention, b.Retention) &&
		sameReach(a.Reach, b.Reach) && sameWording(orNone(a.ExemptReason), orNone(b.ExemptReason)))
	return what
}

// sameWording compares keys, else the texts in the languages that both have.
func sameWording(a, b Wording) bool {
	if a.Key != "" || b.Key != "" {
		return a.Key == b.Key
	}
	for tag, s := range a.Texts {
		if other, ok := b.Texts[tag]; ok && other != s {
			return false
		}
	}
	return (len(a.Texts) == 0) == (len(b.Texts) == 0)
}

func sameLifetime(a, b *Lifetime) bool {
	return a == nil && b == nil || a != nil && b != nil && *a == *b
}

func sameReach(a, b *Reach) bool {
	if a == nil || b == nil {
		return a == b
	}
	return a.Login == b.Login && a.Region == b.Region && slices.Equal(a.Paths, b.Paths)
}

func orNone(w *Wording) Wording {
	if w == nil {
		return Wording{}
	}
	return *w
}
