package report

import (
	"strings"
	"unicode/utf8"

	"cookiescan/classify/safetext"
)

// printable makes text safe for a terminal and for every output built on it.
func printable(s string) string { return safetext.Line(s) }

// csvText makes text safe for a spreadsheet.
func csvText(s string) string { return safetext.Cell(s) }

// htmlName makes text that a site chose safe for a line of an HTML report, whose
// template escapes markup: printable, and shortened so that no name covers the
// page.
func htmlName(s string) string { return bounded(s, 100) }

// htmlText is the same for a sentence that holds such names.
func htmlText(s string) string { return bounded(s, 1500) }

// htmlLink is an address that a reader may follow, or empty: one with anything
// in it that does not show as itself leads elsewhere than it seems to.
func htmlLink(address string) string {
	if printable(address) != address {
		return ""
	}
	return address
}

// bounded is printable and shorten, without looking at all of a text that is
// much too long.
func bounded(s string, columns int) string {
	if most := 4 * columns; len(s) > 2*most {
		head, tail := most, len(s)-most
		for !utf8.RuneStart(s[head]) && head > most-utf8.UTFMax {
			head--
		}
		for !utf8.RuneStart(s[tail]) && tail < len(s)-most+utf8.UTFMax {
			tail++
		}
		s = s[:head] + "…" + s[tail:]
	}
	return shorten(printable(s), columns)
}

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

// sarifMessage makes text safe as a plain message of SARIF, in which brackets
// can be links (section 3.11.6) and braces places to fill in (3.11.5).
func sarifMessage(s string) string {
	return sarifBraces(strings.NewReplacer(`\`, `\\`, "[", `\[`, "]", `\]`).Replace(s))
}

// sarifBraces is the part of it that is also true of Markdown in SARIF.
func sarifBraces(s string) string { return strings.NewReplacer("{", "{{", "}", "}}").Replace(s) }

// plainWord leaves of a word that should be ours what no output acts on.
func plainWord(s string) string {
	s = strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == ' ' || r == '-' {
			return r
		}
		return -1
	}, s)
	return s[:min(len(s), 40)]
}

// workflowData makes text safe as the message of a GitHub workflow command,
// whose lines would be commands of their own.
func workflowData(s string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A").Replace(s)
}

// workflowProperty is the same for a property, which a colon or a comma ends.
func workflowProperty(s string) string {
	return strings.NewReplacer(":", "%3A", ",", "%2C").Replace(workflowData(s))
}

// mdSentenceCell is mdSentence for a cell of a table, see markdownCell.
func mdSentenceCell(s string) string {
	s = strings.ReplaceAll(printable(s), `\|`, `\‹U+007C›`)
	return strings.ReplaceAll(mdSentence(s), "|", `\|`)
}
