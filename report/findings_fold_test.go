package report

import (
	"fmt"
	"slices"
	"testing"

	"cookiescan/scanner"
)

// TestFindingLines folds what is alike and many, and nothing that somebody has
// to answer one by one.
func TestFindingLines(t *testing.T) {
	var s scanner.Scan
	add := func(n int, id string, class scanner.Class, severity scanner.Severity, change func(*scanner.Finding)) {
		for i := range n {
			f := scanner.Finding{ID: id, Class: class, Severity: severity, Confidence: scanner.SureCertain, Kind: "cookie", Subject: fmt.Sprintf("c%d", i), Message: "one of " + id}
			if change != nil {
				change(&f)
			}
			s.Findings = append(s.Findings, f)
		}
	}
	add(4, "B001", scanner.ClassLaw, scanner.SeverityWarning, nil)
	add(7, "S001", scanner.ClassHygiene, scanner.SeverityWarning, nil)
	add(1, "S001", scanner.ClassHygiene, scanner.SeverityWarning, func(f *scanner.Finding) {
		f.Waived = &scanner.Waiver{Expires: "2027-01-31", Reason: "ticket"}
	})
	add(3, "S001", scanner.ClassHygiene, scanner.SeverityNote, nil)
	add(3, "G008", scanner.ClassHygiene, scanner.SeverityWarning, func(f *scanner.Finding) { f.Kind = "signal" })
	add(2, "S013", scanner.ClassHygiene, scanner.SeverityWarning, nil)
	var got []string
	for _, l := range findingLines(&s, false) {
		got = append(got, string(l.Severity)+" "+l.message)
	}
	want := []string{
		"warning one of B001", "warning one of B001", "warning one of B001", "warning one of B001",
		"warning cookie without Secure, 7 times: c0, c1, c2, c3, c4 and 2 more; --evidence lists them",
		"warning one of S001; waived until 2027-01-31: ticket",
		"note cookie without Secure, 3 times: c0, c1, c2; --evidence lists them",
		"warning one of G008", "warning one of G008", "warning one of G008",
		"warning one of S013", "warning one of S013",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	if n := len(findingLines(&s, true)); n != len(s.Findings) {
		t.Errorf("with evidence %d lines of %d findings", n, len(s.Findings))
	}
}
