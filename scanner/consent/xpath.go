package consent

import (
	"fmt"
	"slices"
	"strings"
)

// xpath is an expression of XPath 1.0, as far as rules use it: child and
// descendant steps, attributes, predicates with comparisons and the common
// string functions.
type xpath struct{ expr xpathExpr }

// xpathExpr gives nodes or a string or a truth for a node as context.
type xpathExpr func(s *Snapshot, c xpathContext) xpathValue

type xpathContext struct{ node, position, size int }

// xpathValue is one of the types of XPath.
type xpathValue struct {
	set   bool
	nodes []int
	texts []string // of attributes, which are nodes too
	kind  byte     // 's' string, 'b' boolean, 'n' number
	text  string
	truth bool
	num   float64
}

func (v xpathValue) str(s *Snapshot) string {
	switch {
	case v.set && len(v.nodes) > 0:
		return s.content(v.nodes[0])
	case v.set && len(v.texts) > 0:
		return v.texts[0]
	case v.kind == 'n':
		return fmt.Sprint(v.num)
	case v.kind == 'b':
		return fmt.Sprint(v.truth)
	}
	return v.text
}

func (v xpathValue) bool() bool {
	switch {
	case v.set:
		return len(v.nodes)+len(v.texts) > 0
	case v.kind == 'n':
		return v.num != 0
	case v.kind == 's':
		return v.text != ""
	}
	return v.truth
}

// strings are all values that a comparison looks at.
func (v xpathValue) strings(s *Snapshot) []string {
	if !v.set {
		return []string{v.str(s)}
	}
	out := slices.Clone(v.texts)
	for _, n := range v.nodes {
		out = append(out, s.content(n))
	}
	return out
}

func truth(b bool) xpathValue { return xpathValue{kind: 'b', truth: b} }

func (x xpath) find(s *Snapshot, root int) []int {
	v := x.expr(s, xpathContext{node: root, position: 1, size: 1})
	var out []int
	for _, i := range v.nodes {
		if s.Nodes[i].isElement() && !slices.Contains(out, i) {
			out = append(out, i)
		}
	}
	slices.Sort(out)
	return out
}

func call(name string, args []xpathExpr) (xpathExpr, error) {
	arity := map[string][2]int{
		"contains": {2, 2}, "starts-with": {2, 2}, "not": {1, 1}, "normalize-space": {0, 1}, "string": {0, 1},
		"translate": {3, 3}, "position": {0, 0}, "last": {0, 0}, "true": {0, 0}, "false": {0, 0},
	}
	n, ok := arity[name]
	if !ok || len(args) < n[0] || len(args) > n[1] {
		return nil, fmt.Errorf("unknown function %s with %d arguments", name, len(args))
	}
	arg := func(s *Snapshot, c xpathContext, k int) string {
		if k < len(args) {
			return args[k](s, c).str(s)
		}
		return s.content(c.node)
	}
	return func(s *Snapshot, c xpathContext) xpathValue {
		switch name {
		case "contains":
			return truth(strings.Contains(arg(s, c, 0), arg(s, c, 1)))
		case "starts-with":
			return truth(strings.HasPrefix(arg(s, c, 0), arg(s, c, 1)))
		case "not":
			return truth(!args[0](s, c).bool())
		case "true", "false":
			return truth(name == "true")
		case "position":
			return xpathValue{kind: 'n', num: float64(c.position)}
		case "last":
			return xpathValue{kind: 'n', num: float64(c.size)}
		case "normalize-space":
			return xpathValue{kind: 's', text: fold(arg(s, c, 0))}
		case "translate":
			return xpathValue{kind: 's', text: translate(arg(s, c, 0), arg(s, c, 1), arg(s, c, 2))}
		}
		return xpathValue{kind: 's', text: arg(s, c, 0)}
	}, nil
}

func translate(text, from, to string) string {
	f, t := []rune(from), []rune(to)
	return strings.Map(func(r rune) rune {
		switch k := slices.Index(f, r); {
		case k < 0:
			return r
		case k < len(t):
			return t[k]
		}
		return -1
	}, text)
}
