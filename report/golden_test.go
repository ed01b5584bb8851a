package report

import (
	"archive/zip"
	"bytes"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

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
	out, err := rendered(f, withSources(o), scans...)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// rendered is what a format makes; of a folder all files, each behind a line
// with its path.
func rendered(f Format, o Options, scans ...*scanner.Scan) (string, error) {
	var out bytes.Buffer
	if f.Files == nil {
		err := f.Render(&out, scans, o)
		return out.String(), err
	}
	files, err := f.Files(scans, o)
	for _, file := range files {
		fmt.Fprintf(&out, "== %s\n%s", file.Path, file.Data)
	}
	return out.String(), err
}

// withSources gives formats what they need beside scans: a printer that prints
// nothing but the page itself, and the requests of a log.
func withSources(o Options) Options {
	if o.Print == nil {
		o.Print = func(page []byte) ([]byte, error) {
			return append([]byte("%PDF-1.4\n/CreationDate (D:20260101000000+00'00')\n"), page...), nil
		}
	}
	if o.Requests == nil {
		o.Requests = requestsOf
	}
	return o
}

// requestsOf are the requests of a scan as a log could have them: of each page
// its document behind a redirect, and of each pixel an image that never came.
func requestsOf(s *scanner.Scan) ([]scanner.Request, error) {
	var list []scanner.Request
	for i, p := range s.Passes {
		pass := p.Phase
		if p.Run > 1 {
			pass += fmt.Sprintf("#%d", p.Run)
		}
		for j, page := range p.Pages {
			at := s.Started.Add(time.Duration(i*1000+j) * time.Second)
			id := fmt.Sprintf("%d.%d", i, j)
			list = append(list,
				scanner.Request{ID: id, Page: page.ID, Pass: pass, State: p.Phase, Trigger: scanner.OnLoad, Method: "GET", URL: page.URL + "?q=digest:0011", Type: "Document", Started: at, Status: 302, Protocol: "h2", WaitMs: 12},
				scanner.Request{
					ID: id, Page: page.ID, Pass: pass, State: p.Phase, Trigger: scanner.OnLoad, Method: "GET", URL: page.FinalURL, Type: "Document", Started: at.Add(12 * time.Millisecond), Status: page.Status,
					Protocol: "h2", MediaType: "text/html", Octets: 5120, WaitMs: 30, ReceiveMs: 4, SetCookie: []string{"sid=<digest:0123456789abcdef>; Path=/; HttpOnly", "=<digest:00>"}, Address: "192.0.2.1",
				})
		}
		for j, t := range s.Trackers {
			if t.Kind == scanner.Pixel && len(p.Pages) > 0 {
				list = append(list, scanner.Request{
					ID: fmt.Sprintf("%d.p%d", i, j), Page: p.Pages[0].ID, Pass: pass, State: p.Phase, Trigger: scanner.OnTimer, Method: "POST", URL: t.URL + "?id=digest:aabb&e", Type: "Image",
					Initiator: "https://tags.test/t.js", Started: s.Started.Add(time.Duration(i*1000) * time.Second), BodyOctets: 20, Error: "ERR_ABORTED",
				})
			}
		}
	}
	return list, nil
}

// goldenOf is the name of a format's golden, and its text: of an archive that of
// its parts.
func goldenOf(t testing.TB, f Format, name, out string) (golden, text string) {
	t.Helper()
	switch {
	case f.Files != nil:
		return name + "." + f.Name + ".txt", out
	case strings.HasPrefix(out, "PK\x03\x04"):
		return name + "." + f.Extension + ".txt", unpacked(t, out)
	}
	return name + "." + f.Extension, out
}

// unpacked has the parts of an archive in lines, each part behind its name.
func unpacked(t testing.TB, archive string) string {
	t.Helper()
	r, err := zip.NewReader(strings.NewReader(archive), int64(len(archive)))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, f := range r.File {
		part, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(part)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&b, "== %s\n%s\n", f.Name, strings.NewReplacer("><row", ">\n<row", "><c ", ">\n<c ", "><Over", ">\n<Over", "><col ", ">\n<col ").Replace(string(text)))
	}
	return b.String()
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
			if f.Browser {
				continue // a browser's work
			}
			golden, text := goldenOf(t, f, name, render(t, f.Name, Options{}, s))
			checkGolden(t, golden, text)
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
		if f.Binary || f.Files != nil || f.Requests {
			continue // large, and tests of their own read what they say of several sites
		}
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
