package crawl

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"
)

// trap is a site of ten ordinary pages and of something without end.
func trap(endless func(path string) string) site {
	ordinary := strings.Join(spelled("/page/%s", 8), " ") + " /about"
	return pagesOf(nil, func(path string, p *served) {
		p.outline = "trap"
		if path == "/" || strings.HasPrefix(path, "/page/") || path == "/about" {
			p.outline = path
			p.links = links(absolute(strings.Fields(ordinary)...)...)
			if path != "/about" { // the way to the others leads past the trap
				p.links = nil
			}
		}
		if path == "/" {
			p.links = links("https://a.test/about")
		}
		p.links = append(p.links, links(absolute(strings.Fields(endless(path))...)...)...)
	})
}

func TestTraps(t *testing.T) {
	for name, c := range map[string]struct {
		endless func(path string) string
		most    int // visits
	}{
		"calendar": {func(path string) string {
			var year, month int
			if _, err := fmt.Sscanf(path, "/cal?month=%d-%d", &year, &month); err != nil {
				return "/cal?month=2026-1"
			}
			n := year*12 + month
			return fmt.Sprintf("/cal?month=%d-%d /cal?month=%d-%d", n/12, n%12+1, (n-2)/12, (n-2)%12+1)
		}, 25},
		"calendar in the path": {func(path string) string {
			var year, month int
			if _, err := fmt.Sscanf(path, "/cal/%d/%d/", &year, &month); err != nil {
				return "/cal/2026/01/"
			}
			return fmt.Sprintf("/cal/%d/%02d/", year+month/12, month%12+1)
		}, 25},
		"pages of a list": {func(path string) string {
			n := 1
			_, _ = fmt.Sscanf(path, "/list?page=%d", &n)
			return fmt.Sprintf("/list?page=%d", n+1)
		}, 25},
		"session ids": {func(path string) string {
			return fmt.Sprintf("/?PHPSESSID=%016x1 /about;jsessionid=%016x2 /x?sid=%016x3", hash(path), hash(path), hash(path))
		}, 12},
		"session ids of an unknown name": {func(path string) string {
			id := fmt.Sprintf("%016x1", hash(path))
			return "/?zx=" + id + " /about?zx=" + id + strings.ReplaceAll(strings.Join(spelled(" /page/%s?zx=", 8), ""), "=", "="+id)
		}, 60},
		"ids of clicks": {func(path string) string {
			list := ""
			for i := range 12 {
				list += fmt.Sprintf(" /page/%s?click=%016x%x", string(rune('k'+i)), hash(path+fmt.Sprint(i)), i)
			}
			return list
		}, 80},
		"tracking": {func(path string) string {
			return fmt.Sprintf("/?utm_source=%d /about?gclid=%d", hash(path), hash(path))
		}, 10},
		"paths that repeat": {func(path string) string {
			if path == "/" {
				return "/a/b/"
			}
			if strings.HasPrefix(path, "/a/") {
				return path + "a/b/"
			}
			return ""
		}, 25},
		"paths without end": {func(path string) string {
			if path == "/" {
				return "/x/"
			}
			if strings.HasPrefix(path, "/x/") {
				return fmt.Sprintf("%sw%d/", path, len(path))
			}
			return ""
		}, 120},
		"many parameters": {func(path string) string {
			return fmt.Sprintf("/s?p%d=1&q%d=2 /s?r%d=1", hash(path)%1000, hash(path)%77, hash(path+"r")%1000)
		}, 120},
		"hosts":          {func(path string) string { return fmt.Sprintf("https://h%d.a.test/", hash(path)%1_000_000) }, 300},
		"fragments":      {func(path string) string { return fmt.Sprintf("/#/%d /#top%d", hash(path), hash(path)) }, 120},
		"long addresses": {func(path string) string { return "/" + strings.Repeat("x", MaxAddress) }, 10},
	} {
		w := walkSite(t, trap(c.endless), whole(start))
		got := map[string]bool{}
		for _, p := range w.pages {
			p, _, _ = strings.Cut(p, "?zx=") // not known to be the same yet
			got[p] = true
		}
		for _, p := range absolute(append(spelled("/page/%s", 8), "/", "/about")...) {
			if !got[p] {
				t.Errorf("%s: %s was not visited", name, p)
			}
		}
		if len(w.pages) > c.most {
			t.Errorf("%s: %d visits, want %d at most", name, len(w.pages), c.most)
		}
		t.Logf("%s: %d visits", name, len(w.pages))
	}
}

