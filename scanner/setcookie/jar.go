package setcookie

import (
	"cmp"
	"net/url"
	"slices"
	"time"
)

// Key is the identity of a cookie: RFC 6265bis section 5.7 step 23, with the
// partition key of CHIPS (zero when not partitioned).
type Key struct {
	Name, Domain string
	HostOnly     bool
	Path         string
	PartitionKey PartitionKey
}

// Key returns the identity of the cookie.
func (c Cookie) Key() Key {
	k := Key{Name: c.Name, Domain: c.Domain, HostOnly: c.HostOnly, Path: c.Path}
	if c.PartitionKey != nil {
		k.PartitionKey = *c.PartitionKey
	}
	return k
}

// Jar holds cookies and applies the storage rules that look at those already
// there. The zero value is empty and ready. It never evicts. Not safe for
// concurrent use.
type Jar struct {
	cookies map[Key]Cookie
}

// Set evaluates a set-cookie-string and stores or deletes accordingly.
func (j *Jar) Set(line []byte, ctx Context) Result { return j.Apply(Evaluate(line, ctx), ctx) }

// Apply carries out what Evaluate or EvaluateCookieStore decided in ctx, unless
// a cookie in the jar forbids it. It returns the final decision.
func (j *Jar) Apply(r Result, ctx Context) Result {
	j.expire(ctx.Now)
	if !r.reachesJar(ctx.URL) {
		return r
	}
	if more := j.Overlay(r.Cookie, ctx); len(more) > 0 {
		r.Stored, r.Deletes = false, false
		r.Reasons = append(slices.Clip(r.Reasons), more...)
	}
	switch {
	case r.Stored:
		if j.cookies == nil {
			j.cookies = make(map[Key]Cookie)
		}
		j.cookies[r.Cookie.Key()] = r.Cookie
	case r.Deletes:
		delete(j.cookies, r.Cookie.Key())
	}
	return r
}

// reachesJar reports whether the browser compares the cookie with its jar:
// not if it could not even be made.
func (r Result) reachesJar(u *url.URL) bool {
	if u == nil || !isCookieScheme(u) {
		return false
	}
	for _, reason := range r.Reasons {
		switch reason {
		case SecureOnly, SameSiteNoneInsecure, HTTPOnlyFromScript,
			SchemefulSameSiteStrict, SchemefulSameSiteLax, SchemefulSameSiteUnspecifiedTreatedAsLax:
		default:
			return false
		}
	}
	return true
}

// Overlay lists why cookies in the jar forbid c: leave Secure cookies alone
// (OverwriteSecure: same name, domains that match either way, path at or below
// the Secure one's, set over a connection that is not secure) and HttpOnly
// cookies from scripts (OverwriteHttpOnly). RFC 6265bis section 5.7 steps 15
// and 23.2. Cookies of other partitions do not count.
func (j *Jar) Overlay(c Cookie, ctx Context) []Reason {
	if ctx.URL == nil {
		return nil
	}
	var rs []Reason
	if !maySetSecure(ctx.URL) && j.secureShadowedBy(c) {
		rs = append(rs, OverwriteSecure)
	}
	if old, ok := j.cookies[c.Key()]; ok && old.HTTPOnly && ctx.Script {
		rs = append(rs, OverwriteHTTPOnly)
	}
	return rs
}

func (j *Jar) secureShadowedBy(c Cookie) bool {
	for _, old := range j.cookies {
		if old.Secure && old.Name == c.Name && old.Key().PartitionKey == c.Key().PartitionKey &&
			(sentTo(old, c.Domain) || sentTo(c, old.Domain)) && PathMatch(c.Path, old.Path) {
			return true
		}
	}
	return false
}

func sentTo(c Cookie, host string) bool {
	return c.Domain == host || !c.HostOnly && DomainMatch(host, c.Domain)
}

// Cookies lists the cookies that are alive, by domain, path, name and
// partition.
func (j *Jar) Cookies(now time.Time) []Cookie {
	j.expire(now)
	list := make([]Cookie, 0, len(j.cookies))
	for _, c := range j.cookies {
		list = append(list, c)
	}
	slices.SortFunc(list, func(a, b Cookie) int { return compareKeys(a.Key(), b.Key()) })
	return list
}

func compareKeys(a, b Key) int {
	return cmp.Or(
		cmp.Compare(a.Domain, b.Domain), cmp.Compare(a.Path, b.Path), cmp.Compare(a.Name, b.Name),
		compareBools(a.HostOnly, b.HostOnly),
		cmp.Compare(a.PartitionKey.TopLevelSite, b.PartitionKey.TopLevelSite),
		compareBools(a.PartitionKey.HasCrossSiteAncestor, b.PartitionKey.HasCrossSiteAncestor),
	)
}

func compareBools(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

func (j *Jar) expire(now time.Time) {
	for k, c := range j.cookies {
		if c.expiredAt(now) {
			delete(j.cookies, k)
		}
	}
}
