package crawl

import (
	"math"
	"math/bits"
	"slices"
)

// family is one template in all its languages: pages that are probably alike.
type family struct {
	into   *family // not nil: merged into that one
	kind   kind
	groups map[variant]*group
	// chain counts the steps from page to page, on the best way here from a
	// start page, that brought nothing new. Endless paths are long chains.
	chain int
	// parents are the outlines of the pages that lead here: the lowest ids.
	parents []int
	visits  int // begun
	done    int // ended
	failed  int // of done
	fresh   int // of done: brought something new, items or an outline
	items   int // of done: brought new items
	// outlines counts the visits by the id of their outline.
	outlines map[int]int
	tokens   map[uint32]int  // features of visited pages, see choose
	twins    map[uint32]bool // visited pages, whatever their language
	best     *candidate      // first in order; nil when unknown
	// languages counts the visits of the whole site.
	languages map[variant]int
}

func newFamily(k kind, languages map[variant]int) *family {
	return &family{kind: k, languages: languages, groups: map[variant]*group{}, chain: -1, outlines: map[int]int{}, tokens: map[uint32]int{}, twins: map[uint32]bool{}}
}

// root is the family that this one has become part of.
func (f *family) root() *family {
	for f != nil && f.into != nil {
		f = f.into
	}
	return f
}

// merge takes in another family.
func (f *family) merge(o *family) {
	o = o.root()
	if f == o {
		return
	}
	o.into, f.kind, f.best = f, min(f.kind, o.kind), nil
	f.reach(o.chain)
	for _, id := range o.parents {
		f.descend(id)
	}
	f.visits, f.done, f.failed = f.visits+o.visits, f.done+o.done, f.failed+o.failed
	f.fresh, f.items = f.fresh+o.fresh, f.items+o.items
	for id, n := range o.outlines {
		f.outlines[id] += n
	}
	for token, n := range o.tokens {
		f.tokens[token] += n
	}
	for twin := range o.twins {
		f.twins[twin] = true
	}
	for v, g := range o.groups {
		f.group(v).merge(g)
	}
	o.groups, o.outlines, o.tokens, o.twins = nil, nil, nil, nil
}

// reach takes a way here into account.
func (f *family) reach(chain int) {
	if chain >= 0 && (f.chain < 0 || chain < f.chain) {
		f.chain = chain
	}
}

// maxParents is how many outlines of parents are remembered.
const maxParents = 4

// descend takes the outline of a page that leads here into account.
func (f *family) descend(outline int) {
	i, known := slices.BinarySearch(f.parents, outline)
	if !known && i < maxParents {
		f.parents = slices.Insert(f.parents, i, outline)
		f.parents = f.parents[:min(len(f.parents), maxParents)]
	}
}

func (f *family) group(v variant) *group {
	g := f.groups[v]
	if g == nil {
		g = &group{owner: f, variant: v, outlines: map[int]bool{}}
		f.groups[v] = g
	}
	return g
}

func (f *family) found() (n int) {
	for _, g := range f.groups {
		n += g.found
	}
	return n
}

func (f *family) pending() (n int) {
	for _, g := range f.groups {
		n += len(g.pool)
	}
	return n
}

// first is the candidate that comes first: in breadth-first order, translations
// of visited pages last.
func (f *family) first() *candidate {
	if f.best != nil {
		return f.best
	}
	for _, g := range f.groups {
		for _, c := range g.pool {
			f.compare(c)
		}
	}
	return f.best
}

// compare makes a candidate the first one if it is.
func (f *family) compare(c *candidate) {
	if f.best == nil || !f.translated(c) && f.translated(f.best) || f.translated(c) == f.translated(f.best) && c.before(f.best) {
		f.best = c
	}
}

// translated tells a page that was visited in another language, when there were
// visits enough in its own; the first page of a language is no translation.
func (f *family) translated(c *candidate) bool {
	return f.twins[c.twin] && !c.home && f.languages[c.group.variant] >= perLanguage
}

// dominant is the outline that most visited pages have, -1 when there is none.
func (f *family) dominant() int {
	best, most := -1, 0
	for id, n := range f.outlines {
		if n > most || n == most && id < best {
			best, most = id, n
		}
	}
	return best
}

// alike counts the visits that count for the bound of a template: an outline
// that was new in it shows that its pages are not alike after all, and new
// items are worth another visit for every second of them.
func (f *family) alike() int {
	good := f.visits - f.failed
	return max(good-max(0, len(f.outlines)-1)-f.items/2, f.failed+f.visits-f.done)
}

