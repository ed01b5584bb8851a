package consent

import (
	"slices"
	"strings"
)

// treeIndex finds the elements of one tree by id and class: hundreds of rules
// are tried on each snapshot.
type treeIndex struct {
	all   []int
	byKey map[string][]int // "#id", ".class"
}

func (s *Snapshot) tree(root int) *treeIndex {
	if t := s.trees[root]; t != nil {
		return t
	}
	t := &treeIndex{all: s.elements(root), byKey: map[string][]int{}}
	for _, i := range t.all {
		if id := s.Nodes[i].Attr["id"]; id != "" {
			t.byKey["#"+id] = append(t.byKey["#"+id], i)
		}
		for _, c := range strings.Fields(s.Nodes[i].Attr["class"]) {
			t.byKey["."+c] = append(t.byKey["."+c], i)
		}
	}
	if s.trees != nil {
		s.trees[root] = t
	}
	return t
}

// likely lists the elements that could match, in document order.
func (c css) likely(s *Snapshot, root int) []int {
	t := s.tree(root)
	var out []int
	for _, x := range c.list {
		if x[0].key == "" {
			return t.all
		}
		out = append(out, t.byKey[x[0].key]...)
	}
	slices.Sort(out)
	return slices.Compact(out)
}
