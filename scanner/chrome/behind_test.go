package chrome_test

import (
	"fmt"
	"testing"
	"testing/fstest"
	"time"

	"cookiescan/scanner/consent"
	"cookiescan/scanner/sitehost/sitehosttest"
)

const (
	behindText   = `<p>The harbour was rebuilt in 1911, after the storm that had taken the old mole and eleven boats.</p><p>Since then it has been home to the pilots.</p>`
	behindBanner = `<p>We use cookies and similar technologies to measure our audience and to show you advertising.</p><button>Accept all</button> <a href=/privacy>Privacy policy</a>`
)

// TestBehind asks whether a page can be read behind its banner.
func TestBehind(t *testing.T) {
	yes, no := new(true), new(false)
	tests := []struct {
		what, body string
		want       *bool
	}{
		{"a bar", `<main>%[1]s</main><div id=bar style="position: fixed; bottom: 0; left: 0; right: 0; background: #fff">%[2]s</div>`, no},
		{"a backdrop around it", `<main>%[1]s</main><div style="position: fixed; inset: 0; background: #000c"><div style="margin: 200px auto; width: 400px; background: #fff">%[2]s</div></div>`, yes},
		{"a backdrop beside it", `<main>%[1]s</main><div style="position: fixed; inset: 0; background: #000c"></div><div role=dialog style="position: fixed; left: 200px; top: 200px; width: 400px; background: #fff">%[2]s</div>`, yes},
		{"a backdrop before it, in flow", `<div style="position: absolute; inset: 0; background: #000c; z-index: 5"></div><main>%[1]s</main><div role=dialog style="position: fixed; z-index: 6; left: 200px; top: 200px; width: 400px; background: #fff">%[2]s</div>`, yes},
		{"a modal dialog", `<main>%[1]s</main><dialog>%[2]s</dialog><script>document.querySelector('dialog').showModal()</script>`, yes},
		{"a dialog that is not modal", `<main>%[1]s</main><dialog style="top: 300px">%[2]s</dialog><script>document.querySelector('dialog').show()</script>`, no},
		{"a closed shadow root", `<main>%[1]s</main><div id=host></div><script>host.attachShadow({mode: 'closed'}).innerHTML = '<div style="position: fixed; inset: 0; background: #000c"><div style="margin: 200px auto; width: 400px; background: #fff">%[2]s</div></div>'</script>`, yes},
		{"a container that lets clicks through", `<main>%[1]s</main><div style="position: fixed; inset: 0; pointer-events: none"><div style="position: absolute; bottom: 0; background: #fff; pointer-events: auto">%[2]s</div></div>`, no},
		{"an app that fills the window", `<div id=app style="position: fixed; inset: 0; overflow: auto"><main>%[1]s</main></div><div style="position: fixed; bottom: 0; left: 0; right: 0; background: #fff">%[2]s</div>`, no},
		{"cards that are links", `<main><style>article { position: relative } article a::after { content: ''; position: absolute; inset: 0 }</style><article>%[1]s<a href=/x>Read on</a></article></main><div style="position: fixed; bottom: 0; left: 0; right: 0; background: #fff">%[2]s</div>`, no},
		{"a button to chat over the backdrop", `<main>%[1]s</main><div style="position: fixed; inset: 0; background: #000c"><div style="margin: 200px auto; width: 400px; background: #fff">%[2]s</div></div><div style="position: fixed; right: 10px; bottom: 10px; z-index: 9">Chat with us</div>`, yes},
		{"an offer of a newsletter in front", `<main>%[1]s</main><div style="position: fixed; bottom: 0; left: 0; right: 0; background: #fff; z-index: 3">%[2]s</div><div style="position: fixed; inset: 0; background: #0006"></div><div role=dialog style="position: fixed; left: 300px; top: 150px; width: 200px; height: 100px; background: #fff"><form>News every week <input type=email><button>Subscribe</button></form></div>`, no},
		{"nothing but the banner", `<main style="display: none">%[1]s</main><div style="position: fixed; top: 100px; background: #fff">%[2]s</div>`, yes},
		{"few words", `<main><h1>Chairs</h1><a href=/cart>Cart</a></main><div style="position: fixed; bottom: 0; left: 0; right: 0; background: #fff">%[2]s</div>`, nil},
		{"few words behind a backdrop", `<main><h1>Chairs</h1><a href=/cart>Cart</a></main><div style="position: fixed; inset: 0; background: #000c"><div style="margin: 200px auto; width: 400px; background: #fff">%[2]s</div></div>`, yes},
		{"a film and the banner", `<video width=400 height=300></video><div style="position: fixed; bottom: 0; background: #fff">%[2]s</div>`, nil},
	}
	files := fstest.MapFS{"site.yaml": {Data: []byte("routes:\n  - {host: behind.test, path: /*}\n")}}
	for i, tt := range tests {
		files[fmt.Sprintf("behind.test/%d.html", i)] = &fstest.MapFile{Data: fmt.Appendf(nil,
			"<!doctype html><html lang=en><meta charset=utf-8><title>Harbour</title><style>body { margin: 0 }</style><body>"+tt.body+"<!--%[1]s%[2]s-->", behindText, behindBanner)}
	}
	s := sitehosttest.ServeFS(t, files)
	for _, engine := range engines {
		t.Run(string(engine), func(t *testing.T) {
			b := startBrowser(t, engine, s, nil)
			for i, tt := range tests {
				_, tab, page := openPage(t, b, s, bannerTruth{Start: fmt.Sprintf("https://behind.test/%d.html", i)})
				if err := tab.Settle(t.Context(), time.Second); err != nil {
					t.Fatal(tt.what, err)
				}
				banner, err := consent.Find(t.Context(), page, consent.Options{})
				if err != nil || !banner.Shown {
					t.Errorf("%s: no banner: %v", tt.what, err)
					continue
				}
				if err := banner.LookBehind(t.Context(), page); err != nil {
					t.Fatal(tt.what, err)
				}
				if got := banner.Blocks; (got == nil) != (tt.want == nil) || got != nil && *got != *tt.want {
					t.Errorf("%s: %v, want %v", tt.what, told(got), told(tt.want))
				}
			}
		})
	}
}

func told(b *bool) string {
	if b == nil {
		return "not known"
	}
	return fmt.Sprint(*b)
}
