package report

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
)

// findings writes a list: the sentences are long and hold foreign text.
func (m *markdown) findings(v view) {
	s := v.scan
	if s.Checks == nil {
		return
	}
	if len(s.Findings) > 0 {
		fmt.Fprintf(m, "\n### %s\n\n", findingsTitle(s))
	}
	for _, f := range findingLines(s, v.evidence) {
		fmt.Fprintf(m, "- **%s** %s, %s: %s\n", mdWord(f.ID), mdWord(string(f.Severity)), mdWord(string(f.Confidence)), mdSentence(f.message))
		if !v.evidence {
			continue
		}
		for _, e := range f.Evidence {
			m.WriteString("  - " + mdSentence(evidenceWords(e)) + "\n")
		}
		for _, row := range aboutFinding(f.Finding) {
			if row[1] != "" {
				fmt.Fprintf(m, "  - %s: %s\n", row[0], mdSentence(row[1]))
			}
		}
	}
	m.WriteString("\n" + mdSentence(profileWords(s)) + "\n")
	for i, line := range untested(s) {
		if i == 0 {
			m.WriteString("\nNot tested, which is not the same as no finding:\n\n")
		}
		m.WriteString("- " + mdSentence(line) + "\n")
	}
}

// mdSentence is a sentence of ours with foreign text in it: words that can be
// no markup stand as they are, the others in code spans.
func mdSentence(s string) string {
	var parts, foreign []string
	flush := func(tail string) {
		if len(foreign) > 0 {
			parts = append(parts, markdownText(strings.Join(foreign, " "))+tail)
			foreign = nil
		}
	}
	for word := range strings.FieldsSeq(printable(s)) {
		if isProse(word, len(parts)+len(foreign) == 0) {
			flush("")
			parts = append(parts, word)
			continue
		}
		bare := strings.TrimRight(word, ".,;:")
		if bare == "" {
			bare = word
		}
		foreign = append(foreign, bare)
		if tail := word[len(bare):]; tail != "" {
			flush(tail)
		}
	}
	flush("")
	return strings.Join(parts, " ")
}

// isProse tells whether a word is none that Markdown acts on. The first of a
// line must not start a list either.
func isProse(word string, first bool) bool {
	if strings.Contains(strings.ToLower(word), "www") {
		return false
	}
	letters := false
	for i, r := range word {
		switch {
		case unicode.IsLetter(r):
			letters = true
		case unicode.IsDigit(r) && !(first && i == 0):
		case i > 0 && strings.ContainsRune(".,;:-'’()?”", r):
		case i == 0 && !first && strings.ContainsRune("(“", r):
		default:
			return false
		}
	}
	return letters || !first
}

// withLine is an address with a place in it.
func withLine(address string, line, column int) string {
	text := address + ":" + strconv.Itoa(line)
	if column > 0 {
		text += ":" + strconv.Itoa(column)
	}
	return strings.TrimSpace(text)
}
