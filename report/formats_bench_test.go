package report

import (
	"fmt"
	"testing"

	"cookiescan/scanner"
)

// BenchmarkFormats renders every format of small, large and very large scans; of
// pdf what comes before the browser. The metric x/cookie is how much longer a
// cookie takes than in the small scan: 1 is linear.
func BenchmarkFormats(b *testing.B) {
	sizes := []struct{ cookies, pages int }{{200, 50}, {2000, 500}, {20000, 5000}}
	for _, f := range Formats() {
		small := 0.0 // time for a cookie of the smallest scan
		for _, size := range sizes {
			s := largeScan(size.cookies, size.pages)
			b.Run(fmt.Sprintf("%s/cookies=%d/pages=%d", f.Name, size.cookies, size.pages), func(b *testing.B) {
				b.ReportAllocs()
				o := withSources(Options{})
				for b.Loop() {
					if _, err := rendered(f, o, []*scanner.Scan{s}...); err != nil {
						b.Fatal(err)
					}
				}
				each := float64(b.Elapsed()) / float64(b.N) / float64(size.cookies)
				if size == sizes[0] {
					small = each
				}
				if small > 0 { // the small one was measured too
					b.ReportMetric(each/small, "x/cookie")
				}
			})
		}
	}
}
