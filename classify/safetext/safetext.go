// Package safetext makes text that comes from a site, or from anybody, safe for
// the outputs that people look at: terminals and spreadsheets. It knows no
// markup: escaping for HTML, Markdown or JSON is for who writes them.
package safetext

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxMarks is how many combining marks may follow each other. Real scripts
// need up to four; a pile of them would cover the lines around.
const maxMarks = 4

// Line makes text safe for a terminal and for every output built on it:
// one line, nothing that acts, hides, reorders or joins what stands around it.
// Each such character is replaced by something visible: \x1b for a control
// or an octet that is not UTF-8, ‹U+202E› for the others.
func Line(s string) string {
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

// Cell makes text safe for a spreadsheet: one line, and never a formula.
// A leading formula sign gets an apostrophe, which spreadsheets take as "this
// is text". The same after a semicolon, at which a spreadsheet splits in
// locales with a decimal comma.
func Cell(s string) string {
	fields := strings.Split(Line(s), ";")
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

// FromCell is the text that Cell was given, if it was one line already. Of the
// cells that others write it takes an apostrophe before a formula sign, which is
// none of the text.
func FromCell(s string) string {
	fields := strings.Split(s, ";")
	for i, field := range fields {
		if rest, ok := strings.CutPrefix(field, "'"); ok && startsFormula(rest) {
			fields[i] = rest
		}
	}
	return strings.Join(fields, ";")
}
