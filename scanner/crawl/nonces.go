package crawl

import "strings"

// nonces finds out which parameters hold ids of sessions or of clicks, by
// their values: random ones, where one value goes with many pages, or many
// pages come with ever other values.
type nonces struct {
	values map[uint64][]uint64 // paths by name and value
	paths  map[uint64][]uint64 // values by name and path
	wide   map[string]int      // values that go with many paths, by name
	busy   map[string]int      // paths that come with many values, by name
}

// The thresholds, and the bound of what is remembered.
const (
	manyPaths  = 6 // paths of one value
	wideValues = 2 // such values
	manyValues = 3 // values of one path
	busyPaths  = 8 // such paths
	maxNonces  = 20_000
)

func newNonces() *nonces {
	return &nonces{values: map[uint64][]uint64{}, paths: map[uint64][]uint64{}, wide: map[string]int{}, busy: map[string]int{}}
}

// learn looks at an address that is new. It returns the name of a parameter
// that has just proved to be none of the page.
func (n *nonces) learn(address string, p *parameters) string {
	a := split(address)
	if a.query == "" {
		return ""
	}
	for pair := range strings.SplitSeq(a.query, "&") {
		name, value, _ := strings.Cut(pair, "=")
		if !random(value) {
			continue
		}
		name = strings.ToLower(unescape(name))
		path, val := hash(name+"\x00"+a.origin+a.path), hash(name+"\x01"+value)
		if count(n.values, val, path, manyPaths) {
			n.wide[name]++
		}
		if count(n.paths, path, val, manyValues) {
			n.busy[name]++
		}
		if (n.wide[name] >= wideValues || n.busy[name] >= busyPaths) && !p.learned[name] {
			p.learned[name] = true
			return name
		}
	}
	return ""
}

// count adds to a set, and is true when that made it have n members.
func count(sets map[uint64][]uint64, key, member uint64, n int) bool {
	set := sets[key]
	if len(set) >= n || set == nil && len(sets) >= maxNonces {
		return false
	}
	for _, m := range set {
		if m == member {
			return false
		}
	}
	sets[key] = append(set, member)
	return len(set)+1 == n
}

// forget makes the candidates that differ only in a parameter one.
func (f *Frontier) forget(string) {
	for _, v := range f.visits {
		f.known[f.key(v.page.URL)] = visited
	}
	for _, c := range f.ordered() {
		address := f.parameters.clean(c.page.URL)
		if address == c.page.URL {
			continue
		}
		key := hash(keyOf(address))
		before := f.known[key]
		f.drop(c)
		f.found--
		f.known[c.key] = duplicate
		f.left[LeftDuplicate]++
		if before == 0 {
			f.found++
			f.left[LeftDuplicate]--
			f.accept(c.at, c.page.Source, address, key)
		}
	}
}
