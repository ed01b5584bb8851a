package report

import (
	"bytes"
	"slices"
	"testing"

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
		Statuses: [][]Status{{Below, Waived, AtGate, AtGate, Below, Known}},
		Unseen:   [][]scanner.Incomplete{nil},
		Baseline: map[string]bool{from.Findings[0].Fingerprint: true},
	}
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
