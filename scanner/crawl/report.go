package crawl

import (
	"maps"
	"slices"
	"strings"
)

// More tells whether Next would give a page.
func (f *Frontier) More() bool { return f.Left() > 0 }

// Left estimates how many pages are still to come, as known by now.
func (f *Frontier) Left() int {
	if f.o.Fixed != nil {
		return len(f.starts)
	}
	f.countOrdinary()
	n := 0
	for _, owner := range f.tree.settle() {
		n += f.planned(owner)
	}
	return max(0, min(n, f.o.MaxPages-f.taken)) + len(f.starts)
}

// planned is how many pages of a family its bound allows yet.
func (f *Frontier) planned(owner *family) int {
	return max(0, min(owner.pending(), f.allowance(owner)))
}

// Coverage is what was visited and left out so far.
func (f *Frontier) Coverage() Coverage {
	c := Coverage{Visited: f.taken, Found: f.found, Pending: f.Left(), Forbidden: slices.Clone(f.forbidden)}
	if f.o.Fixed != nil {
		c.Found = f.taken + len(f.starts)
		return c
	}
	left := maps.Clone(f.left)
	planned := 0
	for _, owner := range f.tree.settle() {
		p := f.planned(owner)
		planned += p
		unvisited := owner.found() - owner.visited()
		if lost := unvisited - owner.pending(); f.allowance(owner) > p && lost > 0 {
			left[LeftLimit] += lost // the addresses were not kept
			unvisited -= lost
		}
		left[LeftPerTemplate] += unvisited - p
	}
	left[LeftMaxPages] += planned - (c.Pending - len(f.starts))
	for reason, n := range left {
		if n > 0 {
			c.LeftOut = append(c.LeftOut, Left{Reason: reason, Count: n})
		}
	}
	slices.SortFunc(c.LeftOut, func(a, b Left) int { return strings.Compare(string(a.Reason), string(b.Reason)) })
	c.NotVisited = f.notVisited()
	c.Templates, c.TemplatesLeft = f.templates()
	return c
}

func (f *family) visited() (n int) {
	for _, g := range f.groups {
		n += g.visited
	}
	return n
}

// notVisited samples the addresses that were left out: as many of each
// template as there is room.
func (f *Frontier) notVisited() []string {
	list := slices.Clone(f.forbidden)
	list = append(list, f.skipped...)
	each := max(1, MaxSample/max(1, len(f.tree.settle())))
	shown := map[*group]int{}
	for _, c := range f.ordered() {
		if shown[c.group]++; shown[c.group] <= each {
			list = append(list, c.page.URL)
		}
	}
	slices.Sort(list)
	list = slices.Compact(list)
	return list[:min(len(list), MaxSample)]
}

// templates lists the rows of all templates, those with most pages first cut.
func (f *Frontier) templates() (rows []TemplateCoverage, left int) {
	f.tree.each(func(w way, owner *family) {
		for _, v := range slices.SortedFunc(maps.Keys(owner.groups), variant.less) {
			if g := owner.groups[v]; g.found > 0 {
				rows = append(rows, g.coverage(w))
			}
		}
	})
	slices.SortStableFunc(rows, func(a, b TemplateCoverage) int { return b.Found - a.Found })
	if len(rows) > MaxTemplates {
		rows, left = rows[:MaxTemplates], len(rows)-MaxTemplates
	}
	slices.SortFunc(rows, func(a, b TemplateCoverage) int { return strings.Compare(a.Template, b.Template) })
	return rows, left
}

// maxShown is how many addresses a template's row has.
const maxShown = 3

func (g *group) coverage(w way) TemplateCoverage {
	w.language = g.variant
	t := TemplateCoverage{Template: w.String(), Found: g.found, Visited: g.visited, Structures: len(g.outlines), Sample: slices.Clone(g.sample)}
	if len(t.Sample) < maxShown {
		var more []string
		for _, c := range g.pool {
			more = append(more, c.page.URL)
		}
		slices.Sort(more)
		t.Sample = append(t.Sample, more[:min(len(more), maxShown-len(t.Sample))]...)
	}
	return t
}

// String writes a template: de.shop.test/p/{slug}?page.
func (w way) String() string {
	var b strings.Builder
	b.WriteString(w.language.host + w.host + w.language.path)
	for _, dir := range w.dirs {
		b.WriteString("/" + dir.label)
	}
	b.WriteString("/" + w.end.label)
	names := w.names
	if q := w.language.query; q != "" {
		names = strings.TrimSuffix(q+"&"+names, "&")
	}
	if names != "" {
		b.WriteString("?" + names)
	}
	return b.String()
}

// each calls with every family and the place it stands for.
func (t *tree) each(do func(way, *family)) {
	for _, host := range slices.Sorted(maps.Keys(t.hosts.kids)) {
		t.hosts.kids[host].each(way{host: host}, do)
	}
	if t.overflow != nil {
		do(way{host: "…"}, t.overflow)
	}
}

func (n *node) each(w way, do func(way, *family)) {
	for _, label := range slices.Sorted(maps.Keys(n.ends.kids)) {
		end := n.ends.kids[label]
		for _, names := range slices.Sorted(maps.Keys(end.pages.families)) {
			at := w
			at.end, at.names = end.segment, names
			do(at, end.pages.families[names].root())
		}
	}
	for _, label := range slices.Sorted(maps.Keys(n.dirs.kids)) {
		at := w
		at.dirs = append(slices.Clone(w.dirs), n.dirs.kids[label].segment)
		n.dirs.kids[label].each(at, do)
	}
}

// sampled puts an address into a sorted sample, which keeps the first ones.
func sampled(list []string, address string) []string {
	i, known := slices.BinarySearch(list, address)
	if known || i >= MaxSample {
		return list
	}
	list = slices.Insert(list, i, strings.Clone(address))
	return list[:min(len(list), MaxSample)]
}
