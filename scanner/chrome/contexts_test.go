package chrome_test

import (
	"testing"
	"testing/fstest"

	"cookiescan/scanner/chrome"
	"cookiescan/scanner/sitehost/sitehosttest"
)

// TestWorldGone: a question to a document that has been replaced meanwhile is put
// to its successor.
func TestWorldGone(t *testing.T) {
	s := sitehosttest.ServeFS(t, fstest.MapFS{
		"site.yaml":         {Data: []byte("routes:\n  - {host: w.test, path: /*}\n")},
		"w.test/index.html": {Data: []byte("<!doctype html><title>Here</title><a href=/next>Next</a>")},
	})
	for _, engine := range engines {
		t.Run(string(engine), func(t *testing.T) {
			_, tab, _ := openPage(t, startBrowser(t, engine, s, nil), s, bannerTruth{Start: "https://w.test/"})
			tab.(*chrome.Tab).MisplaceWorld()
			for range 2 {
				c, err := tab.Links(t.Context())
				if err != nil || c.Title != "Here" || len(c.Links) != 1 {
					t.Fatalf("%+v, %v", c, err)
				}
			}
		})
	}
}
