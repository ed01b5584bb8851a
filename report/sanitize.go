package report

import (
	"strings"

	"cookiescan/classify/safetext"
)

// printable makes text safe for a terminal and for every output built on it.
func printable(s string) string { return safetext.Line(s) }

// csvText makes text safe for a spreadsheet.
func csvText(s string) string { return safetext.Cell(s) }

// markdownText makes text safe inside a paragraph or a heading of Markdown, as
// a code span: the only place in which no markup, HTML, entity, link, bare
// address or mention is looked for.
func markdownText(s string) string {
	s = printable(s)
	if s == "" {
		return "(empty)"
	}
	fence := strings.Repeat("`", longestRun(s, '`')+1)
	// One space on both sides is taken off again by the reader.
	if strings.HasPrefix(s, "`") || strings.HasSuffix(s, "`") || strings.HasPrefix(s, " ") || strings.HasSuffix(s, " ") {
		s = " " + s + " "
	}
	return fence + s + fence
}

// markdownCell is markdownText for a cell of a table, where a pipe ends the
// cell even within a code span unless a backslash stands before it (GFM
// section 4.10). Readers disagree about a pipe that already has one.
func markdownCell(s string) string {
	s = strings.ReplaceAll(printable(s), `\|`, `\‹U+007C›`)
	return strings.ReplaceAll(markdownText(s), "|", `\|`)
}

func longestRun(s string, c byte) int {
	longest, run := 0, 0
	for i := range len(s) {
		if s[i] != c {
			run = 0
			continue
		}
		run++
		longest = max(longest, run)
	}
	return longest
}
