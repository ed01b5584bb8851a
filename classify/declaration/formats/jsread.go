package formats

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// Bounds on scripts.
const (
	largestScript = 10 << 20 // octets
	deepest       = 100      // literals within each other
	mostSteps     = 20_000_000
	longestName   = 50 // tokens of a name such as a.b['c']
)

var errTooLong = errors.New("the script is nested too deeply or too long")

// A script is JavaScript, JSON or TypeScript of which the literals are read. It
// is never run: what only running it would tell is not understood.
type script struct {
	src    string
	tokens []token
	steps  int
}

func newScript(src string) (*script, error) {
	if len(src) > largestScript {
		return nil, fmt.Errorf("the script has more than %d MB", largestScript>>20)
	}
	return &script{src: src, tokens: tokenize(src)}, nil
}

// find returns the outermost objects that fit, in their order, each with what
// is assigned to: the text before its equals sign, such as a.b.c.
func (s *script) find(fits func(literal) bool) (found []literal, names []string, err error) {
	for at := 0; at < len(s.tokens); {
		if !s.is(at, "{") || !s.valueMayBegin(at) {
			at++
			continue
		}
		value, next, ok := s.object(at, 0)
		if s.steps > mostSteps {
			return nil, nil, errTooLong
		}
		if !ok || !fits(value) {
			at++
			continue
		}
		found, names = append(found, value), append(names, s.assigned(at))
		at = next
	}
	return found, names, nil
}

// assignedTo returns the values that are assigned to names that fit, such as
// a.b.c, and the names.
func (s *script) assignedTo(fits func(name string) bool) (values []literal, names []string) {
	for at := range s.tokens {
		if at == 0 || !s.is(at, "=") || s.is(at+1, "=") {
			continue
		}
		name := s.assigned(at + 1)
		if name == "" || !fits(name) {
			continue
		}
		value, _ := s.value(at+1, 0)
		values, names = append(values, value), append(names, name)
	}
	return values, names
}

// valueMayBegin tells whether the brace here opens an object and no block.
func (s *script) valueMayBegin(at int) bool {
	if at == 0 {
		return true
	}
	switch before := s.text(at - 1); before {
	case "=", "(", ",", ":", "[", "default", "return", "?", "|", "&":
		return true
	default:
		return false
	}
}

// assigned is the name before the equals sign before a token.
func (s *script) assigned(at int) string {
	if at < 2 || !s.is(at-1, "=") {
		return ""
	}
	from := at - 2
	joins := func(at int) bool { return s.is(at, ".") || s.is(at, "[") || s.is(at, "]") }
	for from > 0 && at-from < longestName && (joins(from) || joins(from-1)) {
		from--
	}
	var b strings.Builder
	for i := from; i < at-1; i++ {
		b.WriteString(s.text(i))
	}
	return b.String()
}

func (s *script) text(at int) string {
	if at >= len(s.tokens) {
		return ""
	}
	t := s.tokens[at]
	return s.src[t.start:t.end]
}

func (s *script) is(at int, sign string) bool {
	return at < len(s.tokens) && s.tokens[at].kind == signToken && s.text(at) == sign
}

func (s *script) kind(at int) tokenKind {
	if at >= len(s.tokens) {
		return endToken
	}
	return s.tokens[at].kind
}

func (s *script) line(at int) int { return int(s.tokens[min(at, len(s.tokens)-1)].line) }

// value reads a value and returns the token behind it. What is no literal is
// unknown, up to the comma or the bracket that ends it.
func (s *script) value(at, depth int) (literal, int) {
	v, next := s.operand(at, depth)
	if v.kind == stringLiteral && s.is(next, "+") {
		v, next = s.joined(v, next, depth)
	}
	switch {
	case v.kind != unknownLiteral && s.ends(next, depth):
		return v, next
	case v.kind != unknownLiteral && (s.text(next) == "as" || s.text(next) == "satisfies"): // TypeScript
		return v, s.skip(next)
	}
	end := s.skip(next)
	return s.code(at, end), end
}

// joined reads the strings that are added to one.
func (s *script) joined(v literal, next, depth int) (literal, int) {
	var b strings.Builder
	b.WriteString(v.text)
	for s.is(next, "+") {
		more, after := s.operand(next+1, depth)
		if more.kind != stringLiteral {
			break
		}
		b.WriteString(more.text)
		next = after
	}
	v.text = b.String()
	return v, next
}

// code is what is no literal, with its beginning as text.
func (s *script) code(at, end int) literal {
	text := s.src[s.tokens[at].start:s.tokens[max(at, end-1)].end]
	return literal{kind: unknownLiteral, text: shorten(text), line: s.line(at)}
}

// ends tells whether a value may end before a token: at what separates values
// or, outside of brackets, where a statement begins on a new line.
func (s *script) ends(at, depth int) bool {
	switch s.kind(at) {
	case endToken:
		return true
	case nameToken:
		return depth == 0 && at > 0 && s.tokens[at].line > s.tokens[at-1].line
	case signToken:
		return strings.Contains(",;)]}", s.text(at))
	default:
		return false
	}
}

