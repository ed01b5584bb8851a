package crawl

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"cookiescan/scanner/crawl/robots"
)

const start = "https://a.test/"

// tree of pages: address without origin, and where it leads to.
func pagesOf(pages map[string]string, more func(path string, p *served)) site {
	return site{page: func(url string) served {
		path := strings.TrimPrefix(url, "https://a.test")
		p := served{outline: path, links: links(absolute(strings.Fields(pages[path])...)...)}
		if more != nil {
			more(path, &p)
		}
		return p
	}}
}

func absolute(paths ...string) (list []string) {
	for _, p := range paths {
		if strings.HasPrefix(p, "/") {
			p = "https://a.test" + p
		}
		list = append(list, p)
	}
	return list
}

func paths(w walked) string {
	return strings.ReplaceAll(strings.Join(w.pages, " "), "https://a.test", "")
}

func left(c Coverage) string {
	var list []string
	for _, l := range c.LeftOut {
		list = append(list, fmt.Sprintf("%s:%d", l.Reason, l.Count))
	}
	return strings.Join(list, " ")
}

// TestSmallSite visits all of a site of 12 pages: the first alone, then what it
// links to, then the others, of which lists may go before single pages.
func TestSmallSite(t *testing.T) {
	w := walkSite(t, pagesOf(map[string]string{
		"/": "/team /about /news/ /contact#form mailto:x@a.test", "/about": "/about/history / /team", "/news/": "/news/1 /news/2 /news/3 /news/4",
		"/news/4": "/news/5 https://b.test/ /news/", "/about/history": "/imprint",
	}, nil), whole(start))
	if got := paths(w); !strings.HasPrefix(got, "/ /about /contact /news/ /team ") {
		t.Errorf("visited %s", got)
	}
	slices.Sort(w.pages)
	if got := paths(w); got != "/ /about /about/history /contact /imprint /news/ /news/1 /news/2 /news/3 /news/4 /news/5 /team" {
		t.Errorf("visited %s", got)
	}
	if got := left(w.coverage); got != "scheme:1 scope:1" {
		t.Errorf("left out: %s", got)
	}
}

// TestDifferentPages visits all of 300 pages when their outlines differ, even
// below one folder, and all of 100 pages even when they do not.
func TestDifferentPages(t *testing.T) {
	list := strings.Join(spelled("/articles/%s", 300), " ")
	w := walkSite(t, pagesOf(map[string]string{"/": list}, nil), whole(start))
	if len(w.pages) != 301 {
		t.Errorf("%d of 301 different pages", len(w.pages))
	}
	alike := func(path string, p *served) { p.outline = "the same" }
	w = walkSite(t, pagesOf(map[string]string{"/": list}, alike), whole(start))
	if n := len(w.pages); n != 1+DefaultPerTemplate || left(w.coverage) != fmt.Sprintf("per-template:%d", 301-n) {
		t.Errorf("%d of 301 pages alike; left out: %s", n, left(w.coverage))
	}
	w = walkSite(t, pagesOf(map[string]string{"/": strings.Join(spelled("/articles/%s", SmallSite-1), " ")}, alike), whole(start))
	if len(w.pages) != SmallSite {
		t.Errorf("%d of %d pages alike", len(w.pages), SmallSite)
	}
	o := whole(start)
	o.PerTemplate = 5
	w = walkSite(t, pagesOf(map[string]string{"/": strings.Join(spelled("/articles/%s", 50), " ")}, alike), o)
	if len(w.pages) != 6 {
		t.Errorf("%d pages with --per-template 5", len(w.pages))
	}
	o.PerTemplate, o.MaxPages = -1, 250
	w = walkSite(t, pagesOf(map[string]string{"/": list}, alike), o)
	if len(w.pages) != 250 || left(w.coverage) != "max-pages:51" {
		t.Errorf("%d pages without a bound for templates; left out: %s", len(w.pages), left(w.coverage))
	}
}

// TestLinksBeforeSitemap visits what the start page links to before anything
// that only the sitemap knows.
func TestLinksBeforeSitemap(t *testing.T) {
	s := pagesOf(map[string]string{"/": "/x /y /z"}, nil)
	s.sitemap = absolute(append(numbered("/p/%d", 1000), "/a", "/z")...)
	o := whole(start)
	o.MaxPages = 8
	if got := paths(walkSite(t, s, o)); !strings.HasPrefix(got, "/ /x /y /z /p/") {
		t.Errorf("visited %s", got)
	}
}

