package crawl

import (
	"net/url"
	"testing"
)

func TestNormalize(t *testing.T) {
	for raw, want := range map[string]string{
		"http://a.test":                   "http://a.test/",
		" \thttp://a.test/ \n":            "http://a.test/",
		"HTTP://A.Test/Path":              "http://a.test/Path",
		"http://a.test?x":                 "http://a.test/?x",
		"http://a.test:80/":               "http://a.test/",
		"http://a.test:/":                 "http://a.test/",
		"https://a.test:443/":             "https://a.test/",
		"https://a.test:0443/":            "https://a.test/",
		"http://a.test:443/x":             "http://a.test:443/x",
		"https://a.test:8443/":            "https://a.test:8443/",
		"http://a.test:0/":                "",
		"http://a.test:65536/":            "",
		"http://a.test/#top":              "http://a.test/",
		"http://a.test/?#":                "http://a.test/",
		"http://a.test/?":                 "http://a.test/",
		"http://a.test/?b=2&a=1":          "http://a.test/?b=2&a=1",
		"http://a.test/?a b\"é":           "http://a.test/?a%20b%22%C3%A9",
		"http://a.test/a b/é":             "http://a.test/a%20b/%C3%A9",
		"http://a.test/a%2Fb":             "http://a.test/a%2Fb",
		"http://a.test/a/./b/../c":        "http://a.test/a/c",
		"http://a.test/../x":              "http://a.test/x",
		"http://a.test//x/":               "http://a.test//x/",
		"http://user:secret@a.test/":      "http://a.test/",
		"http://user@/":                   "",
		"http://a.test./":                 "http://a.test/",
		"http://a.test../":                "",
		"http://a..test/":                 "",
		"http://.a.test/":                 "",
		"http://./":                       "",
		"http://bücher.test/":             "http://xn--bcher-kva.test/",
		"http://BÜCHER.test/":             "http://xn--bcher-kva.test/",
		"http://faß.test/":                "http://xn--fa-hia.test/",
		"http://ａ.test/":                  "http://a.test/",
		"http://a。test/":                  "http://a.test/",
		"http://xn--bcher-kva.test/":      "http://xn--bcher-kva.test/",
		"http://under_score.test/":        "http://under_score.test/",
		"http://a|b.test/":                "",
		"http://a b.test/":                "",
		"http://192.0.2.1:80/":            "http://192.0.2.1/",
		"http://192.0.2.1./":              "http://192.0.2.1/",
		"http://[2001:DB8:0::1]:80/":      "http://[2001:db8::1]/",
		"https://[2001:db8::1]:80/":       "https://[2001:db8::1]:80/",
		"http://[fe80::1%25eth0]/":        "",
		"http://[::1":                     "",
		"ftp://a.test/":                   "",
		"mailto:x@a.test":                 "",
		"javascript:void(0)":              "",
		"data:text/html,x":                "",
		"about:blank":                     "",
		"blob:http://a.test/1":            "",
		"http:a.test":                     "",
		"http:///path":                    "",
		"//a.test/":                       "",
		"/path":                           "",
		"":                                "",
		"view-source:http://a.test/":      "",
		"http://a.test/#/":                "http://a.test/",
		"http://a.test/#!/":               "http://a.test/",
		"http://a.test/#/cart?x=1":        "http://a.test/#/cart?x=1",
		"http://a.test/#!about us":        "http://a.test/#!about%20us",
		"http://a.test/#/a:~:text=b":      "http://a.test/#/a",
		"http://a.test/#:~:text=b":        "http://a.test/",
		"http://a.test/x#/%zz%41":         "http://a.test/x#/%25zzA",
		"http://a.test/%7ea/%c3%bc":       "http://a.test/~a/%C3%BC",
		"http://a.test/50%-off":           "http://a.test/50%25-off",
		"http://a.test/%%341":             "http://a.test/%2541",
		"http://a.test/?q=%%341":          "http://a.test/?q=%2541",
		"http://a.test/?%7e=%2f'":         "http://a.test/?~=%2F%27",
		"http://a.test/%2e%2E/b/%2e":      "http://a.test/b/",
		"http://a.test/a|b{c}":            "http://a.test/a%7Cb%7Bc%7D",
		"http://a.test\\b\\?\\":           "http://a.test/b/?\\",
		"http:\\\\a.test/":                "http://a.test/",
		"http://a.test/a\n\tb":            "http://a.test/ab",
		"http://a.test/index.html":        "http://a.test/index.html",
		"http://u@evil.test@a.test/":      "http://a.test/",
		"http://%61.test/":                "http://a.test/",
		"http://a%2eb.test/":              "http://a.b.test/",
		"http://a%00.test/":               "",
		"http://2130706433/":              "http://127.0.0.1/",
		"http://0x7f.1/":                  "http://127.0.0.1/",
		"http://0177.0.0.01/":             "http://127.0.0.1/",
		"http://1.2.3.4.5/":               "",
		"http://256.1.1.1/":               "",
		"http://a.1/":                     "",
		"http://[::127.0.0.1]/":           "http://[::7f00:1]/",
		"http://[1.2.3.4]/":               "",
		"http://[::1]x/":                  "",
		"http://a.test:8o/":               "",
		"http://a.test/;p=1?q=/../x#/../": "http://a.test/;p=1?q=/../x#/../",
	} {
		if got, ok := Normalize(raw); got != want || ok != (want != "") {
			t.Errorf("Normalize(%q) = %q, %v, want %q", raw, got, ok, want)
		}
	}
}