// TestTrapLeavesRoom has a trap of ever new templates beside a large site,
// within a small number of visits.
func TestTrapLeavesRoom(t *testing.T) {
	o := whole(start)
	o.MaxPages = 60
	w := walkSite(t, pagesOf(nil, func(path string, p *served) {
		p.outline = strings.Split(path+"/x", "/")[1]
		switch {
		case path == "/":
			p.links = links(absolute("/x/", "/a/1", "/b/1", "/c/1")...)
		case strings.HasPrefix(path, "/x/"):
			p.links = links(absolute(path+"y"+fmt.Sprint(len(path))+"/z", path+"w"+fmt.Sprint(len(path))+"/")...)
		default:
			p.links = links(absolute(numbered(path[:3]+"%d", 100)...)...)
		}
	}), o)
	trapped := 0
	for _, p := range w.pages {
		if strings.Contains(p, "/x/") {
			trapped++
		}
	}
	if trapped > 20 {
		t.Errorf("%d of %d visits are in the trap", trapped, len(w.pages))
	}
}

// million is a site whose pages have 10,000 links each, in all shapes.
func million(f *Frontier, total int) {
	for i := 0; i < total; i += MaxLinks {
		page := make([]Link, MaxLinks)
		for k := range page {
			n := i + k
			page[k] = Link{URL: fmt.Sprintf("https://a.test/%s/%s-%s-%d?p%d=%d", shopKinds[n%20], shopBrands[n%25], shopColors[n%12], n, n%3, n), Source: SourceLink}
		}
		f.Add(Page{URL: fmt.Sprintf("https://a.test/%d", i), Depth: 1}, page)
	}
}

func TestMillionLinks(t *testing.T) {
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	f := New(whole(start))
	f.Next()
	began := time.Now()
	million(f, 600_000)
	f.Add(Page{URL: start}, make([]Link, MaxLinks+5))
	for _, p := range next(f, 160) {
		f.Done(p, Outcome{Structure: hash(p.URL[:16])})
	}
	took := time.Since(began)
	c := f.Coverage()
	runtime.GC()
	runtime.ReadMemStats(&after)
	grown := (int64(after.HeapAlloc) - int64(before.HeapAlloc)) >> 20
	t.Logf("%v, %d MB, found %d, left out %s", took, grown, c.Found, left(c))
	if grown > 40 {
		t.Errorf("the heap grew by %d MB", grown)
	}
	if c.Found < maxKnown-10_000 || !strings.Contains(left(c), "limit:") {
		t.Errorf("found %d, left out %s", c.Found, left(c))
	}
	runtime.KeepAlive(f)
}

func BenchmarkMillionLinks(b *testing.B) {
	for b.Loop() {
		million(New(whole(start)), 1_000_000)
	}
}

func BenchmarkKnownLinks(b *testing.B) {
	f := New(whole(start))
	million(f, 100_000)
	for b.Loop() {
		million(f, 100_000)
	}
}

func BenchmarkNext(b *testing.B) {
	for b.Loop() {
		o := whole(start)
		o.MaxPages, o.PerTemplate = 2000, -1
		f := New(o)
		f.Next()
		million(f, 100_000)
		for f.More() {
			for _, p := range next(f, Ahead) {
				f.Done(p, Outcome{})
			}
		}
	}
}
