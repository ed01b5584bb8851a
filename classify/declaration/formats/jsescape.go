package formats

import (
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// unescape is the text of a string or template with its quotes.
func unescape(quoted string) string {
	text := quoted[1:]
	if len(text) > 0 && text[len(text)-1] == quoted[0] {
		text = text[:len(text)-1]
	}
	if !strings.ContainsRune(text, '\\') {
		return strings.ToValidUTF8(text, "\ufffd")
	}
	var b strings.Builder
	for i := 0; i < len(text); {
		if text[i] != '\\' || i+1 == len(text) {
			b.WriteByte(text[i])
			i++
			continue
		}
		i += 1 + escape(&b, text[i+1:])
	}
	return strings.ToValidUTF8(b.String(), "\ufffd")
}

// escape writes what an escape sequence behind its backslash stands for and
// returns its length. ECMAScript section 12.9.4.
func escape(b *strings.Builder, s string) int {
	switch c := s[0]; c {
	case 'n', 't', 'r', 'b', 'f', 'v', '0':
		b.WriteByte("\n\t\r\b\f\v\x00"[strings.IndexByte("ntrbfv0", c)])
		return 1
	case '\n':
		return 1
	case 'x':
		return 1 + codePoint(b, s[1:], 2, "x")
	case 'u':
		if strings.HasPrefix(s, "u{") {
			if end := strings.IndexByte(s, '}'); end > 2 && end <= 8 {
				codePoint(b, s[2:], end-2, "u")
				return end + 1
			}
		}
		first, ok := codeUnit(s[1:])
		if !ok {
			b.WriteByte('u')
			return 1
		}
		if utf16.IsSurrogate(first) && strings.HasPrefix(s[5:], `\u`) {
			second, _ := codeUnit(s[7:])
			if r := utf16.DecodeRune(first, second); r != utf8.RuneError {
				b.WriteRune(r)
				return 11
			}
		}
		b.WriteRune(first)
		return 5
	default:
		_, size := utf8.DecodeRuneInString(s)
		b.WriteString(s[:size])
		return size
	}
}

// codePoint writes the character of some hexadecimal digits, or what stands
// there if they are none.
func codePoint(b *strings.Builder, s string, digits int, otherwise string) int {
	if len(s) >= digits {
		if r, err := strconv.ParseUint(s[:digits], 16, 32); err == nil && r <= utf8.MaxRune {
			b.WriteRune(rune(r))
			return digits
		}
	}
	b.WriteString(otherwise)
	return 0
}

// codeUnit is the number of four hexadecimal digits.
func codeUnit(s string) (rune, bool) {
	if len(s) < 4 {
		return 0, false
	}
	n, err := strconv.ParseUint(s[:4], 16, 16)
	return rune(n), err == nil
}
