package rules

import (
	"regexp/syntax"
	"strings"
	"unicode/utf8"
)

// literals is what a pattern surely has in every name that it is about. Any
// part may be empty.
type literals struct {
	prefix, suffix string
	inner          string // the longest run that need not be at an end
	total          int    // characters in all
}

func literalsOfGlob(glob string) literals {
	runs, total := globLiterals(glob)
	l := literals{total: total}
	for _, run := range runs {
		if len(run) > len(l.inner) {
			l.inner = run
		}
	}
	isWild := func(b byte) bool { return b == '*' || b == '?' }
	if len(runs) > 0 && !isWild(glob[0]) {
		l.prefix = runs[0]
	}
	if len(runs) > 0 && !isWild(glob[len(glob)-1]) {
		l.suffix = runs[len(runs)-1]
	}
	return l
}

// parsed is the tree of an expression that is on a whole name. What does not
// parse matches nothing.
func parsed(expr string) *syntax.Regexp {
	re, err := syntax.Parse(expr, syntax.Perl|syntax.DotNL)
	if err != nil {
		return &syntax.Regexp{Op: syntax.OpNoMatch}
	}
	return re
}

// literalsOfRegexp finds the literals of an expression, without anchors.
func literalsOfRegexp(re *syntax.Regexp) literals {
	parts := sequence(re)
	l := literals{total: fewest(re)}
	for i, run := range parts {
		if i == 0 {
			l.prefix = run
		}
		if i == len(parts)-1 {
			l.suffix = run
		}
		if len(run) > len(l.inner) {
			l.inner = run
		}
	}
	return l
}

// sequence is the literal runs of an expression in order, "" where anything
// else stands; so the first is its prefix and the last its suffix.
func sequence(re *syntax.Regexp) []string {
	switch re.Op {
	case syntax.OpLiteral:
		if re.Flags&syntax.FoldCase == 0 {
			return []string{string(re.Rune)}
		}
	case syntax.OpCapture:
		return sequence(re.Sub[0])
	case syntax.OpConcat:
		var parts []string
		for _, sub := range re.Sub {
			next := sequence(sub)
			if n := len(parts); n > 0 && parts[n-1] != "" && next[0] != "" {
				parts[n-1] += next[0]
				next = next[1:]
			}
			parts = append(parts, next...)
		}
		return parts
	case syntax.OpAlternate:
		if p := commonPrefix(re.Sub); p != "" {
			return []string{p, ""}
		}
	default:
	}
	return []string{""}
}

func commonPrefix(subs []*syntax.Regexp) string {
	common := sequence(subs[0])[0]
	for _, sub := range subs[1:] {
		next := sequence(sub)[0]
		for !strings.HasPrefix(next, common) {
			_, width := utf8.DecodeLastRuneInString(common)
			common = common[:len(common)-width]
		}
	}
	return common
}

// fewest is how many literal characters a match has at least.
func fewest(re *syntax.Regexp) int {
	switch re.Op {
	case syntax.OpLiteral:
		return len(re.Rune)
	case syntax.OpCapture, syntax.OpPlus:
		return fewest(re.Sub[0])
	case syntax.OpRepeat:
		return re.Min * fewest(re.Sub[0])
	case syntax.OpConcat:
		sum := 0
		for _, sub := range re.Sub {
			sum += fewest(sub)
		}
		return sum
	case syntax.OpAlternate:
		least := fewest(re.Sub[0])
		for _, sub := range re.Sub[1:] {
			least = min(least, fewest(sub))
		}
		return least
	default:
		return 0
	}
}
