package crawl

import "strings"

// part is a part of an address with its own set of characters that stand as
// they are.
type part int

const (
	inPath part = iota
	inQuery
	inFragment
)

const hexDigits = "0123456789ABCDEF"

// escape writes the escapes of a part in their normal form: upper case, none
// for unreserved characters (RFC 3986, section 6.2.2.2), one for whatever
// browsers escape there. A stray "%" becomes "%25", which servers read as the
// same; browsers leave it.
func escape(s string, p part) string {
	if !needsEscape(s, p) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s) + 8)
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch octet, ok := escaped(s[i:]); {
		case ok:
			if unreserved(octet) {
				b.WriteByte(octet)
			} else {
				writeEscape(&b, octet)
			}
			i += 2
		case c != '%' && asItIs(c, p):
			b.WriteByte(c)
		default:
			writeEscape(&b, c)
		}
	}
	return b.String()
}

func needsEscape(s string, p part) bool {
	for i := range len(s) {
		if s[i] == '%' || !asItIs(s[i], p) {
			return true
		}
	}
	return false
}

func writeEscape(b *strings.Builder, c byte) {
	b.WriteByte('%')
	b.WriteByte(hexDigits[c>>4])
	b.WriteByte(hexDigits[c&15])
}

// escaped is the octet of an escape at the beginning of s.
func escaped(s string) (byte, bool) {
	if len(s) < 3 || s[0] != '%' {
		return 0, false
	}
	hi, ok1 := unhex(s[1])
	lo, ok2 := unhex(s[2])
	return hi<<4 | lo, ok1 && ok2
}

func unhex(c byte) (byte, bool) {
	switch {
	case '0' <= c && c <= '9':
		return c - '0', true
	case 'a' <= c && c <= 'f':
		return c - 'a' + 10, true
	case 'A' <= c && c <= 'F':
		return c - 'A' + 10, true
	}
	return 0, false
}

// unreserved characters mean the same with and without an escape.
func unreserved(c byte) bool {
	return isLetter(c) || isDigit(c) || c == '-' || c == '.' || c == '_' || c == '~'
}

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }
func isDigit(c byte) bool  { return '0' <= c && c <= '9' }

// asItIs tells the characters that a part may hold without an escape. Paths
// follow net/url, so that parsing and writing an address there changes nothing.
func asItIs(c byte, p part) bool {
	switch {
	case unreserved(c):
		return true
	case c <= ' ' || c >= 0x7f:
		return false
	case p == inPath:
		return strings.IndexByte("!$&'()*+,;=:@/[]", c) >= 0
	case p == inFragment:
		return strings.IndexByte("!$&'()*+,;=:@/[]?", c) >= 0
	}
	return strings.IndexByte(`"<>'`, c) < 0
}

// unescape undoes the escapes that are valid.
func unescape(s string) string {
	if strings.IndexByte(s, '%') < 0 {
		return s
	}
	b := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		if octet, ok := escaped(s[i:]); ok {
			b = append(b, octet)
			i += 2
		} else {
			b = append(b, s[i])
		}
	}
	return string(b)
}
