package report

import (
	"bytes"
	"errors"
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"

	"cookiescan/classify/checks"
	"cookiescan/classify/gate"
	"cookiescan/scanner"
)

const declared = `version: 1
site: shop.test
languages: [en]
entries:
  - id: session
    match: {name: session, domain: "{site}"}
    category: necessary
    purpose: keep-session
    lifetime: session
    when: always
    status: {state: reviewed, by: dpo@shop.test, on: 2026-11-20}
`

// gateCase is a judged scan of every status, and what a check made of it.
func gateCase(t testing.TB) ([]*scanner.Scan, *Gate) {
	t.Helper()
	s := readClassified(t, "typical")
	s.Complete, s.Incomplete = true, nil
	from := readJudged(t, "B005", "must")
	s.Checks = from.Checks
	finding := func(id, subject string, class scanner.Class, severity scanner.Severity, at *scanner.Declared) scanner.Finding {
		return scanner.Finding{
			ID: id, Class: class, Severity: severity, Confidence: scanner.SureCertain, Kind: "cookie", Subject: subject, Domain: "shop.test",
			Declared: at, Message: subject + " was stored for 13 months, set by https://cdn.vendor.test/m.js:3", Why: "Visitors were told otherwise.",
			Wrong: "An entry of another name is about it.", Fix: "Declare it, or take out what sets it.",
			Evidence: []scanner.Evidence{{
				Pass: "none", Page: "none/1", URL: "https://www.shop.test/", Item: subject, Setter: "https://cdn.vendor.test/m.js", Line: 3, Detail: "set",
			}},
			Fingerprint: hashOf(id, subject),
		}
	}
	waived := finding("U004", "consent", scanner.ClassContract, scanner.SeverityError, &scanner.Declared{Source: "cookies.yaml", Line: 20, Entry: "consent"})
	waived.Waived = &scanner.Waiver{Kind: "fix-pending", Owner: "ana@shop.test", Reason: "CMP 4.2", Expires: "2027-01-31"}
	s.Findings = []scanner.Finding{
		finding("S001", "_pk_ses.*", scanner.ClassHygiene, scanner.SeverityNote, nil),
		waived,
		finding("U001", "_pk_id.*", scanner.ClassContract, scanner.SeverityError, nil),
		finding("U004", "session", scanner.ClassContract, scanner.SeverityError,
			&scanner.Declared{Source: "./cookies.yaml", Line: 9, Column: 15, Entry: "session", Text: "session"}),
		finding("U020", "_fbp", scanner.ClassContract, scanner.SeverityWarning,
			&scanner.Declared{Source: "https://www.shop.test/cookies", Place: "table 2, row 3", Entry: "_fbp", Text: "marketing, 3 months"}),
		from.Findings[0],
	}
	return []*scanner.Scan{s}, &Gate{
		Declaration: "cookies.yaml", Text: []byte(declared), ExitCode: 1,
		Statuses: [][]gate.Status{{gate.Below, gate.Waived, gate.AtGate, gate.AtGate, gate.Below, gate.Known}},
		Unseen:   [][]scanner.Incomplete{nil},
		Baseline: map[string]bool{from.Findings[0].Fingerprint: true},
	}
}

// couldNotLook makes a check one that is not finished.
func couldNotLook(s *scanner.Scan, g *Gate) {
	s.Complete = false
	s.Incomplete = []scanner.Incomplete{{Code: scanner.StartFailed, Pass: "none", Page: "https://www.shop.test/", Detail: "the host was not found"}}
	g.Unseen, g.ExitCode = [][]scanner.Incomplete{s.Incomplete}, 3
	g.Unscanned = []Unscanned{{"b.test", "the host was not found"}}
}

