package chrome_test

import (
	"testing"
	"testing/fstest"

	"cookiescan/scanner/chrome"
	"cookiescan/scanner/ledger"
	"cookiescan/scanner/sitehost"
)

// TestWarm: a page that gets a tab which was kept ready sees and shows what any
// other does, a profile closes with tabs on their way, and one that closed opens
// no more.
func TestWarm(t *testing.T) {
	site := fstest.MapFS{"warm.test/index.html": {Data: []byte(`<!doctype html><title>warm</title><script>document.cookie = "n=" + history.length</script>`)}}
	s, err := sitehost.Start(t.Context(), site)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	for _, engine := range engines {
		b := startBrowser(t, engine, s, nil)
		p, err := b.Open(t.Context(), chrome.ProfileOptions{Egress: toServer(t, s)})
		if err != nil {
			t.Fatal(err)
		}
		for _, page := range []string{"cold", "warm", "warm too"} {
			tab, err := p.NewTab(t.Context(), page)
			if err != nil {
				t.Fatalf("%s: %v", engine, err)
			}
			p.Warm(t.Context(), 2)
			if _, err := tab.Load(t.Context(), "https://warm.test/"); err != nil {
				t.Fatalf("%s, %s: %v", engine, page, err)
			}
			p.Warm(t.Context(), 2)
			p.Warm(t.Context(), 2) // one too many
			seen := tab.Close(t.Context())
			var written []ledger.ScriptCookie
			for _, o := range seen.Observations {
				if c, ok := o.(ledger.ScriptCookie); ok {
					written = append(written, c)
				}
			}
			if len(written) != 1 || written[0].Page != page {
				t.Errorf("%s, %s: scripts wrote %v", engine, page, written)
			}
		}
		jar, err := p.Jar(t.Context())
		if err != nil || len(jar) != 1 || jar[0].Value != "2" {
			t.Errorf("%s: jar %v, %v", engine, jar, err)
		}
		if err := p.Close(t.Context()); err != nil {
			t.Errorf("%s: %v", engine, err)
		}
		p.Warm(t.Context(), 2)
		if _, err := p.NewTab(t.Context(), "late"); err == nil {
			t.Errorf("%s: a closed profile opened a tab", engine)
		}
	}
}
