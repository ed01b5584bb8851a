package report

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"cookiescan/classify"
	"cookiescan/classify/rules"
	"cookiescan/classify/taxonomy"
	"cookiescan/classify/words"
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

// readClassified is a scan as the program shows it, by the rules of the
// invented vendors in it.
func readClassified(t testing.TB, name string) *scanner.Scan {
	t.Helper()
	src, err := os.ReadFile("../testdata/rules/shop.yaml")
	if err != nil {
		t.Fatal(err)
	}
	db, err := rules.Load(nil, "shop.yaml", src)
	if err != nil {
		t.Fatal(err)
	}
	s := readScan(t, name)
	if err := classify.Apply(s, db, classify.Options{}); err != nil {
		t.Fatal(err)
	}
	s.Tool.Rules = "test"
	return s
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
		s := readClassified(t, name)
		for _, f := range Formats() {
			checkGolden(t, name+"."+f.Extension, render(t, f.Name, Options{}, s))
		}
		for _, width := range []int{80, 160} {
			checkGolden(t, fmt.Sprintf("%s-%d.txt", name, width), render(t, "table", Options{Width: width}, s))
		}
	}
	small, typical := readClassified(t, "small"), readClassified(t, "typical")
	checkGolden(t, "typical-color.txt", render(t, "table", Options{Color: true}, typical))
	checkGolden(t, "typical-evidence.txt", render(t, "table", Options{Evidence: true}, typical))
	checkGolden(t, "typical-evidence.md", render(t, "markdown", Options{Evidence: true}, typical))
	checkGolden(t, "typical-unclassified.txt", render(t, "table", Options{}, readScan(t, "typical")))
	for _, f := range Formats() {
		checkGolden(t, "two-sites."+f.Extension, render(t, f.Name, Options{}, small, typical))
	}
}

// The table in other languages and categories.
func TestGoldensOfLanguagesAndTaxonomies(t *testing.T) {
	s := readClassified(t, "typical")
	for _, tag := range words.Languages() {
		if !slices.Contains([]string{"de", "fr", "pl", "el", "mt"}, tag) {
			continue
		}
		l, err := words.Language(tag)
		if err != nil {
			t.Fatal(err)
		}
		checkGolden(t, "typical."+tag+".txt", render(t, "table", Options{Lang: l}, s))
		if tag == "de" {
			checkGolden(t, "typical.de.md", render(t, "markdown", Options{Lang: l}, s))
			checkGolden(t, "typical.de.csv", render(t, "csv", Options{Lang: l}, s))
		}
	}
	for _, name := range []string{"onetrust", "tcf", "essential-functional-analytical-tracking"} {
		x, err := taxonomy.Lookup(name)
		if err != nil {
			t.Fatal(err)
		}
		checkGolden(t, "typical-"+name+".txt", render(t, "table", Options{Taxonomy: x}, s))
	}
}
