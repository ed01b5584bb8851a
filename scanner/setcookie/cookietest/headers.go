// Package cookietest makes Set-Cookie headers, ordinary and nasty, for comparing
// the package setcookie with a real browser. It does not judge them.
package cookietest

import (
	"math/rand/v2"
	"strings"
)

// The place from which the headers are meant to be set: some of their Domain
// and Path attributes name it or its parents.
const (
	Host = "home.diff.test"
	Path = "/dir/sub/file"
)

// Headers returns n Set-Cookie header values, the same for the same seed. They
// may be sent over HTTP/1.1 as they are: no CR, LF or NUL, but other control
// characters and octets outside ASCII, which HTTP/2 forbids. Dates are before
// 2021 or after 2034, so that the outcome does not depend on the day. Each is
// to be set into an empty jar.
func Headers(n int, seed uint64) []string {
	g := generator{rand.New(rand.NewPCG(seed, seed^0x5e7c00c1e))}
	out := make([]string, 0, n)
	for range n {
		out = append(out, g.header())
	}
	return out
}

type generator struct{ *rand.Rand }

func (g generator) header() string {
	var b strings.Builder
	b.WriteString(g.pair())
	for range g.IntN(6) {
		b.WriteString(";" + g.space() + g.attribute())
	}
	if g.IntN(12) == 0 {
		b.WriteString(g.pick(";", "; ", ";;", " ", ";\t"))
	}
	return b.String()
}

func (g generator) pick(choices ...string) string { return choices[g.IntN(len(choices))] }

func (g generator) space() string { return g.pick(" ", " ", " ", " ", "", "  ", "\t", " \t ") }

func (g generator) pair() string {
	if g.IntN(10) == 0 {
		return g.pick("", " ", "=", " = ", "lone", "=value", "==x", "=a=b", "__Secure-x", "=__host-x", "=__Http-x", "\tx")
	}
	return g.edge() + g.name() + g.edge() + "=" + g.edge() + g.value() + g.edge()
}

// edge is white space that a parser must trim, rarely there.
func (g generator) edge() string {
	if g.IntN(12) == 0 {
		return g.pick(" ", "\t", "  ")
	}
	return ""
}

func (g generator) name() string {
	switch g.IntN(10) {
	case 0:
		return g.caseOf(g.pick("__Secure-", "__Host-", "__Http-", "__Host-Http-")) + g.pick("id", "a", "")
	case 2:
		return g.pick("a b", "@a", "(a", "\"a\"", "a,b", "é", "\xff\xfe", "日本", "a\tb", "a\x01b", "%41", "$Version", "__Secure", "_Host-x")
	case 3:
		return strings.Repeat("n", g.pickInt(1, 1, 255, 1024, 4000, 4095, 4096))
	default:
		return g.pick("id", "session", "_ga", "PHPSESSID", "a", "theme.v2")
	}
}

func (g generator) value() string {
	switch g.IntN(8) {
	case 0:
		return g.pick("", "a=b", "\"quoted\"", "\"half", "a b c", "a, b", "é", "\x80\xff", "%00%0a", "a\tb", "a\x7fb", "\x02", "{\"k\":1}", "😀")
	case 1:
		return strings.Repeat("v", g.pickInt(1, 32, 96, 256, 1024, 1024, 4000, 4090, 4093, 4094, 4095, 4096, 5000))
	default:
		return g.pick("1", "abc123", "GA1.2.3.4", "true")
	}
}

func (g generator) pickInt(choices ...int) int { return choices[g.IntN(len(choices))] }

func (g generator) attribute() string {
	switch g.IntN(14) {
	case 0, 1, 12:
		return g.with("Expires", g.date())
	case 2, 13:
		return g.with("Max-Age", g.maxAge())
	case 3:
		return g.with("Domain", g.domain())
	case 4:
		return g.with("Path", g.path())
	case 5, 6:
		return g.flag("Secure")
	case 7:
		return g.flag("HttpOnly")
	case 8:
		return g.with("SameSite", g.caseOf(g.pick("Strict", "Lax", "None", "None", "Foo", "")))
	case 9:
		return g.pick("Secure; ", "Secure; ", "Secure; ", "") + g.flag("Partitioned")
	case 10:
		return g.with("Priority", g.caseOf(g.pick("Low", "Medium", "High", "Top", "")))
	default:
		return g.pick("Version=1", "Comment=x", "SameParty", "=x", "é=é", "x\x01=1", "Foo="+strings.Repeat("x", 1030), "sec ure", "Max-Age:5")
	}
}

func (g generator) with(name, value string) string {
	if g.IntN(20) == 0 {
		return g.caseOf(name) // no "=" at all
	}
	return g.caseOf(name) + g.edge() + "=" + g.edge() + value
}

func (g generator) flag(name string) string {
	if g.IntN(6) == 0 {
		return g.caseOf(name) + "=" + g.pick("", "false", "0", strings.Repeat("x", 1025))
	}
	return g.caseOf(name)
}

// caseOf writes text in another case now and then.
func (g generator) caseOf(s string) string {
	switch g.IntN(5) {
	case 0:
		return strings.ToLower(s)
	case 1:
		return strings.ToUpper(s)
	}
	return s
}
