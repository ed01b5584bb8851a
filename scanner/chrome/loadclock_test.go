package chrome_test

import (
	"maps"
	"testing"
	"testing/fstest"

	"cookiescan/scanner"
	"cookiescan/scanner/chrome"
	"cookiescan/scanner/ledger"
	"cookiescan/scanner/sitehost/sitehosttest"
)

// TestLateClock: a timer that runs long after the load event is a timer, although
// the page's clock has not been stopped by then. Here it never is.
func TestLateClock(t *testing.T) {
	s := sitehosttest.ServeFS(t, fstest.MapFS{
		"site.yaml": {Data: []byte(`routes:
  - host: shop.test
    path: /
    type: text/html
    body: |
      <!doctype html><title>Late</title><link rel="icon" href="data:,">
      <script>
        const go = (path) => fetch(path);
        go('/parsed');
        addEventListener('load', () => {
          go('/open');
          setTimeout(go, 400, '/later');
        });
      </script>
  - {host: shop.test, path: /parsed, body: ok, headers: ["Set-Cookie: parsed=1"]}
  - {host: shop.test, path: /open, body: ok, delay: 1500ms, headers: ["Set-Cookie: open=1"]}
  - {host: shop.test, path: /later, body: ok, headers: ["Set-Cookie: later=1"]}
`)},
	})
	for _, engine := range engines {
		t.Run(string(engine), func(t *testing.T) {
			b := startBrowser(t, engine, s, func(o *chrome.Options) { o.Ordinary = true })
			tab := openTab(t, openProfile(t, b, s), "https://shop.test/")
			tab.Enter(scanner.OnPageHide)
			got := map[string]scanner.Trigger{}
			for _, o := range tab.Close(t.Context()).Observations {
				if r, ok := o.(ledger.Response); ok {
					for _, l := range r.SetCookie {
						got[l.Raw] = r.Trigger
					}
				}
			}
			want := map[string]scanner.Trigger{"parsed=1": scanner.OnLoad, "open=1": scanner.OnLoad, "later=1": scanner.OnTimer}
			if !maps.Equal(got, want) {
				t.Errorf("%v, want %v", got, want)
			}
		})
	}
}
