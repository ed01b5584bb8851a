package walk_test

import (
	"context"
	"errors"
	"fmt"
	"net/netip"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"cookiescan/scanner"
	"cookiescan/scanner/egress"
	"cookiescan/scanner/ledger"
	"cookiescan/scanner/walk"
)

// TestStations looks at the order of what is done with one page.
func TestStations(t *testing.T) {
	b := &fakeBrowser{pages: map[string]fakePage{"/": {}}}
	doc := run(t.Context(), t, options(b))
	want(t, "calls", b.calls(""),
		"profile none", "load /", "enter timer /", "settles / for 45s", "settle /", "links /",
		"enter scroll /", "scroll /", "settles / for 10s", "settle /", "links /", "look /",
		"enter pagehide /", "hide /", "close /", "jar", "jar", "log", "end")
	p := doc.Passes[0].Pages[0]
	if !doc.Complete || p.ID != "none/1" || p.Title != "page /" || p.Status != 200 || p.Source != "start" || p.Error != "" {
		t.Errorf("complete %v, page %+v", doc.Complete, p)
	}
}

// TestStill: a page that is left alone is looked at before it is closed, and
// nothing is done to it.
func TestStill(t *testing.T) {
	b := &fakeBrowser{}
	b.pages = map[string]fakePage{"/": {at: func(station string) {
		if station == "settle" { // a script, which nobody watches
			b.jar = []ledger.JarCookie{{Key: ledger.Key{Name: "id", Domain: "x.test", HostOnly: true, Path: "/"}, Value: "1"}}
		}
	}}}
	o := options(b)
	o.Still, o.Settle = true, time.Second
	doc := run(t.Context(), t, o)
	want(t, "calls", b.calls(""),
		"profile none", "load /", "enter timer /", "settles / for 1s", "settle /", "links /", "look /", "jar", "close /", "jar", "jar", "log", "end")
	if w := doc.Cookies[0].Writes[0]; w.Via != scanner.ViaUnknown || w.Trigger != scanner.OnTimer || w.Page != "none/1" {
		t.Errorf("write %+v", w)
	}
}

// TestUnreadWorkers: a service worker whose headers nobody saw makes a pass
// incomplete, whichever page it belongs to.
func TestUnreadWorkers(t *testing.T) {
	doc := run(t.Context(), t, options(&fakeBrowser{pages: map[string]fakePage{"/": {}}, unread: []string{"https://x.test/sw.js"}}))
	if doc.Complete || len(doc.Incomplete) != 1 || doc.Incomplete[0].Code != scanner.ServiceWorkerUnread || doc.Incomplete[0].Pass != "none" || !strings.Contains(doc.Incomplete[0].Detail, "https://x.test/sw.js") {
		t.Errorf("complete %v, %+v", doc.Complete, doc.Incomplete)
	}
}

// TestWall: what stands before a page is no page. It is neither used nor asked
// for a banner, nor visited again at once; the pages behind are.
func TestWall(t *testing.T) {
	b := &fakeBrowser{pages: map[string]fakePage{
		"/":  {links: []string{"/a"}, status: 429, contents: walk.Contents{Answer: walk.Answer{Status: 429, Headers: map[string]string{"x-vercel-mitigated": "challenge"}}}},
		"/a": {status: 403, contents: walk.Contents{Answer: walk.Answer{Status: 200}}},
	}}
	doc := run(t.Context(), t, options(b))
	want(t, "calls", b.calls("load", "scroll", "close"), "load /", "close /", "load /a", "scroll /a", "close /a")
	gap := scanner.Incomplete{Code: scanner.BotWall, Pass: "none", Page: "https://x.test/", Detail: "Vercel asks for proof that the visitor is a person, in place of the page"}
	if len(doc.Incomplete) != 1 || doc.Incomplete[0] != gap || doc.Passes[0].Pages[0].Error != gap.Detail {
		t.Errorf("incomplete %+v", doc.Incomplete)
	}
	if p := doc.Passes[0].Pages[1]; p.Status != 200 || p.Error != "" {
		t.Errorf("let through: %+v", p)
	}
}

