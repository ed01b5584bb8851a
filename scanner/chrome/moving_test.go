package chrome_test

import (
	"bytes"
	"testing"
	"testing/fstest"
	"time"

	"cookiescan/scanner/chrome/process"
	"cookiescan/scanner/consent"
	"cookiescan/scanner/sitehost"
)

// movingPage has a box, in a shadow tree if asked, that fades whenever its
// button is pressed.
const movingPage = `<!doctype html><title>Box</title><div id="host"></div>
<script>
const host = document.querySelector("#host");
const root = location.search === "?shadow" ? host.attachShadow({mode: "open"}) : host;
root.innerHTML = '<style>#box { position: fixed; inset: auto 0 0; background: #ddd; transition: opacity 1s }</style><div id="box"><button>Fade</button></div>';
const box = root.querySelector("#box");
box.style.opacity = 1;
root.querySelector("button").onclick = () => { box.style.opacity = box.style.opacity === "1" ? "0.1" : "1" };
</script>`

// TestPictureOfWhatMoves presses the button again and again and takes a picture
// each time: one of a page that moves needs frames, which needs page time.
func TestPictureOfWhatMoves(t *testing.T) {
	s, err := sitehost.Start(t.Context(), fstest.MapFS{"box.test/index.html": &fstest.MapFile{Data: []byte(movingPage)}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	b := startBrowser(t, process.Shell, s, nil)
	for _, query := range []string{"", "?shadow"} {
		t.Run("box"+query, func(t *testing.T) {
			_, tab, page := openPage(t, b, s, bannerTruth{Start: "https://box.test/" + query})
			defer tab.Close(t.Context())
			for range 2 {
				pressButton(t, page)
				if err := page.Wait(t.Context(), 10*time.Millisecond); err != nil {
					t.Fatal(err)
				}
				if png, err := page.Screenshot(t.Context()); err != nil || !bytes.HasPrefix(png, []byte("\x89PNG")) {
					t.Fatalf("%d bytes of picture, %v", len(png), err)
				}
			}
		})
	}
}

func pressButton(t *testing.T, page consent.Page) {
	t.Helper()
	snap, err := page.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range snap.Nodes {
		if n.Tag == "button" {
			if hit, err := page.Click(t.Context(), n.ID); err != nil || !hit.Done {
				t.Fatalf("click: %+v, %v", hit, err)
			}
			return
		}
	}
	t.Fatal("no button")
}
