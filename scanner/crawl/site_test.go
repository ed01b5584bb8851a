package crawl

import (
	"fmt"
	"math"
	"slices"
	"testing"
)

// site is a site that only exists in memory.
type site struct {
	page    func(url string) served // what is at a normalised address
	sitemap []string
}

// served is a page as a visit sees it.
type served struct {
	links     []Link
	items     []string
	outline   string
	final     string // where it redirects to
	canonical string
	failed    bool
}

// walked is what a walk over a site saw.
type walked struct {
	pages    []string
	items    map[string]bool
	coverage Coverage
}

// walkSite visits a site as the scanner does: the first page alone, then the other
// start pages, then the rest with Ahead of them under way.
func walkSite(t testing.TB, s site, o Options) walked {
	t.Helper()
	f := New(o)
	w := walked{items: map[string]bool{}}
	w.stretch(f, s, 1)
	f.AddSitemap(asLinks(s.sitemap, SourceSitemap))
	w.stretch(f, s, f.Starts())
	w.stretch(f, s, math.MaxInt)
	w.coverage = f.Coverage()
	w.check(t, o)
	return w
}

// stretch visits up to n pages and waits for all of them.
func (w *walked) stretch(f *Frontier, s site, n int) {
	var under []Page
	for n > 0 || len(under) > 0 {
		var p Page
		more := n > 0 && len(under) < Ahead
		if more {
			p, more = f.Next()
		}
		switch {
		case more:
			w.pages, under = append(w.pages, p.URL), append(under, p)
			n--
			continue
		case len(under) == 0:
			return
		}
		w.visit(f, s, under[0])
		under = under[1:]
	}
}

// visit tells the frontier what a page brought.
func (w *walked) visit(f *Frontier, s site, p Page) {
	seen := s.page(p.URL)
	out := Outcome{FinalURL: seen.final, Canonical: seen.canonical, Failed: seen.failed}
	if seen.outline != "" {
		out.Structure = hash(seen.outline)
	}
	for _, i := range seen.items {
		if !w.items[i] {
			w.items[i] = true
			out.NewItems++
		}
	}
	f.Done(p, out)
	f.Add(p, seen.links)
}

// next are the next pages, at most n.
func next(f *Frontier, n int) []Page {
	var list []Page
	for len(list) < n {
		p, ok := f.Next()
		if !ok {
			break
		}
		list = append(list, p)
	}
	return list
}

// check tests what holds for every walk.
func (w walked) check(t testing.TB, o Options) {
	t.Helper()
	seen := map[string]bool{}
	for _, p := range w.pages {
		if seen[p] {
			t.Errorf("%s was visited twice", p)
		}
		seen[p] = true
	}
	c := w.coverage
	sum := c.Visited + c.Pending
	for _, l := range c.LeftOut {
		if slices.Contains([]Reason{LeftMaxPages, LeftPerTemplate, LeftDepth, LeftRobots}, l.Reason) {
			sum += l.Count
		}
		if l.Count <= 0 {
			t.Errorf("left out for %s: %d", l.Reason, l.Count)
		}
	}
	if c.Visited != len(w.pages) || c.Pending != 0 {
		t.Errorf("coverage has %d visited and %d pending, there were %d visits", c.Visited, c.Pending, len(w.pages))
	}
	if i := slices.IndexFunc(c.LeftOut, func(l Left) bool { return l.Reason == LeftLimit }); i < 0 && sum != c.Found {
		t.Errorf("visited and left out are %d, found %d: %+v", sum, c.Found, c.LeftOut)
	}
	for _, l := range [][]string{c.NotVisited, c.Forbidden} {
		if len(l) > MaxSample || !slices.IsSorted(l) {
			t.Errorf("a sample of %d addresses, sorted: %v", len(l), slices.IsSorted(l))
		}
	}
	if o.MaxPages > 0 && len(w.pages) > o.MaxPages {
		t.Errorf("%d visits of at most %d", len(w.pages), o.MaxPages)
	}
}

func asLinks(urls []string, s Source) []Link {
	var list []Link
	for _, u := range urls {
		list = append(list, Link{URL: u, Source: s})
	}
	return list
}

func links(urls ...string) []Link { return asLinks(urls, SourceLink) }

// whole are options for all of a site.
func whole(start string) Options {
	return Options{Bounds: Bounds{Scope: ScopeDomain, Starts: []string{start}}, Depth: -1}
}

// chance is true for one in n, at random but always the same.
func chance(n int, parts ...any) bool { return hash(fmt.Sprint(parts...))%uint64(n) == 0 }
