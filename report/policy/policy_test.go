package policy

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"cookiescan/classify/declaration/register"
	"cookiescan/classify/taxonomy"
	"cookiescan/scanner"
)

const goldenDir = "../../testdata/golden"

var update = flag.Bool("update", false, "write the goldens again")

func readRegister(t testing.TB, name string) *register.File {
	t.Helper()
	src, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return parse(t, name, string(src))
}

func parse(t testing.TB, name, src string) *register.File {
	t.Helper()
	f, err := register.Read(name, []byte(src), os.ReadFile)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// shop is the declaration of the tests as a document in some languages, with
// the scan behind it.
func shop(t testing.TB, tags ...string) *Document {
	t.Helper()
	return build(t, Source{Register: readRegister(t, "testdata/cookies.yaml"), Languages: tags, Scan: readScan(t, "typical")})
}

func build(t testing.TB, s Source) *Document {
	t.Helper()
	d, err := Build(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func readScan(t testing.TB, name string) *scanner.Scan {
	t.Helper()
	f, err := os.Open(filepath.Join("../../testdata/scans", name+".json"))
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

// render writes a document in one language.
func render(t testing.TB, d *Document, format, tag string, o Options, fragment bool) string {
	t.Helper()
	f, err := Lookup(format)
	if err != nil {
		t.Fatal(err)
	}
	l, err := NewLook(nil, fragment)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if f.Document != nil {
		err = f.Document(&out, d)
	} else {
		p, failed := Compose(d, tag, o)
		if failed != nil {
			t.Fatal(failed)
		}
		err = f.Page(&out, p, l)
	}
	if err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func named(t testing.TB, name string) *taxonomy.Taxonomy {
	t.Helper()
	x, err := taxonomy.Lookup(name)
	if err != nil {
		t.Fatal(err)
	}
	return x
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
	if got == string(want) {
		return
	}
	a, b := strings.Split(string(want), "\n"), strings.Split(got, "\n")
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			t.Errorf("%s differs from what is rendered: run go test ./report/policy -update and look at the change\nline %d\nwant %s\ngot  %s", name, i+1, a[i], b[i])
			return
		}
	}
	t.Errorf("%s has %d lines, %d are rendered", name, len(a), len(b))
}

func TestGoldens(t *testing.T) {
	d := shop(t, "de", "en")
	for _, tag := range []string{"de", "en"} {
		checkGolden(t, "policy."+tag+".html", render(t, d, "html", tag, Options{}, false))
		checkGolden(t, "policy."+tag+".md", render(t, d, "markdown", tag, Options{}, false))
	}
	checkGolden(t, "policy.json", render(t, d, "json", "", Options{}, false))
	checkGolden(t, "policy-table.de.html", render(t, d, "html", "de", Options{TableOnly: true, Taxonomy: named(t, "tcf")}, true))
	checkGolden(t, "policy-table.en.md", render(t, d, "markdown", "en", Options{TableOnly: true, Taxonomy: named(t, "essential-functional-analytical-tracking")}, false))
	checkGolden(t, "policy-short.en.md", render(t, d, "markdown", "en", Options{Short: true}, false))
	f := readRegister(t, "testdata/cookies.yaml")
	f.Entries[0].Status.State = register.Todo
	checkGolden(t, "policy-draft.en.html", render(t, build(t, Source{Register: f, Languages: []string{"en"}, Draft: true}), "html", "en", Options{}, false))
}
