package report

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"cookiescan/classify/gate"
	"cookiescan/scanner"
)

// checkComment looks at a comment as at other Markdown, but for the parts that
// fold, which are whole lines of ours and come in pairs.
func checkComment(t *testing.T, out string) {
	t.Helper()
	if n := utf8.RuneCountInString(out); n > 65536 {
		t.Errorf("%d characters are more than a comment can have", n)
	}
	var rest strings.Builder
	open := 0
	for line := range strings.Lines(out) {
		switch strings.TrimSuffix(line, "\n") {
		case "<details>":
			open++
		case "</details>":
			open--
		case "<summary>Evidence, and what would make it wrong</summary>", "<summary>Not tested, which is not the same as no finding</summary>":
		default:
			var n int
			if _, err := fmt.Sscanf(line, "<summary>Other findings (%d)</summary>\n", &n); err != nil {
				rest.WriteString(line)
			}
		}
		if open < 0 || open > 1 {
			t.Errorf("a fold is not closed: %.300s", out)
		}
	}
	if open != 0 {
		t.Errorf("a fold is not closed: %.300s", out)
	}
	checkMarkdown(t, rest.String())
}

func TestComment(t *testing.T) {
	scans, g := gateCase(t)
	out := renderCheck(t, "markdown", g, scans...)
	checkComment(t, out)
	other, _ := gateCase(t)
	other[0].Target.Site = "b.test"
	g.Statuses = append(g.Statuses, g.Statuses[0])
	out = renderCheck(t, "markdown", g, append(scans, other...)...)
	checkComment(t, out)
	if !strings.Contains(out, "| Site | Check |") || !strings.Contains(out, "| `b.test` | U001 |") {
		t.Errorf("a comment on two sites does not say which is which:\n%.800s", out)
	}
}

// However much fails, a comment fits and says how much it leaves out.
func TestCommentFits(t *testing.T) {
	scans, g := gateCase(t)
	f := scans[0].Findings[2]
	f.Message, f.Why = strings.Repeat("long é ", 300), strings.Repeat("why ", 400)
	for range 2000 {
		scans[0].Findings = append(scans[0].Findings, f, scans[0].Findings[0])
		g.Statuses[0] = append(g.Statuses[0], gate.AtGate, gate.Below)
		scans[0].Checks.NotTested = append(scans[0].Checks.NotTested, scanner.Untested{ID: fmt.Sprint("Z", len(scans[0].Findings)), Reason: strings.Repeat("r", len(scans[0].Findings))})
		couldNotLook(scans[0], g)
		g.Unscanned = append(g.Unscanned, Unscanned{strings.Repeat("a", 100), strings.Repeat("b ", 400)})
	}
	out := renderCheck(t, "markdown", g, scans...)
	checkComment(t, out)
	if n := strings.Count(out, "more"); n < 4 {
		t.Errorf("%d lists say that they are longer", n)
	}
	if !strings.Contains(out, "**2002 findings fail the check") || !strings.Contains(out, "What this scan could see") {
		t.Errorf("the outcome or the scope is missing:\n%.300s\n...\n%s", out, out[len(out)-1000:])
	}
}

func TestOutcomeSentence(t *testing.T) {
	row := func(s gate.Status, severity scanner.Severity) judged {
		return judged{Finding: &scanner.Finding{Severity: severity}, status: s}
	}
	until := func(date string) judged {
		return judged{Finding: &scanner.Finding{Waived: &scanner.Waiver{Expires: date}}, status: gate.Waived}
	}
	for want, c := range map[string]struct {
		rows  []judged
		lacks []lack
		code  int
	}{
		"No finding in the tested scope":                             {},
		"No finding in the tested scope (1 waived until 2027-01-31)": {rows: []judged{until("2027-01-31")}},
		"No finding in the tested scope (3 waived until 2027-01-31)": {rows: []judged{until("2027-05-01"), until("2027-01-31"), until("0 `x`")}},
		"1 finding fails the check (1 known from the baseline)":      {rows: []judged{row(gate.AtGate, ""), row(gate.Known, "")}, code: 1},
		"Nothing that fails was found in the tested scope (1 error and 2 notes below the gate)": {
			rows: []judged{row(gate.Below, "note"), row(gate.Below, "error"), row(gate.Below, "note")},
		},
		"Not all could be seen, so the check cannot say that nothing is wrong": {code: 3},
		"2 findings fail the check": {rows: []judged{row(gate.AtGate, ""), row(gate.AtGate, "")}, lacks: []lack{{}}, code: 1},
	} {
		if got := outcomeSentence(c.rows, c.lacks, &Gate{ExitCode: c.code}); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
