package chrome_test

import (
	"errors"
	"testing"
	"testing/fstest"
	"time"

	"cookiescan/scanner/chrome/process"
	"cookiescan/scanner/sitehost/sitehosttest"
	"cookiescan/scanner/walk"
)

// TestErrorPages: the error pages of a browser share one process, and with it one
// clock. Tabs that come to them do not keep each other waiting.
func TestErrorPages(t *testing.T) {
	s := sitehosttest.ServeFS(t, fstest.MapFS{
		"site.yaml": {Data: []byte(`routes:
  - {host: shop.test, path: /empty, status: 403, headers: ["Set-Cookie: refused=1"]}
  - host: shop.test
    path: /leaves
    type: text/html
    body: "<!doctype html><title>Leaves</title><script>setTimeout(() => location = '/empty', 300)</script>"
`)},
	})
	for _, engine := range engines {
		t.Run(string(engine), func(t *testing.T) {
			p := openProfile(t, startBrowser(t, engine, s, nil), s)
			var tabs []walk.Tab
			for _, path := range []string{"/empty", "/leaves", "/empty", "/leaves"} {
				tab, err := p.NewTab(t.Context(), path)
				if err != nil {
					t.Fatal(err)
				}
				tabs = append(tabs, tab)
				got, err := tab.Load(t.Context(), "https://shop.test"+path)
				if err != nil {
					t.Fatal(err)
				}
				switch path {
				case "/empty":
					if full := engine == process.Full; got.Status != 403 || got.Empty != full || len(got.Answer.Cookies) != 1 {
						t.Errorf("%s: %+v, want it empty: %t", path, got, full)
					}
				case "/leaves":
					var gone *walk.NetError
					if err := tab.Settle(t.Context(), 10*time.Second); errors.As(err, &gone) != (engine == process.Full) {
						t.Errorf("%s: %v", path, err)
					}
				}
			}
			for i, tab := range tabs {
				if seen := tab.Close(t.Context()); len(seen.Notes) > 0 {
					t.Errorf("tab %d: %v", i, seen.Notes)
				}
			}
		})
	}
}
