package setcookie

import (
	"net/url"
	"time"
)

// SameSiteContext is where a cookie is set, seen from the top-level page.
type SameSiteContext int

// The contexts. A top-level navigation is same-site for cookies that its own
// response sets (RFC 6265bis section 5.7 step 17).
const (
	ContextSameSite  SameSiteContext = iota
	ContextCrossSite                 // a request or frame with another schemeful site than the top-level page or a frame in between
)

// Context is what surrounds a cookie that is being set. URL and Now are needed;
// the zero value of everything else is an ordinary first-party response.
type Context struct {
	URL    *url.URL  // of the response, or of the document whose script sets it; IPv4 hosts in dotted form, as browsers report them
	Now    time.Time // of receipt
	Date   time.Time // the response's Date header; zero if there is none
	Script bool      // document.cookie or the Cookie Store API

	SameSite     SameSiteContext
	TopLevelSite string // schemeful site of the top-level page, for partitioned cookies; empty: that of URL
}

// ContextFor compares the schemeful sites of a response and of the top-level
// page it is loaded into. Frames in between are the caller's to compare.
func ContextFor(response, topLevel *url.URL) SameSiteContext {
	if SchemefulSite(response) == SchemefulSite(topLevel) {
		return ContextSameSite
	}
	return ContextCrossSite
}

// Result is the browser's decision.
type Result struct {
	Stored  bool     // the jar holds Cookie afterwards
	Deletes bool     // accepted but expired: an equal cookie in the jar goes away
	Reasons []Reason // why it is refused, in the protocol's order; empty when accepted
	// Cookie is what is stored, or would be if it were not refused. When the
	// line did not parse only what could be read is filled.
	Cookie Cookie
}

// Refused reports whether the browser ignores the cookie altogether.
func (r Result) Refused() bool { return len(r.Reasons) > 0 }

// Evaluate decides about a set-cookie-string as if the jar were empty; Jar
// adds the rules that look at cookies that are already there.
func Evaluate(line []byte, ctx Context) Result {
	p, reason := parse(line)
	d := draftOf(p, ctx)
	if reason != "" {
		return d.result(ctx, []Reason{reason})
	}
	return d.result(ctx, d.refusals(ctx))
}

// draft is a cookie between parsing and storing: attributes decoded, domain
// and path still as asked for.
type draft struct {
	name, value      string
	domain, path     string // attribute values
	secure, httpOnly bool
	partitioned      bool
	sameSite         SameSite
	priority         Priority
	life             lifetime
	attributes       []Attribute
}

func draftOf(p Parsed, ctx Context) draft {
	return draft{
		name: p.Name, value: p.Value,
		domain: p.value("domain"), path: p.value("path"),
		secure: p.has("secure"), httpOnly: p.has("httponly"), partitioned: p.has("partitioned"),
		sameSite: sameSiteOf(p.value("samesite")), priority: priorityOf(p.value("priority")),
		life: lifetimeOf(p, ctx.Now, ctx.Date), attributes: p.Attributes,
	}
}

func sameSiteOf(value string) SameSite {
	for _, s := range []SameSite{SameSiteStrict, SameSiteLax, SameSiteNone} {
		if asciiEqualFold(value, string(s)) {
			return s
		}
	}
	return SameSiteUnspecified
}

func priorityOf(value string) Priority {
	for _, p := range []Priority{PriorityLow, PriorityHigh} {
		if asciiEqualFold(value, string(p)) {
			return p
		}
	}
	return PriorityMedium
}

// refusals lists the reasons in the order of the DevTools protocol. What makes
// a cookie impossible hides what only the context forbids, as in Chromium.
func (d draft) refusals(ctx Context) []Reason {
	if ctx.URL == nil || !isCookieScheme(ctx.URL) {
		return []Reason{SchemeNotSupported}
	}
	if rs := d.impossible(ctx.URL); len(rs) > 0 {
		return rs
	}
	return d.forbidden(ctx)
}

func (d draft) impossible(u *url.URL) []Reason {
	var rs []Reason
	if _, _, ok := cookieDomain(canonicalHost(u.Hostname()), d.domain); !ok {
		rs = append(rs, InvalidDomain)
	}
	if !prefixAllows(d, u) {
		rs = append(rs, InvalidPrefix)
	}
	if d.partitioned && !(d.secure && maySetSecure(u)) {
		rs = append(rs, InvalidPartitioned)
	}
	if d.name == "" && containsEquals(d.value) {
		rs = append(rs, NamelessWithEquals)
	}
	return rs
}

func (d draft) forbidden(ctx Context) []Reason {
	var rs []Reason
	if d.secure && !maySetSecure(ctx.URL) {
		rs = append(rs, SecureOnly)
	}
	if ctx.SameSite == ContextCrossSite {
		switch d.sameSite {
		case SameSiteStrict:
			rs = append(rs, SchemefulSameSiteStrict)
		case SameSiteLax:
			rs = append(rs, SchemefulSameSiteLax)
		case SameSiteUnspecified:
			rs = append(rs, SchemefulSameSiteUnspecifiedTreatedAsLax)
		case SameSiteNone:
		}
	}
	if d.sameSite == SameSiteNone && !d.secure {
		rs = append(rs, SameSiteNoneInsecure)
	}
	if d.httpOnly && ctx.Script {
		rs = append(rs, HTTPOnlyFromScript)
	}
	return rs
}
