package crawl

import (
	"fmt"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/net/idna"
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

// Clean takes from a normalised address what says nothing about the page:
// parameters for tracking and session ids.
func Clean(address string) string { return address }

// Key is equal for addresses of the same page: Clean, without order among
// different query parameters.
func Key(address string) string { return address }

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
