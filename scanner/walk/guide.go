package walk

import (
	"context"
	"fmt"
	"io"
	"net/url"
	"slices"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"cookiescan/scanner"
	"cookiescan/scanner/crawl"
	"cookiescan/scanner/crawl/robots"
	"cookiescan/scanner/crawl/sitemap"
)

const (
	robotsTime   = 10 * time.Second // for one robots.txt
	sitemapTime  = 20 * time.Second // for all sitemaps of a site
	robotsAtOnce = 4
)

// guide is what the site says about how it is to be crawled: robots.txt of
// each origin, and its sitemaps. Passes after the first walk the same pages and
// need it for the pauses only.
type guide struct {
	o     Options
	rules map[string]*robots.Rules // by origin
	mu    sync.Mutex
}

func newGuide(o Options) *guide { return &guide{o: o, rules: map[string]*robots.Rules{}} }

// robots fetches the rules of origins, several at a time.
func (g *guide) robots(ctx context.Context, origins []string) {
	var group errgroup.Group
	group.SetLimit(robotsAtOnce)
	for _, origin := range origins {
		group.Go(func() error {
			r := g.fetchRobots(ctx, origin)
			g.mu.Lock()
			defer g.mu.Unlock()
			g.rules[origin] = r
			return nil
		})
	}
	_ = group.Wait() // none fails: what cannot be read is a rule too
}

func (g *guide) fetchRobots(ctx context.Context, origin string) *robots.Rules {
	ctx, cancel := context.WithTimeout(ctx, robotsTime)
	defer cancel()
	resp, err := g.o.Fetch(ctx, origin+"/robots.txt")
	if err != nil {
		return robots.Unreachable()
	}
	defer resp.Body.Close() //nolint:errcheck // it was read as far as it counts
	return robots.Read(resp.StatusCode, resp.Body)
}

// MayVisit tells whether robots.txt lets crawlers visit an address, as it is
// respected by a walk. One that failed lets nobody in (RFC 9309 section 2.3.1.4).
func MayVisit(ctx context.Context, fetch Fetch, address string) bool {
	g := newGuide(Options{Fetch: fetch})
	return g.fetchRobots(ctx, originOf(address)).Allowed(address)
}

// sitemaps reads those that the user gave, that robots.txt names, or the usual
// place of each start origin when nobody names any.
func (g *guide) sitemaps(ctx context.Context, starts []string) sitemap.Result {
	list := slices.Clone(g.o.Sitemaps)
	for _, origin := range starts {
		list = append(list, g.rules[origin].Sitemaps()...)
	}
	if len(list) == 0 {
		for _, origin := range starts {
			list = append(list, origin+"/sitemap.xml")
		}
	}
	ctx, cancel := context.WithTimeout(ctx, sitemapTime)
	defer cancel()
	return sitemap.Read(ctx, list, sitemap.Options{Fetch: g.fetchSitemap, Keep: func(u string) bool {
		n, ok := crawl.Normalize(u)
		return ok && g.o.Bounds.Check(n) == ""
	}})
}

func (g *guide) fetchSitemap(ctx context.Context, address string) (io.ReadCloser, sitemap.Header, error) {
	resp, err := g.o.Fetch(ctx, address)
	if err != nil {
		return nil, sitemap.Header{}, err
	}
	h := sitemap.Header{Status: resp.StatusCode}
	if resp.Request != nil && resp.Request.URL != nil {
		h.FinalURL = resp.Request.URL.String()
	}
	return resp.Body, h, nil
}

// consult asks the site about itself while its start page is visited, which
// is visited in any case.
func (w *passWalk) consult(ctx context.Context) (ended func()) {
	starts := w.startOrigins()
	switch s := w.scan; {
	case s.o.Fetch == nil, s.fixed != nil:
		return func() {}
	case s.guided: // for a pass that ended with its first page
		return func() {
			w.obey(ctx, starts)
			w.frontier.AddSitemap(s.listed)
		}
	}
	w.scan.guided = true
	var found sitemap.Result
	var done sync.WaitGroup
	done.Go(func() {
		w.scan.guide.robots(ctx, starts)
		if !w.scan.o.NoSitemaps {
			found = w.scan.guide.sitemaps(ctx, starts)
		}
	})
	return func() {
		w.waits("robots.txt and sitemaps")
		done.Wait()
		w.obey(ctx, starts)
		w.adopt(found)
	}
}

func (w *passWalk) startOrigins() []string {
	var list []string
	for _, s := range w.scan.o.Start {
		if o := originOf(s); o != "" && !slices.Contains(list, o) {
			list = append(list, o)
		}
	}
	return list
}

// learn asks the origins that links led to for their rules, before any page of
// theirs is visited.
func (w *passWalk) learn(ctx context.Context) {
	if w.scan.o.Fetch == nil || ctx.Err() != nil {
		return
	}
	origins := w.frontier.Origins()
	var ask []string
	for _, o := range origins {
		if _, known := w.scan.guide.rules[o]; !known {
			ask = append(ask, o)
		}
	}
	if len(ask) > 0 {
		w.scan.guide.robots(ctx, ask)
	}
	w.obey(ctx, origins)
}

// obey tells the frontier and the pace what origins ask for. What could not be
// asked because the scan was ended is no gap.
func (w *passWalk) obey(ctx context.Context, origins []string) {
	if ctx.Err() != nil {
		return
	}
	for _, o := range origins {
		r := w.scan.guide.rules[o]
		w.scan.pace.every(o, r.CrawlDelay())
		if w.scan.o.IgnoreRobots {
			w.frontier.SetRobots(o, nil)
			continue
		}
		w.frontier.SetRobots(o, r)
		if p := r.Problem(); p != "" && !r.Allowed(o+"/") {
			if !w.reached(o) {
				continue // the host is not there: its pages say so
			}
			w.scan.incomplete(scanner.RobotsUnread, w.phase, o+"/robots.txt", p+"; only start pages of this host were visited; --robots ignore visits them all")
		} else if p != "" {
			w.scan.note("robots", w.phase, o+"/robots.txt", p, 1)
		}
	}
}

// reached tells whether a page of an origin was loaded, or none was tried yet.
func (w *passWalk) reached(origin string) bool {
	tried := false
	for _, p := range w.result.Pages {
		if originOf(p.URL) == origin {
			tried = true
			if p.Error == "" {
				return true
			}
		}
	}
	return !tried
}

// adopt takes the sitemaps' addresses into the frontier.
func (w *passWalk) adopt(found sitemap.Result) {
	var links []crawl.Link
	for _, u := range found.URLs {
		l := crawl.Link{URL: u.Loc, Source: crawl.SourceSitemap}
		if u.Alternate {
			l.Source = crawl.SourceAlternate
		}
		links = append(links, l)
	}
	w.scan.listed = links
	w.frontier.AddSitemap(links)
	for _, f := range found.Files {
		w.scan.sitemaps = append(w.scan.sitemaps, scanner.Sitemap{URL: f.URL, Found: f.Found, Problem: f.Problem})
		if f.Problem != "" && slices.Contains(w.scan.o.Sitemaps, f.URL) {
			w.scan.incomplete(scanner.SitemapUnread, w.phase, f.URL, f.Problem)
		}
	}
	if found.Dropped > 0 {
		w.scan.note("sitemap-limit", w.phase, "", fmt.Sprintf("%d further addresses of sitemaps were not kept", found.Dropped), 1)
	}
}

func originOf(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return ""
	}
	return u.Scheme + "://" + u.Host
}
