package chrome_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"cookiescan/scanner"
	"cookiescan/scanner/ledger"
	"cookiescan/scanner/sitehost/sitehosttest"
)

// TestClick: a press is what a person's would be to the page, also where another page
// is in front of it.
func TestClick(t *testing.T) {
	s := sitehosttest.ServeFS(t, fstest.MapFS{
		"site.yaml": {Data: []byte("{}")},
		"shop.test/index.html": {Data: []byte(`<!doctype html>
<title>Click</title>
<link rel="icon" href="data:,">
<style>button:hover { outline: 1px solid }</style>
<button aria-expanded="false">Menu</button>
<script>
  const button = document.querySelector('button'), seen = [];
  for (const type of ['pointerover', 'mouseover', 'pointermove', 'mousemove', 'pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click']) {
    button.addEventListener(type, (e) => seen.push(type + (e.isTrusted && button.matches(':hover') ? '' : '!')));
  }
  button.addEventListener('click', () => { document.cookie = 'seen=' + seen.join('-'); });
</script>
`)},
	})
	const want = "pointerover-mouseover-pointermove-mousemove-pointerdown-mousedown-pointerup-mouseup-click"
	for _, engine := range engines {
		t.Run(string(engine), func(t *testing.T) {
			p := openProfile(t, startBrowser(t, engine, s, nil), s)
			tab := openTab(t, p, "https://shop.test/")
			if _, err := p.NewTab(t.Context(), "none/2"); err != nil { // in front
				t.Fatal(err)
			}
			tab.Enter(scanner.OnInteraction)
			controls, err := tab.Controls(t.Context())
			if err != nil || len(controls) != 1 {
				t.Fatalf("%d controls, %v", len(controls), err)
			}
			if done, err := tab.Press(t.Context(), controls[0].Handle); err != nil || !done.Done {
				t.Fatalf("%+v, %v", done, err)
			}
			got := ""
			for _, o := range tab.Close(t.Context()).Observations {
				if c, ok := o.(ledger.ScriptCookie); ok {
					got = strings.TrimPrefix(c.Raw, "seen=")
				}
			}
			if got != want {
				t.Errorf("%s, want %s", got, want)
			}
		})
	}
}
