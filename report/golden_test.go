package report

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"cookiescan/scanner"
)

const (
	scansDir  = "../testdata/scans"
	goldenDir = "../testdata/golden"
)

var update = flag.Bool("update", false, "write the goldens again")

func readScan(t testing.TB, name string) *scanner.Scan {
	t.Helper()
	f, err := os.Open(filepath.Join(scansDir, name+".json"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	scans, err := scanner.Read(f)
	if err != nil {
		t.Fatal(err)
	}
	return scans[0]
}

func render(t testing.TB, format string, o Options, scans ...*scanner.Scan) string {
	t.Helper()
	f, err := Lookup(format)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := f.Render(&out, scans, o); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func checkGolden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join(goldenDir, name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs from what is rendered: run go test ./report -update and look at the change.\n%s", name, firstDifference(string(want), got))
	}
}

func firstDifference(want, got string) string {
	a, b := strings.Split(want, "\n"), strings.Split(got, "\n")
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return fmt.Sprintf("line %d\nwant %s\ngot  %s", i+1, a[i], b[i])
		}
	}
	return fmt.Sprintf("want %d lines, got %d", len(a), len(b))
}

func TestGoldens(t *testing.T) {
	for _, name := range []string{"small", "typical", "hostile"} {
		s := readScan(t, name)
		for _, f := range Formats() {
			checkGolden(t, name+"."+f.Extension, render(t, f.Name, Options{}, s))
		}
		for _, width := range []int{80, 160} {
			checkGolden(t, fmt.Sprintf("%s-%d.txt", name, width), render(t, "table", Options{Width: width}, s))
		}
	}
	small, typical := readScan(t, "small"), readScan(t, "typical")
	checkGolden(t, "typical-color.txt", render(t, "table", Options{Color: true}, typical))
	for _, f := range Formats() {
		checkGolden(t, "two-sites."+f.Extension, render(t, f.Name, Options{}, small, typical))
	}
}
