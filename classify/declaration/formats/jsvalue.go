package formats

import (
	"strconv"
	"strings"
)

// literal is a value of JavaScript as a program writes it down.
type literal struct {
	kind   literalKind
	text   string // of a string, a number, or the source of a regular expression
	items  []literal
	fields []field
	line   int

	ignoresCase bool // of a regular expression
}

type literalKind int

const (
	unknownLiteral literalKind = iota // code: a call, a function, a name; text is its beginning
	nullLiteral
	boolLiteral
	numberLiteral
	stringLiteral
	regexpLiteral
	listLiteral
	objectLiteral
)

// field is a key of an object and its value.
type field struct {
	key   string
	value literal
}

// get is the value of a key, the last if there are several, as in JavaScript.
func (l literal) get(key string) literal {
	for i := len(l.fields) - 1; i >= 0; i-- {
		if l.fields[i].key == key {
			return l.fields[i].value
		}
	}
	return literal{}
}

// has tells whether an object has a key.
func (l literal) has(key string) bool { return l.get(key).line > 0 }

// string is the text of a string or a number, "" of anything else.
func (l literal) string() string {
	if l.kind == stringLiteral || l.kind == numberLiteral {
		return l.text
	}
	return ""
}

func (l literal) isTrue() bool { return l.kind == boolLiteral && l.text == "true" }

func (l literal) place() string { return "line " + strconv.Itoa(l.line) }

// strings are those of a list, or the one string that stands for it.
func (l literal) strings() []string {
	var all []string
	for _, item := range append([]literal{l}, l.items...) {
		if text := item.string(); text != "" {
			all = append(all, text)
		}
	}
	return all
}

// quote writes a string of JavaScript and of JSON, in which nothing ends a
// script element.
func quote(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"', r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r < 0x20, r == '<', r == '>', r == '&', r == 0x7f, r == 0x2028, r == 0x2029:
			b.WriteString(`\u` + hex4(r))
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

func hex4(r rune) string {
	text := strconv.FormatInt(int64(r), 16)
	return strings.Repeat("0", max(0, 4-len(text))) + text
}
