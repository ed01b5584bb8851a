package crawl

import (
	"net/netip"
	"strings"

	"golang.org/x/net/publicsuffix"
)

// address is a normalised address in parts.
type address struct {
	origin   string // https://host[:port]
	path     string // from "/" on
	query    string // without "?"
	fragment string // without "#"
}

// split takes a normalised address apart, without a look at whether it is one.
func split(s string) address {
	var a address
	s, a.fragment, _ = strings.Cut(s, "#")
	s, a.query, _ = strings.Cut(s, "?")
	a.origin, a.path = s, ""
	if i := strings.Index(s, "://"); i >= 0 {
		if j := strings.IndexByte(s[i+3:], '/'); j >= 0 {
			a.origin, a.path = s[:i+3+j], s[i+3+j:]
		}
	}
	return a
}

// host is the origin without scheme; with its port.
func (a address) host() string {
	_, host, _ := strings.Cut(a.origin, "://")
	return host
}

// hostname is the host without its port.
func (a address) hostname() string {
	host := a.host()
	if i := strings.LastIndexByte(host, ':'); i > strings.LastIndexByte(host, ']') {
		return host[:i]
	}
	return host
}

// folder is the path up to its last slash.
func (a address) folder() string { return a.path[:strings.LastIndexByte(a.path, '/')+1] }

// domain is the registrable domain, or the host itself when it has none: an
// address, a single label, a public suffix.
func domain(host string) string {
	if _, err := netip.ParseAddr(strings.Trim(host, "[]")); err == nil {
		return host
	}
	d, err := publicsuffix.EffectiveTLDPlusOne(host)
	if err != nil {
		return host
	}
	return d
}
