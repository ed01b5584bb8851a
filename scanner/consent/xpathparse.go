package consent

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// parseXPath reads an expression.
func parseXPath(text string) (xpath, error) {
	p := xpathParser{tokens: xpathTokens(text)}
	e, err := p.or()
	if err == nil && p.at < len(p.tokens) {
		err = fmt.Errorf("unexpected %q", p.peek())
	}
	if err != nil {
		return xpath{}, fmt.Errorf("xpath %q: %w", text, err)
	}
	return xpath{e}, nil
}

// xpathTokens splits an expression. A character of no token is one by itself.
func xpathTokens(text string) []string {
	token := regexp.MustCompile(`"[^"]*"|'[^']*'|//|!=|::|\.\.|[0-9]+|[\pL_][\pL\pN_.-]*|\S`)
	return token.FindAllString(text, -1)
}

type xpathParser struct {
	tokens []string
	at     int
}

func (p *xpathParser) peek() string {
	if p.at < len(p.tokens) {
		return p.tokens[p.at]
	}
	return ""
}

func (p *xpathParser) take(t string) bool {
	if p.peek() == t {
		p.at++
		return true
	}
	return false
}

func (p *xpathParser) or() (xpathExpr, error) {
	return p.join("or", p.and, func(a, b bool) bool { return a || b })
}

func (p *xpathParser) and() (xpathExpr, error) {
	return p.join("and", p.equal, func(a, b bool) bool { return a && b })
}

func (p *xpathParser) join(word string, part func() (xpathExpr, error), op func(a, b bool) bool) (xpathExpr, error) {
	left, err := part()
	for err == nil && p.take(word) {
		var right xpathExpr
		if right, err = part(); err != nil {
			break
		}
		a := left
		left = func(s *Snapshot, c xpathContext) xpathValue { return truth(op(a(s, c).bool(), right(s, c).bool())) }
	}
	return left, err
}

func (p *xpathParser) equal() (xpathExpr, error) {
	left, err := p.union()
	if err != nil {
		return nil, err
	}
	not := p.peek() == "!="
	if !not && p.peek() != "=" {
		return left, nil
	}
	p.at++
	right, err := p.union()
	return func(s *Snapshot, c xpathContext) xpathValue {
		for _, a := range left(s, c).strings(s) {
			for _, b := range right(s, c).strings(s) {
				if (a == b) != not {
					return truth(true)
				}
			}
		}
		return truth(false)
	}, err
}

func (p *xpathParser) union() (xpathExpr, error) {
	left, err := p.primary()
	for err == nil && p.take("|") {
		var right xpathExpr
		if right, err = p.primary(); err != nil {
			break
		}
		a := left
		left = func(s *Snapshot, c xpathContext) xpathValue {
			v := a(s, c)
			v.nodes = append(slices.Clone(v.nodes), right(s, c).nodes...)
			return v
		}
	}
	return left, err
}

func (p *xpathParser) primary() (xpathExpr, error) {
	t := p.peek()
	switch {
	case t == "":
		return nil, fmt.Errorf("it ends too early")
	case t[0] == '"' || t[0] == '\'':
		p.at++
		return func(*Snapshot, xpathContext) xpathValue { return xpathValue{kind: 's', text: t[1 : len(t)-1]} }, nil
	case t[0] >= '0' && t[0] <= '9':
		p.at++
		n, err := strconv.ParseFloat(t, 64)
		return func(*Snapshot, xpathContext) xpathValue { return xpathValue{kind: 'n', num: n} }, err
	case t == "(":
		p.at++
		e, err := p.or()
		if err == nil && !p.take(")") {
			err = fmt.Errorf("missing )")
		}
		return e, err
	case p.at+1 < len(p.tokens) && p.tokens[p.at+1] == "(" && t != "text" && t != "node":
		return p.function()
	}
	return p.path()
}

func (p *xpathParser) function() (xpathExpr, error) {
	name := p.peek()
	p.at += 2
	var args []xpathExpr
	for !p.take(")") {
		e, err := p.or()
		if err != nil {
			return nil, err
		}
		args = append(args, e)
		if !p.take(",") && p.peek() != ")" {
			return nil, fmt.Errorf("missing ) after %s", name)
		}
	}
	return call(name, args)
}

