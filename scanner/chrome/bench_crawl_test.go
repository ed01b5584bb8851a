package chrome_test

import (
	"fmt"
	"runtime"
	"testing"
	"testing/fstest"
	"time"

	"cookiescan/scanner"
	"cookiescan/scanner/chrome"
	"cookiescan/scanner/chrome/process"
	"cookiescan/scanner/crawl/control"
	"cookiescan/scanner/sitehost"
	"cookiescan/scanner/sitehost/sitehosttest"
	"cookiescan/scanner/walk"
)

// plainSite serves pages that each link to the next ten, so that none is more
// than a page to the browser: what is measured is the crawl.
func plainSite(b *testing.B, pages int) *sitehost.Server {
	b.Helper()
	fsys := fstest.MapFS{"site.yaml": &fstest.MapFile{Data: []byte(`routes:
  - {host: many.test, path: /p*, headers: ["Set-Cookie: sid=1; HttpOnly; Secure"]}
`)}}
	for n := range pages {
		text := fmt.Sprintf("<!doctype html><title>%d</title><script>document.cookie='seen=%d; max-age=3600'</script>\n", n, n)
		for i := 1; i <= 10; i++ {
			text += fmt.Sprintf("<a href=/p%04d.html>%d</a>\n", (n*10+i)%pages, i)
		}
		fsys[fmt.Sprintf("many.test/p%04d.html", n)] = &fstest.MapFile{Data: []byte(text)}
	}
	return sitehosttest.ServeFS(b, fsys)
}

// crawlAll visits all pages with everything on.
func crawlAll(b *testing.B, br *chrome.Browser, s *sitehost.Server, start string, pages, workers int) (*scanner.Scan, time.Duration) {
	b.Helper()
	o := walkOptions(b, br, s, []string{start})
	o.MaxPages, o.PerTemplate, o.Workers, o.Interact = pages, -1, workers, control.Safe
	began := time.Now()
	doc, err := walk.Run(b.Context(), o)
	took := time.Since(began)
	if err != nil || !doc.Complete {
		b.Fatal(err, doc.Incomplete)
	}
	if n := len(doc.Passes[0].Pages); n != pages {
		b.Fatalf("%d of %d pages", n, pages)
	}
	return doc, took
}

// BenchmarkCrawl compares the time of a page in a crawl of 1,000 pages with
// that in one of 10, and tells by how much our own memory grows meanwhile.
func BenchmarkCrawl(b *testing.B) {
	const few, many = 10, 1000
	s := plainSite(b, many)
	br := startBrowser(b, process.Shell, s, nil)
	start := "https://many.test/p0000.html"
	crawlAll(b, br, s, start, few, 2)
	for b.Loop() {
		before, smallest := heap(), time.Duration(1<<62)
		for range rounds {
			_, took := crawlAll(b, br, s, start, few, 2)
			smallest = min(smallest, took)
		}
		doc, took := crawlAll(b, br, s, start, many, 2)
		b.ReportMetric(0, "ns/op")
		b.ReportMetric(ms(took)/many, "ms/page")
		b.ReportMetric(ms(smallest)/few, "base-ms/page")
		b.ReportMetric((ms(took)/many)/(ms(smallest)/few), "ratio")
		b.ReportMetric(heap()-before, "MB-grown")
		runtime.KeepAlive(doc)
	}
}

// heap is what our own process keeps, in MB; the fixture server is in it.
func heap() float64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return float64(m.HeapAlloc) / 1e6
}

// BenchmarkWorkers compares two and four tabs with one over 30 pages.
func BenchmarkWorkers(b *testing.B) {
	s := benchSite(b, 30*time.Millisecond)
	br := startBrowser(b, process.Shell, s, nil)
	for _, tabs := range []int{2, 4} {
		b.Run(fmt.Sprintf("tabs=%d", tabs), func(b *testing.B) {
			compare(b, benchPages, 0, func() time.Duration { return benchScan(b, br, s, benchPages, tabs, nil) },
				func() time.Duration { return benchScan(b, br, s, benchPages, 1, nil) })
		})
	}
}

// BenchmarkEngines compares the full browser with the shell over 30 pages.
func BenchmarkEngines(b *testing.B) {
	s := benchSite(b, 0)
	full, shell := startBrowser(b, process.Full, s, nil), startBrowser(b, process.Shell, s, nil)
	for _, tabs := range []int{1, 4} {
		b.Run(fmt.Sprintf("tabs=%d", tabs), func(b *testing.B) {
			compare(b, benchPages, 0, func() time.Duration { return benchScan(b, full, s, benchPages, tabs, nil) },
				func() time.Duration { return benchScan(b, shell, s, benchPages, tabs, nil) })
		})
	}
}

// BenchmarkSmallSite is the none pass over a site of 14 pages and 33 cookies,
// first and third party, by header and script, with everything on. The goal is
// 5 s on two cores.
func BenchmarkSmallSite(b *testing.B) {
	const pages, cookies = 14, 33
	fsys := fstest.MapFS{}
	routes := "routes:\n"
	for n := range pages {
		text := fmt.Sprintf("<!doctype html><title>%d</title>\n<script src=https://tag%d.test/t.js></script>\n", n, n%4)
		for i := range pages {
			text += fmt.Sprintf("<a href=/p%02d.html>%d</a>\n", i, i)
		}
		fsys[fmt.Sprintf("small.test/p%02d.html", n)] = &fstest.MapFile{Data: []byte(text + "<div style='height:2000px'></div><img loading=lazy src=https://px.test/" + fmt.Sprint(n) + ".gif>")}
		routes += fmt.Sprintf("  - {host: small.test, path: /p%02d.html, headers: [\"Set-Cookie: page%02d=1; Max-Age=63072000\"]}\n", n, n)
		routes += fmt.Sprintf("  - {host: px.test, path: /%d.gif, pixel: true, headers: [\"Set-Cookie: px%02d=1; SameSite=None; Secure\"]}\n", n, n)
	}
	for n := range 4 {
		fsys[fmt.Sprintf("tag%d.test/t.js", n)] = &fstest.MapFile{Data: fmt.Appendf(nil, "document.cookie='tag%d=1; max-age=34560000; path=/';", n)}
	}
	fsys["tag0.test/t.js"] = &fstest.MapFile{Data: []byte("document.cookie='tag0=1; path=/'; setTimeout(() => { document.cookie='late=1; path=/' }, 20000);")}
	fsys["site.yaml"] = &fstest.MapFile{Data: []byte(routes)}
	s := sitehosttest.ServeFS(b, fsys)
	br := startBrowser(b, process.Shell, s, nil)
	var times []float64
	for b.Loop() {
		for range rounds {
			doc, took := crawlAll(b, br, s, "https://small.test/p00.html", pages, 2)
			if len(doc.Cookies) != cookies {
				b.Fatalf("%d of %d cookies", len(doc.Cookies), cookies)
			}
			times = append(times, took.Seconds())
		}
	}
	mid, low, high := median(times)
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(mid, "s")
	b.ReportMetric(low, "s-min")
	b.ReportMetric(high, "s-max")
	b.ReportMetric(5, "goal")
}