func FuzzNormalize(f *testing.F) {
	for _, s := range []string{
		"http://a.test", "HTTPS://Ü.test.:0443/a/../b?x y#z", "http://[::FFFF:1.2.3.4]:80/%zz", "http://a.test..", "http://%41/",
		"http://u:p@h/?%", "http://xn--a/", "http://a.test/.//x", "http://１２７.0.0.1/", "http://a.test:+80/", "http://a\u00ad.test/", "http://a%20b/",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		once, ok := Normalize(raw)
		if !ok {
			if once != "" {
				t.Fatalf("Normalize(%q) is no page and yet %q", raw, once)
			}
			return
		}
		if twice, ok := Normalize(once); !ok || twice != once {
			t.Fatalf("Normalize(%q) = %q, which normalizes to %q, %v", raw, once, twice, ok)
		}
		checkClean(t, once)
		for _, s := range Scopes {
			if !s.In([]string{once}, once) {
				t.Fatalf("%q is not in its own scope %s", once, s)
			}
		}
	})
}

// checkClean tests what holds for every normalised address.
func checkClean(t *testing.T, address string) {
	t.Helper()
	p := loadParameters()
	clean := p.clean(address)
	if again, ok := Normalize(clean); !ok || again != clean || p.clean(clean) != clean {
		t.Fatalf("%q is cleaned to %q, which becomes %q and %q", address, clean, again, p.clean(clean))
	}
	if key := keyOf(clean); keyOf(key) != key {
		t.Fatalf("the key of %q is %q, of which it is %q", clean, key, keyOf(key))
	}
	if u, err := url.Parse(address); err != nil || u.String() != address {
		t.Fatalf("%q is %q to net/url: %v", address, u, err)
	}
}

func TestScope(t *testing.T) {
	const page, prefix, host, domain = 1, 2, 4, 8
	names := map[Scope]int{ScopePage: page, ScopePrefix: prefix, ScopeHost: host, ScopeDomain: domain}
	for _, c := range []struct {
		start, raw string
		in         int
	}{
		{"https://www.a.test/", "https://www.a.test/", page | prefix | host | domain},
		{"https://www.a.test/", "https://www.a.test/x", prefix | host | domain},
		{"https://www.a.test/", "http://www.a.test/", host | domain},
		{"https://www.a.test/", "https://www.a.test:8443/", host | domain},
		{"https://www.a.test/", "https://a.test/", domain},
		{"https://www.a.test/", "https://b.test/", 0},
		{"https://www.a.test/", "https://www.a.test.evil.test/", 0},
		{"https://a.test/shop/", "https://a.test/shop/", page | prefix | host | domain},
		{"https://a.test/shop/", "https://a.test/shop", host | domain},
		{"https://a.test/shop/", "https://a.test/shop/x?y", prefix | host | domain},
		{"https://a.test/shop/", "https://a.test/shopping/", host | domain},
		{"https://a.test/shop/index.html", "https://a.test/shop/x", prefix | host | domain},
		{"https://a.test/shop", "https://a.test/other", prefix | host | domain},
		{"https://a.test/a%2Fb/c", "https://a.test/a/b/d", host | domain},
		{"https://a.test/?p=1", "https://a.test/?p=1", page | prefix | host | domain},
		{"https://a.test/?p=1", "https://a.test/?p=2", prefix | host | domain},
		{"https://a.test/?p=/x/y", "https://a.test/z", prefix | host | domain},
		{"https://alice.github.io/", "https://bob.github.io/", 0},
		{"https://alice.github.io/", "https://www.alice.github.io/", domain},
		{"https://shop.co.uk/", "https://www.shop.co.uk/", domain},
		{"https://shop.co.uk/", "https://other.co.uk/", 0},
		{"https://co.uk/", "https://shop.co.uk/", 0},
		{"http://localhost/", "http://localhost:8080/", host | domain},
		{"http://localhost/", "http://x.localhost/", 0},
		{"http://192.0.2.1/", "http://192.0.2.1/x", prefix | host | domain},
		{"http://192.0.2.1/", "http://198.51.2.1/", 0},
		{"http://[2001:db8::1]/", "http://[2001:db8::2]/", 0},
		{"http://[::ffff:192.0.2.1]/", "http://[::ffff:198.51.2.1]/", 0},
		{"http://a.test/", "mailto:x@a.test", 0},
		{"http://a.test/", "http://[::1", 0},
	} {
		for s, bit := range names {
			if got := s.In([]string{"https://elsewhere.test/p/", c.start}, c.raw); got != (c.in&bit != 0) {
				t.Errorf("%s: %s within %s = %v", s, c.raw, c.start, got)
			}
		}
	}
	if ScopeDomain.In(nil, "http://a.test/") {
		t.Error("without a start everything is out of scope")
	}
}