// cost is where the next visit stands in the order of visits: lower comes
// first. Every visit moves a family back, one that brought something new by a
// third; large families move less, families that share an outline with many
// others, translations, lists without end and files move more. A family that
// was never visited stands behind those that were found on pages alike and
// brought nothing, and behind a long chain of such pages: else a trap that
// makes ever new templates would have all visits.
func (f *family) cost(s *shares) int {
	steps := 3*f.visits - 2*f.fresh + 3
	cost := 4096 * steps / (2 + bits.Len(uint(f.size())))
	if f.visits == 0 {
		cost = cost * (2 + s.dryness(f.parents)) / 2
	} else {
		cost = cost * isqrt(256*max(1, s.alike[f.dominant()])) / 16
	}
	if c := f.first(); c != nil && f.translated(c) {
		cost *= translation
	}
	switch f.kind {
	case endless:
		cost *= 2
	case file:
		cost *= 6
	case ordinary:
	}
	return cost + 3*4096/9*max(0, f.chain)
}

// shares is what families have in common.
type shares struct {
	alike map[int]int // families by the outline that most of their pages have
	dry   map[int]int // first visits that brought nothing, by outline of the parents
}

// dryness is that of the parents that led to something new best.
func (s *shares) dryness(parents []int) int {
	least := 0
	for i, id := range parents {
		if n := s.dry[id]; i == 0 || n < least {
			least = n
		}
	}
	return least
}

// first counts the first visit of a family.
func (s *shares) first(parents []int, fresh bool) {
	for _, id := range parents {
		if fresh {
			s.dry[id] /= 2
		} else {
			s.dry[id]++
		}
	}
}

// translation is how much less a page in another language is worth.
const translation = 16

// size is the number of pages in the language that has most.
func (f *family) size() (n int) {
	for _, g := range f.groups {
		n = max(n, g.found)
	}
	return n
}

// isqrt is exact: the square root is correctly rounded on every machine, which
// other operations on floats are not.
func isqrt(n int) int { return int(math.Sqrt(float64(n))) }

// group is a family's pages in one language.
type group struct {
	owner    *family
	variant  variant
	found    int // with those visited
	visited  int
	pool     []*candidate
	sample   []string // of visited pages
	outlines map[int]bool
}

func (g *group) merge(o *group) {
	g.found, g.visited = g.found+o.found, g.visited+o.visited
	for _, c := range o.pool {
		c.group = g
	}
	g.pool = append(g.pool, o.pool...)
	g.sample = append(g.sample, o.sample...)
	g.trimSample()
	for id := range o.outlines {
		g.outlines[id] = true
	}
}

// maxVisitedSample is how many visited addresses a group keeps.
const maxVisitedSample = 3

func (g *group) trimSample() {
	slices.Sort(g.sample)
	g.sample = g.sample[:min(len(g.sample), maxVisitedSample)]
}

// candidate is a page that may be visited.
type candidate struct {
	page     Page
	key      uint64 // of its address
	rank     uint64 // its place among pages alike, by chance but always the same
	at       find   // where it was found
	twin     uint32 // of its address without language
	home     bool   // first page of a host or of a language
	group    *group
	features []uint32 // see choose; nil until needed
}

// before is the breadth-first order.
func (c *candidate) before(o *candidate) bool {
	if c.page.Depth != o.page.Depth {
		return c.page.Depth < o.page.Depth
	}
	if a, b := c.page.Source.rank(), o.page.Source.rank(); a != b {
		return a < b
	}
	return c.page.URL < o.page.URL
}

// remove takes a candidate out of the pool.
func (g *group) remove(c *candidate) {
	if i := slices.Index(g.pool, c); i >= 0 {
		g.pool = slices.Delete(g.pool, i, i+1)
	}
}

// trim keeps the n candidates of the lowest rank and returns the others.
func (g *group) trim(n int) []*candidate {
	if len(g.pool) <= n {
		return nil
	}
	slices.SortFunc(g.pool, byRank)
	out := slices.Clone(g.pool[n:])
	clear(g.pool[n:])
	g.pool = g.pool[:n]
	return out
}

func byRank(a, b *candidate) int {
	switch {
	case a.rank != b.rank && a.rank < b.rank, a.rank == b.rank && a.page.URL < b.page.URL:
		return -1
	case a == b:
		return 0
	}
	return 1
}
