package chrome_test

import (
	"slices"
	"testing"
	"time"
)

// rounds is how often the two sides of a comparison take turns: other work on
// the machine then falls on both.
const rounds = 5

// median of an odd number of values, with the lowest and the highest.
func median(values []float64) (mid, low, high float64) {
	s := slices.Sorted(slices.Values(values))
	return s[len(s)/2], s[0], s[len(s)-1]
}

// compare runs both sides in turn, each once beforehand to warm up, and
// reports the median ratio of their times with the spread, and the median
// times. pages divides the times.
func compare(b *testing.B, pages int, goal float64, side, base func() time.Duration) {
	b.Helper()
	side()
	base()
	var ratios, sides, bases []float64
	for b.Loop() {
		for i := range rounds {
			var s, f float64
			if i%2 == 0 {
				s, f = ms(side()), ms(base())
			} else {
				f, s = ms(base()), ms(side())
			}
			ratios, sides, bases = append(ratios, s/f), append(sides, s/float64(pages)), append(bases, f/float64(pages))
		}
	}
	b.ReportMetric(0, "ns/op")
	reportRatio(b, ratios)
	if goal > 0 {
		b.ReportMetric(goal, "goal")
	}
	s, _, _ := median(sides)
	f, _, _ := median(bases)
	b.ReportMetric(s, "ms/page")
	b.ReportMetric(f, "base-ms/page")
}

func reportRatio(b *testing.B, ratios []float64) {
	mid, low, high := median(ratios)
	b.ReportMetric(mid, "ratio")
	b.ReportMetric(low, "ratio-min")
	b.ReportMetric(high, "ratio-max")
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