func TestSeveralStarts(t *testing.T) {
	s := pagesOf(map[string]string{"/": "/x", "/b": "/a"}, nil)
	o := whole(start)
	o.Bounds.Starts = absolute("/", "/b", "/c?utm_source=x", "/b", "/c")
	w := walkSite(t, s, o)
	if got := paths(w); got != "/ /b /c?utm_source=x /a /x" {
		t.Errorf("visited %s", got)
	}
}

func TestDepth(t *testing.T) {
	s := pagesOf(map[string]string{"/": "/a /b", "/a": "/deep /c", "/b": "/c", "/c": "/deep /d"}, nil)
	for depth, want := range map[int]string{0: "/", 1: "/ /a /b", 2: "/ /a /b /c /deep", -1: "/ /a /b /c /deep /d"} {
		o := whole(start)
		o.Depth = depth
		w := walkSite(t, s, o)
		if got := paths(w); got != want {
			t.Errorf("depth %d: %s, want %s", depth, got, want)
		}
	}
	// Known first from too far away, then from nearby.
	f := New(Options{Bounds: Bounds{Scope: ScopeDomain, Starts: []string{start}}, Depth: 1})
	f.Next()
	f.Add(Page{URL: "https://a.test/far", Depth: 5}, links("https://a.test/x"))
	if left(f.Coverage()) != "depth:1" {
		t.Errorf("left out: %s", left(f.Coverage()))
	}
	f.Add(Page{URL: start, Source: SourceStart}, links("https://a.test/x"))
	if p := next(f, 8); len(p) != 1 || p[0].Depth != 1 || left(f.Coverage()) != "" {
		t.Errorf("%+v, left out: %s", p, left(f.Coverage()))
	}
}

func TestBounds(t *testing.T) {
	include, err := Patterns([]string{"/shop/", "/blog/"})
	if err != nil {
		t.Fatal(err)
	}
	exclude, err := Patterns([]string{`\?print`})
	if err != nil {
		t.Fatal(err)
	}
	o := whole("https://www.a.test/")
	o.Bounds.Scope, o.Bounds.Include, o.Bounds.Exclude = ScopeHost, include, exclude
	w := walkSite(t, site{page: func(string) served {
		return served{links: links("https://www.a.test/shop/1", "https://www.a.test/x", "https://www.a.test/blog/2?print", "https://b.a.test/shop/3")}
	}}, o)
	if got := strings.Join(w.pages, " "); got != "https://www.a.test/ https://www.a.test/shop/1" || left(w.coverage) != "exclude:2 scope:1" {
		t.Errorf("visited %s, left out %s", got, left(w.coverage))
	}
	if _, err := Patterns([]string{"a", "("}); err == nil || !strings.Contains(err.Error(), `"("`) {
		t.Errorf("a broken pattern: %v", err)
	}
	if why := (Bounds{}).Check(start); why != LeftScope {
		t.Errorf("without bounds: %q", why)
	}
}

// TestSameePage visits a page once, whatever its addresses.
func TestSamePage(t *testing.T) {
	s := pagesOf(map[string]string{
		"/": "/old /a?x=1&y=2 /a?y=2&x=1 /a?x=1&y=2&gclid=7 /list?page=1 /canon/1 /q", "/new": "", "/q": "/new /list /canon/2 /other",
	}, func(path string, p *served) {
		switch path {
		case "/old": // redirects, and is worth one visit
			p.final = "https://a.test/new"
		case "/list?page=1":
			p.canonical = "https://a.test/list"
		case "/canon/1": // of the same template
			p.canonical = "https://a.test/canon/2"
		case "/q": // of another: not believed
			p.canonical = "https://a.test/other"
		}
	})
	w := walkSite(t, s, whole(start))
	if got := paths(w); got != "/ /a?x=1&y=2 /canon/1 /list?page=1 /old /q /other" {
		t.Errorf("visited %s", got)
	}
	if got := left(w.coverage); got != "duplicate:3" {
		t.Errorf("left out: %s", got)
	}
}

func TestSamePageFoundBefore(t *testing.T) {
	s := pagesOf(map[string]string{"/": "/old /new /far", "/old": "", "/new": ""}, func(path string, p *served) {
		if path == "/far" {
			p.final = "https://b.test/"
		} else if path == "/" {
			p.final = "https://a.test/new"
		}
	})
	w := walkSite(t, s, whole(start))
	if got := paths(w); got != "/ /far /old" || left(w.coverage) != "duplicate:1" {
		t.Errorf("visited %s, left out %s", got, left(w.coverage))
	}
}

