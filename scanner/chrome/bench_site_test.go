package chrome_test

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"cookiescan/scanner/sitehost"
	"cookiescan/scanner/sitehost/sitehosttest"
)

const benchPages = 30

// The 40 subresources of a page: what every page of a site shares and a
// browser keeps, and what is the page's own. Six come from third parties.
const (
	sharedStyles, sharedScripts, sharedImages = 4, 6, 5
	ownScripts, ownImages, ownFetches         = 4, 14, 3
	ownPixels                                 = 4
	subresources                              = sharedStyles + sharedScripts + sharedImages + ownScripts + ownImages + ownFetches + ownPixels
)

// benchTimers are the timers of the page whose last one is at 45 s; the
// marked ones also fetch.
var benchTimers = []struct {
	seconds int
	fetch   bool
}{{1, false}, {5, true}, {10, false}, {20, true}, {30, false}, {45, true}}

const benchRoutes = `routes:
  - {host: bench.test, path: /shared/*, cacheControl: "max-age=3600"}
  - {host: cdn.test, path: /shared/*, cacheControl: "max-age=3600"}
  - {host: bench.test, path: /late*, body: "{}", headers: ["Set-Cookie: late=1"]}
  - {host: bench.test, path: /data/*, body: "{}", headers: ["Set-Cookie: data=1; Max-Age=3600"]}
  - {host: pixel.test, path: /*, pixel: true, headers: ["Set-Cookie: uid=1; Max-Age=63072000; SameSite=None; Secure"]}
  - {host: bench.test, path: /p*, headers: ["Set-Cookie: sid=1; HttpOnly; Secure"]}
  - {host: bench.test, path: /timers.html}
`

// benchSite serves https://bench.test/p00.html and on, each with 40
// subresources and links to all, and the same first page with timers. Every
// answer comes after the delay.
func benchSite(b *testing.B, delay time.Duration) *sitehost.Server {
	b.Helper()
	if subresources != 40 {
		b.Fatalf("a page has %d subresources", subresources)
	}
	fsys := fstest.MapFS{}
	put := func(name, text string) { fsys[name] = &fstest.MapFile{Data: []byte(text)} }
	put("site.yaml", strings.ReplaceAll(benchRoutes, "}\n", fmt.Sprintf(", delay: %v}\n", delay)))
	picture := string(noise(b))
	for i := range sharedStyles {
		put(fmt.Sprintf("bench.test/shared/%d.css", i), strings.Repeat(fmt.Sprintf(".c%d { color: #333; margin: 1px }\n", i), 200))
	}
	for i := range sharedScripts {
		put(fmt.Sprintf("%s/shared/%d.js", hostOfShared(i), i), benchScript("shared", i))
	}
	for i := range sharedImages {
		put(fmt.Sprintf("bench.test/shared/%d.png", i), picture)
	}
	for n := range benchPages {
		own := fmt.Sprintf("p%02d", n)
		put("bench.test/"+own+".html", benchPage(own, ""))
		for i := range ownScripts {
			put(fmt.Sprintf("bench.test/%s/%d.js", own, i), benchScript(own, i))
		}
		for i := range ownImages {
			put(fmt.Sprintf("bench.test/%s/%d.png", own, i), picture)
		}
	}
	put("bench.test/timers.html", benchPage("p00", timerScript()))
	return sitehosttest.ServeFS(b, fsys)
}

// hostOfShared puts two of the shared scripts on a third party's host.
func hostOfShared(i int) string {
	if i < 2 {
		return "cdn.test"
	}
	return "bench.test"
}

// benchScript writes a cookie or web storage, like most scripts that a
// scan is about, and has some weight.
func benchScript(folder string, i int) string {
	write := fmt.Sprintf("document.cookie = '%s_%d=1; max-age=3600; path=/';", folder[:1], i)
	if i%2 == 1 {
		write = fmt.Sprintf("localStorage.setItem('%s_%d', Math.random());", folder[:1], i)
	}
	return write + "\n" + strings.Repeat("(function () { var a = []; for (var i = 0; i < 200; i++) a.push(i * i); return a.length; })();\n", 50)
}

// benchPage loads everything before its load event, so that both sides load
// the same; it is some screens long.
func benchPage(own, more string) string {
	var p strings.Builder
	p.WriteString("<!doctype html><meta charset=utf-8><title>" + own + "</title>\n")
	for i := range sharedStyles {
		fmt.Fprintf(&p, "<link rel=stylesheet href=/shared/%d.css>\n", i)
	}
	for i := range sharedScripts {
		fmt.Fprintf(&p, "<script src=https://%s/shared/%d.js></script>\n", hostOfShared(i), i)
	}
	for i := range ownScripts {
		fmt.Fprintf(&p, "<script src=/%s/%d.js></script>\n", own, i)
	}
	fmt.Fprintf(&p, "<script>for (let i = 0; i < %d; i++) fetch('/data/%s/' + i); %s</script>\n", ownFetches, own, more)
	for i := range sharedImages {
		fmt.Fprintf(&p, "<img src=/shared/%d.png width=50 height=50>\n", i)
	}
	for i := range ownImages {
		fmt.Fprintf(&p, "<p><img src=/%s/%d.png width=50 height=50>%s</p>\n", own, i, strings.Repeat(" Some text of the page.", 60))
	}
	for i := range ownPixels {
		fmt.Fprintf(&p, "<img src=https://pixel.test/%s/%d.gif width=1 height=1>\n", own, i)
	}
	for n := range benchPages {
		fmt.Fprintf(&p, "<a href=/p%02d.html>Page %d</a>\n", n, n)
	}
	p.WriteString("<div style='height: 3000px'></div>\n")
	return p.String()
}

func timerScript() string {
	var s strings.Builder
	for _, t := range benchTimers {
		act := fmt.Sprintf("document.cookie = 'timer_%d=1; path=/';", t.seconds)
		if t.fetch {
			act += fmt.Sprintf(" fetch('/late%d');", t.seconds)
		}
		fmt.Fprintf(&s, "setTimeout(() => { %s }, %d000);\n", act, t.seconds)
	}
	return s.String()
}

// noise is a picture of 50 x 50 that no compression makes small.
func noise(b *testing.B) []byte {
	b.Helper()
	m := image.NewRGBA(image.Rect(0, 0, 50, 50))
	x := uint32(1)
	for i := range 2500 {
		x = x*1664525 + 1013904223
		m.Set(i%50, i/50, color.RGBA{R: uint8(x >> 8), G: uint8(x >> 16), B: uint8(x >> 24), A: 255})
	}
	var out bytes.Buffer
	if err := png.Encode(&out, m); err != nil {
		b.Fatal(err)
	}
	return out.Bytes()
}

func benchURLs() []string {
	var out []string
	for n := range benchPages {
		out = append(out, fmt.Sprintf("https://bench.test/p%02d.html", n))
	}
	return out
}
