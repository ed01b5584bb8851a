package chrome_test

import (
	"context"
	"slices"
	"sync"
	"testing"
	"time"

	"cookiescan/scanner"
	"cookiescan/scanner/chrome/process"
	"cookiescan/scanner/ledger"
	"cookiescan/scanner/walk"
)

// BenchmarkStations tells where the time of a page goes: the mean of each
// station over 30 pages with 40 subresources each, one tab at a time.
func BenchmarkStations(b *testing.B) {
	s := benchSite(b, 0)
	br := startBrowser(b, process.Shell, s, nil)
	clock := &stationClock{spent: map[string]time.Duration{}}
	benchScan(b, br, s, benchPages, 1, nil)
	scans := 0
	for b.Loop() {
		for range rounds {
			took := benchScan(b, br, s, benchPages, 1, func(p walk.Profile) walk.Profile { return timedProfile{p, clock} })
			clock.add("all", took)
			scans++
		}
	}
	b.ReportMetric(0, "ns/op")
	for _, name := range clock.names() {
		b.ReportMetric(ms(clock.spent[name])/float64(scans*benchPages), name+"-ms/page")
	}
}

type stationClock struct {
	mu    sync.Mutex
	spent map[string]time.Duration
}

func (c *stationClock) add(name string, d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.spent[name] += d
}

func (c *stationClock) since(name string, began time.Time) { c.add(name, time.Since(began)) }

func (c *stationClock) names() []string {
	var out []string
	for n := range c.spent {
		out = append(out, n)
	}
	slices.Sort(out)
	return out
}

// timedProfile and timedTab measure what the walk asks of them.
type timedProfile struct {
	walk.Profile
	clock *stationClock
}

func (p timedProfile) NewTab(ctx context.Context, page string) (walk.Tab, error) {
	defer p.clock.since("open", time.Now())
	t, err := p.Profile.NewTab(ctx, page)
	return &timedTab{Tab: t, clock: p.clock, settle: "settle"}, err
}

func (p timedProfile) Jar(ctx context.Context) ([]ledger.JarCookie, error) {
	defer p.clock.since("jar", time.Now())
	return p.Profile.Jar(ctx)
}

func (p timedProfile) Log(ctx context.Context) ([]ledger.Observation, error) {
	defer p.clock.since("log", time.Now())
	return p.Profile.Log(ctx)
}

type timedTab struct {
	walk.Tab
	clock  *stationClock
	settle string
}

func (t *timedTab) Load(ctx context.Context, url string) (walk.Loaded, error) {
	defer t.clock.since("load", time.Now())
	return t.Tab.Load(ctx, url)
}

func (t *timedTab) Enter(s scanner.Trigger) {
	if s == scanner.OnScroll {
		t.settle = "settle-after-scroll"
	}
	t.Tab.Enter(s)
}

func (t *timedTab) Settle(ctx context.Context, d time.Duration) error {
	defer t.clock.since(t.settle, time.Now())
	return t.Tab.Settle(ctx, d)
}

func (t *timedTab) Links(ctx context.Context) (walk.Contents, error) {
	defer t.clock.since("links", time.Now())
	return t.Tab.Links(ctx)
}

func (t *timedTab) Scroll(ctx context.Context) error {
	defer t.clock.since("scroll", time.Now())
	return t.Tab.Scroll(ctx)
}

func (t *timedTab) Look(ctx context.Context) error {
	defer t.clock.since("look", time.Now())
	return t.Tab.Look(ctx)
}

func (t *timedTab) Hide(ctx context.Context) error {
	defer t.clock.since("hide", time.Now())
	return t.Tab.Hide(ctx)
}

func (t *timedTab) Close(ctx context.Context) walk.Seen {
	defer t.clock.since("close", time.Now())
	return t.Tab.Close(ctx)
}
