package consent

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// plain is a text in lower case with what capitals lose left out: the marks on
// Latin and Greek letters, the Greek sigma of the end of words, ß, and the i
// without a dot, which is a letter of its own in Turkish alone. Marks of other
// scripts stay: the Cyrillic й is no и.
func plain(text string) string {
	if ascii(text) {
		return strings.ToLower(text)
	}
	var b strings.Builder
	marked := false // the letter before may lose its marks
	for _, r := range norm.NFD.String(text) {
		if marked && unicode.Is(unicode.Mn, r) {
			continue
		}
		marked = unicode.In(r, unicode.Latin, unicode.Greek)
		switch r = unicode.ToLower(r); r {
		case 'ß':
			b.WriteString("ss")
		case 'ς':
			b.WriteRune('σ')
		case 'ı':
			b.WriteRune('i')
		default:
			b.WriteRune(r)
		}
	}
	return norm.NFC.String(b.String())
}

func ascii(text string) bool {
	for i := range len(text) {
		if text[i] >= 0x80 {
			return false
		}
	}
	return true
}
