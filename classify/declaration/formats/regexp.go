package formats

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// Bounds on what one regular expression may become.
const (
	mostGlobs    = 50
	longestRegex = 8000
)

// globsOf are the globs for the names that a regular expression of JavaScript
// fits; nil if it is not simple. A class, a group or a dot that may repeat is a
// star, so that a glob may fit more than the expression.
func globsOf(source string) []string {
	if len(source) > longestRegex {
		return nil
	}
	p := regexParser{src: source}
	all := p.alternatives(0)
	if p.failed || p.at < len(source) || len(all) == 0 {
		return nil
	}
	var globs []string
	for _, g := range all {
		// What is not anchored may go on.
		if !strings.HasPrefix(g, anchorStart) {
			g = "*" + g
		}
		if !strings.HasSuffix(g, anchorEnd) {
			g += "*"
		}
		g = strings.TrimSuffix(strings.TrimPrefix(g, anchorStart), anchorEnd)
		g = stars.ReplaceAllString(g, "*")
		if strings.Contains(g, anchorStart) || strings.Contains(g, anchorEnd) || strings.Trim(g, "*?") == "" {
			return nil
		}
		if !slices.Contains(globs, g) {
			globs = append(globs, g)
		}
	}
	return globs
}

// Anchors within globs that are being made; no name has controls.
const (
	anchorStart = "\x01"
	anchorEnd   = "\x02"
)

type regexParser struct {
	src    string
	at     int
	failed bool
}

func (p *regexParser) fail() []string {
	p.failed = true
	return nil
}

// alternatives reads a|b|c up to a closing bracket or the end.
func (p *regexParser) alternatives(depth int) []string {
	if depth > 10 {
		return p.fail()
	}
	var all []string
	for {
		all = append(all, p.sequence(depth)...)
		if len(all) > mostGlobs {
			return p.fail()
		}
		if p.failed || p.at >= len(p.src) || p.src[p.at] != '|' {
			return all
		}
		p.at++
	}
}

// sequence reads atoms with their quantifiers.
func (p *regexParser) sequence(depth int) []string {
	all := []string{""}
	for !p.failed && p.at < len(p.src) && p.src[p.at] != '|' && p.src[p.at] != ')' {
		atom, isClass := p.atom(depth)
		atom = p.quantified(atom, isClass)
		if len(all)*len(atom) > mostGlobs {
			return p.fail()
		}
		var longer []string
		for _, before := range all {
			for _, a := range atom {
				longer = append(longer, before+a)
			}
		}
		all = longer
	}
	return all
}

// atom reads one character, class or group.
func (p *regexParser) atom(depth int) (all []string, isClass bool) {
	c := p.src[p.at]
	p.at++
	switch c {
	case '^':
		return []string{anchorStart}, false
	case '$':
		return []string{anchorEnd}, false
	case '.':
		return []string{"?"}, true
	case '[':
		return p.class(), true
	case '(':
		p.skipPrefix("?:")
		if strings.HasPrefix(p.src[p.at:], "?") { // looks ahead, has a name
			return p.fail(), false
		}
		all = p.alternatives(depth + 1)
		if p.failed || p.at >= len(p.src) {
			return p.fail(), false
		}
		p.at++
		return all, false
	case '\\':
		return p.escaped()
	case '*', '+', '?', '{', '}', ']', ')':
		return p.fail(), false
	}
	_, size := utf8.DecodeRuneInString(p.src[p.at-1:])
	p.at += size - 1
	return []string{p.src[p.at-size : p.at]}, false
}

func (p *regexParser) skipPrefix(s string) {
	if strings.HasPrefix(p.src[p.at:], s) {
		p.at += len(s)
	}
}

// class reads [a-z]; one of a single character is that character.
func (p *regexParser) class() []string {
	start := p.at
	for ; p.at < len(p.src); p.at++ {
		switch p.src[p.at] {
		case '\\':
			p.at++
		case ']':
			inner := p.src[start:p.at]
			p.at++
			if len(inner) == 1 && !strings.Contains("^*?", inner) {
				return []string{inner}
			}
			return []string{"?"}
		}
	}
	return p.fail()
}

func (p *regexParser) escaped() (all []string, isClass bool) {
	if p.at >= len(p.src) {
		return p.fail(), false
	}
	c := p.src[p.at]
	switch {
	case strings.IndexByte("dwDWsS", c) >= 0:
		p.at++
		return []string{"?"}, true
	case c == 'u', c == 'x':
		var b strings.Builder
		n := escape(&b, p.src[p.at:])
		p.at += n
		if text := b.String(); n > 1 && text >= " " && text != "*" && text != "?" {
			return []string{text}, false
		}
		return p.fail(), false
	case c >= '0' && c <= '9', c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c == '*', c == '?':
		return p.fail(), false // a reference, a boundary, what a glob cannot say
	}
	_, size := utf8.DecodeRuneInString(p.src[p.at:])
	p.at += size
	return []string{p.src[p.at-size : p.at]}, false
}

// quantified applies *, +, ? and {n,m}.
func (p *regexParser) quantified(atom []string, isClass bool) []string {
	if p.failed || p.at >= len(p.src) {
		return atom
	}
	switch p.src[p.at] {
	case '?':
		p.at++
		if isClass {
			atom = []string{"*"}
		} else {
			atom = append(slices.Clone(atom), "")
		}
	case '*', '+':
		p.at++
		atom = []string{"*"}
	case '{':
		end := strings.IndexByte(p.src[p.at:], '}')
		if end < 0 {
			return p.fail()
		}
		p.at += end + 1
		atom = []string{"*"}
	default:
		return atom
	}
	p.skipPrefix("?") // not greedy: the same names
	if slices.Contains(atom, anchorStart) || slices.Contains(atom, anchorEnd) {
		return p.fail()
	}
	return atom
}

// pattern is the source of a regular expression of JavaScript that fits what a
// glob fits. It holds nothing that ends a literal, a string or a script element.
func pattern(glob string) string {
	var b strings.Builder
	b.WriteByte('^')
	for _, r := range glob {
		switch {
		case r == '*':
			b.WriteString(".*")
		case r == '?':
			b.WriteByte('.')
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r == '_', r == '-', r == ' ':
			b.WriteRune(r)
		case r > ' ' && r < 0x7f && r != '<' && r != '>' && r != '&':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r > 0xffff:
			b.WriteRune(r)
		default:
			b.WriteString(`\u` + hex4(r))
		}
	}
	b.WriteByte('$')
	return b.String()
}