// TestStretches proves that the first page is alone, that the jar is looked into
// while nothing is open, and that what is visited depends on neither the tabs nor
// which page is slow.
func TestStretches(t *testing.T) {
	var order []string
	for _, slow := range []string{"/a", "/b", "/p/20"} {
		for _, workers := range []int{1, 2, 4} {
			synctest.Test(t, func(t *testing.T) {
				b := stretchedSite(slow)
				o := options(b)
				o.Workers = workers
				doc := run(t.Context(), t, o)
				if order == nil {
					order = pages(doc.Passes[0])
				}
				want(t, fmt.Sprintf("pages with slow %s in %d tabs", slow, workers), pages(doc.Passes[0]), order...)
				open, looks := map[string]bool{}, 0
				for _, call := range b.calls("load", "close", "jar") {
					what, page, _ := strings.Cut(call, " ")
					switch what {
					case "load":
						open[page] = true
					case "close":
						delete(open, page)
					case "jar":
						looks++
						if len(open) > 0 {
							t.Errorf("slow %s: the jar is read while %v are open", slow, open)
						}
					}
					if len(open) > workers || open["/"] && len(open) > 1 {
						t.Errorf("slow %s: %v are open at the same time", slow, open)
					}
				}
				if looks != 4 { // after the first page, 32 and the other 10, and at the end
					t.Errorf("slow %s: %d looks at the jar", slow, looks)
				}
				if ms := doc.Passes[0].Pages[0].DurationMs; ms != 1000 {
					t.Errorf("the first page took %d ms", ms)
				}
			})
		}
	}
	want(t, "the first pages", order[:4], "/", "/a", "/b", "/c")
}

// stretchedSite has 43 pages that take a second, but for one.
func stretchedSite(slow string) *fakeBrowser {
	b := &fakeBrowser{pages: map[string]fakePage{
		"/":  {links: []string{"/a", "/b", "/c"}},
		"/a": {links: []string{"/d", "/a", "/"}},
		"/b": {links: []string{"/c", "/e"}},
		"/c": {}, "/d": {}, "/e": {},
	}}
	d := b.pages["/d"]
	for i := range 37 {
		d.links = append(d.links, fmt.Sprintf("/p/%d", i))
		b.pages[d.links[i]] = fakePage{}
	}
	b.pages["/d"] = d
	for name, p := range b.pages {
		p.takes = time.Second
		if name == slow {
			p.takes = 6 * time.Second
		}
		b.pages[name] = p
	}
	return b
}

// TestNobodyWaits: while one page is slow the other tabs go on, with as many pages
// as may be under way.
func TestNobodyWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := options(stretchedSite(""))
		slow := pages(run(t.Context(), t, o).Passes[0])[6]
		o = options(stretchedSite(slow))
		o.Workers = 4
		began := time.Now()
		run(t.Context(), t, o)
		// 1 s for the first page, 2 for what leads to the others, 6 for the slow one and
		// the seven that are under way beside it, 5 for 19 pages in four tabs, and
		// after the look at the jar 3 for the other 10.
		if took := time.Since(began); took != (1+2+6+5+3)*time.Second {
			t.Errorf("it took %v", took)
		}
	})
}

