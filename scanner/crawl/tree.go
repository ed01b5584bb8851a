package crawl

import (
	"maps"
	"slices"
)

// The thresholds of templates: with more different texts beside each other than
// this, they are one template.
const (
	maxSlugs = 2  // names such as shoe-123
	maxFirst = 24 // words at the beginning of a path
	maxWords = 8  // words further on
	maxHosts = 24 // hosts that are not start hosts
	maxSets  = 4  // sets of query parameters of one path
)

// maxFamilies bounds the templates of a site; what does not fit is one more.
const maxFamilies = 20_000

// tree holds the templates of a site. Which template an address has depends on
// the addresses that are known, not on their order: texts beside each other
// are counted, and once they are too many they and what is below them become
// one. Nothing is ever taken apart again: what was known of the parts, visits
// too, is then known of the whole. So addresses that come late may join
// templates, and a page visited for one template may turn out to be a visit of
// another.
type tree struct {
	lexicon   lexicon
	hosts     branch
	fixed     map[string]bool // hosts that stay apart
	overflow  *family
	all       []*family       // also merged ones, until settle
	families  int             // ever made
	languages map[variant]int // visits
}

func newTree(starts []string) *tree {
	t := &tree{lexicon: loadLexicon(), fixed: map[string]bool{}, languages: map[variant]int{}}
	for _, s := range starts {
		t.fixed[t.lexicon.way(split(s)).host] = true
	}
	return t
}

// find is the family of an address.
func (t *tree) find(w way) *family {
	if t.families >= maxFamilies && !t.knows(w) {
		if t.overflow == nil {
			t.overflow = newFamily(ordinary, t.languages)
			t.all = append(t.all, t.overflow)
		}
		return t.overflow
	}
	host := segment{label: w.host, wild: "{host}"}
	if t.fixed[w.host] {
		host.wild = ""
	}
	n := t.hosts.child(host, maxHosts)
	n.host = true
	limit := maxFirst
	for _, dir := range w.dirs {
		n = n.dirs.child(dir, limit)
		limit = maxWords
	}
	end := n.ends.child(w.end, limit)
	f := end.pages.get(w.names)
	if f == nil {
		t.families++
		f = newFamily(w.kind, t.languages)
		t.all = append(t.all, f)
		end.pages.put(w.names, f)
		f = f.root()
	}
	return f
}

// settle lists the families, without those that have become part of others.
func (t *tree) settle() []*family {
	t.all = slices.DeleteFunc(t.all, func(f *family) bool { return f.into != nil })
	return t.all
}

// knows tells whether find would make nothing new.
func (t *tree) knows(w way) bool {
	n := t.hosts.look(segment{label: w.host, wild: "{host}"})
	for _, dir := range w.dirs {
		if n == nil {
			return false
		}
		n = n.dirs.look(dir)
	}
	if n == nil {
		return false
	}
	end := n.ends.look(w.end)
	return end != nil && end.pages.get(w.names) != nil
}

// node is a place in the tree.
type node struct {
	segment segment
	host    bool   // the first of a path
	dirs    branch // what is below it
	ends    branch // the pages in it, by the last part of their path
	pages   sets   // of an end: by query
}

func (n *node) merge(o *node) {
	n.host = n.host || o.host
	limit := maxWords
	if n.host {
		limit = maxFirst
	}
	n.dirs.merge(&o.dirs, limit)
	n.ends.merge(&o.ends, limit)
	n.pages.merge(&o.pages)
}

// branch holds what stands beside each other.
type branch struct {
	kids map[string]*node
	text map[string]*textual // by the wild label
}

// textual counts texts that may become one.
type textual struct {
	words, slugs         int
	wordsGone, slugsGone bool // collapsed: everything; the slugs
}

func (b *branch) gone(s segment) bool {
	t := b.text[s.wild]
	return s.wild != "" && t != nil && (t.wordsGone || t.slugsGone && s.slug)
}

// look is the child of a segment, nil when there is none.
func (b *branch) look(s segment) *node {
	if b.gone(s) {
		return b.kids[s.wild]
	}
	return b.kids[s.label]
}

// child is the child of a segment, made when there is none. limit is the
// number of words that are still told apart.
func (b *branch) child(s segment, limit int) *node {
	if n := b.look(s); n != nil {
		return n
	}
	if s.wild == "" || b.gone(s) {
		return b.make(s)
	}
	b.make(s)
	b.count(s, limit)
	return b.look(s)
}

func (b *branch) make(s segment) *node {
	if b.gone(s) {
		s = segment{label: s.wild}
	}
	if b.kids == nil {
		b.kids = map[string]*node{}
	}
	n := &node{segment: s}
	b.kids[s.label] = n
	return n
}

// count takes a new text into account.
func (b *branch) count(s segment, limit int) {
	t := b.textual(s.wild)
	if s.slug {
		t.slugs++
	} else {
		t.words++
	}
	if t.words > limit {
		t.wordsGone = true
		b.collapse(s.wild)
	} else if t.slugs > maxSlugs && !t.slugsGone {
		t.slugsGone = true
		b.collapse(s.wild)
	}
}

func (b *branch) textual(wild string) *textual {
	if b.text == nil {
		b.text = map[string]*textual{}
	}
	if b.text[wild] == nil {
		b.text[wild] = &textual{}
	}
	return b.text[wild]
}

// collapse joins the texts that are gone.
func (b *branch) collapse(wild string) {
	whole := b.kids[wild]
	if whole == nil {
		whole = b.make(segment{label: wild})
	}
	for _, label := range slices.Sorted(maps.Keys(b.kids)) {
		if n := b.kids[label]; n.segment.wild == wild && b.gone(n.segment) {
			delete(b.kids, label)
			whole.merge(n)
		}
	}
}

// merge takes in another branch.
func (b *branch) merge(o *branch, limit int) {
	for _, wild := range slices.Sorted(maps.Keys(o.text)) {
		t, other := b.textual(wild), o.text[wild]
		if other.wordsGone && !t.wordsGone || other.slugsGone && !t.slugsGone {
			t.wordsGone, t.slugsGone = t.wordsGone || other.wordsGone, t.slugsGone || other.slugsGone
			b.collapse(wild)
		}
	}
	for _, label := range slices.Sorted(maps.Keys(o.kids)) {
		n := o.kids[label]
		b.child(n.segment, limit).merge(n)
	}
}

// sets holds the families of one path by the names in their query.
type sets struct {
	families map[string]*family
	facets   bool // too many: those with a query are one
}

const facetsLabel = "{facets}"

func (s *sets) label(names string) string {
	if names != "" && s.facets {
		return facetsLabel
	}
	return names
}

func (s *sets) get(names string) *family { return s.families[s.label(names)].root() }

func (s *sets) put(names string, f *family) {
	if s.families == nil {
		s.families = map[string]*family{}
	}
	names = s.label(names)
	if old := s.families[names]; old != nil {
		old.merge(f)
		return
	}
	s.families[names] = f
	if _, plain := s.families[""]; !s.facets && len(s.families) > maxSets+btoi(plain) {
		s.collapse()
	}
}

func (s *sets) collapse() {
	s.facets = true
	old := s.families
	s.families = map[string]*family{}
	for _, names := range slices.Sorted(maps.Keys(old)) {
		s.put(names, old[names])
	}
}

func (s *sets) merge(o *sets) {
	if o.facets && !s.facets {
		s.collapse()
	}
	for _, names := range slices.Sorted(maps.Keys(o.families)) {
		s.put(names, o.families[names])
	}
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}
