package chrome_test

import (
	"slices"
	"testing"
	"time"

	"cookiescan/scanner"
	"cookiescan/scanner/chrome"
	"cookiescan/scanner/chrome/process"
	"cookiescan/scanner/sitehost/sitehosttest"
	"cookiescan/scanner/walk"
)

// TestOrdinary: in a browser that nothing watches, pages run in real time, are
// left alone, and the jar tells what came before and after a choice.
func TestOrdinary(t *testing.T) {
	s := sitehosttest.Serve(t, "sites/confirm")
	b := startBrowser(t, process.Full, s, func(o *chrome.Options) { o.Ordinary, o.NoRecorder = true, true })
	o := walkOptions(t, b, s, []string{"https://confirm.test/"})
	o.Phases, o.Still, o.Settle, o.MaxPages = []string{"none", "reject"}, true, 7*time.Second, 1
	began := time.Now()
	doc, err := walk.Run(t.Context(), o)
	if err != nil || !doc.Complete || len(doc.Passes) != 2 {
		t.Fatalf("%v, incomplete %v, %d passes", err, doc.Incomplete, len(doc.Passes))
	}
	if took := time.Since(began); took < 2*o.Settle {
		t.Errorf("it took %v: that is no real time", took)
	}
	first := map[string]string{}
	for _, c := range doc.Cookies {
		w := c.Writes[0]
		if w.Via != scanner.ViaUnknown {
			t.Errorf("%s was watched: %+v", c.Name, w)
		}
		first[c.Name] = w.State + " " + string(w.Trigger)
	}
	for name, want := range map[string]string{
		"zz_early": "none timer", "zz_timer": "none timer", "zz_stays": "reject choice", "answer": "reject choice",
		"left": "none pagehide", "zz_fast": "", "zz_late": "", "scrolled": "",
	} {
		if first[name] != want {
			t.Errorf("%s: %q, want %q", name, first[name], want)
		}
	}
	if !slices.ContainsFunc(doc.Storage, func(i scanner.StorageItem) bool { return i.Key == "zz_store" }) {
		t.Errorf("storage: %+v", doc.Storage)
	}
}
