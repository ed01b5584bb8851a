package walk_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"cookiescan/scanner"
	"cookiescan/scanner/consent"
	"cookiescan/scanner/crawl"
	"cookiescan/scanner/egress"
	"cookiescan/scanner/ledger"
	"cookiescan/scanner/reading"
	"cookiescan/scanner/steps"
	"cookiescan/scanner/walk"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// fakeBrowser is a browser that does as its pages are told. Pages are named by
// the path of their address on https://x.test.
type fakeBrowser struct {
	pages    map[string]fakePage
	openErr  map[string]error // by phase
	tabErr   map[string]error // by page id
	jarErr   error
	lost     error // of everything, until a profile is opened
	answer   func(path string) (status int, retryAfter string)
	turns    func(path string) string // where a page sends its visitor on to
	logErr   error
	closeErr error
	hosts    []egress.HostRecord
	unread   []string // scripts of service workers

	mu  sync.Mutex
	log []string // what was called, in order
	jar []ledger.JarCookie
}

type fakePage struct {
	links    []string
	takes    time.Duration    // of Load
	errs     map[string]error // by station
	hangs    string           // the station that lasts until its context ends
	at       func(station string)
	seen     walk.Seen
	cookie   string // set by a header of the page
	status   int    // of the answer; 0 is 200
	controls []walk.Control
	contents walk.Contents // without links
	text     string        // that is read
	mime     string
}

func (b *fakeBrowser) say(format string, args ...any) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.log = append(b.log, fmt.Sprintf(format, args...))
}

// calls lists what was called, of those that begin with one of the words.
func (b *fakeBrowser) calls(words ...string) []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	var out []string
	for _, l := range b.log {
		if slices.ContainsFunc(words, func(w string) bool { return strings.HasPrefix(l, w) }) {
			out = append(out, l)
		}
	}
	return out
}

func (b *fakeBrowser) open(_ context.Context, phase string) (walk.Profile, error) {
	b.say("profile %s", phase)
	if err := b.openErr[phase]; err != nil {
		return nil, err
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.jar, b.lost = nil, nil
	return &fakeProfile{fakeBrowser: b}, nil
}

type fakeProfile struct{ *fakeBrowser }

func (p *fakeProfile) NewTab(_ context.Context, page string) (walk.Tab, error) {
	if err := errors.Join(p.tabErr[page], p.gone()); err != nil {
		return nil, err
	}
	return &fakeTab{profile: p, id: page}, nil
}

func (p *fakeProfile) Warm(context.Context, int) {}

func (p *fakeProfile) Jar(context.Context) ([]ledger.JarCookie, error) {
	p.say("jar")
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.jar), errors.Join(p.jarErr, p.lost)
}

func (p *fakeProfile) UnreadWorkers() []string          { return p.unread }
func (p *fakeProfile) Seq() int64                       { return 0 }
func (p *fakeProfile) Background() []ledger.Observation { return nil }
func (p *fakeProfile) Hosts() []egress.HostRecord       { return p.hosts }
func (p *fakeProfile) Certificates() map[string]walk.Certificate {
	return map[string]walk.Certificate{"x.test": {Subject: "x.test", Protocol: "TLS 1.3"}}
}
func (p *fakeProfile) UserCookies() []ledger.JarCookie { return nil }
func (p *fakeProfile) Close(context.Context) error {
	p.say("end")
	return errors.Join(p.closeErr, p.gone())
}

func (p *fakeProfile) Log(context.Context) ([]ledger.Observation, error) {
	p.say("log")
	return nil, errors.Join(p.logErr, p.gone())
}

func (p *fakeProfile) gone() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.lost
}

type fakeTab struct {
	profile *fakeProfile
	id, url string
	page    fakePage
	trigger scanner.Trigger
}

func (t *fakeTab) path() string { return strings.TrimPrefix(t.url, "https://x.test") }

// at is the address that the page shows.
func (t *fakeTab) at() string {
	if t.profile.turns == nil {
		return t.url
	}
	return "https://x.test" + t.profile.turns(t.path())
}

func (t *fakeTab) station(ctx context.Context, name string) error {
	t.profile.say("%s %s", name, t.path())
	if t.page.at != nil {
		t.page.at(name)
	}
	if t.page.hangs == name {
		<-ctx.Done()
		return fmt.Errorf("at %s: %w", name, context.Cause(ctx))
	}
	return errors.Join(t.page.errs[name], t.profile.gone())
}

func (t *fakeTab) Load(ctx context.Context, url string) (walk.Loaded, error) {
	t.url = url
	t.page = t.profile.pages[t.path()]
	err := t.station(ctx, "load")
	time.Sleep(t.page.takes) // the clock of a synctest bubble
	if c := t.page.cookie; c != "" && err == nil {
		t.profile.mu.Lock()
		defer t.profile.mu.Unlock()
		t.profile.jar = append(t.profile.jar, ledger.JarCookie{Key: ledger.Key{Name: c, Domain: "x.test", HostOnly: true, Path: "/"}, Value: "1"})
	}
	status, again := max(200, t.page.status), ""
	if t.profile.answer != nil {
		status, again = t.profile.answer(t.path())
	}
	return walk.Loaded{FinalURL: t.at(), Status: status, MIME: t.page.mime, RetryAfter: again}, err
}

func (t *fakeTab) Enter(s scanner.Trigger) { t.trigger = s; t.profile.say("enter %s %s", s, t.path()) }

