package chrome_test

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strconv"
	"syscall"
	"testing"
	"time"

	"cookiescan/scanner/chrome/process"
	"cookiescan/scanner/sitehost"
	"cookiescan/scanner/walk"
)

// BenchmarkMemory measures the proportional set size of the whole process tree
// of the browser with one and with four loaded and settled tabs. Resident
// sizes would count pages that the processes share many times.
func BenchmarkMemory(b *testing.B) {
	s := benchSite(b, 0)
	for _, engine := range engines {
		b.Run(string(engine), func(b *testing.B) {
			var one, four, ratios []float64
			for b.Loop() {
				for range rounds {
					x, y := memoryOf(b, engine, s)
					one, four, ratios = append(one, x), append(four, y), append(ratios, y/x)
				}
			}
			b.ReportMetric(0, "ns/op")
			reportRatio(b, ratios)
			mid, _, _ := median(one)
			b.ReportMetric(mid, "MB-1-tab")
			mid, _, _ = median(four)
			b.ReportMetric(mid, "MB-4-tabs")
		})
	}
}

func memoryOf(b *testing.B, engine process.Engine, s *sitehost.Server) (one, four float64) {
	br := startBrowser(b, engine, s, nil)
	o := walkOptions(b, br, s, benchURLs())
	p, err := o.Open(b.Context(), "none")
	if err != nil {
		b.Fatal(err)
	}
	defer p.Close(b.Context())
	urls := benchURLs()
	holdTabs(b, p, urls[:1])
	one = pss(b, br.PID())
	holdTabs(b, p, urls[1:4])
	four = pss(b, br.PID())
	if err := br.Close(); err != nil {
		b.Fatal(err)
	}
	return one, four
}

// holdTabs loads and settles a tab for each address and leaves it open.
func holdTabs(b *testing.B, p walk.Profile, urls []string) {
	for i, u := range urls {
		t, err := p.NewTab(b.Context(), fmt.Sprint(i))
		if err != nil {
			b.Fatal(err)
		}
		if _, err := t.Load(b.Context(), u); err != nil {
			b.Fatal(err)
		}
		if err := t.Settle(b.Context(), 45*time.Second); err != nil {
			b.Fatal(err)
		}
	}
}

// pss sums, in megabytes of 10^6 bytes, what the browser's process group and
// all descendants use; memory that several processes share is split among
// them (/proc/PID/smaps_rollup, Linux 4.14).
func pss(b *testing.B, root int) float64 {
	b.Helper()
	kib := 0
	for _, pid := range tree(b, root) {
		text, err := os.ReadFile(fmt.Sprintf("/proc/%d/smaps_rollup", pid))
		if errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ESRCH) {
			continue // ended meanwhile
		}
		if err != nil {
			b.Fatalf("measuring memory: %v", err)
		}
		kib += pssOf(text)
	}
	if kib == 0 {
		b.Fatal("no memory was measured")
	}
	return float64(kib) * 1024 / 1e6
}

func pssOf(rollup []byte) int {
	for line := range bytes.Lines(rollup) {
		f := bytes.Fields(line)
		if len(f) >= 2 && string(f[0]) == "Pss:" {
			n, _ := strconv.Atoi(string(f[1]))
			return n
		}
	}
	return 0
}
