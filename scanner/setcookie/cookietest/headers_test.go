package cookietest

import (
	"slices"
	"strings"
	"testing"
)

func TestHeadersAreDeterministic(t *testing.T) {
	a, b := Headers(500, 7), Headers(500, 7)
	if !slices.Equal(a, b) {
		t.Error("the same seed gave different headers")
	}
	if slices.Equal(a, Headers(500, 8)) {
		t.Error("another seed gave the same headers")
	}
	if !slices.Equal(a[:100], Headers(100, 7)) {
		t.Error("fewer headers are not the beginning of more")
	}
}

func TestHeadersMayBeSent(t *testing.T) {
	for _, h := range Headers(5000, 1) {
		if strings.ContainsAny(h, "\r\n\x00") {
			t.Errorf("%q cannot be sent", h)
		}
	}
}

// A comparison is worth something only if every rule is touched.
func TestHeadersAreVaried(t *testing.T) {
	all := asciiLower(strings.Join(Headers(500, 1), "\n"))
	for _, want := range []string{
		"expires", "max-age", "domain=", "path=/", "secure", "httponly", "samesite=none", "partitioned", "priority=",
		"__secure-", "__host-", "__http-", "__host-http-", "\t", "\x01", "\xff", "é", strings.Repeat("v", 4095), "\n=", "feb",
	} {
		if !strings.Contains(all, want) {
			t.Errorf("no header of 500 holds %.20q", want)
		}
	}
}

// asciiLower keeps octets that are not UTF-8, unlike strings.ToLower.
func asciiLower(s string) string {
	b := []byte(s)
	for i, c := range b {
		if 'A' <= c && c <= 'Z' {
			b[i] = c + 'a' - 'A'
		}
	}
	return string(b)
}
