package report

import (
	"bytes"
	"strings"
	"testing"

	"cookiescan/classify/gate"
	"cookiescan/scanner"
)

// What is to be done stands once above all that asks for it, and what was not
// seen or not tested is never left out.
func TestGateTable(t *testing.T) {
	finding := func(id, subject, fix string) scanner.Finding {
		return scanner.Finding{ID: id, Severity: scanner.SeverityError, Subject: subject, Message: subject + " was seen", Fix: fix}
	}
	waived := finding("U004", "consent", "Shorten it.")
	waived.Waived = &scanner.Waiver{Kind: "fix-pending", Owner: "ana", Reason: "CMP 4.2", Expires: "2027-01-31"}
	hostile := finding("U002", "\x1b[31mkey", "Declare it.")
	doc := &scanner.Scan{
		Target: scanner.Target{URL: "https://pr-7.preview.test/", Site: "preview.test", As: "https://www.shop.test/"}, Complete: true,
		Checks: &scanner.CheckRun{Tested: []string{"U001"}, NotTested: []scanner.Untested{
			{ID: "B005", Reason: "the pass reject was not made"}, {ID: "U013", Reason: "no page was given"},
		}},
		Findings: []scanner.Finding{finding("U001", "_ga", "Declare it."), hostile, finding("U005", "sid", "Shorten it."), waived, finding("U001", "old", "Declare it.")},
	}
	second := &scanner.Scan{Target: scanner.Target{URL: "https://www.shop.test/account"}, Checks: &scanner.CheckRun{Tested: []string{"U013"}}}
	g := &Gate{Compared: []string{"cookies.yaml", "https://www.shop.test/cookies"}, Statuses: [][]gate.Status{{gate.AtGate, gate.AtGate, gate.Below, gate.Waived, gate.Known}, {}}, ExitCode: 1}
	var b bytes.Buffer
	if err := renderTable(&b, []*scanner.Scan{doc, second}, Options{Gate: g}); err != nil {
		t.Fatal(err)
	}
	checkGolden(t, "gate.txt", b.String())
	if strings.Contains(b.String(), "\x1b") {
		t.Error("a name controls the terminal")
	}
}
