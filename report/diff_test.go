package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"cookiescan/classify/words"
	"cookiescan/report/diff"
	"cookiescan/scanner"
)

func renderDiff(t testing.TB, format string, o Options, results ...*diff.Result) string {
	t.Helper()
	var out bytes.Buffer
	if err := Diff(&out, format, results, o); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func judgedTypical(t testing.TB) *scanner.Scan {
	t.Helper()
	s, judged := readClassified(t, "typical"), readScan(t, "consent")
	s.Checks, s.Findings = judged.Checks, judged.Findings
	return s
}

// later is the typical scan, made again after the site changed.
func later(t testing.TB) *scanner.Scan {
	t.Helper()
	s := judgedTypical(t)
	s.Findings = append(s.Findings[1:], scanner.Finding{
		ID: "S001", Severity: scanner.SeverityNote, Subject: "fresh", Message: "A cookie is new", Fingerprint: "new",
	})
	s.Findings[0].Severity = scanner.SeverityNote
	s.Started = s.Started.AddDate(0, 0, 7)
	s.Settings.Region = "AT"
	s.Passes = s.Passes[:len(s.Passes)-1]
	s.Passes[0].Pages[2].Error = "the connection was reset"
	gone, changed := &s.Cookies[0], &s.Cookies[1]
	seconds := int64(86400)
	changed.Session, changed.Lifetime.StoredSeconds = false, &seconds
	changed.Classification.Category = scanner.Marketing
	fresh := *gone
	fresh.Name, fresh.Pages = "fresh", []string{s.Passes[0].Pages[0].ID}
	fresh.Classification = nil
	s.Cookies[0] = fresh
	s.Storage = s.Storage[1:]
	return s
}

func TestDiffGoldens(t *testing.T) {
	typical, hostile := judgedTypical(t), readClassified(t, "hostile")
	german, err := words.Language("de")
	if err != nil {
		t.Fatal(err)
	}
	for name, r := range map[string]*diff.Result{"diff": diff.Compare(typical, later(t)), "diff-hostile": diff.Compare(typical, hostile)} {
		for format, extension := range map[string]string{"table": "txt", "json": "json", "markdown": "md"} {
			checkGolden(t, name+"."+extension, renderDiff(t, format, Options{}, r))
		}
		for _, width := range []int{60, 160} {
			checkGolden(t, fmt.Sprintf("%s-%d.txt", name, width), renderDiff(t, "table", Options{Width: width}, r))
		}
	}
	checkGolden(t, "diff.de.txt", renderDiff(t, "table", Options{Lang: german}, diff.Compare(typical, later(t))))
}

// TestDiffAttacks: nothing from a site acts, in either direction.
func TestDiffAttacks(t *testing.T) {
	typical := judgedTypical(t)
	for _, attack := range attacks() {
		poisoned := poison(t, attack)
		for _, r := range []*diff.Result{diff.Compare(typical, poisoned), diff.Compare(poisoned, typical), diff.Compare(poisoned, poisoned)} {
			table := renderDiff(t, "table", Options{Width: 80}, r)
			checkText(t, "table", table)
			for line := range strings.Lines(table) {
				if n := width(strings.TrimSuffix(line, "\n")); n > 80 {
					t.Errorf("%d columns: %q", n, line)
				}
			}
			checkText(t, "json", renderDiff(t, "json", Options{}, r))
			checkMarkdown(t, renderDiff(t, "markdown", Options{}, r))
		}
	}
}

func TestDiffOfSeveralSites(t *testing.T) {
	small, typical := readClassified(t, "small"), readClassified(t, "typical")
	results := []*diff.Result{diff.Compare(small, small), diff.Compare(typical, typical)}
	var list []diff.Result
	if err := json.Unmarshal([]byte(renderDiff(t, "json", Options{}, results...)), &list); err != nil || len(list) != 2 {
		t.Errorf("%d results, %v", len(list), err)
	}
	if n := strings.Count(renderDiff(t, "markdown", Options{}, results...), "## Comparison of"); n != 2 {
		t.Errorf("%d headings", n)
	}
	var one diff.Result
	if err := json.Unmarshal([]byte(renderDiff(t, "json", Options{}, results[0])), &one); err != nil || one.Schema != diff.SchemaV1 {
		t.Errorf("schema %q, %v", one.Schema, err)
	}
}
