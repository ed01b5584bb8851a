package rules

import (
	"regexp/syntax"
	"slices"
	"strings"
	"unicode"
)

// A shape is an expression of the simple kind that names have, such as
// _gat_UA-[0-9]+-[0-9]+: a row of literals and repeated classes in which no
// class could also take what follows it. One pass over a name decides, some ten
// times faster than a regexp.
type shape []step

// A step is a literal or, without one, from least to most characters of a set;
// most is negative for any number.
type step struct {
	literal     string
	set         byteSet
	least, most int
}

type byteSet [4]uint64

func (s *byteSet) add(b byte)      { s[b>>6] |= 1 << (b & 63) }
func (s *byteSet) has(b byte) bool { return s[b>>6]&(1<<(b&63)) != 0 }

func (s *byteSet) meets(o *byteSet) bool {
	return s[0]&o[0]|s[1]&o[1]|s[2]&o[2]|s[3]&o[3] != 0
}

func (s shape) match(name string) bool {
	for i := range s {
		st := &s[i]
		if st.literal != "" {
			if !strings.HasPrefix(name, st.literal) {
				return false
			}
			name = name[len(st.literal):]
			continue
		}
		n := 0
		for n < len(name) && n != st.most && st.set.has(name[n]) {
			n++
		}
		if n < st.least {
			return false
		}
		name = name[n:]
	}
	return name == ""
}

// shapes are alternatives: a name is of one of them.
type shapes []shape

// manyShapes is when alternatives are too many to try one by one.
const manyShapes = 64

func (all shapes) match(name string) bool {
	for _, s := range all {
		if s.match(name) {
			return true
		}
	}
	return false
}

// names are all names of shapes that consist of literals only; else none.
func (all shapes) names() []string {
	var names []string
	for _, s := range all {
		name := ""
		for _, st := range s {
			if st.literal == "" {
				return nil
			}
			name += st.literal
		}
		names = append(names, name)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// shapesOf is the shapes of an expression; none if it is not simple.
func shapesOf(re *syntax.Regexp) shapes {
	all, ok := spread(re, shapes{nil})
	if !ok {
		return nil
	}
	for _, s := range all {
		if !s.certain() {
			return nil
		}
	}
	return all
}

// spread puts an expression behind each of the shapes so far.
func spread(re *syntax.Regexp, to shapes) (shapes, bool) {
	switch re.Op {
	case syntax.OpEmptyMatch:
		return to, true
	case syntax.OpLiteral:
		return to.then(step{literal: string(re.Rune)}), re.Flags&syntax.FoldCase == 0
	case syntax.OpCapture:
		return spread(re.Sub[0], to)
	case syntax.OpConcat:
		for _, sub := range re.Sub {
			longer, ok := spread(sub, to)
			if !ok {
				return nil, false
			}
			to = longer
		}
		return to, true
	case syntax.OpAlternate:
		return either(re.Sub, to)
	case syntax.OpCharClass, syntax.OpAnyChar:
		return repeated(re, 1, 1, to)
	case syntax.OpPlus:
		return repeated(re.Sub[0], 1, -1, to)
	case syntax.OpStar:
		return repeated(re.Sub[0], 0, -1, to)
	case syntax.OpQuest:
		if all, ok := repeated(re.Sub[0], 0, 1, to); ok {
			return all, true
		}
		return either([]*syntax.Regexp{{Op: syntax.OpEmptyMatch}, re.Sub[0]}, to)
	case syntax.OpRepeat:
		return repeated(re.Sub[0], re.Min, re.Max, to)
	default:
		return nil, false
	}
}

// then is the shapes with one step more. They share no memory with others.
func (all shapes) then(s step) shapes {
	longer := make(shapes, len(all))
	for i, old := range all {
		longer[i] = append(old[:len(old):len(old)], s)
	}
	return longer
}

func either(subs []*syntax.Regexp, to shapes) (all shapes, ok bool) {
	for _, sub := range subs {
		one, ok := spread(sub, to)
		if !ok || len(all)+len(one) > manyShapes {
			return nil, false
		}
		all = append(all, one...)
	}
	return all, true
}

// repeated adds a class or a single character that is repeated.
func repeated(re *syntax.Regexp, least, most int, to shapes) (shapes, bool) {
	s := step{least: least, most: most}
	ranges := re.Rune
	switch {
	case re.Op == syntax.OpCharClass:
	case re.Op == syntax.OpAnyChar:
		ranges = []rune{0, unicode.MaxRune}
	case re.Op == syntax.OpLiteral && len(re.Rune) == 1 && re.Flags&syntax.FoldCase == 0:
		ranges = []rune{re.Rune[0], re.Rune[0]}
	default:
		return nil, false
	}
	for i := 0; i < len(ranges); i += 2 {
		from, until := ranges[i], ranges[i+1]
		for r := from; r <= min(until, unicode.MaxASCII); r++ {
			s.set.add(byte(r))
		}
		if until <= unicode.MaxASCII {
			continue
		}
		// Octets are characters only if all beyond ASCII are taken, and if
		// their number does not matter.
		if from > unicode.MaxASCII+1 || until != unicode.MaxRune || least > 1 || most >= 0 {
			return nil, false
		}
		for b := 0x80; b <= 0xff; b++ {
			s.set.add(byte(b))
		}
	}
	return to.then(s), true
}

// certain tells whether taking as much as possible at each step is right: what
// follows cannot begin with what the step takes.
func (s shape) certain() bool {
	for i := range s {
		if s[i].literal != "" || s[i].least == s[i].most {
			continue
		}
		for _, next := range s[i+1:] {
			set := next.set
			if next.literal != "" {
				set.add(next.literal[0])
			}
			if s[i].set.meets(&set) {
				return false
			}
			if next.literal != "" || next.least > 0 {
				break
			}
		}
	}
	return true
}