// TestFailures walks over one bad page among good ones, for each way to be bad.
func TestFailures(t *testing.T) {
	crash := fmt.Errorf("settling: %w", walk.ErrCrashed)
	for _, c := range []struct {
		name string
		page fakePage
		row  string // empty: complete
		note string
	}{
		{name: "network", page: failing("load", &walk.NetError{Code: "ERR_CONNECTION_RESET"}), row: "page-failed none /bad: the connection was reset (ERR_CONNECTION_RESET)"},
		{name: "unknown network", page: failing("load", &walk.NetError{Code: "ERR_ODD"}), row: "page-failed none /bad: the page could not be loaded (ERR_ODD)"},
		{name: "silence", page: failing("load", walk.ErrNoAnswer), row: "page-failed none /bad: the server did not answer in time"},
		{name: "crash", page: failing("settle", crash), row: "page-crashed none /bad: the page crashed"},
		{name: "busy", page: failing("scroll", fmt.Errorf("x: %w", walk.ErrBusy)), row: "page-timeout none /bad: the page keeps the processor busy and does not come to rest"},
		{name: "reloads", page: failing("settle", walk.ErrReloads), row: "page-timeout none /bad: the page loads itself again and again"},
		{name: "cut", page: fakePage{seen: walk.Seen{Cut: walk.ErrUnfinished}}, row: "page-timeout none /bad: the document did not arrive completely in time"},
		{name: "deadline of a command", page: failing("look", context.DeadlineExceeded), row: "page-timeout none /bad: context deadline exceeded"},
		{name: "anything", page: failing("links", errors.New("reading links: odd")), row: "page-failed none /bad: reading links: odd"},
		{name: "hook", page: fakePage{seen: walk.Seen{Silenced: 1}}, row: "hook-silenced none /bad: scripts of the page wrote more often than is recorded"},
		{name: "files", page: fakePage{seen: walk.Seen{Unlisted: 7}}, row: "events-dropped none /bad: the page keeps at least 7 more files than are listed"},
		{name: "pop-ups", page: fakePage{seen: walk.Seen{Unopened: 7}}, row: "events-dropped none /bad: the page opened 7 more pop-ups than are looked at"},
		{name: "events", page: fakePage{seen: walk.Seen{Dropped: 7}}, row: "events-dropped none /bad: the page made 7 more events than are kept"},
		{name: "download", page: failing("load", walk.ErrDownload), note: "download"},
		{name: "no content", page: failing("load", walk.ErrNoContent), note: "no-content"},
		{name: "dialog", page: fakePage{seen: walk.Seen{Notes: []walk.Note{{Code: "dialog", Detail: "alert", Count: 2}}}}, note: "dialog"},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.page.cookie = "bad"
			b := &fakeBrowser{pages: map[string]fakePage{"/": {links: []string{"/bad", "/c"}}, "/bad": c.page, "/c": {cookie: "c", links: []string{"/d"}}, "/d": {cookie: "d"}}}
			doc := run(t.Context(), t, options(b))
			want(t, "pages", pages(doc.Passes[0]), "/", "/bad", "/c", "/d")
			if c.row == "" {
				want(t, "incomplete", rows(doc))
			} else {
				want(t, "incomplete", rows(doc), c.row)
			}
			if doc.Complete != (c.row == "") {
				t.Errorf("complete: %v", doc.Complete)
			}
			if c.note != "" && (len(doc.Notes) != 1 || doc.Notes[0].Code != c.note || doc.Notes[0].Page != "https://x.test/bad") {
				t.Errorf("notes: %+v", doc.Notes)
			}
			if have := cookies(doc); have[len(have)-1] != "d stored=true" {
				t.Errorf("cookies: %v", have)
			}
			if n := len(b.calls("close /bad")); n != 1 {
				t.Errorf("the bad tab was closed %d times", n)
			}
		})
	}
}

func failing(station string, err error) fakePage {
	return fakePage{errs: map[string]error{station: err}}
}

// TestStartFailed: the failure of a start page has a code of its own.
func TestStartFailed(t *testing.T) {
	b := &fakeBrowser{pages: map[string]fakePage{"/": failing("load", &walk.NetError{Code: "ERR_NAME_NOT_RESOLVED"})}}
	doc := run(t.Context(), t, options(b))
	want(t, "incomplete", rows(doc), "start-failed none /: the host name does not resolve (ERR_NAME_NOT_RESOLVED)")
}

// TestStatus: an answer in place of the start page, or from a server that fails,
// is a gap; a dead link is not. What the answer stored counts all the same.
func TestStatus(t *testing.T) {
	b := &fakeBrowser{pages: map[string]fakePage{
		"/":     {links: []string{"/gone", "/busy", "/down"}, cookie: "wall", status: 403},
		"/gone": {status: 404}, "/busy": {status: 429}, "/down": {status: 503, cookie: "error"},
	}}
	doc := run(t.Context(), t, options(b))
	want(t, "incomplete", rows(doc),
		"start-failed none /: the site refused this visitor (403 forbidden)",
		"page-failed none /busy: the site refused this visitor (429 too many requests)",
		"page-failed none /down: the server answered with status 503 (service unavailable) in place of the page")
	want(t, "cookies", cookies(doc), "error stored=true", "wall stored=true")
}

