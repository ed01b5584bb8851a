package crawl

import (
	"strings"
	"testing"
)

func TestClean(t *testing.T) {
	const id = "0a1b2c3d4e5f60718293a4b5c6d7e8f9"
	p := loadParameters()
	for address, want := range map[string]string{
		"/":                            "/",
		"/?utm_source=a&utm_medium=b":  "/",
		"/?a=1&utm_source=x&b=2":       "/?a=1&b=2",
		"/?UTM_Source=x&a":             "/?a",
		"/?utm%5Fsource=x":             "/",
		"/?utm=x":                      "/?utm=x",
		"/?gclid=x&fbclid=y&msclkid=z": "/",
		"/?mc_eid=1&_ga=2.1&_gl=1*x":   "/",
		"/?category=utm_source":        "/?category=utm_source",
		"/?PHPSESSID=" + id:            "/",
		"/?phpsessid=x&p=2":            "/?p=2",
		"/?sid=" + id:                  "/",
		"/?sid=12":                     "/?sid=12",
		"/?s=blue+shoes":               "/?s=blue+shoes",
		"/?token=550e8400-e29b-41d4-a716-446655440000": "/",
		"/?_=1700000000000":                            "/",
		"/?_=7":                                        "/?_=7",
		"/?v=1":                                        "/?v=1",
		"/p;jsessionid=" + id + "?a=1":                 "/p?a=1",
		"/p;jsessionid=X.node1/q;v=2":                  "/p/q;v=2",
		"/;jsessionid=" + id:                           "/",
		"/(S(0123456789abcdefghijklmn))/a.aspx":        "/a.aspx",
		"/(X(1)F(abc)S(def))/a":                        "/a",
		"/(S(a))":                                      "/(S(a))",
		"/wiki/Go_(game)/x":                            "/wiki/Go_(game)/x",
		"/#/p?utm_source=x&a=1":                        "/#/p?a=1",
		"/#/p?utm_source=x":                            "/#/p",
		"/?&a=1&":                                      "/?&a=1&",
	} {
		if got := p.clean("http://a.test" + address); got != "http://a.test"+want {
			t.Errorf("%s: %s, want %s", address, got, want)
		}
	}
	for name, k := range p.names {
		if k == useful || name != strings.ToLower(name) {
			t.Errorf("%s is of no kind, or not in lower case", name)
		}
	}
	for prefix, k := range p.prefixes {
		if k == useful || len(prefix) > longestPrefix || len(prefix) < 3 {
			t.Errorf("%s* is of no kind, too long or too short", prefix)
		}
	}
}

func TestKey(t *testing.T) {
	for _, same := range [][]string{
		{"/?a=1&b=2", "/?b=2&a=1", "/?b=2&&a=1&"},
		{"/?q=a+b", "/?q=a%20b"},
		{"/#/x?b&a", "/#/x?b&a"},
	} {
		for _, a := range same {
			if keyOf("http://a.test"+a) != keyOf("http://a.test"+same[0]) {
				t.Errorf("%s and %s are not the same page", same[0], a)
			}
		}
	}
	seen := map[string]string{}
	for _, a := range []string{"/", "/?a", "/?a=", "/?a=1", "/?a=1&a=2", "/?a=2&a=1", "/A", "/a", "/a/", "/#/a", "/#!a", "//"} {
		if b, ok := seen[keyOf("http://a.test"+a)]; ok {
			t.Errorf("%s and %s are the same page", a, b)
		}
		seen[keyOf("http://a.test"+a)] = a
	}
}

func TestRandom(t *testing.T) {
	for value, want := range map[string]bool{
		"0a1b2c3d4e5f6071": true, "550e8400-e29b-41d4-a716-446655440000": true, "dGhpcyBpcyBhIHRva2Vu1234": true, "aB3xK9pQ2mN7vR5t": true,
		"4f2b": false, "blue-suede-shoes-size-9": false, "the-quick-brown-fox": false, "internationalization": false, "deadbeefdeadbeef": false,
		"ABCDEFGHIJKLMNOPQRST": false, "hello world how are": false, "": false, strings.Repeat("a1", 300): false,
	} {
		if random(value) != want {
			t.Errorf("random(%q) = %v", value, !want)
		}
	}
}