func (t *fakeTab) Settle(ctx context.Context, d time.Duration) error {
	t.profile.say("settles %s for %v", t.path(), d)
	return t.station(ctx, "settle")
}

func (t *fakeTab) Links(ctx context.Context) (walk.Contents, error) {
	if err := t.station(ctx, "links"); err != nil {
		return walk.Contents{}, err
	}
	c := t.page.contents
	c.Title, c.URL = "page "+t.path(), t.at()
	for _, l := range t.page.links {
		if strings.HasPrefix(l, "/") {
			l = "https://x.test" + l
		}
		c.Links = append(c.Links, l)
	}
	return c, nil
}

func (t *fakeTab) Scroll(ctx context.Context) error { return t.station(ctx, "scroll") }
func (t *fakeTab) ConsentPage() consent.Page        { return nil }
func (t *fakeTab) StepsPage() steps.Page            { return &fakeSteps{tab: t} }
func (t *fakeTab) ReadingPage() reading.Page        { return &fakeReading{tab: t} }
func (t *fakeTab) Clicked() time.Time               { return time.Time{} }

func (t *fakeTab) Controls(ctx context.Context) ([]walk.Control, error) {
	return t.page.controls, t.station(ctx, "controls")
}

func (t *fakeTab) Press(ctx context.Context, handle string) (walk.Pressed, error) {
	return walk.Pressed{Done: true}, t.station(ctx, "press "+handle)
}

func (t *fakeTab) Return(ctx context.Context) (bool, error) {
	return true, t.station(ctx, "return")
}

func (t *fakeTab) Look(ctx context.Context) error { return t.station(ctx, "look") }
func (t *fakeTab) Hide(ctx context.Context) error { return t.station(ctx, "hide") }

func (t *fakeTab) Close(ctx context.Context) walk.Seen {
	t.profile.say("close %s", t.path())
	if ctx.Err() != nil {
		t.profile.say("too late to close %s", t.path())
	}
	s := t.page.seen
	if c := t.page.cookie; c != "" {
		at := ledger.At{Page: t.id, Trigger: scanner.OnLoad, Context: scanner.InDocument, Time: time.Now(), TopSite: "https://x.test", Frame: []string{"https://x.test"}}
		s.Observations = append(s.Observations, ledger.Response{At: at, Setter: ledger.Setter{URL: t.url}, SetCookie: []ledger.SetCookieLine{{Raw: c + "=1"}}})
	}
	return s
}

// options are those of a scan of https://x.test/ with this browser.
func options(b *fakeBrowser) walk.Options {
	return walk.Options{
		Start: []string{"https://x.test/"}, Site: "x.test", Phases: []string{"none"}, MaxPages: 50, Depth: -1, Workers: 2,
		Bounds:      crawl.Bounds{Scope: crawl.ScopeHost},
		PageTimeout: time.Minute, Settle: 45 * time.Second, Now: time.Now, Open: b.open, LeaveBanner: true,
	}
}

// run scans and never fails: Run's error is for scans that could not begin.
func run(ctx context.Context, t *testing.T, o walk.Options) *scanner.Scan {
	t.Helper()
	doc, err := walk.Run(ctx, o)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// rows writes the incomplete rows as "code pass page: detail".
func rows(doc *scanner.Scan) []string {
	var out []string
	for _, i := range doc.Incomplete {
		out = append(out, fmt.Sprintf("%s %s %s: %s", i.Code, i.Pass, strings.TrimPrefix(i.Page, "https://x.test"), i.Detail))
	}
	return out
}

func pages(p scanner.Pass) []string {
	var out []string
	for _, page := range p.Pages {
		out = append(out, strings.TrimPrefix(page.URL, "https://x.test"))
	}
	return out
}

func cookies(doc *scanner.Scan) []string {
	var out []string
	for _, c := range doc.Cookies {
		out = append(out, fmt.Sprintf("%s stored=%v", c.Name, c.Stored))
	}
	return out
}

// want compares lists of texts.
func want(t *testing.T, what string, have []string, list ...string) {
	t.Helper()
	if !slices.Equal(have, list) {
		t.Errorf("%s:\nwant %s\nhave %s", what, strings.Join(list, "\n     "), strings.Join(have, "\n     "))
	}
}

// fakeSteps shows steps the address of the page and a button without a name.
type fakeSteps struct {
	steps.Page
	tab *fakeTab
}

func (p *fakeSteps) Snapshot(context.Context) (*consent.Snapshot, error) {
	s := &consent.Snapshot{Frames: []consent.Frame{{URL: p.tab.at()}}, Nodes: []consent.Node{
		{Tag: consent.TagDocument, Parent: -1},
		{ID: 1, Tag: "button", Box: consent.Box{W: 90, H: 30}, Style: consent.Style{Laid: true, Opacity: 1}},
	}}
	s.Link()
	return s, p.tab.station(context.Background(), "steps")
}

func (p *fakeSteps) Wait(context.Context, time.Duration) error { return nil }

func (p *fakeSteps) Click(context.Context, consent.NodeID) (consent.Hit, error) {
	return consent.Hit{Done: true}, p.tab.station(context.Background(), "click")
}

func (p *fakeSteps) Key(_ context.Context, k steps.KeyCode, _ bool) error {
	return p.tab.station(context.Background(), "key "+k.Key)
}
