package rules

import (
	"strings"
	"unicode/utf8"
)

// globMatch tells whether a glob is about the whole of a name: * is any run of
// characters, also none, ? is one character. It takes at most time in
// proportion to the product of the lengths.
func globMatch(glob, name string) bool {
	g, n := 0, 0
	star, again := -1, 0 // the last * and where in the name to go on after it
	for n < len(name) {
		switch {
		case g < len(glob) && glob[g] == '*':
			star, again = g, n
			g++
			continue
		case g < len(glob) && glob[g] == '?':
			_, width := utf8.DecodeRuneInString(name[n:])
			g++
			n += width
			continue
		case g < len(glob) && glob[g] == name[n]:
			g++
			n++
			continue
		case star < 0:
			return false
		}
		again++
		g, n = star+1, again
	}
	for g < len(glob) && glob[g] == '*' {
		g++
	}
	return g == len(glob)
}

// globLiterals is the runs of literal characters in a glob, and their total.
func globLiterals(glob string) (runs []string, total int) {
	runs = strings.FieldsFunc(glob, func(r rune) bool { return r == '*' || r == '?' })
	for _, run := range runs {
		total += utf8.RuneCountInString(run)
	}
	return runs, total
}
