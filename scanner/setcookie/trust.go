package setcookie

import (
	"net/netip"
	"net/url"
	"strings"
)

func isCryptographic(u *url.URL) bool {
	s := asciiLower(u.Scheme)
	return s == "https" || s == "wss"
}

func isCookieScheme(u *url.URL) bool {
	s := asciiLower(u.Scheme)
	return s == "http" || s == "ws" || isCryptographic(u)
}

// isLoopback reports hosts that never leave the machine: localhost and names
// below it, 127.0.0.0/8 and ::1, but not an IPv4 address written as IPv6.
func isLoopback(host string) bool {
	if addr, err := netip.ParseAddr(strings.Trim(host, "[]")); err == nil {
		return addr.IsLoopback() && !addr.Is4In6()
	}
	name := strings.TrimSuffix(host, ".")
	return name == "localhost" || strings.HasSuffix(name, ".localhost")
}

// maySetSecure reports whether Secure cookies may be set from the URL.
// Chromium: http on a loopback host may; the draft leaves this open.
func maySetSecure(u *url.URL) bool {
	return isCryptographic(u) || isLoopback(canonicalHost(u.Hostname()))
}
