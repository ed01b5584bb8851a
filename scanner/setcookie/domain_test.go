package setcookie

import (
	"slices"
	"strings"
	"testing"
)

func TestDomainAttribute(t *testing.T) {
	tests := []struct {
		url, attribute string
		domain         string // empty: refused
		hostOnly       bool
	}{
		{"https://home.example.org/", "", "home.example.org", true},
		{"https://HOME.Example.org:8443/", "", "home.example.org", true},
		{"https://home.example.org/", "home.example.org", "home.example.org", false},
		{"https://home.example.org/", "example.org", "example.org", false},
		{"https://home.example.org/", ".example.org", "example.org", false},
		{"https://home.example.org/", ".EXAMPLE.Org", "example.org", false},
		{"https://a.b.example.org/", "b.example.org", "b.example.org", false},
		{"https://home.example.org/", "example.org; Domain=", "home.example.org", true},
		{"https://home.example.org/", "other.org; Domain=example.org", "example.org", false},
		{"https://home.example.org/", "x; Domain=" + strings.Repeat("x", 1025) + "; Domain=example.org", "example.org", false},

		{"https://home.example.org/", "x.home.example.org", "", false},
		{"https://home.example.org/", "other.org", "", false},
		{"https://home.example.org/", "ome.example.org", "", false},
		{"https://home.example.org/", "org", "", false},
		{"https://home.example.org/", ".", "", false},
		{"https://home.example.org/", "..example.org", "", false},
		{"https://home.example.org/", "example.org.", "", false},
		{"https://home.example.org/", "*.example.org", "", false},
		{"https://home.example.org/", `"example.org"`, "", false},
		{"https://home.example.org/", "example.org:443", "", false},
		{"https://home.example.org/", "https://example.org", "", false},
		{"https://home.example.org/", "example.org/", "", false},
		{"https://home.example.org/", "ex%61mple.org", "", false},
		{"https://home.example.org/", "exam ple.org", "", false},
		{"https://home.example.org/", "1", "", false},

		// Public suffixes, the private section included.
		{"https://shop.co.uk/", "co.uk", "", false},
		{"https://co.uk/", "co.uk", "co.uk", true},
		{"https://co.uk/", ".CO.uk", "co.uk", true},
		{"https://www.shop.co.uk/", "shop.co.uk", "shop.co.uk", false},
		{"https://shop.co.uk/", "uk", "", false},
		{"https://alice.github.io/", "github.io", "", false},
		{"https://github.io/", "github.io", "github.io", true},
		{"https://www.alice.github.io/", "alice.github.io", "alice.github.io", false},
		{"https://www.ck/", "www.ck", "www.ck", false}, // an exception rule
		{"https://x.ck/", "x.ck", "x.ck", true},        // a wildcard rule
		{"https://y.x.ck/", "x.ck", "", false},
		{"https://a.b.test/", "b.test", "b.test", false}, // no rule: one label is a suffix

		// Hosts without a site.
		{"http://localhost/", "localhost", "localhost", true},
		{"http://localhost/", ".localhost", "localhost", true},
		{"http://x.localhost/", "localhost", "", false},
		{"http://intranet/", "intranet", "intranet", true},
		{"http://intranet/", "com", "", false},
		{"http://127.0.0.1/", "127.0.0.1", "127.0.0.1", true},
		{"http://127.0.0.1/", ".127.0.0.1", "127.0.0.1", true},
		{"http://127.0.0.1/", "0.0.1", "", false},
		{"http://127.0.0.1/", "127.1", "", false},
		{"http://127.0.0.1/", "", "127.0.0.1", true},
		{"http://[::1]/", "", "[::1]", true},
		{"http://[0:0::1]/", "[::1]", "[::1]", true},
		{"http://[::1]/", "::1", "", false},

		// A trailing dot makes another host.
		{"http://home.example.org./", "", "home.example.org.", true},
		{"http://home.example.org./", "example.org.", "example.org.", false},
		{"http://home.example.org./", "example.org", "", false},
		{"http://home.example.org../", "", "", false},
		{"http://a..example.org/", "example.org", "example.org", false},

		// Not ASCII: Chromium maps it.
		{"https://www.bücher.example/", "", "www.xn--bcher-kva.example", true},
		{"https://www.bücher.example/", "BÜCHER.example", "xn--bcher-kva.example", false},
		{"https://www.bücher.example/", "XN--BCHER-kva.example", "xn--bcher-kva.example", false},
		{"https://www.xn--fa-hia.example/", "faß.example", "xn--fa-hia.example", false},
		{"https://www.fass.example/", "faß.example", "", false},
		{"https://home.example.org/", "ｅxample。org", "example.org", false},
		{"https://home.example.org/", "é.org", "", false},
		{"https://home.example.org/", "\xff.org", "", false},

		{"http://x.a_b.example.org/", "a_b.example.org", "a_b.example.org", false},
	}
	for _, tt := range tests {
		r := evaluate(t, "a=b; Domain="+tt.attribute, tt.url)
		if tt.domain == "" {
			if r.Stored || !slices.Equal(r.Reasons, reasons(InvalidDomain)) {
				t.Errorf("%s Domain=%.40s: stored %v %v, want InvalidDomain", tt.url, tt.attribute, r.Stored, r.Reasons)
			}
			continue
		}
		if c := r.Cookie; !r.Stored || c.Domain != tt.domain || c.HostOnly != tt.hostOnly {
			t.Errorf("%s Domain=%.40s: %v %v %q host-only %v, want %q %v",
				tt.url, tt.attribute, r.Stored, r.Reasons, c.Domain, c.HostOnly, tt.domain, tt.hostOnly)
		}
	}
}