// TestPageTimeout: a page that hangs at any station costs its own budget only,
// is closed in time that is not its own, and its links are still followed.
func TestPageTimeout(t *testing.T) {
	for _, station := range []string{"load", "settle", "scroll", "look", "hide"} {
		synctest.Test(t, func(t *testing.T) {
			b := &fakeBrowser{pages: map[string]fakePage{
				"/": {hangs: station, links: []string{"/a"}, cookie: "slow"}, "/a": {cookie: "a"},
			}}
			began := time.Now()
			doc := run(t.Context(), t, options(b))
			want(t, station+": incomplete", rows(doc), "page-timeout none /: the page used up its time")
			want(t, station+": pages", pages(doc.Passes[0]), "/", "/a")
			want(t, station+": closing", b.calls("too late"))
			if took := time.Since(began); took != time.Minute {
				t.Errorf("%s: the scan took %v of a minute for the page", station, took)
			}
		})
	}
}

// TestLinksHang: the attempt to save the links is bounded too.
func TestLinksHang(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := &fakeBrowser{pages: map[string]fakePage{"/": {hangs: "links"}}}
		began := time.Now()
		doc := run(t.Context(), t, options(b))
		want(t, "incomplete", rows(doc), "page-timeout none /: the page used up its time")
		if took := time.Since(began); took != time.Minute+time.Second {
			t.Errorf("the scan took %v", took)
		}
	})
}

// TestScanTimeout: passes that the time for the scan does not reach are named.
func TestScanTimeout(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := &fakeBrowser{pages: map[string]fakePage{"/": {links: []string{"/a"}, cookie: "c"}, "/a": {hangs: "settle"}}}
		o := options(b)
		o.Phases, o.Timeout = []string{"none", "gpc"}, 10*time.Second
		doc := run(t.Context(), t, o)
		want(t, "incomplete", rows(doc),
			"pass-not-done none : the time for the whole scan is used up", "pass-not-done gpc : the time for the whole scan is used up")
		want(t, "pages", pages(doc.Passes[0]), "/", "/a")
		want(t, "cookies", cookies(doc), "c stored=true")
		want(t, "ends", b.calls("profile", "end"), "profile none", "end")
	})
}

// TestInterrupted: the document has what was seen, also if the page that was
// under way is the last one.
func TestInterrupted(t *testing.T) {
	for _, last := range []bool{false, true} {
		ctx, interrupt := context.WithCancel(t.Context())
		b := &fakeBrowser{pages: map[string]fakePage{
			"/": {links: []string{"/a"}, cookie: "c"},
			"/a": {hangs: "scroll", cookie: "a", links: []string{"/b"}, at: func(s string) {
				if s == "scroll" {
					interrupt()
				}
			}},
			"/b": {},
		}}
		if last {
			p := b.pages["/a"]
			p.links = nil
			b.pages["/a"] = p
		}
		o := options(b)
		o.Phases = []string{"none", "gpc"}
		doc := run(ctx, t, o)
		want(t, "incomplete", rows(doc),
			"interrupted none : the scan was interrupted before this pass was done",
			"interrupted gpc : the scan was interrupted before this pass was done")
		want(t, "pages", pages(doc.Passes[0]), "/", "/a")
		want(t, "cookies", cookies(doc), "a stored=true", "c stored=true")
		want(t, "end of the pass", b.calls("jar", "log", "end"), "jar", "jar", "jar", "log", "end")
		want(t, "closing", b.calls("too late"))
		if e := doc.Passes[0].Pages[1].Error; e == "" {
			t.Error("the page that was cut does not say so")
		}
		if !last && (len(doc.Coverage.LeftOut) != 0 || doc.Coverage.PagesFound != 3) {
			t.Errorf("coverage %+v", doc.Coverage)
		}
	}
}

