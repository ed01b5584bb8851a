package walk_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"cookiescan/scanner/crawl"
	"cookiescan/scanner/crawl/control"
	"cookiescan/scanner/walk"
)

// files answers requests for robots.txt and sitemaps; what it lacks is 404.
type files map[string]string

func (f files) fetch(_ context.Context, address string) (*http.Response, error) {
	u, err := url.Parse(address)
	if err != nil {
		return nil, err
	}
	text, ok := f[strings.TrimPrefix(address, "https://x.test")]
	resp := &http.Response{StatusCode: 200, Header: http.Header{"Content-Type": {"text/plain"}}, Body: io.NopCloser(strings.NewReader(text)), Request: &http.Request{URL: u}}
	switch {
	case text == "unreachable":
		return nil, errors.New("no route")
	case !ok:
		resp.StatusCode = 404
	}
	return resp, nil
}

const sitemapXML = `<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<url><loc>https://x.test/a</loc></url><url><loc>https://x.test/orphan</loc></url><url><loc>https://elsewhere.test/</loc></url></urlset>`

// TestGuide: links come before sitemaps, what robots.txt forbids is listed and
// not visited, the start page is visited in any case.
func TestGuide(t *testing.T) {
	site := map[string]fakePage{"/": {links: []string{"/private/x", "/b"}}, "/a": {}, "/b": {}, "/orphan": {}, "/private/x": {}}
	robots := "User-agent: *\nDisallow: /private/\n"
	for _, c := range []struct {
		name   string
		files  files
		change func(*walk.Options)
		pages  []string
		rows   []string
	}{
		{"usual place", files{"/robots.txt": robots, "/sitemap.xml": sitemapXML}, nil, []string{"/", "/b", "/a", "/orphan"}, nil},
		{"named", files{"/robots.txt": robots + "Sitemap: https://x.test/map\n", "/map": sitemapXML}, nil, []string{"/", "/b", "/a", "/orphan"}, nil},
		{"given", files{"/mine": sitemapXML}, func(o *walk.Options) { o.Sitemaps = []string{"https://x.test/mine"} }, []string{"/", "/b", "/private/x", "/a", "/orphan"}, nil},
		{"off", files{"/sitemap.xml": sitemapXML}, func(o *walk.Options) { o.NoSitemaps = true }, []string{"/", "/b", "/private/x"}, nil},
		{"ignored", files{"/robots.txt": robots}, func(o *walk.Options) { o.IgnoreRobots = true }, []string{"/", "/b", "/private/x"}, nil},
		{"all forbidden", files{"/robots.txt": "User-agent: *\nDisallow: /\n"}, nil, []string{"/"}, nil},
		{
			"given and missing",
			files{},
			func(o *walk.Options) { o.Sitemaps = []string{"https://x.test/mine"} },
			[]string{"/", "/b", "/private/x"},
			[]string{"sitemap-unread none /mine"},
		},
		{"unreachable", files{"/robots.txt": "unreachable"}, nil, []string{"/"}, []string{"robots-unread none /robots.txt"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			o := options(&fakeBrowser{pages: site})
			o.Fetch = c.files.fetch
			if c.change != nil {
				c.change(&o)
			}
			doc := run(t.Context(), t, o)
			want(t, "pages", pages(doc.Passes[0]), c.pages...)
			var have []string
			for _, r := range rows(doc) {
				have = append(have, strings.SplitN(r, ":", 2)[0])
			}
			want(t, "incomplete", have, c.rows...)
			if strings.Contains(c.name, "usual") {
				want(t, "forbidden", doc.Coverage.Forbidden, "https://x.test/private/x")
				if len(doc.Coverage.Sitemaps) != 1 || doc.Coverage.Sitemaps[0].Found != 3 {
					t.Errorf("sitemaps %+v", doc.Coverage.Sitemaps)
				}
			}
		})
	}
}

// TestSamePages: later passes walk the pages of the first, whatever they link to.
func TestSamePages(t *testing.T) {
	b := &fakeBrowser{pages: map[string]fakePage{"/": {links: []string{"/a", "/b"}}, "/a": {links: []string{"/c"}}, "/b": {}, "/c": {}}}
	asked := 0
	o := options(b)
	o.Phases, o.MaxPages = []string{"none", "gpc"}, 3
	o.Fetch = func(context.Context, string) (*http.Response, error) {
		asked++
		return files{}.fetch(t.Context(), "https://x.test/")
	}
	doc := run(t.Context(), t, o)
	for _, p := range doc.Passes {
		want(t, p.Phase, pages(p), "/", "/a", "/b")
	}
	if asked != 2 {
		t.Errorf("asked %d times for robots.txt and the sitemap", asked)
	}
}

// TestInterruptedAsking: a scan that ends while it asks for a robots.txt tells that
// it was interrupted, and not that the file could not be read.
func TestInterruptedAsking(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	o := options(&fakeBrowser{pages: map[string]fakePage{"/": {links: []string{"https://b.x.test/y"}}}})
	o.Bounds.Scope = crawl.ScopeDomain
	o.Fetch = func(ctx context.Context, address string) (*http.Response, error) {
		if strings.HasPrefix(address, "https://b.x.test/") {
			cancel()
			return nil, ctx.Err()
		}
		return files{}.fetch(ctx, address)
	}
	want(t, "incomplete", rows(run(ctx, t, o)), "interrupted none : the scan was interrupted before this pass was done")
}