// skip goes to the token that ends a value of any kind.
func (s *script) skip(at int) int {
	for depth := 0; at < len(s.tokens)-1; at++ {
		s.steps++
		if s.kind(at) != signToken {
			continue
		}
		switch s.text(at) {
		case "(", "[", "{":
			depth++
		case ")", "]", "}":
			if depth == 0 {
				return at
			}
			depth--
		case ",", ";":
			if depth == 0 {
				return at
			}
		}
	}
	return at
}

// operand reads a value without operators behind it.
func (s *script) operand(at, depth int) (literal, int) {
	s.steps++
	l := literal{line: s.line(at)}
	if depth > deepest || s.steps > mostSteps {
		return l, at
	}
	text := s.text(at)
	switch s.kind(at) {
	case stringToken:
		l.kind, l.text = stringLiteral, unescape(text)
	case templateToken:
		if strings.Contains(strings.ReplaceAll(text, `\$`, ""), "${") {
			return l, at + 1
		}
		l.kind, l.text = stringLiteral, unescape(text)
	case numberToken:
		l.kind, l.text = numberLiteral, text
	case regexpToken:
		end := strings.LastIndexByte(text, '/')
		l.kind, l.text, l.ignoresCase = regexpLiteral, text[1:end], strings.Contains(text[end:], "i")
	case nameToken:
		return s.named(at, l)
	case signToken:
		switch text {
		case "{":
			if v, next, ok := s.object(at, depth+1); ok {
				return v, next
			}
			return l, at
		case "[":
			return s.list(at, depth+1)
		case "-":
			if s.kind(at+1) == numberToken {
				l.kind, l.text = numberLiteral, "-"+s.text(at+1)
				return l, at + 2
			}
		case "!": // !0 and !1 of minified code
			if n := s.text(at + 1); n == "0" || n == "1" {
				l.kind, l.text = boolLiteral, strconv.FormatBool(n == "0")
				return l, at + 2
			}
		}
		return l, at
	case endToken:
		return l, at
	}
	return l, at + 1
}

// named reads true, false, null, undefined and new RegExp("...").
func (s *script) named(at int, l literal) (literal, int) {
	switch text := s.text(at); text {
	case "true", "false":
		l.kind, l.text = boolLiteral, text
	case "null", "undefined":
		l.kind = nullLiteral
	case "new":
		if s.text(at+1) == "RegExp" && s.is(at+2, "(") && s.kind(at+3) == stringToken {
			end := at + 4
			if s.is(end, ",") { // flags
				l.ignoresCase = strings.Contains(s.text(end+1), "i")
				end += 2
			}
			if s.is(end, ")") && s.ends(end+1, 1) {
				l.kind, l.text = regexpLiteral, unescape(s.text(at+3))
				return l, end + 1
			}
		}
		return l, at
	default:
		return l, at
	}
	return l, at + 1
}

// list reads an array.
func (s *script) list(at, depth int) (literal, int) {
	l := literal{kind: listLiteral, line: s.line(at)}
	for at++; ; {
		switch {
		case s.is(at, "]"):
			return l, at + 1
		case s.kind(at) == endToken:
			return l, at
		case s.is(at, ","):
			at++
			continue
		}
		item, next := s.value(at, depth)
		if next == at { // a bracket that does not match
			next++
		}
		l.items = append(l.items, item)
		at = next
	}
}

// object reads an object; ok is false if it is none: a block of code.
func (s *script) object(at, depth int) (l literal, next int, ok bool) {
	l = literal{kind: objectLiteral, line: s.line(at)}
	for at++; ; {
		s.steps++
		switch {
		case s.steps > mostSteps || s.kind(at) == endToken:
			return l, at, false
		case s.is(at, "}"):
			return l, at + 1, true
		case s.is(at, ","):
			at++
			continue
		case s.is(at, "..."):
			end := s.skip(at + 1)
			l.fields = append(l.fields, field{"...", s.code(at, end)})
			at = end
			continue
		}
		key, after, isKey := s.key(at)
		switch {
		case !isKey:
			return l, at, false
		case s.is(after, ":"):
			value, end := s.value(after+1, depth)
			l.fields = append(l.fields, field{key, value})
			at = end
		case s.is(after, ","), s.is(after, "}"): // shorthand
			l.fields = append(l.fields, field{key, s.code(at, after)})
			at = after
		case s.is(after, "(") || s.kind(after) == nameToken && (key == "async" || key == "get" || key == "set"):
			// A method has no comma or semicolon outside of brackets.
			end := s.skip(after)
			if !s.is(end, ",") && !s.is(end, "}") {
				return l, at, false
			}
			l.fields = append(l.fields, field{key, s.code(at, end)})
			at = end
		default:
			return l, at, false
		}
	}
}

// key reads the key of an object.
func (s *script) key(at int) (key string, next int, ok bool) {
	switch text := s.text(at); s.kind(at) {
	case nameToken, numberToken:
		return text, at + 1, true
	case stringToken:
		return unescape(text), at + 1, true
	case signToken:
		if text == "[" && s.is(at+2, "]") && s.kind(at+1) == stringToken {
			return unescape(s.text(at + 1)), at + 3, true
		}
	case endToken, templateToken, regexpToken:
	}
	return "", at, false
}