// TestInterruptedWhileOpening: the user's end is not a failure of the browser.
func TestInterruptedWhileOpening(t *testing.T) {
	ctx, interrupt := context.WithCancel(t.Context())
	o := options(&fakeBrowser{})
	o.Open = func(ctx context.Context, _ string) (walk.Profile, error) {
		interrupt()
		return nil, ctx.Err()
	}
	want(t, "incomplete", rows(run(ctx, t, o)), "interrupted none : the scan was interrupted before this pass was done")
}

// TestOpenFails: the other passes are done.
func TestOpenFails(t *testing.T) {
	b := &fakeBrowser{pages: map[string]fakePage{"/": {cookie: "c"}}, openErr: map[string]error{"none": errors.New("no profile today")}}
	o := options(b)
	o.Phases = []string{"none", "gpc"}
	doc := run(t.Context(), t, o)
	want(t, "incomplete", rows(doc), "pass-not-done none : no profile today")
	if len(doc.Passes) != 1 || doc.Passes[0].Phase != "gpc" {
		t.Errorf("passes %+v", doc.Passes)
	}
}

// TestNewTabFails: one page without a tab is that page's failure.
func TestNewTabFails(t *testing.T) {
	b := &fakeBrowser{
		pages:  map[string]fakePage{"/": {links: []string{"/a", "/b"}}, "/a": {}, "/b": {cookie: "b"}},
		tabErr: map[string]error{"none/2": errors.New("opening a tab: odd")},
	}
	doc := run(t.Context(), t, options(b))
	want(t, "incomplete", rows(doc), "page-failed none /a: opening a tab: odd")
	want(t, "pages", pages(doc.Passes[0]), "/", "/a", "/b")
	want(t, "cookies", cookies(doc), "b stored=true")
}

// TestBrowserLost: the browser is started once more, the page that was open
// comes last, and the failures that follow from the loss are not told as well.
func TestBrowserLost(t *testing.T) {
	for _, c := range []struct {
		name string
		err  error
	}{
		{"as the tab says", fmt.Errorf("settling: %w", walk.ErrLost)},
		{"as the jar tells", errors.New("Runtime.evaluate: the connection is closed")},
	} {
		t.Run(c.name, func(t *testing.T) {
			gone := errors.New("gone")
			b := &fakeBrowser{}
			bad := failing("settle", c.err)
			bad.at = func(string) {
				b.mu.Lock()
				defer b.mu.Unlock()
				b.lost = gone
			}
			b.pages = map[string]fakePage{"/": {links: []string{"/a", "/b", "/c"}, cookie: "c"}, "/a": bad, "/b": {cookie: "b"}, "/c": {}}
			o := options(b)
			o.Workers = 1
			doc := run(t.Context(), t, o)
			want(t, "incomplete", rows(doc), "browser-lost none /a: the browser is gone")
			want(t, "pages", pages(doc.Passes[0]), "/", "/a", "/b", "/c")
			want(t, "cookies", cookies(doc), "b stored=true", "c stored=true")
			want(t, "browsers", b.calls("profile"), "profile none", "profile none", "profile none")
			if len(doc.Notes) != 1 || doc.Notes[0].Count != 2 || doc.Notes[0].Code != "browser-restarted" || len(doc.Coverage.LeftOut) != 0 || doc.Coverage.PagesFound != 4 {
				t.Errorf("notes %+v, coverage %+v", doc.Notes, doc.Coverage)
			}
		})
	}
}

// TestJarFails: the pages are visited all the same, and the gap is named.
func TestJarFails(t *testing.T) {
	b := &fakeBrowser{pages: map[string]fakePage{"/": {links: []string{"/a"}, cookie: "c"}, "/a": {}}, jarErr: errors.New("reading the cookie jar: odd")}
	doc := run(t.Context(), t, options(b))
	want(t, "incomplete", rows(doc), "snapshot-failed none : reading the cookie jar: odd")
	want(t, "pages", pages(doc.Passes[0]), "/", "/a")
	want(t, "cookies", cookies(doc), "c stored=false")
}

