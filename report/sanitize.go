package report

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxMarks is how many combining marks may follow each other. Real scripts
// need up to four; a pile of them would cover the lines around.
const maxMarks = 4

// printable makes text safe for a terminal and for every output built on it:
// one line, nothing that acts, hides, reorders or joins what stands around it.
// Each such character is replaced by something visible: \x1b for a control
// or an octet that is not UTF-8, ‹U+202E› for the others.
func printable(s string) string {
	if isPlain(s) {
		return s
	}
	var b strings.Builder
	marks := maxMarks // a mark at the start would join what stands before
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == utf8.RuneError && n == 1:
			fmt.Fprintf(&b, `\x%02x`, s[i])
			marks = 0
		case r < 0x20 || r == 0x7f:
			fmt.Fprintf(&b, `\x%02x`, r)
			marks = 0
		case unicode.Is(unicode.M, r) && marks >= maxMarks, !isVisible(r):
			fmt.Fprintf(&b, "‹U+%04X›", r)
			if !unicode.Is(unicode.M, r) {
				marks = 0
			}
		default:
			b.WriteRune(r)
			if unicode.Is(unicode.M, r) {
				marks++
			} else {
				marks = 0
			}
		}
		i += n
	}
	return b.String()
}

func isPlain(s string) bool {
	for i := range len(s) {
		if s[i] < 0x20 || s[i] >= 0x7f {
			return false
		}
	}
	return true
}

// isVisible tells whether a character shows as itself: graphic, no space but
// the plain one, and none that Unicode lets a renderer leave out (fillers,
// variation selectors, joiners, tags).
func isVisible(r rune) bool {
	switch {
	case r == ' ':
		return true
	case unicode.Is(unicode.Zs, r), unicode.Is(unicode.Variation_Selector, r),
		unicode.Is(unicode.Other_Default_Ignorable_Code_Point, r):
		return false
	}
	return unicode.IsGraphic(r)
}

// csvText makes text safe for a spreadsheet: printable, and never a formula.
// A leading formula sign gets an apostrophe, which spreadsheets take as "this
// is text". The same after a semicolon, at which a spreadsheet splits in
// locales with a decimal comma.
func csvText(s string) string {
	fields := strings.Split(printable(s), ";")
	for i, field := range fields {
		if startsFormula(field) {
			fields[i] = "'" + field
		}
	}
	return strings.Join(fields, ";")
}

// startsFormula looks behind what a spreadsheet strips. Controls that start a
// formula (tab, CR) are visible text by now.
func startsFormula(s string) bool {
	s = strings.TrimLeft(s, " \"'")
	r, _ := utf8.DecodeRuneInString(s)
	return strings.ContainsRune("=+-@＝＋－＠﹢﹣﹦﹫−⁺₊⁼₌", r) && s != ""
}

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
