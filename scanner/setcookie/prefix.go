package setcookie

import "net/url"

// namePrefix is a cookie name prefix (RFC 6265bis section 5.7 steps 20 to 22;
// __Http- and __Host-Http- from draft-ietf-httpbis-layered-cookies).
type namePrefix struct {
	text     string
	host     bool // host-only, with Path=/ written out
	httpOnly bool
}

// prefixOf finds the prefix of a name, in any case of letters.
func prefixOf(name string) (namePrefix, bool) {
	prefixes := [...]namePrefix{
		{text: "__Secure-"},
		{text: "__Http-", httpOnly: true},
		{text: "__Host-Http-", host: true, httpOnly: true},
		{text: "__Host-", host: true},
	}
	for _, p := range prefixes {
		if asciiHasPrefixFold(name, p.text) {
			return p, true
		}
	}
	return namePrefix{}, false
}

// prefixAllows reports whether the cookie keeps the promise of its name. A
// nameless cookie must not look like a prefixed one when it is sent.
func prefixAllows(d draft, u *url.URL) bool {
	if d.name == "" {
		_, found := prefixOf(d.value)
		return !found
	}
	p, found := prefixOf(d.name)
	if !found {
		return true
	}
	if !d.secure || !maySetSecure(u) || p.httpOnly && !d.httpOnly {
		return false
	}
	// Chromium: a Domain equal to an IP host is let through.
	host := canonicalHost(u.Hostname())
	hostOnly := d.domain == "" || isIP(host) && d.domain == host
	return !p.host || hostOnly && d.path == "/"
}