// TestEndFails: a log that cannot be read is a gap, a profile that cannot be
// closed a note.
func TestEndFails(t *testing.T) {
	b := &fakeBrowser{pages: map[string]fakePage{"/": {}}, logErr: errors.New("no log"), closeErr: errors.New("no end")}
	doc := run(t.Context(), t, options(b))
	want(t, "incomplete", rows(doc), "recorder-failed none : no log")
	if len(doc.Notes) != 1 || doc.Notes[0].Code != "close" || doc.Notes[0].Detail != "no end" {
		t.Errorf("notes %+v", doc.Notes)
	}
}

// TestCoverage: limits are what is left out by design.
func TestCoverage(t *testing.T) {
	site := map[string]fakePage{
		"/":  {links: []string{"/a", "https://elsewhere.test/", "/b", "mailto:x@x.test", "/a#part", "/c"}},
		"/a": {links: []string{"/deep", "/b"}}, "/b": {links: []string{"/deep2"}}, "/c": {}, "/deep": {}, "/deep2": {},
	}
	for _, c := range []struct {
		name         string
		limit        func(*walk.Options)
		pages, left  []string
		notVisited   []string
		found, depth int
	}{
		{"none", func(*walk.Options) {}, []string{"/", "/a", "/b", "/c", "/deep", "/deep2"}, []string{"scheme 1", "scope 1"}, nil, 6, 2},
		{
			"pages", func(o *walk.Options) { o.MaxPages = 3 },
			[]string{"/", "/a", "/b"},
			[]string{"max-pages 3", "scheme 1", "scope 1"},
			[]string{"https://x.test/c", "https://x.test/deep", "https://x.test/deep2"},
			6, 1,
		},
		{
			"one page", func(o *walk.Options) { o.MaxPages = 1 },
			[]string{"/"},
			[]string{"max-pages 3", "scheme 1", "scope 1"},
			[]string{"https://x.test/a", "https://x.test/b", "https://x.test/c"},
			4, 0,
		},
		{
			"depth", func(o *walk.Options) { o.Depth = 1 },
			[]string{"/", "/a", "/b", "/c"},
			[]string{"depth 2", "scheme 1", "scope 1"},
			[]string{"https://x.test/deep", "https://x.test/deep2"},
			6, 1,
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			o := options(&fakeBrowser{pages: site})
			c.limit(&o)
			doc := run(t.Context(), t, o)
			want(t, "pages", pages(doc.Passes[0]), c.pages...)
			var left []string
			for _, l := range doc.Coverage.LeftOut {
				left = append(left, fmt.Sprint(l.Reason, " ", l.Count))
			}
			want(t, "left out", left, c.left...)
			want(t, "not visited", doc.Coverage.NotVisited, c.notVisited...)
			last := doc.Passes[0].Pages[len(c.pages)-1]
			if !doc.Complete || doc.Coverage.PagesFound != c.found || doc.Coverage.PagesVisited != len(c.pages) || last.Depth != c.depth {
				t.Errorf("complete %v, coverage %+v, depth %d", doc.Complete, doc.Coverage, last.Depth)
			}
		})
	}
}

// TestHosts: of several passes the best outcome of a host counts, and one that
// still waits at the end has failed.
func TestHosts(t *testing.T) {
	a, pass := netip.MustParseAddr("192.0.2.1"), 0
	b := &fakeBrowser{pages: map[string]fakePage{"/": {}}}
	o := options(b)
	o.Phases = []string{"none", "gpc"}
	o.Open = func(ctx context.Context, phase string) (walk.Profile, error) {
		pass++
		b.hosts = []egress.HostRecord{{Host: "slow.test", Outcome: egress.OutcomePending}}
		if pass == 1 {
			b.hosts = append(b.hosts, egress.HostRecord{Host: "www.x.test", Outcome: egress.OutcomeOK, Connections: 2, Addrs: []netip.Addr{a}})
		} else {
			b.hosts = append(b.hosts, egress.HostRecord{Host: "www.x.test", Outcome: egress.OutcomeFailed, Failed: 1, Reasons: map[egress.Reason]int{egress.ReasonConnect: 1}})
		}
		return b.open(ctx, phase)
	}
	doc := run(t.Context(), t, o)
	var have []string
	for _, h := range doc.Hosts {
		have = append(have, fmt.Sprint(h.Name, " ", h.Party, " ", h.Addresses, " ", h.Requests, " ", h.Outcome, " ", h.Reason, " ", h.Phases))
	}
	want(t, "hosts", have, "slow.test third [] 0 failed closed [none gpc]", "www.x.test first [192.0.2.1] 2 ok  [none gpc]")
}

