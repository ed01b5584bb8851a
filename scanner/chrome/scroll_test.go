package chrome_test

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"cookiescan/scanner"
	"cookiescan/scanner/sitehost"
	"cookiescan/scanner/walk"
)

// TestScrollLimit: a page that is longer than the wheel reaches says so; what
// lies below was not seen.
func TestScrollLimit(t *testing.T) {
	site := fstest.MapFS{"tall.test/index.html": {Data: []byte(`<!doctype html><title>tall</title><body style="height:200000px">`)}}
	s, err := sitehost.Start(t.Context(), site)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	for _, engine := range engines {
		b := startBrowser(t, engine, s, nil)
		doc, err := walk.Run(t.Context(), walkOptions(t, b, s, []string{"https://tall.test/"}))
		if err != nil {
			t.Fatal(err)
		}
		if !slices.ContainsFunc(doc.Notes, func(n scanner.Note) bool {
			return n.Code == "scroll-limit" && strings.HasSuffix(n.Detail, "the page goes on")
		}) {
			t.Errorf("%s: notes %v do not say that the page goes on", engine, doc.Notes)
		}
	}
}
