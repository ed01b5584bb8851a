package register

import (
	"cmp"
	"net/url"
	"slices"
	"strings"

	"cookiescan/classify"
	"cookiescan/scanner"
)

// An Index finds the entry that declares something observed. It is safe for
// concurrent use.
type Index struct {
	file    *File
	exact   map[key][]*candidate
	globs   map[key][]*candidate // by what they begin with
	lengths map[string][]int     // of these beginnings, by kind, the longest first
	any     map[string][]*candidate
	own     []string // the site and its own hosts
	aliases map[string]string
	below   []Host // whose aliases are patterns
}

// key is a group of kinds and a name, or what a name begins with.
type key struct{ kind, text string }

type candidate struct {
	entry *Entry
	order int
}

// Index makes a file ready to be asked.
func (f *File) Index() *Index {
	x := &Index{
		file: f, exact: map[key][]*candidate{}, globs: map[key][]*candidate{}, lengths: map[string][]int{},
		any: map[string][]*candidate{}, aliases: map[string]string{},
	}
	if f.Site != "" {
		x.own = append(x.own, f.Site)
	}
	x.own = append(x.own, f.Own...)
	for _, h := range f.Hosts {
		for _, alias := range h.Aliases {
			if parent, ok := strings.CutPrefix(alias, "*."); ok {
				x.below = append(x.below, Host{Name: h.Name, Aliases: []string{parent}})
			} else {
				x.aliases[alias] = h.Name
			}
		}
	}
	for i, e := range f.Entries {
		x.add(&candidate{e, i})
	}
	for kind, lengths := range x.lengths {
		slices.Sort(lengths)
		slices.Reverse(lengths)
		x.lengths[kind] = slices.Compact(lengths)
	}
	return x
}

func (x *Index) add(c *candidate) {
	m := c.entry.Match
	kind := group(m.Kind)
	k := key{kind, m.Name.literal()}
	if kind == "request" {
		k.text = strings.TrimPrefix(k.text, "/")
	}
	switch {
	case m.Any:
		x.any[kind] = append(x.any[kind], c)
	case m.Name.IsPattern():
		x.globs[k] = append(x.globs[k], c)
		x.lengths[kind] = append(x.lengths[kind], len(k.text))
	default:
		x.exact[k] = append(x.exact[k], c)
	}
}

// Canonical is the host that another stands for (hosts, aliases), or itself.
func (x *Index) Canonical(host string) string {
	if name, ok := x.aliases[host]; ok {
		return name
	}
	for _, h := range x.below {
		if strings.HasSuffix(host, "."+h.Aliases[0]) {
			return h.Name
		}
	}
	return host
}

// Own tells whether a host belongs to the site as declared.
func (x *Index) Own(host string) bool { return isBelow(x.Canonical(host), x.own) }

// InPlace is a scan with its items where the file names them: if its host stands
// for one of the site, as a preview does, they are on that one.
func (x *Index) InPlace(s *scanner.Scan) *scanner.Scan {
	if x.Own(hostOf(s.Target.As)) {
		return classify.InRealPlace(s)
	}
	return s
}

func isBelow(host string, domains []string) bool {
	return slices.ContainsFunc(domains, func(d string) bool { return host == d || strings.HasSuffix(host, "."+d) })
}

// Find returns the entries that are about an item, the best first: those that
// are not retired, of those the exact name, the pattern with more literal
// characters, the longer domain, and of equal ones the first in the file. Of a
// pixel, beacon or request the name is the path and the domain the host.
func (x *Index) Find(kind, name, domain string) []*Entry {
	kind = group(kind)
	if kind == "request" {
		name = strings.TrimPrefix(name, "/")
	}
	domain = x.Canonical(strings.TrimPrefix(strings.ToLower(domain), "."))
	var found []*candidate
	take := func(list []*candidate, fits func(Name) bool) {
		for _, c := range list {
			if fits(c.entry.Match.Name) && x.at(c.entry.Match.Domain, domain) {
				found = append(found, c)
			}
		}
	}
	always := func(Name) bool { return true }
	take(x.exact[key{kind, name}], always)
	for _, n := range x.lengths[kind] {
		if n <= len(name) {
			take(x.globs[key{kind, name[:n]}], func(p Name) bool {
				return p.Match(name) || kind == "request" && p.Match("/"+name)
			})
		}
	}
	take(x.any[kind], always)
	slices.SortFunc(found, better)
	entries := make([]*Entry, 0, len(found))
	for _, c := range found {
		entries = append(entries, c.entry)
	}
	return entries
}

func (x *Index) at(declared, domain string) bool {
	switch declared {
	case "":
		return true
	case Site:
		return isBelow(domain, x.own)
	}
	return domain == declared || strings.HasSuffix(domain, "."+declared)
}

func better(a, b *candidate) int {
	rank := func(c *candidate) int {
		switch m := c.entry.Match; {
		case m.Any:
			return 2
		case m.Name.IsPattern():
			return 1
		}
		return 0
	}
	retired := func(c *candidate) int {
		if c.entry.Status.State == Retired {
			return 1
		}
		return 0
	}
	m, n := a.entry.Match, b.entry.Match
	return cmp.Or(
		cmp.Compare(retired(a), retired(b)), cmp.Compare(rank(a), rank(b)), cmp.Compare(n.Name.literals(), m.Name.literals()),
		cmp.Compare(len(n.Domain), len(m.Domain)), cmp.Compare(a.order, b.order))
}

// Cookie is the entry that is about a cookie, nil if there is none.
func (x *Index) Cookie(c *scanner.Cookie) *Entry { return first(x.Find("cookie", c.Name, c.Domain)) }

// Storage is the entry that is about a storage item, nil if there is none.
func (x *Index) Storage(s *scanner.StorageItem) *Entry {
	return first(x.Find(string(s.Kind), s.Key, hostOf(s.Origin)))
}

// Tracker is the entry that is about a pixel, a beacon, a request or a
// fingerprinting call (whose name is what it reads), nil if there is none.
func (x *Index) Tracker(t *scanner.Tracker) *Entry {
	return first(x.Find(string(t.Kind), TrackerName(t), t.Host))
}

// TrackerName is what an entry about a tracker names: the path of a request, or
// what a fingerprinting call reads.
func TrackerName(t *scanner.Tracker) string {
	if t.Kind == scanner.Fingerprint {
		return t.API
	}
	u, err := url.Parse(t.URL)
	if err != nil {
		return ""
	}
	return u.EscapedPath()
}

func first(list []*Entry) *Entry {
	if len(list) == 0 {
		return nil
	}
	return list[0]
}

// hostOf is the host of an origin.
func hostOf(origin string) string {
	u, err := url.Parse(origin)
	if err != nil {
		return ""
	}
	return strings.ToLower(u.Hostname())
}

// Unused are the entries that declare nothing of what scans hold, in the order
// of the file. That an entry is among them says little if a scan is not
// complete or could not come to the entry's reach.
func (x *Index) Unused(scans []*scanner.Scan) []*Entry {
	used := map[*Entry]bool{}
	for _, s := range scans {
		for i := range s.Cookies {
			used[x.Cookie(&s.Cookies[i])] = true
		}
		for i := range s.Storage {
			used[x.Storage(&s.Storage[i])] = true
		}
		for i := range s.Trackers {
			used[x.Tracker(&s.Trackers[i])] = true
		}
	}
	return slices.DeleteFunc(slices.Clone(x.file.Entries), func(e *Entry) bool { return used[e] })
}