// Only hosts of the site that answered and that nobody named are asked for.
func TestCanonicalNames(t *testing.T) {
	b := &fakeBrowser{pages: map[string]fakePage{"/": {}}}
	for _, name := range []string{"x.test", "m.x.test", "cdn.test"} {
		b.hosts = append(b.hosts, egress.HostRecord{Host: name, Outcome: egress.OutcomeOK, Connections: 1})
	}
	b.hosts = append(b.hosts, egress.HostRecord{Host: "down.x.test", Outcome: egress.OutcomeFailed})
	o := options(b)
	o.CanonicalNames = func(_ context.Context, host string) []string {
		return []string{host + ".tracker.test", host + ".edge.test"}
	}
	var have []string
	for _, h := range run(t.Context(), t, o).Hosts {
		have = append(have, fmt.Sprint(h.Name, " ", h.Aliases, h.CanonicalName))
	}
	want(t, "hosts", have, "cdn.test []", "down.x.test []", "m.x.test [m.x.test.tracker.test]m.x.test.edge.test", "x.test []")
}

// TestProgress counts the pages and ends each pass.
func TestProgress(t *testing.T) {
	o := options(&fakeBrowser{pages: map[string]fakePage{"/": {links: []string{"/a"}, cookie: "c"}, "/a": {}}})
	var have []string
	o.Progress = func(p walk.Progress) {
		have = append(have, fmt.Sprint(p.Phase, " ", p.Done, "/", p.Found, " ", p.Page, " ", p.Cookies, " ", p.Finished))
	}
	doc := run(t.Context(), t, o)
	want(t, "progress", have, "none 1/2 https://x.test/ 0 false", "none 2/2 https://x.test/a 1 false", "none 2/2  1 true")
	if doc.Passes[0].Cookies != 1 || doc.Schema != scanner.SchemaV1 {
		t.Errorf("pass %+v", doc.Passes[0])
	}
}

// TestFirstPageAlone: of several start pages too the first has the browser for
// itself, with all that happens only to a fresh visitor.
func TestFirstPageAlone(t *testing.T) {
	b := &fakeBrowser{pages: map[string]fakePage{"/": {}, "/s2": {}, "/s3": {}}}
	o := options(b)
	o.Start = []string{"https://x.test/", "https://x.test/s2", "https://x.test/s3"}
	doc := run(t.Context(), t, o)
	want(t, "pages", pages(doc.Passes[0]), "/", "/s2", "/s3")
	if have := b.calls("load", "close", "jar"); len(have) < 3 || have[0] != "load /" || have[1] != "close /" || have[2] != "jar" {
		t.Errorf("calls %v", have)
	}
}

// TestRepeat makes all passes twice over a site that sets its cookie only the
// first time.
func TestRepeat(t *testing.T) {
	b := &fakeBrowser{pages: map[string]fakePage{"/": {cookie: "sometimes"}}}
	o := options(b)
	o.Phases, o.Repeat = []string{"none", "gpc"}, 2
	opened := 0
	o.Open = func(ctx context.Context, phase string) (walk.Profile, error) {
		if opened++; opened == 3 {
			b.pages["/"] = fakePage{}
		}
		return b.open(ctx, phase)
	}
	doc := run(t.Context(), t, o)
	var ids []string
	for _, p := range doc.Passes {
		for _, page := range p.Pages {
			ids = append(ids, fmt.Sprint(page.ID, " ", p.Run))
		}
	}
	want(t, "pages", ids, "none/1 0", "gpc/1 0", "none#2/1 2", "gpc#2/1 2")
	if len(doc.Cookies) != 1 || doc.Cookies[0].Seen != "1/2" {
		t.Errorf("cookies %+v", doc.Cookies)
	}
}
