package setcookie

import (
	"fmt"
	"strings"
	"time"
)

// notes says what the browser ignored or changed, in the order name, attribute
// by attribute, lifetime, domain, path, flags.
func notes(p Parsed, c Cookie, ctx Context) []string {
	var n noteList
	n.addIf(p.Name == "" && p.Value != "", "The cookie has no name: the text before the first \";\" is its value.")
	n.attributes(p)
	n.lifetime(p, c, ctx)
	n.scope(p, c)
	n.flags(p, c, ctx)
	return n
}

type noteList []string

func (n *noteList) addIf(when bool, format string, args ...any) {
	if when {
		*n = append(*n, fmt.Sprintf(format, args...))
	}
}

// knownAttribute gives the name as written in the standards; Priority is Chromium's.
func knownAttribute(name string) (string, bool) {
	for _, k := range [...]string{
		"Domain", "Expires", "HttpOnly", "Max-Age", "Partitioned", "Path", "Priority", "SameSite", "Secure",
	} {
		if asciiEqualFold(name, k) {
			return k, true
		}
	}
	return shorten(name), false
}

func (n *noteList) attributes(p Parsed) {
	var order []string
	count := map[string]int{}
	for _, a := range p.Attributes {
		name, known := knownAttribute(a.Name)
		switch {
		case a.TooLong:
			n.addIf(true, "Attribute %s ignored: its value is longer than %d octets.", name, MaxAttributeOctets)
		case !known:
			n.addIf(true, "Attribute %s ignored: no browser knows it.", name)
		default:
			if count[name]++; count[name] == 2 {
				order = append(order, name)
			}
		}
	}
	for _, name := range order {
		n.addIf(true, "%s is given %d times: the last one counts.", name, count[name])
	}
}

func (n *noteList) lifetime(p Parsed, c Cookie, ctx Context) {
	maxAge, hasMaxAge := p.last("max-age")
	expires, hasExpires := p.last("expires")
	_, maxAgeOK := parseMaxAge(maxAge.Value)
	_, expiresOK := ParseDate(expires.Value)
	n.addIf(hasMaxAge && !maxAgeOK, "Max-Age ignored: its value is not a whole number of seconds.")
	n.addIf(hasExpires && !expiresOK, "Expires ignored: its value is not a date that browsers understand.")
	n.addIf(hasMaxAge && maxAgeOK && hasExpires, "Expires ignored: Max-Age wins.")
	n.addIf(c.Session && (hasMaxAge || hasExpires), "No usable lifetime is left: it is a session cookie.")
	if c.Session {
		return
	}
	attribute := "Expires"
	if maxAgeOK {
		attribute = "Max-Age"
	}
	n.addIf(*c.DeclaredSeconds > MaxStoredSeconds, "%s capped at 400 days (%d seconds).", attribute, MaxStoredSeconds)
	skewed := !ctx.Date.IsZero() && ctx.Now.Sub(ctx.Date).Abs() >= time.Second
	n.addIf(!maxAgeOK && skewed, "Expires is counted from the response's Date header, not from this machine's clock.")
}

func (n *noteList) scope(p Parsed, c Cookie) {
	domain, hasDomain := p.last("domain")
	n.addIf(hasDomain && domain.Value == "", "Domain ignored: it is empty, so only this host gets the cookie.")
	n.addIf(strings.HasPrefix(domain.Value, "."), "The leading dot of Domain is ignored.")
	n.addIf(domain.Value != "" && c.HostOnly, "Domain is an IP address, a public suffix or a single label: only this host gets the cookie.")
	n.addIf(!isASCII(domain.Value), "Domain is not ASCII: Chromium uses its IDNA form, the standard refuses the cookie.")
	path, hasPath := p.last("path")
	n.addIf(hasPath && !strings.HasPrefix(path.Value, "/"), "Path ignored: it does not begin with \"/\"; the default path of the URL is used.")
}

func (n *noteList) flags(p Parsed, c Cookie, ctx Context) {
	sameSite, hasSameSite := p.last("samesite")
	n.addIf(hasSameSite && c.SameSite == SameSiteUnspecified, "SameSite=%s is not known: the cookie is treated as Lax.", shorten(sameSite.Value))
	n.addIf(!hasSameSite, "No SameSite attribute: the cookie is treated as Lax.")
	priority, hasPriority := p.last("priority")
	n.addIf(hasPriority && c.Priority == PriorityMedium && !asciiEqualFold(priority.Value, string(PriorityMedium)),
		"Priority=%s is not known: Medium is used.", shorten(priority.Value))
	n.addIf(c.Secure && ctx.URL != nil && !isCryptographic(ctx.URL) && maySetSecure(ctx.URL),
		"Secure is allowed without https because the host is this machine.")
}

// shorten quotes text of the site for a sentence.
func shorten(s string) string {
	const limit = 40
	if len(s) > limit {
		s = s[:limit] + "..."
	}
	return fmt.Sprintf("%q", s)
}