func renderCheck(t testing.TB, format string, g *Gate, scans ...*scanner.Scan) string {
	t.Helper()
	out, err := tryCheck(format, g, scans...)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestGoldensOfChecks(t *testing.T) {
	scans, g := gateCase(t)
	for _, f := range gateFormats() {
		checkGolden(t, "check."+f.Extension, renderCheck(t, f.Name, g, scans...))
	}
	s := scans[0]
	s.Findings = nil
	for _, name := range []string{"markdown", "summary", "github", "junit"} {
		f, err := LookupCheck(name)
		if err != nil {
			t.Fatal(err)
		}
		checkGolden(t, "check-clean."+f.Extension, renderCheck(t, name, &Gate{Unseen: [][]scanner.Incomplete{nil}}, s))
		stuck := *s
		g := &Gate{}
		couldNotLook(&stuck, g)
		checkGolden(t, "check-incomplete."+f.Extension, renderCheck(t, name, g, &stuck))
	}
}

// The same check gives the same bytes, and formatting changes no scan.
func TestChecksAreRenderedAlike(t *testing.T) {
	scans, g := gateCase(t)
	before := render(t, "json", Options{}, scans...)
	for _, f := range CheckFormats() {
		if f.Render == nil {
			continue // a folder, which has tests of its own
		}
		first := renderCheck(t, f.Name, g, scans...)
		if again := renderCheck(t, f.Name, g, scans...); again != first {
			t.Errorf("%s: %s", f.Name, firstDifference(first, again))
		}
	}
	if after := render(t, "json", Options{}, scans...); after != before {
		t.Errorf("a scan is another one now: %s", firstDifference(before, after))
	}
}

// No format needs a gate, a finding or a scan.
func TestChecksOfNothing(t *testing.T) {
	empty := &scanner.Scan{Schema: scanner.SchemaV1}
	for _, f := range gateFormats() {
		if f.Name != "patch" {
			if out := renderCheck(t, f.Name, nil, empty); out == "" {
				t.Errorf("%s of an empty scan is empty", f.Name)
			}
		}
		_ = renderCheck(t, f.Name, nil)
		_ = renderCheck(t, f.Name, &Gate{})
	}
}

func TestCheckFormatsReportTheWriter(t *testing.T) {
	scans, g := gateCase(t)
	broken := errors.New("disk full")
	for _, f := range gateFormats() {
		r, w := io.Pipe()
		if err := r.CloseWithError(broken); err != nil {
			t.Fatal(err)
		}
		if err := f.Render(w, scans, Options{Gate: g}); !errors.Is(err, broken) {
			t.Errorf("%s: got %v, want the writer's error", f.Name, err)
		}
	}
}

func TestLookupCheck(t *testing.T) {
	seen := map[string]bool{}
	for _, f := range CheckFormats() {
		got, err := LookupCheck(f.Name)
		if err != nil || got.Name != f.Name || f.Description == "" || seen[f.Extension] {
			t.Errorf("%s: %+v, %v", f.Name, got, err)
		}
		seen[f.Extension] = true
	}
	if _, err := LookupCheck("pdfx"); err == nil || !strings.HasSuffix(err.Error(), "junit, github, gitlab, patch, summary") {
		t.Errorf("got %v", err)
	}
	if _, err := Lookup("sarif"); err == nil {
		t.Error("a scan has no format sarif")
	}
}

// notOurWords are judgements that are for lawyers.
var notOurWords = regexp.MustCompile(`(?i)\b(non-?compliant|compliant|illegal|violations?|breach(es)?|unlawful|safe)\b`)

// No format says what only a court or a lawyer can.
func TestWordsThatNoFormatUses(t *testing.T) {
	scans, g := gateCase(t)
	for _, c := range checks.All() {
		page, err := c.Page()
		if err != nil {
			t.Fatal(err)
		}
		scans[0].Findings = append(scans[0].Findings, scanner.Finding{
			ID: c.ID, Class: c.Class, Severity: scanner.SeverityError, Message: c.Title, Why: page.Why, Wrong: page.Wrong, Fix: page.Fix,
		})
		g.Statuses[0] = append(g.Statuses[0], gate.AtGate)
	}
	cases := []struct {
		scans []*scanner.Scan
		gate  *Gate
	}{{scans, g}, {scans, nil}, {[]*scanner.Scan{readJudged(t, "D004", "mustnot")}, &Gate{}}, {nil, &Gate{ExitCode: 3, Unscanned: []Unscanned{{"a.test", "no address"}}}}}
	for i, c := range cases {
		for _, f := range CheckFormats() {
			if f.Render == nil {
				continue
			}
			out := renderCheck(t, f.Name, c.gate, c.scans...)
			if f.Name == "html" { // beside words it has rules of style and code
				out = regexp.MustCompile(`(?s)<(style|script)[ >].*?</(style|script)>`).ReplaceAllString(out, "")
			}
			if word := notOurWords.FindString(out); word != "" {
				t.Errorf("case %d: %s says %q", i, f.Name, word)
			}
		}
	}
}

// gateFormats are those that look at a gate.
func gateFormats() []Format {
	return slices.DeleteFunc(CheckFormats(), func(f Format) bool {
		_, err := Lookup(f.Name)
		return err == nil && f.Name != "markdown"
	})
}

func tryCheck(format string, g *Gate, scans ...*scanner.Scan) (string, error) {
	f, err := LookupCheck(format)
	if err != nil {
		return "", err
	}
	var out bytes.Buffer
	err = f.Render(&out, scans, Options{Gate: g})
	return out.String(), err
}
