package chrome_test

import (
	"context"
	"fmt"
	"os"
	"testing"
	"time"

	"cookiescan/scanner"
	"cookiescan/scanner/chrome"
	"cookiescan/scanner/chrome/process"
	"cookiescan/scanner/sitehost"
	"cookiescan/scanner/walk"
)

// benchScan scans the site from its first page with everything on and fails if
// a page is missing: a scan that breaks off is fast.
func benchScan(b *testing.B, br *chrome.Browser, s *sitehost.Server, pages, workers int, wrap func(walk.Profile) walk.Profile) time.Duration {
	b.Helper()
	o := walkOptions(b, br, s, []string{benchURLs()[0]})
	o.MaxPages, o.Workers = pages, workers
	if wrap != nil {
		open := o.Open
		o.Open = func(ctx context.Context, phase string) (walk.Profile, error) {
			p, err := open(ctx, phase)
			return wrap(p), err
		}
	}
	began := time.Now()
	doc, err := walk.Run(b.Context(), o)
	took := time.Since(began)
	if err != nil {
		b.Fatal(err)
	}
	if n := len(doc.Passes[0].Pages); n != pages || !doc.Complete {
		b.Fatalf("%d of %d pages, incomplete: %v", n, pages, doc.Incomplete)
	}
	return took
}

func startRaw(b *testing.B, s *sitehost.Server) *chrome.Raw {
	b.Helper()
	bin, err := process.Find(b.Context(), process.FindOptions{Engine: process.Shell, Getenv: os.Getenv})
	if err != nil {
		b.Fatal(err)
	}
	r, err := chrome.StartRaw(b.Context(), chrome.Options{Binary: bin, Flags: []string{"--ignore-certificate-errors-spki-list=" + s.SPKI()}})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		if err := r.Close(); err != nil {
			b.Error(err)
		}
	})
	return r
}

// BenchmarkPage compares a scan of 30 pages with 40 subresources each, all
// stations, all sources, with a program that only loads the same pages. Without
// delay the processor is the limit, which no real network gives; 30 ms are a
// near server's answer. Both have as many tabs as a scan usually has, then one.
func BenchmarkPage(b *testing.B) {
	for _, delay := range []time.Duration{0, 30 * time.Millisecond} {
		s := benchSite(b, delay)
		ours, raw := startBrowser(b, process.Shell, s, nil), startRaw(b, s)
		for _, tabs := range []int{walk.UsualWorkers(), 1} {
			b.Run(fmt.Sprintf("delay=%v/tabs=%d", delay, tabs), func(b *testing.B) {
				compare(b, benchPages, 2, func() time.Duration {
					return benchScan(b, ours, s, benchPages, tabs, nil)
				}, func() time.Duration {
					began := time.Now()
					benchLoad(b, raw, s, tabs)
					return time.Since(began)
				})
			})
		}
	}
}

func benchLoad(b *testing.B, raw *chrome.Raw, s *sitehost.Server, tabs int) {
	b.Helper()
	if err := raw.LoadAll(b.Context(), toServer(b, s), benchURLs(), tabs); err != nil {
		b.Fatal(err)
	}
}

// BenchmarkTimers compares a page whose last timer is at 45 s with the same
// page without timers.
func BenchmarkTimers(b *testing.B) {
	s := benchSite(b, 0)
	br := startBrowser(b, process.Shell, s, nil)
	visit := func(url string, cookies int) time.Duration {
		o := walkOptions(b, br, s, []string{url})
		o.MaxPages = 1
		doc, err := walk.Run(b.Context(), o)
		if err != nil || !doc.Complete {
			b.Fatal(err, doc.Incomplete)
		}
		if got := lateCookies(doc); got != cookies {
			b.Fatalf("%s: %d cookies of timers, want %d", url, got, cookies)
		}
		return time.Duration(doc.Passes[0].Pages[0].DurationMs) * time.Millisecond
	}
	compare(b, 1, 3, func() time.Duration { return visit("https://bench.test/timers.html", len(benchTimers)+1) },
		func() time.Duration { return visit("https://bench.test/p00.html", 0) })
}

// lateCookies counts the cookies that only the timers of the page set.
func lateCookies(doc *scanner.Scan) int {
	n := 0
	for _, c := range doc.Cookies {
		var second int
		if _, err := fmt.Sscanf(c.Name, "timer_%d", &second); err == nil || c.Name == "late" {
			n++
		}
	}
	return n
}

// BenchmarkSources compares a scan with everything on with one that leaves a
// source off: what the source costs.
func BenchmarkSources(b *testing.B) {
	const pages = 10
	s := benchSite(b, 0)
	all := startBrowser(b, process.Shell, s, nil)
	off := []struct {
		name   string
		change func(*chrome.Options)
	}{
		{"recorder", func(o *chrome.Options) { o.NoRecorder = true }},
		{"headers", func(o *chrome.Options) { o.Sources.NoHeaders = true }},
		{"hook", func(o *chrome.Options) { o.Sources.NoHook = true }},
		{"sent", func(o *chrome.Options) { o.Sources.NoSent = true }},
		{"jar", func(o *chrome.Options) { o.Sources.NoJar = true }},
	}
	for _, c := range off {
		b.Run(c.name, func(b *testing.B) {
			without := startBrowser(b, process.Shell, s, c.change)
			run := func(br *chrome.Browser) func() time.Duration {
				return func() time.Duration { return benchScan(b, br, s, pages, 2, nil) }
			}
			compare(b, pages, 0, run(all), run(without))
		})
	}
}
