package crawl

import (
	"slices"
	"strings"
	"testing"
)

func TestCoverage(t *testing.T) {
	o := whole(start)
	o.MaxPages = 50
	w := walkSite(t, pagesOf(map[string]string{
		"/": "/about /de/ " + strings.Join(numbered("/p/%d", 400), " ") + " " + strings.Join(numbered("/de/p/%d", 20), " ") + " /cal?month=1",
	}, func(_ string, p *served) { p.outline = "same" }), o)
	rows := w.coverage.Templates
	if !slices.IsSortedFunc(rows, func(a, b TemplateCoverage) int { return strings.Compare(a.Template, b.Template) }) {
		t.Errorf("rows are not sorted: %+v", rows)
	}
	found, visited := 0, 0
	for _, r := range rows {
		found, visited = found+r.Found, visited+r.Visited
		if len(r.Sample) == 0 || len(r.Sample) > maxShown || r.Structures > 1 {
			t.Errorf("%+v", r)
		}
	}
	if found != w.coverage.Found || visited != w.coverage.Visited || len(rows) != 6 {
		t.Errorf("%d rows, %d found, %d visited: %+v", len(rows), found, visited, w.coverage)
	}
	if len(w.coverage.NotVisited) == 0 || !strings.Contains(left(w.coverage), "per-template:") {
		t.Errorf("not visited %q, left out %s", w.coverage.NotVisited, left(w.coverage))
	}
}

// TestInterrupted counts what was still to come apart from what was left out.
func TestInterrupted(t *testing.T) {
	f := New(whole(start))
	f.Next()
	f.Add(Page{URL: start, Source: SourceStart}, links(absolute(append(numbered("/p/%d", 200), "/a", "/b")...)...))
	next(f, 8)
	c := f.Coverage()
	if c.Visited != 9 || c.Found != 203 || c.Pending != DefaultPerTemplate+3-9 || left(c) != "per-template:170" {
		t.Errorf("visited %d, pending %d, found %d, left out %s", c.Visited, c.Pending, c.Found, left(c))
	}
	if !f.More() || f.Left() != c.Pending {
		t.Errorf("%d left", f.Left())
	}
}

func TestManyTemplates(t *testing.T) {
	var list []string
	for _, first := range spelled("/%s", maxFirst) {
		for _, second := range spelled(first+"/%s", maxWords) {
			list = append(list, spelled(second+"/%s", maxWords)...)
		}
	}
	o := whole(start)
	o.MaxPages = 20
	w := walkSite(t, pagesOf(map[string]string{"/": strings.Join(list, " ")}, nil), o)
	if len(w.coverage.Templates) != MaxTemplates || w.coverage.TemplatesLeft != len(list)+1-MaxTemplates || len(w.coverage.NotVisited) != MaxSample {
		t.Errorf("%d rows, %d left, %d not visited", len(w.coverage.Templates), w.coverage.TemplatesLeft, len(w.coverage.NotVisited))
	}
}
