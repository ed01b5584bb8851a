package crawl

import "strings"

// Done tells what the visit of a page brought. Pages that Next did not give
// are ignored.
func (f *Frontier) Done(page Page, out Outcome) {
	v := f.visits[page.URL]
	if v == nil || v.ended {
		return
	}
	v.ended = true
	owner := v.family()
	owner.done++
	if out.Failed {
		owner.failed++
	} else {
		f.learn(v, owner, out)
	}
	if v.first {
		f.shares.first(owner.parents, v.fresh)
	}
	f.same(v, out.FinalURL, false)
	f.same(v, out.Canonical, true)
}

// learn takes what a page brought into its family.
func (f *Frontier) learn(v *visit, owner *family, out Outcome) {
	if out.NewItems > 0 {
		owner.items++
		v.fresh = true
	}
	if out.Structure != 0 {
		n := len(f.outlines)
		id := f.outlines.id(out.Structure)
		v.fresh = v.fresh || len(f.outlines) > n
		v.outline = id
		owner.outlines[id]++
		v.group.outlines[id] = true
	}
	if v.fresh {
		owner.fresh++
	}
}

// family is the one that the page belongs to by now.
func (v *visit) family() *family {
	v.owner = v.owner.root()
	v.group = v.owner.group(v.group.variant)
	return v.owner
}

// same notes that a page was seen that has this address too: where a redirect
// ended, or what the page calls its canonical address. The latter is believed
// only as far as it goes without visits: an address of the same template, or of
// the same path.
func (f *Frontier) same(v *visit, raw string, canonical bool) {
	address, ok := Normalize(raw)
	if !ok || f.o.Fixed != nil {
		return
	}
	address = f.parameters.clean(f.o.Bounds.Here(address))
	key := hash(keyOf(address))
	if canonical && !f.near(v, address) {
		return
	}
	switch f.known[key] {
	case 0:
		if len(f.known) < maxKnown && f.o.Bounds.check(address, f.inScope) == "" {
			f.known[key] = alias
		}
	case pending:
		if c := f.candidates[key]; c != nil {
			f.drop(c)
			f.found--
			f.left[LeftDuplicate]++
			f.known[key] = duplicate
		}
	case visited, alias, duplicate, tooDeep, outside:
	}
}

// near tells whether an address may be another of the page that was visited.
func (f *Frontier) near(v *visit, address string) bool {
	a, b := split(v.page.URL), split(address)
	if strings.EqualFold(strings.TrimSuffix(a.path, "/"), strings.TrimSuffix(b.path, "/")) {
		return true
	}
	w := f.tree.lexicon.way(b)
	return f.tree.knows(w) && f.tree.find(w) == v.family()
}
