package consent

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// A selector finds elements in one tree of a snapshot.
type selector interface {
	find(s *Snapshot, root int) []int
}

// css is a selector list of Selectors Level 4, as far as rules use it.
type css struct{ list []complexSelector }

// complexSelector is compounds from right to left, each with the combinator
// that stands before it.
type complexSelector []compound

type compound struct {
	combinator byte // ' ', '>', '+', '~'; 0 for the leftmost, unless it is relative
	tests      []test
	key        string // "#id" or ".class" that an element must have; may be empty
}

type test func(s *Snapshot, i, root int) bool

func (c css) find(s *Snapshot, root int) []int {
	var out []int
	for _, i := range c.likely(s, root) {
		if c.matches(s, i, root) {
			out = append(out, i)
		}
	}
	return out
}

func (c css) matches(s *Snapshot, i, root int) bool {
	return slices.ContainsFunc(c.list, func(x complexSelector) bool { return x.matches(s, i, root) })
}

func (x complexSelector) matches(s *Snapshot, i, root int) bool {
	for _, t := range x[0].tests {
		if !t(s, i, root) {
			return false
		}
	}
	rest := x[1:]
	switch x[0].combinator {
	case '>':
		p := s.parent(i)
		return p >= 0 && rest.matches(s, p, root)
	case ' ':
		for p := s.parent(i); p >= 0; p = s.parent(p) {
			if rest.matches(s, p, root) {
				return true
			}
		}
		return false
	case '+', '~':
		all := s.siblings(i)
		for k := slices.Index(all, i) - 1; k >= 0; k-- {
			if rest.matches(s, all[k], root) {
				return true
			}
			if x[0].combinator == '+' {
				return false
			}
		}
		return false
	}
	return true
}

// parseCSS reads a selector list.
func parseCSS(text string) (css, error) {
	p := cssParser{in: text}
	c, err := p.list(false)
	if err == nil && p.at < len(p.in) {
		err = p.fail("unexpected %q", p.in[p.at:])
	}
	return c, err
}

type cssParser struct {
	in string
	at int
}

func (p *cssParser) fail(format string, args ...any) error {
	return fmt.Errorf("selector %q: %s", p.in, fmt.Sprintf(format, args...))
}

func (p *cssParser) peek() byte {
	if p.at < len(p.in) {
		return p.in[p.at]
	}
	return 0
}

func (p *cssParser) space() bool {
	from := p.at
	for p.at < len(p.in) && strings.IndexByte(" \t\n\r\f", p.in[p.at]) >= 0 {
		p.at++
	}
	return p.at > from
}

// list reads up to a closing parenthesis. Relative selectors, those of :has,
// may begin with a combinator, and are anchored to the element.
func (p *cssParser) list(relative bool) (css, error) {
	var c css
	for {
		x, err := p.complex(relative)
		if err != nil {
			return c, err
		}
		c.list = append(c.list, x)
		p.space()
		if p.peek() != ',' {
			return c, nil
		}
		p.at++
	}
}

func (p *cssParser) complex(relative bool) (complexSelector, error) {
	var x complexSelector
	p.space()
	var next byte
	if relative {
		x = append(x, compound{tests: []test{func(_ *Snapshot, i, root int) bool { return i == root }}})
		next = ' '
		if b := p.peek(); b == '>' || b == '+' || b == '~' {
			next = b
			p.at++
			p.space()
		}
	}
	for {
		tests, key, err := p.compound()
		if err != nil {
			return nil, err
		}
		x = append(x, compound{combinator: next, tests: tests, key: key})
		spaced := p.space()
		switch b := p.peek(); {
		case b == '>' || b == '+' || b == '~':
			next = b
			p.at++
			p.space()
		case b == 0 || b == ',' || b == ')' || !spaced:
			slices.Reverse(x)
			return x, nil
		default:
			next = ' '
		}
	}
}

