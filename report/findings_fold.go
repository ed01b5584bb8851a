package report

import (
	"fmt"
	"strings"

	"cookiescan/classify/checks"
	"cookiescan/scanner"
)

// Findings of good practice that are alike are one line where they are many: a
// site makes the same mistake with every cookie. Names are in that line up to
// mostNamed.
const (
	leastFolded = 3
	mostNamed   = 5
)

// findingLine is a line of a list of findings.
type findingLine struct {
	scanner.Finding
	message string
}

// findingLines are the lines of a scan's findings. Whoever asks for the evidence
// gets each finding by itself.
func findingLines(s *scanner.Scan, evidence bool) []findingLine {
	type likeness struct {
		id       string
		severity scanner.Severity
		sure     scanner.Sureness
	}
	alike := map[likeness][]scanner.Finding{}
	of := func(f scanner.Finding) likeness { return likeness{f.ID, f.Severity, f.Confidence} }
	folds := func(f scanner.Finding) bool { // what is wrong with a signal is something else each time
		return f.Class == scanner.ClassHygiene && f.Kind != "signal" && f.Waived == nil && !evidence
	}
	for _, f := range s.Findings {
		if folds(f) {
			alike[of(f)] = append(alike[of(f)], f)
		}
	}
	var lines []findingLine
	for _, f := range s.Findings {
		group := alike[of(f)]
		switch {
		case !folds(f) || len(group) > 0 && len(group) < leastFolded:
			lines = append(lines, findingLine{Finding: f, message: findingWords(f)})
		case len(group) > 0:
			lines = append(lines, findingLine{Finding: f, message: foldedWords(group)})
			alike[of(f)] = nil
		}
	}
	return lines
}

// findingWords is what a finding says, with what came of it.
func findingWords(f scanner.Finding) string {
	message := joinNonEmpty("; ", f.Message, confirmedWords(f))
	if f.Waived != nil {
		message += "; waived until " + f.Waived.Expires + ": " + f.Waived.Reason
	}
	return message
}

// foldedWords names the subjects of findings that are alike.
func foldedWords(group []scanner.Finding) string {
	title := group[0].ID
	if check, ok := checks.Lookup(group[0].ID); ok {
		title = check.Title
	}
	var names []string
	for _, f := range group[:min(len(group), mostNamed)] {
		names = append(names, subject(f))
	}
	text := fmt.Sprintf("%s, %d times: %s", title, len(group), strings.Join(names, ", "))
	if more := len(group) - len(names); more > 0 {
		text += fmt.Sprintf(" and %d more", more)
	}
	return text + "; --evidence lists them"
}
