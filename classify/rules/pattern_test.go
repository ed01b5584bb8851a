package rules

import (
	"regexp"
	"strings"
	"testing"
)

func TestGlob(t *testing.T) {
	tests := []struct {
		glob, name string
		want       bool
	}{
		{"_ga_*", "_ga_A", true},
		{"_ga_*", "_ga_", true},
		{"_ga_*", "x_ga_A", false},
		{"*", "", true},
		{"a?c", "abc", true},
		{"a?c", "aéc", true},
		{"a?c", "ac", false},
		{"a*b*c", "aXbYbc", true},
		{"a*b*c", "aXbYb", false},
		{"*a", "ba", true},
		{"a", "a", true},
		{"A", "a", false},
		{"a**b", "ab", true},
		{"[a]*", "[a]b", true},
		{"*?", "", false},
		{"*?", "x\xff", true},
	}
	for _, test := range tests {
		if got := globMatch(test.glob, test.name); got != test.want {
			t.Errorf("%q on %q: %t, want %t", test.glob, test.name, got, test.want)
		}
	}
}

// TestGlobIsFast has the worst glob for a matcher that tries all ways.
func TestGlobIsFast(t *testing.T) {
	if globMatch(strings.Repeat("a*", 200)+"b", strings.Repeat("a", 20000)) {
		t.Error("it matches")
	}
}

func TestLiterals(t *testing.T) {
	tests := []struct {
		regexp string
		want   literals
	}{
		{`_gat_UA-[0-9]+`, literals{"_gat_UA-", "", "_gat_UA-", 8}},
		{`[a-z]+_end`, literals{"", "_end", "_end", 4}},
		{`a(b|c)d`, literals{"a", "d", "a", 2}},
		{`(foo|food)x`, literals{"foo", "x", "foo", 4}},
		{`(ab){3}`, literals{"", "", "", 6}},
		{`(?i)abc`, literals{"", "", "", 3}},
		{`x?abc`, literals{"", "abc", "abc", 3}},
		{`.*`, literals{}},
		{`(`, literals{}},
		{`abc`, literals{"abc", "abc", "abc", 3}},
	}
	for _, test := range tests {
		if got := literalsOfRegexp(parsed(test.regexp)); got != test.want {
			t.Errorf("%s: %+v, want %+v", test.regexp, got, test.want)
		}
	}
}

func TestShapes(t *testing.T) {
	for expr, want := range map[string]int{
		`_gat_UA-[0-9]+-[0-9]+`:                 1,
		`a(b|cd)?e`:                             3,
		`[0-9a-f]{32}`:                          1,
		`[a-z]+x`:                               0, // [a-z]+ could take the x
		`[^.]+\.x`:                              1,
		`[^.]{2}`:                               0, // characters of several octets are counted
		`(?i)x1`:                                0,
		`\bx`:                                   0,
		`(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)(ab|cd)`: 2,
	} {
		if got := len(shapesOf(parsed(expr))); got != want {
			t.Errorf("%s has %d shapes, want %d", expr, got, want)
		}
	}
}

// FuzzPatterns compares our own matching with Go's regexps.
func FuzzPatterns(f *testing.F) {
	for _, seed := range [][2]string{
		{`_gat_UA-[0-9]+-[0-9]+`, "_gat_UA-1-2"}, {`a(b|cd)?e`, "acde"}, {`[^.]+\.x`, "é\xff.x"}, {`(x|[0-9]*)y?`, "12y"}, {`.{2,3}`, "ab"},
	} {
		f.Add(seed[0], seed[1])
	}
	f.Fuzz(func(t *testing.T, expr, name string) {
		re, err := regexp.Compile(anchored(expr))
		if err != nil {
			return
		}
		want := re.MatchString(name)
		all := shapesOf(parsed(expr))
		if all != nil && all.match(name) != want {
			t.Errorf("%q on %q: shapes say %t", expr, name, !want)
		}
		l := literalsOfRegexp(parsed(expr))
		if want && (!strings.HasPrefix(name, l.prefix) || !strings.HasSuffix(name, l.suffix) || !strings.Contains(name, l.inner)) {
			t.Errorf("%q matches %q, which lacks a literal of %+v", expr, name, l)
		}
		glob := regexp.MustCompile(`\A(?s:` + strings.NewReplacer(`\*`, ".*", `\?`, ".").Replace(regexp.QuoteMeta(expr)) + `)\z`)
		if got := globMatch(expr, name); got != glob.MatchString(name) {
			t.Errorf("glob %q on %q: %t", expr, name, got)
		}
	})
}
