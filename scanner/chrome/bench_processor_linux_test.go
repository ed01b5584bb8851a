package chrome_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"

	"cookiescan/scanner/chrome/process"
)

// BenchmarkProcessor compares the processor time of a page, of the browser's
// processes and of our own with the fixture server in it, with that of a
// program that only loads it. Other work on the machine disturbs it less than
// it does wall time.
func BenchmarkProcessor(b *testing.B) {
	s := benchSite(b, 0)
	ours, raw := startBrowser(b, process.Shell, s, nil), startRaw(b, s)
	benchScan(b, ours, s, benchPages, 2, nil)
	benchLoad(b, raw, s, 2)
	var ratios, all, browser, base []float64
	for b.Loop() {
		for range rounds {
			own, tree := processorOf(b, ours.PID(), func() { benchScan(b, ours, s, benchPages, 2, nil) })
			rawOwn, rawTree := processorOf(b, raw.PID(), func() { benchLoad(b, raw, s, 2) })
			ratios = append(ratios, (own+tree)/(rawOwn+rawTree))
			all, browser, base = append(all, (own+tree)/benchPages), append(browser, tree/benchPages), append(base, (rawOwn+rawTree)/benchPages)
		}
	}
	b.ReportMetric(0, "ns/op")
	reportRatio(b, ratios)
	for unit, values := range map[string][]float64{"cpu-ms/page": all, "browser-cpu-ms/page": browser, "base-cpu-ms/page": base} {
		mid, _, _ := median(values)
		b.ReportMetric(mid, unit)
	}
}

// processorOf is how many milliseconds of processor time our own process and
// the tree of another one spend while act runs.
func processorOf(b *testing.B, root int, act func()) (own, others float64) {
	b.Helper()
	ownBefore, before := ownProcessor(b), treeProcessor(b, root)
	act()
	return ownProcessor(b) - ownBefore, treeProcessor(b, root) - before
}

func ownProcessor(b *testing.B) float64 {
	b.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return float64(u.Utime.Nano()+u.Stime.Nano()) / 1e6
}

// treeProcessor counts children that have ended too, once their parent has
// waited for them. /proc/PID/stat has it in ticks of 10 ms on every
// architecture (proc(5), fields 14 to 17).
func treeProcessor(b *testing.B, root int) float64 {
	b.Helper()
	ticks := 0
	for _, pid := range tree(b, root) {
		f := statOf(fmt.Sprintf("/proc/%d/stat", pid))
		if len(f) < 15 {
			continue
		}
		for _, text := range f[11:15] {
			n, _ := strconv.Atoi(string(text))
			ticks += n
		}
	}
	return float64(ticks) * 10
}

// statOf are the fields of a process from the third on, its state; the second,
// the command in brackets, may hold blanks and brackets. None if it has ended.
func statOf(name string) [][]byte {
	text, err := os.ReadFile(name)
	if err != nil {
		return nil
	}
	return bytes.Fields(text[bytes.LastIndexByte(text, ')')+1:])
}

// tree lists the processes that descend from root or are in its group: a
// helper whose parent has ended belongs to init.
func tree(b *testing.B, root int) []int {
	b.Helper()
	names, err := filepath.Glob("/proc/[0-9]*/stat")
	if err != nil {
		b.Fatal(err)
	}
	parent, group := map[int]int{}, map[int]int{}
	for _, name := range names {
		f := statOf(name)
		if len(f) < 3 {
			continue
		}
		pid, _ := strconv.Atoi(filepath.Base(filepath.Dir(name)))
		parent[pid], _ = strconv.Atoi(string(f[1]))
		group[pid], _ = strconv.Atoi(string(f[2]))
	}
	var out []int
	for pid := range parent {
		if group[pid] == root || descends(parent, pid, root) {
			out = append(out, pid)
		}
	}
	return out
}

func descends(parent map[int]int, pid, root int) bool {
	for range 100 {
		if pid == root {
			return true
		}
		pid = parent[pid]
	}
	return false
}
