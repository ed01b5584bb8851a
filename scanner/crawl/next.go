package crawl

import "slices"

// Next is the next page to visit; there is none when the walk is done, or until
// Done and Add of a page that is under way bring more. The start pages come first,
// then:
//
//   - first visits of templates that start pages link to, in breadth-first
//     order: depth, source, address;
//   - then one template after the other by what its visits cost so far (see
//     family.cost): all get their first visits early, large ones and those that
//     go on giving something new get more.
//
// Within a template the languages take turns, and the pages are picked so that
// what their addresses have in common is covered (see family.choose). Nothing
// depends on anything but the calls before and their order.
func (f *Frontier) Next() (Page, bool) {
	switch {
	case len(f.starts) > 0:
		return f.nextStart(), true
	case f.o.Fixed != nil, f.taken >= f.o.MaxPages:
		return Page{}, false
	}
	f.countOrdinary()
	f.shares.alike = f.alikeCounts()
	owner := f.cheapest()
	if owner == nil {
		return Page{}, false
	}
	c := owner.pick()
	f.take(owner, c)
	return c.page, true
}

// Starts is how many start pages are not handed out yet. What they lead to should
// be chosen when all of them were seen.
func (f *Frontier) Starts() int {
	if f.o.Fixed != nil {
		return 0
	}
	return len(f.starts)
}

// nextStart hands out a start page, or one of the fixed list.
func (f *Frontier) nextStart() Page {
	p := f.starts[0]
	f.starts = f.starts[1:]
	f.taken++
	if f.o.Fixed == nil {
		f.startPage(p)
	}
	return p
}

// startPage makes a start page a visit of its template.
func (f *Frontier) startPage(p Page) {
	f.known[f.key(p.URL)] = visited
	w := f.tree.lexicon.way(split(p.URL))
	owner := f.tree.find(w)
	owner.reach(0)
	g := owner.group(w.language)
	g.found++
	owner.twins[w.twin] = true
	f.begin(owner, &candidate{page: p, twin: w.twin, group: g})
}

// take hands a candidate out.
func (f *Frontier) take(owner *family, c *candidate) {
	f.remove(c)
	f.known[c.key] = visited
	f.taken++
	owner.visit(c)
	f.begin(owner, c)
}

func (f *Frontier) begin(owner *family, c *candidate) {
	owner.visits++
	owner.best = nil
	languages := f.tree.languages
	if languages[c.group.variant]++; languages[c.group.variant] == perLanguage {
		for _, other := range f.tree.settle() {
			other.best = nil
		}
	}
	c.group.visited++
	c.group.sample = append(c.group.sample, c.page.URL)
	c.group.trimSample()
	f.visits[c.page.URL] = &visit{page: c.page, group: c.group, owner: owner, first: owner.visits == 1, outline: noOutline}
}

// remove takes a candidate out of everything that knows it.
func (f *Frontier) remove(c *candidate) {
	delete(f.candidates, c.key)
	c.group.remove(c)
	if c.group.owner.best == c {
		c.group.owner.best = nil
	}
}

// drop removes a candidate that is not to be visited after all.
func (f *Frontier) drop(c *candidate) {
	f.remove(c)
	f.known[c.key] = outside
	c.group.found--
}

// alikeCounts counts the families whose visited pages have mostly one outline.
func (f *Frontier) alikeCounts() map[int]int {
	counts := map[int]int{}
	for _, owner := range f.tree.settle() {
		if id := owner.dominant(); id >= 0 {
			counts[id]++
		}
	}
	return counts
}

// cheapest is the family to visit next.
func (f *Frontier) cheapest() *family {
	var best *family
	var bestCost int
	for _, owner := range f.tree.settle() {
		if owner.first() == nil || !f.open(owner) {
			continue
		}
		cost := f.cost(owner)
		if best == nil || cost < bestCost || cost == bestCost && owner.first().before(best.first()) {
			best, bestCost = owner, cost
		}
	}
	return best
}

// cost is a family's, or less than any when a start page links to it and it
// was not visited.
func (f *Frontier) cost(owner *family) int {
	if owner.visits == 0 && owner.first().at.onStart {
		return -1
	}
	return owner.cost(&f.shares)
}

// countOrdinary counts the pages that a small site may have.
func (f *Frontier) countOrdinary() {
	f.ordinary = 0
	for _, owner := range f.tree.settle() {
		if owner.kind == ordinary {
			f.ordinary += owner.found()
		}
	}
}

// open tells whether more pages of a family may be visited.
func (f *Frontier) open(owner *family) bool { return f.allowance(owner) > 0 }

// allowance is how many more visits a family may get.
func (f *Frontier) allowance(owner *family) int {
	n := f.o.PerTemplate
	switch {
	case n < 0, n == 0 && owner.kind == ordinary && f.ordinary <= SmallSite:
		return f.o.MaxPages
	case n == 0:
		n = DefaultPerTemplate
	}
	n += perLanguage * (len(owner.groups) - 1)
	switch owner.kind {
	case endless:
		n = (n + 2) / 3
	case file:
		n = (n + 9) / 10
	case ordinary:
	}
	return n - owner.alike()
}

// perLanguage is what every further language adds to the bound of a template.
const perLanguage = 2

// pick chooses the page to visit, in the language in which the fewest pages of
// the family and then of the site were; a translation only when there is
// nothing else.
func (f *family) pick() *candidate {
	if f.visits == 0 {
		return f.first()
	}
	var best *group
	for _, g := range f.groups {
		if f.has(g, f.translated(f.first())) && (best == nil || f.turn(g, best) < 0) {
			best = g
		}
	}
	return f.choose(best)
}

// has tells whether a group has candidates that are translations, or not.
func (f *family) has(g *group, translated bool) bool {
	return slices.ContainsFunc(g.pool, func(c *candidate) bool { return f.translated(c) == translated })
}

// turn compares groups by the visits so far.
func (f *family) turn(g, o *group) int {
	if g.visited != o.visited {
		return g.visited - o.visited
	}
	if a, b := f.languages[g.variant], f.languages[o.variant]; a != b {
		return a - b
	}
	return g.variant.less(o.variant)
}
