package chrome_test

import (
	"context"
	"testing"
	"testing/fstest"
	"time"

	"cookiescan/scanner"
	"cookiescan/scanner/ledger"
	"cookiescan/scanner/sitehost/sitehosttest"
	"cookiescan/scanner/walk"
)

// TestSlowAnswer: whoever grants a page more than the usual minute waits longer for
// the network too, up to the answer to what a page sends when it is left. The
// answer comes far within the bound and far behind the usual one.
func TestSlowAnswer(t *testing.T) {
	s := sitehosttest.ServeFS(t, fstest.MapFS{
		"site.yaml": {Data: []byte(`routes:
  - {host: shop.test, path: /left, body: ok, delay: 4s, headers: ["Set-Cookie: left=1"]}
`)},
		"shop.test/index.html": {Data: []byte(`<!doctype html><title>Left</title><link rel="icon" href="data:,">
<script>addEventListener('pagehide', () => navigator.sendBeacon('/left'))</script>`)},
	})
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Minute)
	defer cancel()
	tab, err := openProfile(t, startBrowser(t, engines[0], s, nil), s).NewTab(ctx, "none/1")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tab.Load(ctx, "https://shop.test/"); err != nil {
		t.Fatal(err)
	}
	tab.Enter(scanner.OnPageHide)
	if err := tab.Hide(ctx); err != nil {
		t.Fatal(err)
	}
	for _, o := range tab.Close(ctx).Observations {
		if r, ok := o.(ledger.Response); ok && len(r.SetCookie) == 1 && r.SetCookie[0].Raw == "left=1" {
			return
		}
	}
	t.Error("the answer is not there")
}

// TestLateAnswer: what is asked for after the load event has as long to answer as
// any part of the page, and one that does not is noted with its host.
func TestLateAnswer(t *testing.T) {
	s := sitehosttest.ServeFS(t, fstest.MapFS{
		"site.yaml": {Data: []byte(`routes:
  - {host: px.test, path: /late.gif, pixel: true, delay: 6s, headers: ["Set-Cookie: late=1; SameSite=None; Secure"]}
  - {host: px.test, path: /never.gif, hang: true}
`)},
		"shop.test/index.html": {Data: []byte(`<!doctype html><title>Late</title><link rel="icon" href="data:,">
<script>
addEventListener('load', () => { for (const x of ['late', 'never']) new Image().src = 'https://px.test/' + x + '.gif'; });
</script>`)},
	})
	doc, err := walk.Run(t.Context(), walkOptions(t, startBrowser(t, engines[0], s, nil), s, []string{"https://shop.test/"}))
	if err != nil {
		t.Fatal(err)
	}
	wantCookies(t, doc, "late")
	if len(doc.Notes) != 1 || doc.Notes[0].Code != "no-answer" || doc.Notes[0].Detail != "px.test" || doc.Notes[0].Count != 1 {
		t.Errorf("notes: %+v", doc.Notes)
	}
}
