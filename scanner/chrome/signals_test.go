package chrome_test

import (
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"cookiescan/scanner/sitehost/sitehosttest"
	"cookiescan/scanner/walk"
)

// TestSignals compares what the fixture sites tell their partners, before the
// choice and after it, with what the document says of it.
func TestSignals(t *testing.T) {
	files, truths := bannerSites(t)
	s := sitehosttest.ServeFS(t, files)
	for _, engine := range engines {
		t.Run(string(engine), func(t *testing.T) {
			b := startBrowser(t, engine, s, nil)
			for _, name := range slices.Sorted(maps.Keys(truths)) {
				if truth := truths[name]; truth.Signals != nil {
					t.Run(name, func(t *testing.T) {
						o := walkOptions(t, b, s, []string{truth.Start})
						o.Phases = []string{"none", "accept", "reject"}
						checkSignals(t, o, truth)
					})
				}
			}
		})
	}
}

func checkSignals(t *testing.T, o walk.Options, truth bannerTruth) {
	t.Helper()
	doc, err := walk.Run(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	if !doc.Complete || len(doc.Passes) != len(o.Phases) {
		t.Fatalf("incomplete %v, %d passes", doc.Incomplete, len(doc.Passes))
	}
	validate(t, doc)
	for _, p := range doc.Passes {
		if diff := cmp.Diff(truth.Signals[p.Phase], p.Consent.Signals); diff != "" {
			t.Errorf("%s (-truth +document):\n%s", p.Phase, diff)
		}
	}
}