func (p *cssParser) compound() (tests []test, key string, err error) {
	for {
		var t test
		switch b := p.peek(); {
		case b == '*':
			p.at++
			t = func(*Snapshot, int, int) bool { return true }
		case b == '#':
			p.at++
			id := p.ident()
			key, t = "#"+id, p.attrTest("id", "=", id, false)
		case b == '.':
			p.at++
			class := p.ident()
			if key == "" {
				key = "." + class
			}
			t = p.attrTest("class", "~=", class, false)
		case b == '[':
			t, err = p.attribute()
		case b == ':':
			t, err = p.pseudo()
		case isIdent(b) || b == '\\':
			name := strings.ToLower(p.ident())
			t = func(s *Snapshot, i, _ int) bool { return s.Nodes[i].Tag == name }
		default:
			if len(tests) == 0 {
				return nil, "", p.fail("nothing to match at %d", p.at)
			}
			return tests, key, nil
		}
		if err != nil {
			return nil, "", err
		}
		tests = append(tests, t)
	}
}

func isIdent(b byte) bool {
	return b == '_' || b == '-' || b >= 0x80 || b >= '0' && b <= '9' || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z'
}

// ident reads a name with its escapes.
func (p *cssParser) ident() string {
	var b strings.Builder
	for p.at < len(p.in) {
		c := p.in[p.at]
		switch {
		case c == '\\' && p.at+1 < len(p.in):
			p.at++
			b.WriteString(p.escape())
		case isIdent(c):
			b.WriteByte(c)
			p.at++
		default:
			return b.String()
		}
	}
	return b.String()
}

func (p *cssParser) escape() string {
	from := p.at
	for p.at < len(p.in) && p.at-from < 6 && strings.IndexByte("0123456789abcdefABCDEF", p.in[p.at]) >= 0 {
		p.at++
	}
	if p.at == from {
		p.at++
		return p.in[from:p.at]
	}
	n, _ := strconv.ParseInt(p.in[from:p.at], 16, 32)
	if b := p.peek(); b == ' ' || b == '\t' || b == '\n' {
		p.at++
	}
	return string(rune(n))
}

func (p *cssParser) quoted() string {
	q := p.in[p.at]
	p.at++
	var b strings.Builder
	for p.at < len(p.in) && p.in[p.at] != q {
		if p.in[p.at] == '\\' && p.at+1 < len(p.in) {
			p.at++
			b.WriteString(p.escape())
			continue
		}
		b.WriteByte(p.in[p.at])
		p.at++
	}
	p.at = min(p.at+1, len(p.in))
	return b.String()
}

func (p *cssParser) attribute() (test, error) {
	p.at++
	p.space()
	name := strings.ToLower(p.ident())
	p.space()
	op, value, fold := "", "", false
	if p.peek() != ']' {
		from := p.at
		for p.at < len(p.in) && strings.IndexByte("~|^$*=", p.in[p.at]) >= 0 {
			p.at++
		}
		op = p.in[from:p.at]
		p.space()
		if b := p.peek(); b == '"' || b == '\'' {
			value = p.quoted()
		} else {
			value = p.ident()
		}
		p.space()
		if b := p.peek(); b == 'i' || b == 'I' || b == 's' {
			fold = b != 's'
			p.at++
			p.space()
		}
	}
	if b := p.peek(); b != ']' && b != 0 || name == "" || op != "" && !strings.HasSuffix(op, "=") {
		return nil, p.fail("bad attribute at %d", p.at)
	}
	p.at = min(p.at+1, len(p.in)) // the end closes what is open (CSS Syntax section 5)
	return p.attrTest(name, op, value, fold), nil
}

func (p *cssParser) attrTest(name, op, value string, foldCase bool) test {
	if foldCase {
		value = strings.ToLower(value)
	}
	return func(s *Snapshot, i, _ int) bool {
		v, ok := s.Nodes[i].Attr[name]
		if !ok {
			return false
		}
		if foldCase {
			v = strings.ToLower(v)
		}
		switch op {
		case "=":
			return v == value
		case "~=":
			return value != "" && hasWord(v, value)
		case "|=":
			return v == value || strings.HasPrefix(v, value+"-")
		case "^=":
			return value != "" && strings.HasPrefix(v, value)
		case "$=":
			return value != "" && strings.HasSuffix(v, value)
		case "*=":
			return value != "" && strings.Contains(v, value)
		}
		return true
	}
}

// hasWord tells whether a list separated by white space has a word.
func hasWord(list, word string) bool {
	for at := 0; ; {
		k := strings.Index(list[at:], word)
		if k < 0 {
			return false
		}
		from, to := at+k, at+k+len(word)
		if (from == 0 || list[from-1] <= ' ') && (to == len(list) || list[to] <= ' ') {
			return true
		}
		at = to
	}
}