func TestDomainWithoutValue(t *testing.T) {
	if r := evaluate(t, "a=b; Domain", ordinaryURL); !r.Stored || !r.Cookie.HostOnly {
		t.Errorf("Domain without value = %+v, want a host-only cookie", r)
	}
}

func TestDomainMatch(t *testing.T) {
	tests := []struct {
		host, domain string
		want         bool
	}{
		{"example.org", "example.org", true},
		{"www.example.org", "example.org", true},
		{"a.b.example.org", "example.org", true},
		{"example.org", "www.example.org", false},
		{"badexample.org", "example.org", false},
		{"1.2.3.4", "3.4", false},
		{"1.2.3.4", "1.2.3.4", true},
		{"example.org", "", false},
	}
	for _, tt := range tests {
		if got := DomainMatch(tt.host, tt.domain); got != tt.want {
			t.Errorf("DomainMatch(%q, %q) = %v", tt.host, tt.domain, got)
		}
	}
}

func TestSite(t *testing.T) {
	for host, want := range map[string]string{
		"www.example.org": "example.org", "EXAMPLE.org": "example.org", "a.b.shop.co.uk": "shop.co.uk",
		"co.uk": "co.uk", "alice.github.io": "alice.github.io", "www.alice.github.io": "alice.github.io",
		"github.io": "github.io", "localhost": "localhost", "x.localhost": "x.localhost",
		"127.0.0.1": "127.0.0.1", "::1": "[::1]", "[::1]": "[::1]", "www.bücher.example": "xn--bcher-kva.example",
		"www.example.org.": "example.org.", "": "", ".": ".",
	} {
		if got := Site(host); got != want {
			t.Errorf("Site(%q) = %q, want %q", host, got, want)
		}
	}
}

func TestSchemefulSite(t *testing.T) {
	for u, want := range map[string]string{
		"https://www.example.org:8443/x": "https://example.org", "HTTP://www.example.org": "http://example.org",
		"wss://www.example.org": "https://example.org", "ws://[::1]:80/": "http://[::1]",
	} {
		if got := SchemefulSite(mustURL(t, u)); got != want {
			t.Errorf("SchemefulSite(%s) = %q, want %q", u, got, want)
		}
	}
	if got := SchemefulSite(nil); got != "" {
		t.Errorf("SchemefulSite(nil) = %q", got)
	}
}
