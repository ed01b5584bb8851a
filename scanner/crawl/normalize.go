// Package crawl decides which page comes next: which addresses are pages, which
// are the same page and which belong to the scan. It knows no browser.
package crawl

import (
	"fmt"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/net/idna"
	"golang.org/x/net/publicsuffix"
)

// Normalize writes an address so that addresses of the same page are equal:
// lower-case scheme and host, names in ASCII (UTS 46), addresses in their short
// form, no default port, no user, no fragment, no empty query, a path without
// dot segments. It is false for what is not a page: other schemes, no host or
// one that cannot be resolved. Normalizing again changes nothing.
func Normalize(raw string) (string, bool) {
	u, err := url.Parse(strings.TrimSpace(raw))
	if err != nil || u.Scheme != "http" && u.Scheme != "https" {
		return "", false
	}
	host, ok := normalHost(u.Hostname())
	if !ok {
		return "", false
	}
	port, ok := normalPort(u.Scheme, u.Port())
	if !ok {
		return "", false
	}
	if u.Path == "" {
		u.Path = "/"
	}
	u = u.ResolveReference(u) // without dot segments
	u.Host, u.User, u.Fragment, u.RawFragment = host+port, nil, "", ""
	u.RawQuery, u.ForceQuery = escapeQuery(u.RawQuery), false
	return u.String(), true
}

// normalHost is a host as browsers write it; false if no name or address can
// be so (URL standard, host parsing).
func normalHost(host string) (string, bool) {
	if addr, err := netip.ParseAddr(host); err == nil {
		if addr.Is4() {
			return addr.String(), true
		}
		return "[" + addr.String() + "]", addr.Zone() == ""
	}
	// Not strict: names with underscores exist. ToASCII also lowers the case.
	profile := idna.New(idna.MapForLookup(), idna.StrictDomainName(false), idna.Transitional(false), idna.BidiRule())
	name := strings.ToLower(host)
	if strings.ContainsFunc(host, func(r rune) bool { return r > unicode.MaxASCII }) {
		ascii, err := profile.ToASCII(host)
		if err != nil {
			return "", false
		}
		name = ascii
	}
	name = strings.TrimSuffix(name, ".")
	if addr, err := netip.ParseAddr(name); err == nil && addr.Is4() {
		return addr.String(), true
	}
	bad := name == "" || strings.HasPrefix(name, ".") || strings.HasSuffix(name, ".") || strings.Contains(name, "..")
	return name, !bad && !strings.ContainsFunc(name, forbidden)
}

// forbidden tells the code points that no host may have (URL standard).
func forbidden(r rune) bool {
	return r <= ' ' || r >= 0x7f || strings.ContainsRune("\"#%/:;,<>?@[\\]^`{|}&='()!$+", r)
}

// normalPort is ":port", or nothing for the scheme's own.
func normalPort(scheme, port string) (string, bool) {
	if port == "" {
		return "", true
	}
	n, err := strconv.ParseUint(port, 10, 16)
	switch {
	case err != nil || n == 0:
		return "", false
	case scheme == "http" && n == 80, scheme == "https" && n == 443:
		return "", true
	}
	return ":" + strconv.FormatUint(n, 10), true
}

// escapeQuery writes what browsers never leave as it is in a query.
func escapeQuery(q string) string {
	var b strings.Builder
	for i := range len(q) {
		if c := q[i]; c <= ' ' || c >= 0x7f || c == '"' || c == '<' || c == '>' {
			fmt.Fprintf(&b, "%%%02X", c)
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}

// Scope is how far from the start address pages are followed.
type Scope string

// The scopes, from narrow to wide.
const (
	ScopePage   Scope = "page"   // the start pages only
	ScopePrefix Scope = "prefix" // the start address' folder and below
	ScopeHost   Scope = "host"   // the same host
	ScopeDomain Scope = "domain" // the same registrable domain
)

// Scopes lists them for help texts.
var Scopes = []Scope{ScopePage, ScopePrefix, ScopeHost, ScopeDomain}

// In tells whether an address lies within the scope of one of the starts.
func (s Scope) In(starts []string, raw string) bool {
	u, err := url.Parse(raw)
	if err != nil || u.Host == "" {
		return false
	}
	for _, start := range starts {
		from, err := url.Parse(start)
		if err == nil && s.covers(from, u) {
			return true
		}
	}
	return false
}

func (s Scope) covers(from, u *url.URL) bool {
	switch s {
	case ScopePage:
		return from.String() == u.String()
	case ScopePrefix:
		folder := from.EscapedPath()[:strings.LastIndexByte(from.EscapedPath(), '/')+1]
		return from.Scheme == u.Scheme && from.Host == u.Host && strings.HasPrefix(u.EscapedPath(), folder)
	case ScopeHost:
		return from.Hostname() == u.Hostname()
	case ScopeDomain:
	}
	return domain(from.Hostname()) == domain(u.Hostname())
}

// domain is the registrable domain, or the host itself when it has none: an
// address, a single label, a public suffix.
func domain(host string) string {
	if _, err := netip.ParseAddr(host); err == nil {
		return host
	}
	d, err := publicsuffix.EffectiveTLDPlusOne(host)
	if err != nil {
		return host
	}
	return d
}
