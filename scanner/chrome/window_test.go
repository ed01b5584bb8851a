package chrome_test

import (
	"bytes"
	"encoding/json"
	"image/png"
	"reflect"
	"testing"
	"testing/fstest"
	"time"

	"cookiescan/scanner/chrome/process"
	"cookiescan/scanner/sitehost/sitehosttest"
)

// drawnPage is 6000 CSS pixels long; a line one pixel high runs through it.
const drawnPage = `<!doctype html><html lang=en><meta charset=utf-8><title>Window</title>
<style>body { margin: 0; height: 6000px } #line { position: fixed; top: 101px; width: 100%; height: 1px; background: #000 }
#key { position: absolute; left: 1500px; top: 700px; width: 60px; height: 20px }</style>
<div id=line></div><button id=key>OK</button>
<script>
const seen = [];
addEventListener('click', e => seen.push(['click', e.target.id, e.clientX, e.clientY]));
addEventListener('wheel', e => seen.push(['wheel', e.clientX, e.clientY]));
addEventListener('resize', () => seen.push(['resize']));
</script>`

// windowProbe is what a page can tell of its window.
const windowProbe = `JSON.stringify({
	inner: [innerWidth, innerHeight], outer: [outerWidth, outerHeight], screen: [screen.width, screen.height, screen.availWidth, screen.availHeight],
	ratio: [devicePixelRatio, visualViewport.scale, visualViewport.height, document.documentElement.clientWidth],
	media: ['(min-resolution: 1dppx)', '(max-resolution: 1dppx)', '(width: 1920px)', '(device-width: 1920px)', '(device-height: 1080px)'].filter(q => !matchMedia(q).matches),
	box: [key.getBoundingClientRect().width, key.getBoundingClientRect().x], at: document.elementFromPoint(1530, 710)?.id, y: scrollY, seen,
})`

type window struct {
	Inner, Outer, Screen, Ratio, Box []float64
	Media                            []string
	At                               string
	Y                                float64
	Seen                             [][]any
}

// TestDrawnSmall: windows are drawn small, and a page cannot tell, nor a picture.
func TestDrawnSmall(t *testing.T) {
	s := sitehosttest.ServeFS(t, fstest.MapFS{
		"site.yaml":              {Data: []byte("routes:\n  - {host: window.test, path: /*}\n")},
		"window.test/index.html": {Data: []byte(drawnPage)},
	})
	for _, engine := range engines {
		t.Run(string(engine), func(t *testing.T) {
			height := 1080.0
			if engine == process.Full {
				height = 993
			}
			_, tab, page := openPage(t, startBrowser(t, engine, s, nil), s, bannerTruth{Start: "https://window.test/"})
			if err := tab.Settle(t.Context(), time.Second); err != nil {
				t.Fatal(err)
			}
			snap, err := page.Snapshot(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			for _, n := range snap.Nodes {
				if n.Attr["id"] == "key" {
					if hit, err := page.Click(t.Context(), n.ID); err != nil || !hit.Done {
						t.Error("click: ", hit, err)
					}
				}
			}
			look := func() (w window) {
				v, err := page.Evaluate(t.Context(), "", true, windowProbe)
				var text string
				if err == nil {
					err = json.Unmarshal(v, &text)
				}
				if err == nil {
					err = json.Unmarshal([]byte(text), &w)
				}
				if err != nil {
					t.Fatal(err)
				}
				return w
			}
			want := window{
				Inner: []float64{1920, height}, Outer: []float64{1920, 1080}, Screen: []float64{1920, 1080, 1920, 1080}, Ratio: []float64{1, 1, height, 1905},
				Box: []float64{60, 1500}, Media: []string{}, At: "key", Seen: [][]any{{"click", "key", 1530.0, 710.0}},
			}
			if got := look(); !reflect.DeepEqual(got, want) {
				t.Errorf("the page sees %+v, want %+v", got, want)
			}
			if err := tab.Scroll(t.Context()); err != nil {
				t.Fatal(err)
			}
			got := look()
			turns := int((6000-height)/(0.9*height)) + 1
			if got.Y != 6000-height || len(got.Seen) != 1+turns || !reflect.DeepEqual(got.Seen[1], []any{"wheel", 200.0, 200.0}) {
				t.Errorf("after scrolling: at %v, want %v; %v, want %d turns of the wheel", got.Y, 6000-height, got.Seen, turns)
			}
			picture, err := page.Screenshot(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			m, err := png.Decode(bytes.NewReader(picture))
			if err != nil {
				t.Fatal(err)
			}
			if b := m.Bounds(); b.Dx() != 1920 || b.Dy() != int(height) {
				t.Fatalf("the picture has %d by %d", b.Dx(), b.Dy())
			}
			for y, want := range map[int]uint32{100: 0xffff, 101: 0, 102: 0xffff} {
				if r, _, _, _ := m.At(900, y).RGBA(); r != want {
					t.Errorf("the picture is not sharp: row %d has %x, want %x", y, r, want)
				}
			}
		})
	}
}
