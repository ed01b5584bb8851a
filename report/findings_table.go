package report

import (
	"strings"

	"cookiescan/scanner"
)

// findings writes what the checks found, the heaviest first, and what was not
// tested.
func (t *terminal) findings(v view) error {
	s := v.scan
	if s.Checks == nil {
		return nil
	}
	if len(s.Findings) > 0 {
		t.heading(findingsTitle(s))
		if err := t.findingRows(v); err != nil {
			return err
		}
	}
	t.WriteString("\n" + wrap("", printable(profileWords(s)), t.width))
	for i, line := range untested(s) {
		if i == 0 {
			t.WriteString(wrap("", "Not tested, which is not the same as no finding:", t.width))
		}
		t.WriteString(wrap("  - ", printable(line), t.width))
	}
	return nil
}

func (t *terminal) findingRows(v view) error {
	rows := sheet{
		columns: []column{{"CHECK", 0, 0}, {"SEVERITY", 0, 0}, {"SURE", 0, 0}, {"FINDING", 0, 0}},
		under:   map[int]string{},
	}
	for _, f := range findingLines(v.scan, v.evidence) {
		if v.evidence {
			rows.under[len(rows.rows)] = t.findingBelow(f.Finding)
		}
		rows.rows = append(rows.rows, []cell{plain(f.ID), plain(string(f.Severity)), plain(string(f.Confidence)), prose(printable(f.message))})
	}
	return rows.draw(t, t.width, t.bold)
}

// findingBelow is what speaks for and against a finding, with --evidence.
func (t *terminal) findingBelow(f scanner.Finding) string {
	var b strings.Builder
	for _, e := range f.Evidence {
		b.WriteString(wrap("  └ ", printable(evidenceWords(e)), t.width))
	}
	for _, row := range aboutFinding(f) {
		if row[1] != "" {
			b.WriteString(wrap("    "+row[0]+": ", printable(row[1]), t.width))
		}
	}
	return b.String()
}

// evidenceWords is one observation in a line.
func evidenceWords(e scanner.Evidence) string {
	setter := e.Setter
	if e.Line > 0 {
		setter = withLine(e.Setter, e.Line, e.Column)
	}
	where := joinNonEmpty(" ", e.Page, e.URL)
	return joinNonEmpty(", ", joinNonEmpty(": ", e.Item, e.Detail), where, setter)
}