func TestRobots(t *testing.T) {
	f := New(whole(start))
	rules := robots.Parse(strings.NewReader("User-agent: *\nDisallow: /private\nDisallow: /$"))
	if got := f.Origins(); !slices.Equal(got, []string{"https://a.test"}) {
		t.Errorf("origins %q", got)
	}
	f.SetRobots("https://a.test", rules)
	if p := next(f, 8); len(p) != 1 || len(f.Origins()) != 0 {
		t.Errorf("the start page is visited whatever robots.txt says: %v", p)
	}
	f.Add(Page{URL: start, Source: SourceStart}, links("https://a.test/x", "https://a.test/private/1", "https://b.a.test/private/2", "https://b.a.test/y"))
	if got := f.Origins(); !slices.Equal(got, []string{"https://b.a.test"}) {
		t.Errorf("origins %q", got)
	}
	f.SetRobots("https://b.a.test", rules)
	f.SetRobots("https://c.a.test", nil)
	var got []string
	for _, p := range next(f, 8) {
		got = append(got, p.URL)
	}
	if !slices.Equal(got, []string{"https://a.test/x", "https://b.a.test/y"}) {
		t.Errorf("visited %q", got)
	}
	c := f.Coverage()
	if !slices.Equal(c.Forbidden, []string{"https://a.test/private/1", "https://b.a.test/private/2"}) || left(c) != "robots:2" || c.Found != 5 {
		t.Errorf("%+v", c)
	}
}

func TestFixed(t *testing.T) {
	var list []Page
	for _, u := range []string{"https://a.test/", "https://b.test/", "https://a.test/1", "https://a.test/2"} {
		list = append(list, Page{URL: u, Depth: 1, Source: SourceLink})
	}
	f := New(Options{Fixed: list, MaxPages: 2, Bounds: Bounds{Starts: []string{start}}})
	var got []Page
	for f.More() {
		p, _ := f.Next()
		f.Done(p, Outcome{FinalURL: "https://a.test/2"})
		f.Add(p, links("https://a.test/3"))
		got = append(got, p)
	}
	if !slices.Equal(got, list) || f.Coverage().Visited != 4 || f.Coverage().Found != 4 {
		t.Errorf("visited %v", got)
	}
	if f := New(Options{Fixed: []Page{}}); f.More() || len(next(f, 1)) > 0 {
		t.Error("an empty list is a list")
	}
}

// TestFailedPages ends a template whose pages all fail.
func TestFailedPages(t *testing.T) {
	w := walkSite(t, pagesOf(map[string]string{"/": strings.Join(numbered("/p/%d", 500), " ")}, func(path string, p *served) {
		p.failed = path != "/"
	}), whole(start))
	if len(w.pages) != 1+DefaultPerTemplate {
		t.Errorf("%d visits", len(w.pages))
	}
}

// TestLanguageTurns spreads the visits of a template over its languages.
func TestLanguageTurns(t *testing.T) {
	var list []string
	for _, l := range []string{"", "/de", "/fr", "/it", "/es", "/nl"} {
		list = append(list, numbered(l+"/p/%d", 200)...)
		list = append(list, l+"/")
	}
	w := walkSite(t, pagesOf(map[string]string{"/": strings.Join(list, " ")}, func(_ string, p *served) { p.outline = "same" }), whole(start))
	count := map[string]int{}
	for _, c := range w.coverage.Templates {
		count[c.Template] = c.Visited
	}
	for _, l := range []string{"", "/de", "/fr", "/it", "/es", "/nl"} {
		if n := count["a.test"+l+"/p/{n}"]; n < 5 || n > 8 {
			t.Errorf("%q: %d visits: %v", l, n, count)
		}
		if count["a.test"+l+"/"] != 1 {
			t.Errorf("the first page of %q was not visited: %v", l, count)
		}
	}
}

// TestDeterminism tells links and sitemaps in other orders.
func TestDeterminism(t *testing.T) {
	shop := newShop(300, 3)
	var want []string
	for seed := range uint64(4) {
		shuffled := func(list []Link) []Link {
			rand.New(rand.NewPCG(seed, 1)).Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
			return list
		}
		s := site{sitemap: shop.sitemap(), page: func(url string) served {
			p := shop.serve(url)
			p.links = shuffled(p.links)
			return p
		}}
		slices.Reverse(s.sitemap)
		w := walkSite(t, s, whole(shopURL+"/"))
		if want == nil {
			want = w.pages
		}
		for i := range want {
			if i >= len(w.pages) || w.pages[i] != want[i] {
				t.Fatalf("seed %d: visit %d differs from %s", seed, i, want[i])
			}
		}
	}
}
