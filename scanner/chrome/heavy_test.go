//go:build !race

// The race detector multiplies the work that these pages make by more than they
// are about; the smaller sites show it the same code.

package chrome_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"cookiescan/scanner"
	"cookiescan/scanner/sitehost/sitehosttest"
	"cookiescan/scanner/walk"
)

const heavyDir = "../../testdata/sites/heavy"

// TestHeavy walks over pages that take much of everything, with time enough:
// those that end by themselves are seen to their end.
func TestHeavy(t *testing.T) {
	for _, engine := range engines {
		t.Run(string(engine), func(t *testing.T) {
			tr := readTruth(t, heavyDir)
			s := sitehosttest.Serve(t, heavyDir)
			b := startBrowser(t, engine, s, boundedMemory)
			o := walkOptions(t, b, s, tr.Start)
			// The longest takes 16 s alone, and has taken 100 s on half a core.
			o.Workers, o.PageTimeout = 2, 10*time.Minute
			o.Bounds.Exclude = []*regexp.Regexp{regexp.MustCompile(`/x/`)}
			doc, err := walk.Run(t.Context(), o)
			if err != nil {
				t.Fatal(err)
			}
			checkMany(t, doc)
			for _, d := range tr.diff(doc, string(engine)) {
				t.Error(d)
			}
			checkSentences(t, doc)
			validate(t, doc)
		})
	}
}

// checkMany looks for the ten thousand cookies of one page and takes them out:
// the truth names the others. The jar holds 180 of a site (RFC 6265bis asks for
// 50), the oldest make way.
func checkMany(t *testing.T, doc *scanner.Scan) {
	t.Helper()
	have, stored, present := 0, 0, 0
	doc.Cookies = slices.DeleteFunc(doc.Cookies, func(c scanner.Cookie) bool {
		if c.Domain != "jar.test" || !strings.HasPrefix(c.Name, "many_") {
			return false
		}
		have++
		if c.Stored {
			stored++
		}
		if len(c.Present) > 0 {
			present++
		}
		return true
	})
	if have != 10_000 || stored != have || present < 150 || present > 180 {
		t.Errorf("ten thousand cookies: have %d, stored %d, in the jar at last %d", have, stored, present)
	}
}
