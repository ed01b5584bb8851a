package setcookie

import (
	"strings"
	"time"
)

func containsEquals(s string) bool { return strings.Contains(s, "=") }

// result builds the cookie and joins it with the decision.
func (d draft) result(ctx Context, reasons []Reason) Result {
	r := Result{Reasons: reasons, Cookie: d.cookie(ctx)}
	if len(reasons) == 0 {
		r.Deletes = d.life.deletes
		r.Stored = !r.Deletes
	}
	return r
}

func (d draft) cookie(ctx Context) Cookie {
	c := Cookie{
		Name: d.name, Value: d.value, Path: cookiePath(ctx.URL, d.path),
		Secure: d.secure, HTTPOnly: d.httpOnly, SameSite: d.sameSite, Priority: d.priority,
		Partitioned: d.partitioned, Session: d.life.session, LifetimeRaw: d.life.raw,
		Attributes: d.attributes,
	}
	if ctx.URL != nil {
		c.Domain, c.HostOnly, _ = cookieDomain(canonicalHost(ctx.URL.Hostname()), d.domain)
	}
	if d.partitioned {
		c.PartitionKey = partitionKey(ctx)
	}
	if !c.Session {
		declared := d.life.declared
		c.DeclaredSeconds, c.StoredSeconds, c.Expires = &declared, d.life.stored, d.life.expires
	}
	return c
}

func partitionKey(ctx Context) *PartitionKey {
	k := &PartitionKey{TopLevelSite: ctx.TopLevelSite, HasCrossSiteAncestor: ctx.SameSite == ContextCrossSite}
	if k.TopLevelSite == "" {
		k.TopLevelSite = SchemefulSite(ctx.URL)
	}
	return k
}

// expiredAt reports whether the cookie is over at that time.
func (c Cookie) expiredAt(now time.Time) bool { return !c.Session && !c.Expires.After(now) }
