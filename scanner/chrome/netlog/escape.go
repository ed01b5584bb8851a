package netlog

import "strings"

// escapedMark begins a header field that is not ASCII; in what follows the
// octets above 0x7f, and "%", are written %XX. The zero-width space in the mark
// keeps an ASCII field from being taken for one.
const escapedMark = "%ESCAPED:\u200b "

// unescapeField gives back the octets of a header field.
func unescapeField(s string) string {
	rest, ok := strings.CutPrefix(s, escapedMark)
	if !ok {
		return s
	}
	var b strings.Builder
	b.Grow(len(rest))
	for i := 0; i < len(rest); i++ {
		if rest[i] == '%' && i+2 < len(rest) && isHex(rest[i+1]) && isHex(rest[i+2]) {
			b.WriteByte(unhex(rest[i+1])<<4 | unhex(rest[i+2]))
			i += 2
			continue
		}
		b.WriteByte(rest[i])
	}
	return b.String()
}

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'f'
}

func unhex(c byte) byte {
	if c <= '9' {
		return c - '0'
	}
	return c | 0x20 - 'a' + 10
}

// cutField splits a header field into its name in lower case and its value.
// HTTP/2 pseudo-fields such as ":status" come out with an empty name.
func cutField(field string) (name, value string) {
	name, value, _ = strings.Cut(unescapeField(field), ":")
	return strings.ToLower(name), strings.TrimLeft(value, " \t")
}
