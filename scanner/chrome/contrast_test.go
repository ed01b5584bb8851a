package chrome_test

import (
	"math"
	"testing"
	"testing/fstest"
	"time"

	"cookiescan/scanner/consent"
	"cookiescan/scanner/sitehost/sitehosttest"
)

const contrastPage = `<!doctype html><html lang=en><meta charset=utf-8><title>Contrast</title>
<p>A page.</p>
<div id=bar style="position: fixed; bottom: 0; left: 0; right: 0; padding: 20px; background: #fff; color: #000; font: 16px sans-serif">
<p>We use cookies and similar technologies to measure our audience and to show you advertising. You can accept or refuse.</p>
<button style="background: #0b57d0; color: #fff; border: 0; border-radius: 24px; padding: 12px 40px; font: bold 16px sans-serif">Accept all</button>
<button style="background: linear-gradient(#fff, #fafafa); color: #ccc; border: 0; padding: 12px 40px; font: 16px sans-serif">Reject all</button>
</div>`

// TestContrast measures what a browser draws against the ratios of the colours:
// #0b57d0 and white 6.4, #ccc and white 1.6 (WCAG 2.2, relative luminance).
func TestContrast(t *testing.T) {
	s := sitehosttest.ServeFS(t, fstest.MapFS{
		"site.yaml":                {Data: []byte("routes:\n  - {host: contrast.test, path: /*}\n")},
		"contrast.test/index.html": {Data: []byte(contrastPage)},
	})
	for _, engine := range engines {
		t.Run(string(engine), func(t *testing.T) {
			_, tab, page := openPage(t, startBrowser(t, engine, s, nil), s, bannerTruth{Start: "https://contrast.test/"})
			if err := tab.Settle(t.Context(), time.Second); err != nil {
				t.Fatal(err)
			}
			banner, err := consent.Find(t.Context(), page, consent.Options{})
			if err != nil || !banner.Shown {
				t.Fatal(banner, err)
			}
			picture, err := page.Screenshot(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if err := banner.Measure(picture); err != nil {
				t.Fatal(err)
			}
			want := map[consent.Role]float64{consent.RoleAccept: 6.4, consent.RoleReject: 1.6}
			for _, c := range banner.Controls {
				if w := want[c.Role]; w > 0 && math.Abs(c.Contrast-w) > 0.2 {
					t.Errorf("%q: %.1f, want %.1f", c.Text, c.Contrast, w)
				}
				delete(want, c.Role)
			}
			if len(want) > 0 {
				t.Errorf("not measured: %v", want)
			}
		})
	}
}
