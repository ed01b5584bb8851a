package consent

import (
	"slices"
	"strconv"
	"strings"
)

// pseudo reads a pseudo-class.
func (p *cssParser) pseudo() (test, error) {
	p.at++
	name := strings.ToLower(p.ident())
	if p.peek() != '(' {
		return p.plainPseudo(name)
	}
	p.at++
	var t test
	var err error
	switch name {
	case "not", "is", "where", "matches", "has":
		t, err = p.listPseudo(name)
	case "nth-child", "nth-of-type", "nth-last-child", "nth-last-of-type":
		t, err = p.nth(name)
	case "contains": // of jQuery
		p.space()
		text := ""
		if b := p.peek(); b == '"' || b == '\'' {
			text = p.quoted()
		} else {
			text = p.ident()
		}
		p.space()
		t = func(s *Snapshot, i, _ int) bool { return strings.Contains(s.content(i), text) }
	default:
		return nil, p.fail("unknown pseudo-class :%s()", name)
	}
	if err != nil {
		return nil, err
	}
	p.space()
	if p.peek() != ')' {
		return nil, p.fail("missing ) at %d", p.at)
	}
	p.at++
	return t, nil
}

func (p *cssParser) listPseudo(name string) (test, error) {
	c, err := p.list(name == "has")
	if err != nil {
		return nil, err
	}
	switch name {
	case "not":
		return func(s *Snapshot, i, root int) bool { return !c.matches(s, i, root) }, nil
	case "has":
		return func(s *Snapshot, i, _ int) bool { return c.below(s, i) }, nil
	}
	return c.matches, nil
}

// below tells whether something relative to an element matches.
func (c css) below(s *Snapshot, i int) bool {
	match := func(k int) bool { return c.matches(s, k, i) }
	if slices.ContainsFunc(s.elements(i), match) {
		return true
	}
	all := s.siblings(i)
	return slices.ContainsFunc(all[slices.Index(all, i)+1:], match)
}

func (p *cssParser) plainPseudo(name string) (test, error) {
	attr := func(n string) func(*Snapshot, int) bool {
		return func(s *Snapshot, i int) bool { _, ok := s.Nodes[i].Attr[n]; return ok }
	}
	disabled := attr("disabled")
	switch name {
	case "root":
		return func(s *Snapshot, i, _ int) bool { return s.parent(i) < 0 }, nil
	case "scope":
		return func(s *Snapshot, i, root int) bool { return i == root || s.Nodes[i].Parent == root }, nil
	case "checked":
		return func(s *Snapshot, i, _ int) bool { return s.Nodes[i].Checked }, nil
	case "disabled":
		return func(s *Snapshot, i, _ int) bool { return disabled(s, i) }, nil
	case "enabled":
		return func(s *Snapshot, i, _ int) bool { return !disabled(s, i) }, nil
	case "empty":
		return func(s *Snapshot, i, _ int) bool { return len(s.Nodes[i].Children) == 0 }, nil
	case "first-child":
		return position(0, 1, false, false), nil
	case "last-child":
		return position(0, 1, false, true), nil
	case "first-of-type":
		return position(0, 1, true, false), nil
	case "last-of-type":
		return position(0, 1, true, true), nil
	case "only-child":
		return func(s *Snapshot, i, _ int) bool { return len(s.siblings(i)) == 1 }, nil
	case "link", "any-link":
		href := attr("href")
		return func(s *Snapshot, i, _ int) bool { return s.Nodes[i].Tag == "a" && href(s, i) }, nil
	}
	return nil, p.fail("unknown pseudo-class :%s", name)
}

// nth reads the argument of :nth-child() and its kin: an+b, odd, even.
func (p *cssParser) nth(name string) (test, error) {
	end := strings.IndexByte(p.in[p.at:], ')')
	if end < 0 {
		return nil, p.fail("missing )")
	}
	arg := strings.ToLower(strings.ReplaceAll(p.in[p.at:p.at+end], " ", ""))
	p.at += end
	a, b := 0, 0
	var err error
	switch before, after, stepped := strings.Cut(arg, "n"); {
	case arg == "odd":
		a, b = 2, 1
	case arg == "even":
		a, b = 2, 0
	case stepped:
		switch before {
		case "", "+":
			a = 1
		case "-":
			a = -1
		default:
			a, err = strconv.Atoi(before)
		}
		if err == nil && after != "" {
			b, err = strconv.Atoi(after)
		}
	default:
		b, err = strconv.Atoi(arg)
	}
	if err != nil {
		return nil, p.fail("bad argument %q of :%s()", arg, name)
	}
	return position(a, b, strings.HasSuffix(name, "of-type"), strings.Contains(name, "last")), nil
}

// position matches elements whose place among their siblings is a*n+b.
func position(a, b int, ofType, fromEnd bool) test {
	return func(s *Snapshot, i, _ int) bool {
		all := s.siblings(i)
		if ofType {
			all = slices.DeleteFunc(slices.Clone(all), func(k int) bool { return s.Nodes[k].Tag != s.Nodes[i].Tag })
		}
		at := slices.Index(all, i) + 1
		if fromEnd {
			at = len(all) - at + 1
		}
		if a == 0 {
			return at == b
		}
		return (at-b)%a == 0 && (at-b)/a >= 0
	}
}
