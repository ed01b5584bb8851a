package diff

import (
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"cookiescan/scanner"
)

// group is what one pattern of names stands for in one scan. A visit makes new
// names of generated ones, so the pattern is the identity.
type group struct {
	key    groupKey
	facts  map[string]map[string]bool // by name of the fact
	stored int64                      // the longest lifetime, in seconds; session or unknown
	claims int64                      // the longest that was declared; as above
	pages  []string                   // ids, of all phases
	phases []string
}

type groupKey struct{ kind, name, place, top string }

// Lifetimes that are no seconds.
const (
	session = int64(-1)
	unknown = int64(-2)
)

// The facts that are compared, in the order in which they are shown. The
// lifetimes are numbers and stand apart.
const (
	factStored   = "lifetime"
	factDeclared = "declared lifetime"
)

var factOrder = [...]string{
	"category", "exemption", "vendor", "purpose", "party", factStored, factDeclared, "set by", "sent to", "in passes", "flags", "refused",
}

// groups are the items of a scan. Facts of writes are taken from passes that
// both scans have.
func groups(s *scanner.Scan, both func(phase string) bool) map[groupKey]*group {
	all := map[groupKey]*group{}
	at := func(k groupKey) *group {
		g := all[k]
		if g == nil {
			g = &group{key: k, facts: map[string]map[string]bool{}, stored: unknown, claims: unknown}
			all[k] = g
		}
		return g
	}
	for _, c := range s.Cookies {
		if !given(c) {
			at(cookieKey(c)).cookie(c, both)
		}
	}
	for _, i := range s.Storage {
		at(groupKey{string(i.Kind), folded(i.Key, i.Classification), i.Origin, otherSite(i.TopSite, s.Target.Site)}).storage(i, both)
	}
	for _, t := range s.Trackers {
		at(groupKey{kind: string(t.Kind), name: t.API, place: t.Host}).tracker(t, both)
	}
	return all
}

// given tells whether the user brought a cookie.
func given(c scanner.Cookie) bool {
	return len(c.Writes) > 0 && !slices.ContainsFunc(c.Writes, func(w scanner.Write) bool { return w.Via != scanner.ViaUser })
}

func cookieKey(c scanner.Cookie) groupKey {
	k := groupKey{kind: "cookie", name: folded(c.Name, c.Classification), place: c.Domain}
	if !c.HostOnly {
		k.place = "." + c.Domain
	}
	if c.Path != "/" {
		k.place += c.Path
	}
	if p := c.PartitionKey; p != nil {
		k.top = p.TopLevelSite
	}
	return k
}

func folded(name string, c *scanner.Classification) string {
	if c == nil || c.Pattern == "" {
		return name
	}
	return c.Pattern
}

// otherSite is a top-level site that is not the target's own.
func otherSite(top, site string) string {
	if _, host, ok := strings.Cut(top, "://"); ok && host == site {
		return ""
	}
	return top
}

func (g *group) cookie(c scanner.Cookie, both func(string) bool) {
	g.classified(c.Classification)
	g.add("party", string(c.Party))
	g.met(c.Pages, c.Phases, both)
	g.stored = max(g.stored, secondsOf(c.Lifetime.StoredSeconds, c.Session))
	g.claims = max(g.claims, secondsOf(c.Lifetime.DeclaredSeconds, c.Session))
	if !c.Stored {
		g.add("refused", "by the browser")
	}
	for flag, on := range map[string]bool{"HttpOnly": c.HTTPOnly, "Secure": c.Secure, "SameSite=" + c.SameSite: c.SameSite != ""} {
		if on {
			g.add("flags", flag)
		}
	}
	for _, w := range c.Writes {
		if both(w.Pass) && w.Via != scanner.ViaUser && (w.Action == scanner.Set || w.Action == scanner.Change || w.Action == scanner.Refresh) {
			g.add("set by", bare(w.URL))
		}
	}
	// As a cookie it goes to the hosts of its domain, which is no news; whether
	// a request followed the write is a matter of time.
	for _, t := range c.SentTo {
		if both(t.Pass) && t.How != "cookie" {
			g.add("sent to", t.Host)
		}
	}
}

func (g *group) storage(i scanner.StorageItem, both func(string) bool) {
	g.classified(i.Classification)
	g.add("party", string(i.Party))
	g.met(i.Pages, i.Phases, both)
	for _, w := range i.Writes {
		if both(w.Pass) {
			g.add("set by", bare(w.URL))
		}
	}
}

func (g *group) tracker(t scanner.Tracker, both func(string) bool) {
	g.classified(t.Classification)
	g.add("party", string(t.Party))
	g.met(t.Pages, t.Phases, both)
}

func (g *group) classified(c *scanner.Classification) {
	if c != nil {
		g.add("category", c.Category)
		g.add("exemption", c.Exemption)
		g.add("vendor", c.Vendor)
		g.add("purpose", c.Purpose)
	}
}

func (g *group) met(pages, phases []string, both func(string) bool) {
	g.pages, g.phases = append(g.pages, pages...), append(g.phases, phases...)
	for _, p := range phases {
		if both(p) {
			g.add("in passes", p)
		}
	}
}

func (g *group) add(fact, value string) {
	if value == "" {
		return
	}
	if g.facts[fact] == nil {
		g.facts[fact] = map[string]bool{}
	}
	g.facts[fact][value] = true
}

// bare is an address without what changes from visit to visit.
func bare(address string) string {
	if i := strings.IndexAny(address, "?#"); i >= 0 {
		return address[:i]
	}
	return address
}

func secondsOf(s *int64, isSession bool) int64 {
	switch {
	case s != nil:
		return max(*s, 0)
	case isSession:
		return session
	}
	return unknown
}

func (g *group) item(how How, proven bool) Item {
	i := Item{How: how, Kind: g.key.kind, Name: g.key.name, Place: g.key.place, Top: g.key.top, Proven: proven}
	for _, fact := range factOrder {
		values := g.values(fact)
		if len(values) == 0 {
			continue
		}
		c := Change{fact, values, []string{}}
		if how == Added {
			c.A, c.B = c.B, c.A
		}
		i.Facts = append(i.Facts, c)
	}
	return i
}

// values are those of a fact, sorted; lifetimes are in seconds.
func (g *group) values(fact string) []string {
	switch fact {
	case factStored:
		return lifetime(g.stored)
	case factDeclared:
		return lifetime(g.claims)
	}
	return slices.AppendSeq([]string{}, slices.Values(slices.Sorted(maps.Keys(g.facts[fact]))))
}

func lifetime(seconds int64) []string {
	switch seconds {
	case unknown:
		return []string{}
	case session:
		return []string{"session"}
	}
	return []string{strconv.FormatInt(seconds, 10) + " s"}
}

// changes lists the facts in which two groups differ.
func changes(a, b *group) []Change {
	var out []Change
	for _, fact := range factOrder {
		switch {
		case fact == factStored && alike(a.stored, b.stored), fact == factDeclared && alike(a.claims, b.claims):
			continue
		}
		if x, y := a.values(fact), b.values(fact); !slices.Equal(x, y) {
			out = append(out, Change{fact, x, y})
		}
	}
	return out
}

// alike tells whether two lifetimes are one: those that are counted from a date
// differ by the time that an answer takes.
func alike(a, b int64) bool {
	if a < 0 || b < 0 {
		return a == b
	}
	return math.Abs(float64(a)-float64(b)) <= max(2, 0.01*float64(max(a, b)))
}
