package control

import (
	"strings"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// maxName is how much of a name is read, in bytes.
const maxName = 400

// words are the words of a name, as the lexicon compares them: case folded,
// without diacritics. What is neither letter nor digit separates them.
func words(name string) []string {
	if len(name) > maxName {
		name = strings.ToValidUTF8(name[:maxName], "")
	}
	return strings.FieldsFunc(fold(name), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// fold makes spellings of a word equal.
func fold(s string) string {
	var b strings.Builder
	for _, r := range cases.Fold().String(norm.NFKD.String(s)) {
		switch {
		case unicode.Is(unicode.Mn, r), r == '\u00ad', r == '\u200b': // marks, soft hyphens
		case special[r] != "":
			b.WriteString(special[r])
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// special are letters that have no decomposition.
var special = map[rune]string{'ł': "l", 'ø': "o", 'đ': "d", 'ħ': "h", 'ı': "i", 'æ': "ae", 'œ': "oe", 'ŧ': "t"}

// camel splits addToCart and add_to_cart as identifiers are written.
func camel(s string) string {
	var b strings.Builder
	last := ' '
	for _, r := range s {
		if unicode.IsUpper(r) && unicode.IsLower(last) {
			b.WriteByte(' ')
		}
		b.WriteRune(r)
		last = r
	}
	return b.String()
}
