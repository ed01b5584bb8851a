package setcookie

import (
	"net/netip"
	"net/url"
	"strings"

	"golang.org/x/net/idna"
	"golang.org/x/net/publicsuffix"
)

// DomainMatch reports whether a domain cookie of that domain is sent to host
// (RFC 6265bis section 5.1.3). Both are canonical: lower case, no leading dot.
func DomainMatch(host, domain string) bool {
	if domain == "" {
		return false
	}
	return host == domain || strings.HasSuffix(host, "."+domain) && !isIP(host)
}

// Site is the registrable domain (eTLD+1) of a host, with the private section
// of the Public Suffix List (alice.github.io is a site of its own), or the
// host itself when it has none: an IP address (IPv6 in brackets), a single
// label, a public suffix.
func Site(host string) string {
	host = canonicalHost(host)
	if r := registrable(host); r != "" {
		return r
	}
	return host
}

// SchemefulSite is scheme and site of a URL, such as https://example.org. A
// web socket counts as the http request that opens it.
func SchemefulSite(u *url.URL) string {
	if u == nil {
		return ""
	}
	scheme := asciiLower(u.Scheme)
	switch scheme {
	case "ws":
		scheme = "http"
	case "wss":
		scheme = "https"
	}
	return scheme + "://" + Site(u.Hostname())
}

// registrable is the eTLD+1, or "" if there is none. A trailing dot is kept,
// so that example.org. and example.org are different sites.
func registrable(host string) string {
	name, dot := strings.CutSuffix(host, ".")
	if name == "" || isIP(host) {
		return ""
	}
	suffix, _ := publicsuffix.PublicSuffix(name)
	rest, ok := strings.CutSuffix(name, "."+suffix)
	if !ok || rest == "" {
		return ""
	}
	r := rest[strings.LastIndexByte(rest, '.')+1:] + "." + suffix
	if dot {
		r += "."
	}
	return r
}

// canonicalHost is a host as browsers write it in URLs and cookies.
func canonicalHost(host string) string {
	if addr, err := netip.ParseAddr(strings.Trim(host, "[]")); err == nil {
		if addr.Is4() {
			return addr.String()
		}
		return "[" + addr.WithZone("").String() + "]"
	}
	if ascii, ok := toASCII(host); ok {
		return ascii
	}
	return asciiLower(host)
}

// toASCII maps a name as the URL standard does (UTS 46, not transitional).
func toASCII(name string) (string, bool) {
	if isASCII(name) {
		return asciiLower(name), true
	}
	profile := idna.New(idna.MapForLookup(), idna.StrictDomainName(false), idna.Transitional(false), idna.BidiRule())
	ascii, err := profile.ToASCII(name)
	return ascii, err == nil && ascii != ""
}

func isIP(host string) bool {
	_, err := netip.ParseAddr(strings.Trim(host, "[]"))
	return err == nil
}

// cookieDomain is the domain a cookie gets on a (canonical) host for the value
// of its Domain attribute; false if the cookie must be refused (RFC 6265bis
// section 5.7 steps 8 to 10).
func cookieDomain(host, attribute string) (domain string, hostOnly, ok bool) {
	if host == "" || strings.HasSuffix(host, "..") {
		return host, true, false
	}
	if attribute == "" {
		return host, true, true
	}
	asked := strings.TrimPrefix(attribute, ".")
	if isIP(host) {
		// Chromium: the draft makes this a domain cookie, which for an
		// address comes to the same.
		same := asciiEqualFold(asked, host)
		return asciiLower(asked), same, same
	}
	// Chromium: the draft refuses any Domain outside ASCII.
	asked, ok = toASCII(asked)
	if !ok || asked == "" || asked[0] == '.' {
		return asciiLower(asked), false, false
	}
	site := registrable(host)
	if site == "" { // a public suffix or a single label
		return asked, asked == host, asked == host
	}
	return asked, false, registrable(asked) == site && DomainMatch(host, asked)
}
