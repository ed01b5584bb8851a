package formats

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// token is a piece of JavaScript between spaces and comments.
type token struct {
	kind       tokenKind
	start, end int32 // octets in the source
	line       int32
}

type tokenKind uint8

const (
	endToken    tokenKind = iota
	nameToken             // also keywords
	numberToken           // also 1n, 0x1
	stringToken           // in quotes of either kind
	templateToken
	regexpToken
	signToken // one character, or => and ...
)

// tokenize splits a script into tokens. It never fails: what is no token is a
// sign of one character, a string without an end goes to the end of its line.
func tokenize(src string) []token {
	s := lexer{src: src, line: 1}
	for s.next() {
	}
	return append(s.tokens, token{kind: endToken, start: int32(len(src)), end: int32(len(src)), line: s.line}) //nolint:gosec // bounded by largestScript
}

// lexer is how far a script has been split.
type lexer struct {
	src    string
	at     int
	line   int32
	tokens []token

	endless int // regular expressions without an end
}

// next takes one token, a space or a comment.
func (s *lexer) next() bool {
	if s.at >= len(s.src) {
		return false
	}
	rest := s.src[s.at:]
	switch c := rest[0]; {
	case c == '\n':
		s.line++
		s.at++
	case c == ' ', c == '\t', c == '\r':
		s.at++
	case strings.HasPrefix(rest, "//"):
		s.skip(lineLength(rest))
	case strings.HasPrefix(rest, "/*"):
		end := strings.Index(rest[2:], "*/")
		if end < 0 {
			end = len(rest) - 4
		}
		s.skip(end + 4)
	case c == '"', c == '\'':
		s.take(stringToken, quotedLength(rest))
	case c == '`':
		s.take(templateToken, templateLength(rest))
	case c == '/' && s.regexpMayBegin():
		length := 0
		if s.endless < mostEndless {
			length = regexpLength(rest)
		}
		if length > 0 {
			s.take(regexpToken, length)
			break
		}
		s.endless++
		s.take(signToken, 1)
	case c >= '0' && c <= '9', c == '.' && len(rest) > 1 && rest[1] >= '0' && rest[1] <= '9':
		s.take(numberToken, runLength(rest, func(r rune) bool { return isNamePart(r) || r == '.' }))
	case strings.HasPrefix(rest, "=>"):
		s.take(signToken, 2)
	case strings.HasPrefix(rest, "..."):
		s.take(signToken, 3)
	default:
		s.other(rest)
	}
	return true
}

func (s *lexer) other(rest string) {
	r, size := utf8.DecodeRuneInString(rest)
	switch {
	case isNamePart(r):
		s.take(nameToken, runLength(rest, isNamePart))
	case unicode.IsSpace(r), r == '\ufeff':
		s.at += size
	default:
		s.take(signToken, size)
	}
}

func (s *lexer) take(kind tokenKind, length int) {
	s.tokens = append(s.tokens, token{kind, int32(s.at), int32(s.at + length), s.line}) //nolint:gosec // bounded by largestScript
	s.skip(length)
}

func (s *lexer) skip(length int) {
	s.line += int32(strings.Count(s.src[s.at:s.at+length], "\n")) //nolint:gosec // bounded by largestScript
	s.at += length
}

// regexpMayBegin tells a regular expression from a division by what stands
// before it: behind a value it is a division.
func (s *lexer) regexpMayBegin() bool {
	if len(s.tokens) == 0 {
		return true
	}
	t := s.tokens[len(s.tokens)-1]
	switch text := s.src[t.start:t.end]; t.kind {
	case signToken:
		return text != ")" && text != "]" && text != "}"
	case nameToken:
		return text == "return" || text == "typeof" || text == "case" || text == "in" || text == "of" || text == "void" || text == "delete"
	default:
		return false
	}
}

func lineLength(s string) int {
	if end := strings.IndexByte(s, '\n'); end >= 0 {
		return end
	}
	return len(s)
}

func runLength(s string, in func(rune) bool) int {
	if end := strings.IndexFunc(s, func(r rune) bool { return !in(r) }); end >= 0 {
		return end
	}
	return len(s)
}

func isNamePart(r rune) bool {
	return r == '_' || r == '$' || unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r)
}

func quotedLength(s string) int {
	for i := 1; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case s[0]:
			return i + 1
		case '\n':
			return i
		}
	}
	return len(s)
}

// templateLength is that of a template with its substitutions, of which only
// the braces are counted.
func templateLength(s string) int {
	depth := 0
	for i := 1; i < len(s); i++ {
		switch {
		case s[i] == '\\':
			i++
		case depth == 0 && s[i] == '`':
			return i + 1
		case depth == 0 && strings.HasPrefix(s[i:], "${"):
			depth = 1
			i++
		case depth > 0 && s[i] == '{':
			depth++
		case depth > 0 && s[i] == '}':
			depth--
		}
	}
	return len(s)
}

// Bounds on how far and how often in vain the end of a regular expression is
// looked for.
const (
	longestRegexp = 10_000
	mostEndless   = 1_000
)

// regexpLength is that of a regular expression with its flags; 0 if the line
// ends before it does.
func regexpLength(s string) int {
	class := false
	for i := 1; i < min(len(s), longestRegexp); i++ {
		switch s[i] {
		case '\\':
			i++
		case '[':
			class = true
		case ']':
			class = false
		case '\n':
			return 0
		case '/':
			if !class {
				return i + 1 + runLength(s[i+1:], isNamePart)
			}
		}
	}
	return 0
}
