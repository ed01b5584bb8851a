package crawl

import (
	_ "embed"
	"strings"
	"unicode/utf8"
)

//go:embed data/segments.txt
var segmentsFile string

// lexicon knows what parts of addresses mean.
type lexicon map[string]map[string]bool // by kind, see data/segments.txt

func loadLexicon() lexicon {
	l := lexicon{}
	for line := range strings.Lines(segmentsFile) {
		words := strings.Fields(line)
		if len(words) == 0 || words[0] == "#" {
			continue
		}
		if l[words[0]] == nil {
			l[words[0]] = map[string]bool{}
		}
		for _, w := range words[1:] {
			l[words[0]][w] = true
		}
	}
	return l
}

// segment is a part of a path between slashes, as templates see it.
type segment struct {
	label string // what stands in the template as long as it is not collapsed
	wild  string // what stands there once it is; "" when label is for good
	slug  bool   // more like the name of one of many things than like a word
}

// parse tells what a segment is. Numbers, dates, ids and the pages of a list
// are collapsed for good; words and slugs once there are many beside them.
func (l lexicon) parse(s string) segment {
	stem, ext := l.cutExtension(s)
	if class := fixedClass(stem); class != "" {
		return segment{label: class + ext}
	}
	if word, ok := l.paging(stem); ok {
		return segment{label: word + "{n}" + ext}
	}
	if stem == "" || strings.EqualFold(stem, "index") || strings.EqualFold(stem, "default") {
		return segment{label: s}
	}
	return segment{label: s, wild: "{slug}" + ext, slug: sluggish(stem)}
}

// cutExtension takes off an ending that is known.
func (l lexicon) cutExtension(s string) (stem, ext string) {
	i := strings.LastIndexByte(s, '.')
	if i <= 0 || len(s)-i > 12 {
		return s, ""
	}
	e := strings.ToLower(s[i+1:])
	if l["page"][e] || l["file"][e] {
		return s[:i], s[i:]
	}
	return s, ""
}

// fixedClass is the class of what is never a word.
func fixedClass(s string) string {
	digits := strings.Trim(s, "0123456789") == ""
	switch {
	case s == "":
		return ""
	case digits && len(s) == 8 && plausibleDate(s[:4], s[4:6], s[6:]):
		return "{date}"
	case digits:
		return "{n}"
	case isDate(s):
		return "{date}"
	case isUUID(s):
		return "{uuid}"
	case isHex(s):
		return "{hex}"
	case random(s) && strings.IndexByte(s, '-') < 0 && !strings.Contains(s, "%"):
		return "{id}"
	}
	return ""
}

// isDate tells 2026-05, 2026-05-12 and the like with "_" or ".".
func isDate(s string) bool {
	if len(s) != 7 && len(s) != 10 || strings.IndexByte("-_.", s[4]) < 0 {
		return false
	}
	if len(s) == 7 {
		return plausibleDate(s[:4], s[5:7], "01")
	}
	return s[7] == s[4] && plausibleDate(s[:4], s[5:7], s[8:])
}

func plausibleDate(year, month, day string) bool {
	return isYear(year) && between(month, "01", "12") && between(day, "01", "31")
}

func isYear(s string) bool { return len(s) == 4 && between(s, "1900", "2099") }

// between compares numbers of two or four digits.
func between(s, low, high string) bool {
	return len(s) == len(low) && strings.Trim(s, "0123456789") == "" && low <= s && s <= high
}

func isUUID(s string) bool {
	if len(s) != 36 {
		return false
	}
	for i := range len(s) {
		if _, ok := unhex(s[i]); ok == (i == 8 || i == 13 || i == 18 || i == 23) {
			return false
		}
	}
	return true
}

// isHex tells hex digits that are no word and no number.
func isHex(s string) bool {
	digits := 0
	for i := range len(s) {
		if _, ok := unhex(s[i]); !ok {
			return false
		}
		if isDigit(s[i]) {
			digits++
		}
	}
	return len(s) >= 8 && digits > 0 && digits < len(s)
}

// paging tells "page-2", "seite3": the word with what joins it to the number.
func (l lexicon) paging(s string) (string, bool) {
	word := strings.TrimRight(s, "0123456789")
	if word == s || len(s)-len(word) > 6 {
		return "", false
	}
	return word, l["paging"][strings.ToLower(strings.TrimRight(unescape(word), "-_="))]
}

// sluggish tells the names of one of many things: shoe-123, the-long-title.
func sluggish(s string) bool {
	s = unescape(s)
	joints := 0
	for _, joint := range []string{"-", "_", "+", ".", " "} {
		joints += strings.Count(s, joint)
	}
	return joints >= 2 || joints == 1 && strings.ContainsAny(s, "0123456789") || utf8.RuneCountInString(s) >= 20
}

// isVariant tells a language or market, as in de, en-gb, pt_br, ch.
func (l lexicon) isVariant(s string) bool {
	s = strings.ToLower(s)
	if len(s) == 5 && (s[2] == '-' || s[2] == '_') {
		return l["language"][s[:2]] && isLetter(s[3]) && isLetter(s[4]) || l["market"][s[:2]] && l["language"][s[3:]]
	}
	return l["language"][s] || l["market"][s]
}
