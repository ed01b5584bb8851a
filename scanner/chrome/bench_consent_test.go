package chrome_test

import (
	"fmt"
	"testing"
	"testing/fstest"
	"time"

	"cookiescan/scanner/chrome"
	"cookiescan/scanner/chrome/process"
	"cookiescan/scanner/sitehost"
	"cookiescan/scanner/sitehost/sitehosttest"
	"cookiescan/scanner/walk"
)

const consentPages = 15

// consentSite serves pages of an ordinary size; with a banner, each shows it
// until it is answered, and loads one more script after acceptance.
func consentSite(b *testing.B, banner bool) *sitehost.Server {
	b.Helper()
	fsys := fstest.MapFS{
		"bench.test/style.css": &fstest.MapFile{Data: []byte("body { margin: 2em }")},
		"bench.test/after.js":  &fstest.MapFile{Data: []byte("document.cookie='stats=1; path=/; max-age=9999'")},
		"bench.test/banner.js": &fstest.MapFile{Data: []byte(`
if (document.cookie.includes('choice=yes')) document.head.append(Object.assign(document.createElement('script'), { src: '/after.js' }));
if (!document.cookie.includes('choice=')) {
  document.body.insertAdjacentHTML('beforeend', '<div style="position:fixed;bottom:0;left:0;right:0;padding:20px;background:#eee">We use cookies to measure how our pages are read. <button>Accept all</button> <button>Reject all</button></div>');
  const [yes, no] = document.querySelectorAll('button');
  for (const button of [yes, no]) button.onclick = () => { document.cookie = 'choice=' + (button === yes ? 'yes' : 'no') + '; path=/; max-age=9999'; button.parentNode.remove(); };
}`)},
	}
	for n := range consentPages {
		text := fmt.Sprintf("<!doctype html><html lang=en><title>%d</title><link rel=stylesheet href=/style.css><body>", n)
		for i := range consentPages {
			text += fmt.Sprintf("<p>Some words about the thing of number %d, and <a href=/p%02d.html>more of them</a>.\n", i, i)
		}
		if banner {
			text += "<script src=/banner.js></script>"
		}
		fsys[fmt.Sprintf("bench.test/p%02d.html", n)] = &fstest.MapFile{Data: []byte(text)}
	}
	return sitehosttest.ServeFS(b, fsys)
}

// consentScan walks over all pages in these passes.
func consentScan(b *testing.B, br *chrome.Browser, s *sitehost.Server, change func(*walk.Options)) time.Duration {
	b.Helper()
	o := walkOptions(b, br, s, []string{"https://bench.test/p00.html"})
	change(&o)
	began := time.Now()
	doc, err := walk.Run(b.Context(), o)
	took := time.Since(began)
	if err != nil || !doc.Complete {
		b.Fatal(err, doc.Incomplete)
	}
	for _, p := range doc.Passes {
		if len(p.Pages) < consentPages {
			b.Fatalf("%s: %d of %d pages", p.Phase, len(p.Pages), consentPages)
		}
	}
	return took
}

// BenchmarkConsentStep compares a pass that looks for a banner with one that
// does not.
func BenchmarkConsentStep(b *testing.B) {
	for _, banner := range []bool{false, true} {
		b.Run(fmt.Sprintf("banner=%t", banner), func(b *testing.B) {
			s := consentSite(b, banner)
			br := startBrowser(b, process.Shell, s, nil)
			compare(b, consentPages, 0, func() time.Duration { return consentScan(b, br, s, func(*walk.Options) {}) },
				func() time.Duration { return consentScan(b, br, s, func(o *walk.Options) { o.LeaveBanner = true }) })
		})
	}
}

// BenchmarkPasses compares the three usual passes with the first of them.
func BenchmarkPasses(b *testing.B) {
	s := consentSite(b, true)
	br := startBrowser(b, process.Shell, s, nil)
	compare(b, consentPages, 3.2, func() time.Duration {
		return consentScan(b, br, s, func(o *walk.Options) { o.Phases = []string{"none", "accept", "reject"} })
	}, func() time.Duration { return consentScan(b, br, s, func(*walk.Options) {}) })
}