// path reads a location path.
func (p *xpathParser) path() (xpathExpr, error) {
	var steps []xpathStep
	absolute, deep := false, false
	if t := p.peek(); t == "/" || t == "//" {
		absolute, deep = true, t == "//"
		p.at++
	}
	for {
		st, err := p.step(deep)
		if err != nil {
			return nil, err
		}
		steps = append(steps, st)
		t := p.peek()
		if t != "/" && t != "//" {
			break
		}
		deep = t == "//"
		p.at++
	}
	return func(s *Snapshot, c xpathContext) xpathValue {
		v := xpathValue{set: true, nodes: []int{c.node}}
		if absolute {
			v.nodes = []int{s.top(c.node)}
		}
		for _, st := range steps {
			v = st.apply(s, v.nodes)
		}
		return v
	}, nil
}

// top is the root of a node's own tree.
func (s *Snapshot) top(i int) int {
	for (s.Nodes[i].isElement() || s.Nodes[i].Tag == TagText) && s.Nodes[i].Parent >= 0 {
		i = s.Nodes[i].Parent
	}
	return i
}

type xpathStep struct {
	axis       string // child, attribute, self, parent, or one that was named
	test       string // a tag, "*", "text()", "node()"
	deep       bool
	predicates []xpathExpr
}

func (p *xpathParser) step(deep bool) (xpathStep, error) {
	st := xpathStep{axis: "child", deep: deep}
	switch {
	case p.take("."):
		st.axis, st.test = "self", "node()"
	case p.take(".."):
		st.axis, st.test = "parent", "node()"
	case p.take("@"):
		st.axis, st.test = "attribute", p.peek()
		p.at++
	default:
		if p.at+1 < len(p.tokens) && p.tokens[p.at+1] == "::" {
			st.axis = p.peek()
			p.at += 2
		}
		st.test = p.peek()
		if st.test == "" || st.test != "*" && !strings.ContainsAny(st.test[:1], "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_") {
			return st, fmt.Errorf("no step at %q", st.test)
		}
		p.at++
		if p.take("(") {
			if !p.take(")") {
				return st, fmt.Errorf("missing )")
			}
			st.test += "()"
		}
	}
	switch st.axis {
	case "child", "self", "parent", "attribute", "ancestor", "descendant", "following-sibling", "preceding-sibling", "ancestor-or-self":
	default:
		return st, fmt.Errorf("unknown axis %s", st.axis)
	}
	for p.take("[") {
		e, err := p.or()
		if err != nil {
			return st, err
		}
		if !p.take("]") {
			return st, fmt.Errorf("missing ] at %q", p.peek())
		}
		st.predicates = append(st.predicates, e)
	}
	return st, nil
}

func (st xpathStep) apply(s *Snapshot, from []int) xpathValue {
	v := xpathValue{set: true}
	if st.deep {
		var all []int
		for _, n := range from {
			all = append(all, n)
			all = append(all, s.elements(n)...)
		}
		slices.Sort(all)
		from = slices.Compact(all)
	}
	for _, n := range from {
		if st.axis == "attribute" {
			if t, ok := s.Nodes[n].Attr[st.test]; ok {
				v.texts = append(v.texts, t)
			}
			continue
		}
		v.nodes = append(v.nodes, st.filter(s, st.along(s, n))...)
	}
	return v
}

// along lists what lies on the axis and fits the node test.
func (st xpathStep) along(s *Snapshot, n int) []int {
	var out []int
	switch st.axis {
	case "child":
		out = s.Nodes[n].Children
	case "descendant":
		out = s.elements(n)
	case "self":
		return []int{n}
	case "parent":
		if p := s.Nodes[n].Parent; p >= 0 {
			out = []int{p}
		}
	case "ancestor", "ancestor-or-self":
		if st.axis != "ancestor" {
			out = append(out, n)
		}
		for p := s.parent(n); p >= 0; p = s.parent(p) {
			out = append(out, p)
		}
	default:
		all := s.siblings(n)
		k := slices.Index(all, n)
		if st.axis == "following-sibling" {
			out = all[k+1:]
		} else {
			out = slices.Clone(all[:max(k, 0)])
			slices.Reverse(out)
		}
	}
	var fit []int
	for _, i := range out {
		t := s.Nodes[i].Tag
		if st.test == "node()" || st.test == "text()" && t == TagText || st.test == "*" && s.Nodes[i].isElement() || strings.EqualFold(t, st.test) {
			fit = append(fit, i)
		}
	}
	return fit
}

func (st xpathStep) filter(s *Snapshot, nodes []int) []int {
	for _, e := range st.predicates {
		var kept []int
		for k, n := range nodes {
			v := e(s, xpathContext{node: n, position: k + 1, size: len(nodes)})
			if v.kind == 'n' && !v.set && int(v.num) == k+1 || (v.kind != 'n' || v.set) && v.bool() {
				kept = append(kept, n)
			}
		}
		nodes = kept
	}
	return nodes
}
