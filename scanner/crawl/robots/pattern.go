package robots

import "strings"

// pattern is a rule with wildcards (section 2.2.3).
type pattern struct {
	allow  bool
	length int      // of the rule as it is written
	first  string   // what the path begins with
	rest   []string // what follows, anything between
	end    bool     // the last of them ends the path
}

func newPattern(text string, allow bool) pattern {
	p := pattern{allow: allow, length: len(text)}
	text, p.end = strings.CutSuffix(text, "$")
	parts := strings.Split(text, "*")
	p.first, p.rest = parts[0], parts[1:]
	return p
}

// matches needs time in proportion to the path and to the rule.
func (p pattern) matches(path string) bool {
	path, ok := strings.CutPrefix(path, p.first)
	if !ok {
		return false
	}
	if len(p.rest) == 0 {
		return !p.end || path == ""
	}
	for i, part := range p.rest {
		if p.end && i == len(p.rest)-1 {
			return strings.HasSuffix(path, part)
		}
		at := strings.Index(path, part)
		if at < 0 {
			return false
		}
		path = path[at+len(part):]
	}
	return true
}

const hexDigits = "0123456789ABCDEF"

// normal writes a path or a rule so that octets can be compared: escapes in
// upper case, none for unreserved characters, one for what is not ASCII
// and for a "%" that begins no escape (section 2.2.2).
func normal(path string) string {
	clean := func(c byte) bool { return c > ' ' && c < 0x7f && c != '%' }
	i := 0
	for i < len(path) && clean(path[i]) {
		i++
	}
	if i == len(path) {
		return path
	}
	b := []byte(path[:i])
	for ; i < len(path); i++ {
		c := path[i]
		escaped := false
		if c == '%' && i+2 < len(path) {
			hi, lo := strings.IndexByte(hexDigits, upper(path[i+1])), strings.IndexByte(hexDigits, upper(path[i+2]))
			if escaped = hi >= 0 && lo >= 0; escaped {
				c = byte(hi<<4 | lo)
				i += 2
			}
		}
		if escaped && !unreserved(c) || !escaped && !clean(c) {
			b = append(b, '%', hexDigits[c>>4], hexDigits[c&15])
		} else {
			b = append(b, c)
		}
	}
	return string(b)
}

func upper(c byte) byte {
	if 'a' <= c && c <= 'z' {
		return c - 'a' + 'A'
	}
	return c
}

func unreserved(c byte) bool {
	return 'a' <= c|0x20 && c|0x20 <= 'z' || '0' <= c && c <= '9' || strings.IndexByte("-._~", c) >= 0
}
