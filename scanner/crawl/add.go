package crawl

import (
	"strings"
)

// find is where links come from.
type find struct {
	depth   int
	parent  uint32
	chain   int
	outline int // of the parent
	onStart bool
}

// Add takes the links of a page that was visited, in the order of the page,
// after Done. Beyond MaxLinks they are only counted.
func (f *Frontier) Add(from Page, links []Link) {
	at := find{depth: from.Depth + 1, parent: uint32(hash(from.URL)), outline: noOutline, onStart: from.Source == SourceStart}
	if v := f.visits[from.URL]; v != nil && !at.onStart {
		at.chain, at.outline = max(0, v.family().chain), v.outline
		if !v.fresh {
			at.chain++
		}
	}
	f.addAll(at, links)
}

// AddSitemap takes addresses of sitemaps, in any order; before the second page
// if possible. They come after the links of the start pages.
func (f *Frontier) AddSitemap(links []Link) { f.addAll(find{depth: 1, outline: sitemapOutline}, links) }

func (f *Frontier) addAll(at find, links []Link) {
	if f.o.Fixed != nil {
		return
	}
	if limit := MaxLinks; len(links) > limit && at.parent != 0 {
		f.left[LeftLimit] += len(links) - limit
		links = links[:limit]
	}
	for _, l := range links {
		f.add(at, l)
	}
	f.trim()
}

func (f *Frontier) add(at find, l Link) {
	normal, ok := Normalize(l.URL)
	if !ok {
		f.refuse(l.URL)
		return
	}
	address := f.parameters.clean(f.o.Bounds.Here(normal))
	key := hash(keyOf(address))
	switch f.known[key] {
	case 0:
		f.meet(at, l.Source, address, key)
	case alias:
		f.known[key] = duplicate
		f.left[LeftDuplicate]++
	case tooDeep:
		if at.depth <= f.o.Depth {
			f.left[LeftDepth]--
			f.accept(at, l.Source, address, key)
		}
	case pending:
		if c := f.candidates[key]; c != nil {
			c.improve(at, l.Source)
		}
	case visited, duplicate, outside:
	}
}

// refuse counts what is not the address of a page, once.
func (f *Frontier) refuse(raw string) {
	if len(raw) > MaxAddress || len(f.known) >= maxKnown {
		f.left[LeftLimit]++
		return
	}
	if key := hash("\x00" + raw); f.known[key] == 0 {
		f.known[key] = outside
		f.left[LeftScheme]++
	}
}

// meet decides on an address that is new.
func (f *Frontier) meet(at find, s Source, address string, key uint64) {
	if len(f.known) >= maxKnown {
		f.left[LeftLimit]++
		return
	}
	if why := f.o.Bounds.check(address, f.inScope); why != "" {
		f.known[key] = outside
		f.left[why]++
		return
	}
	if o := f.origin(address); o != nil && !o.rules.Allowed(address) {
		f.known[key] = outside
		f.found++
		f.forbid(address)
		return
	}
	f.found++
	if f.o.Depth >= 0 && at.depth > f.o.Depth {
		f.known[key] = tooDeep
		f.left[LeftDepth]++
		f.skipped = sampled(f.skipped, address)
		return
	}
	f.accept(at, s, address, key)
	if name := f.nonces.learn(address, f.parameters); name != "" {
		f.forget(name)
	}
}

// accept makes an address a candidate.
func (f *Frontier) accept(at find, s Source, address string, key uint64) {
	f.known[key] = pending
	w := f.tree.lexicon.way(split(address))
	owner := f.tree.find(w)
	owner.reach(at.chain)
	owner.descend(at.outline)
	g := owner.group(w.language)
	g.found++
	if len(f.candidates) >= maxCandidates && len(g.pool) >= fewCandidates {
		return
	}
	c := &candidate{
		page: Page{URL: strings.Clone(address), Depth: at.depth, Source: s},
		key:  key, rank: mix(key), at: at, twin: w.twin, home: w.home(), group: g,
	}
	f.candidates[key] = c
	g.pool = append(g.pool, c)
	if owner.best != nil {
		owner.compare(c)
	}
	if len(g.pool) > 2*f.keep() {
		f.release(g, f.keep())
	}
}

// fewCandidates is what a group may keep even when there are too many.
const fewCandidates = 8

// keep is how many candidates a group needs at most.
func (f *Frontier) keep() int { return max(fewCandidates, min(f.o.MaxPages, maxCandidates)) }

func (f *Frontier) release(g *group, n int) {
	for _, c := range g.trim(n) {
		delete(f.candidates, c.key)
	}
}

// trim keeps the number of candidates within its bounds, at the cost of the
// largest groups.
func (f *Frontier) trim() {
	for n := f.keep(); len(f.candidates) > maxCandidates && n > fewCandidates; n = n * 3 / 4 {
		for _, owner := range f.tree.settle() {
			for _, g := range owner.groups {
				f.release(g, n)
			}
			owner.best = nil
		}
	}
}

// improve takes another way to a candidate into account, so that it does not
// matter which was told first.
func (c *candidate) improve(at find, s Source) {
	o := candidate{page: Page{URL: c.page.URL, Depth: at.depth, Source: s}}
	if o.before(c) {
		c.page.Depth, c.page.Source = o.page.Depth, o.page.Source
	}
	c.at.depth = c.page.Depth
	c.at.onStart = c.at.onStart || at.onStart
	if at.parent < c.at.parent {
		c.at.parent, c.features = at.parent, nil
	}
	owner := c.group.owner
	owner.reach(at.chain)
	owner.descend(at.outline)
	if owner.best != nil {
		owner.compare(c)
	}
}