// TestCrawlDelay: the pause that robots.txt asks for lies between all visits.
func TestCrawlDelay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := &fakeBrowser{pages: map[string]fakePage{"/": {links: []string{"/a", "/b", "/c"}}, "/a": {}, "/b": {}, "/c": {}}}
		o := options(b)
		o.Workers = 4
		o.Fetch = files{"/robots.txt": "User-agent: *\nCrawl-delay: 7\n"}.fetch
		began := time.Now()
		run(t.Context(), t, o)
		if took := time.Since(began); took != 14*time.Second && took != 21*time.Second {
			t.Errorf("four pages took %v", took)
		}
	})
}

// TestComeBack: a server that asks to come back later is obeyed, within limits.
func TestComeBack(t *testing.T) {
	for _, c := range []struct {
		name         string
		busy         int // answers before the page comes
		after        string
		took         time.Duration
		visits, rows int
	}{
		{"seconds", 1, "30", 30 * time.Second, 2, 0},
		{"nothing said", 2, "", 10 * time.Second, 3, 0},
		{"always busy", 9, "10", 20 * time.Second, 3, 1},
		{"too long", 9, "86400", 0, 1, 1},
		{"nonsense", 1, "soon", 5 * time.Second, 2, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b := &fakeBrowser{}
				asked := 0
				b.pages = map[string]fakePage{"/": {links: []string{"/busy"}}, "/busy": {cookie: "c"}}
				b.answer = func(path string) (int, string) {
					if path != "/busy" {
						return 200, ""
					}
					if asked++; asked > c.busy {
						return 200, ""
					}
					return 429, c.after
				}
				began := time.Now()
				doc := run(t.Context(), t, options(b))
				if took := time.Since(began); took != c.took {
					t.Errorf("took %v", took)
				}
				if asked != c.visits || len(doc.Incomplete) != c.rows || len(doc.Passes[0].Pages) != 2 {
					t.Errorf("%d visits, incomplete %v, pages %+v", asked, doc.Incomplete, doc.Passes[0].Pages)
				}
			})
		})
	}
}

// TestInteract: what only shows something is pressed, the same thing on two
// pages at most, and where it led is found.
func TestInteract(t *testing.T) {
	menu := walk.Control{Handle: "menu", Name: "Menu", Role: "button", Tag: "button", Expanded: "false"}
	buy := walk.Control{Handle: "buy", Name: "Buy now", Role: "button", Tag: "button"}
	cookie := walk.Control{Handle: "ok", Name: "Show details", Role: "button", Tag: "button", Expanded: "false", Consent: true}
	page := fakePage{controls: []walk.Control{menu, buy, cookie}, links: []string{"/a", "/b", "/c"}}
	b := &fakeBrowser{pages: map[string]fakePage{"/": page, "/a": page, "/b": page, "/c": page}}
	o := options(b)
	o.Interact, o.Workers = control.Safe, 1
	doc := run(t.Context(), t, o)
	presses := b.calls("press")
	for _, p := range presses {
		if !strings.HasPrefix(p, "press menu ") {
			t.Error(p)
		}
	}
	if len(presses) != 4 && len(presses) != 2 {
		t.Errorf("presses %v", presses)
	}
	if c := doc.Coverage.Controls; c == nil || c.Pressed != len(presses) || len(c.Left) == 0 {
		t.Errorf("controls %+v", c)
	}
	want(t, "stations", b.calls("enter interaction /a"), "enter interaction /a")
}

// Where nothing may be pressed, nothing comes of a press.
func TestNothingPressed(t *testing.T) {
	buy := walk.Control{Handle: "buy", Name: "Buy now", Role: "button", Tag: "button"}
	b := &fakeBrowser{pages: map[string]fakePage{"/": {controls: []walk.Control{buy}}}}
	o := options(b)
	o.Interact = control.Safe
	if run(t.Context(), t, o); len(b.calls("press")) > 0 {
		t.Fatal("pressed what buys")
	}
	if list := b.calls("enter interaction"); len(list) > 0 {
		t.Error(list)
	}
}

// TestSources: where an address came from is told.
func TestSources(t *testing.T) {
	b := &fakeBrowser{pages: map[string]fakePage{
		"/": {links: []string{"/link"}, contents: walk.Contents{
			Routes: []string{"https://x.test/#/route"}, Next: []string{"https://x.test/page/2"},
			Alternates: []string{"https://x.test/de/"}, Canonical: "https://x.test/home",
		}},
	}}
	doc := run(t.Context(), t, options(b))
	have := map[string]bool{}
	for _, p := range doc.Passes[0].Pages {
		have[fmt.Sprint(p.Source, " ", strings.TrimPrefix(p.URL, "https://x.test"))] = true
	}
	for _, w := range []string{"start /", "link /link", "route /#/route", "next /page/2", "alternate /de/", "canonical /home"} {
		if !have[w] {
			t.Errorf("%s is missing in %v", w, have)
		}
	}
}
