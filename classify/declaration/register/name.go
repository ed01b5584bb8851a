package register

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"
)

// A Name is that of one item, or a pattern of names: * is any run of
// characters, also none. Whatever else is literal; \* is a star and \\ a
// backslash.
type Name struct {
	Text  string   // as it is written
	parts []string // the literal text between the stars; one if there is none
}

// mostName is how many octets a name may have.
const mostName = 4096

const mostStars = 16

// ParseName reads a name. The error says what is wrong with a pattern.
func ParseName(text string) (Name, error) {
	n := Name{Text: text}
	if len(text) > mostName {
		return n, fmt.Errorf("the name has more than %d octets", mostName)
	}
	var part strings.Builder
	literal, stars := 0, 0
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == '\\' && i+1 < len(text) && (text[i+1] == '*' || text[i+1] == '\\'):
			i++
			part.WriteByte(text[i])
			literal++
		case c == '*' && i > 0 && text[i-1] == '*' && part.Len() == 0:
			return n, errors.New("two stars follow each other")
		case c == '*':
			n.parts = append(n.parts, part.String())
			part.Reset()
			stars++
		default:
			part.WriteByte(c)
			literal++
		}
	}
	n.parts = append(n.parts, part.String())
	switch {
	case stars > mostStars:
		return n, fmt.Errorf("the pattern has more than %d stars", mostStars)
	case stars > 0 && literal == 0:
		return n, errors.New("the pattern is about every name")
	case stars > 0 && literal == 1: // *_* is about most names
		return n, errors.New("the pattern has one character beside its stars; write more of the name")
	}
	return n, nil
}

// EscapeName writes a literal name so that ParseName reads it as one.
func EscapeName(s string) string {
	return strings.NewReplacer(`\`, `\\`, `*`, `\*`).Replace(s)
}

// IsPattern tells whether there is a star in it.
func (n Name) IsPattern() bool { return len(n.parts) > 1 }

// literal is the name itself, if it is no pattern, or else what the names of
// the pattern begin with.
func (n Name) literal() string {
	if len(n.parts) == 0 {
		return ""
	}
	return n.parts[0]
}

// literals counts the characters that are not stars.
func (n Name) literals() int {
	sum := 0
	for _, p := range n.parts {
		sum += utf8.RuneCountInString(p)
	}
	return sum
}

// Match tells whether a name is meant. It takes at most time in proportion to
// the product of the lengths.
func (n Name) Match(s string) bool {
	if !n.IsPattern() {
		return s == n.literal()
	}
	first, last := n.parts[0], n.parts[len(n.parts)-1]
	if len(s) < len(first)+len(last) || !strings.HasPrefix(s, first) || !strings.HasSuffix(s, last) {
		return false
	}
	s = s[len(first) : len(s)-len(last)]
	for _, p := range n.parts[1 : len(n.parts)-1] {
		i := strings.Index(s, p)
		if i < 0 {
			return false
		}
		s = s[i+len(p):]
	}
	return true
}
