package egress

import (
	"context"
	"strings"
)

// canonicalResolver is a Resolver that follows aliases too. *net.Resolver is one.
type canonicalResolver interface {
	LookupCNAME(ctx context.Context, host string) (string, error)
}

// CanonicalName is the name at the end of the aliases that a host is in DNS
// (RFC 1034 section 3.6.2), lower case and without the dot at its end. It is
// empty where there is no alias, where none can be known (an upstream proxy
// resolves, an override takes the place of DNS, the host is an address) and
// where the look-up fails within DialTimeout.
func (o Options) CanonicalName(ctx context.Context, host string) string {
	o = o.withDefaults()
	r, ok := o.Resolver.(canonicalResolver)
	name, err := parseHost(host)
	if !ok || err != nil || o.Upstream != nil || name.isLiteral() || isLocalhost(name.name) {
		return ""
	}
	for _, v := range o.Resolve {
		if v.matches(name, orDefault(v.Port, 443)) {
			return ""
		}
	}
	ctx, cancel := context.WithTimeout(ctx, o.DialTimeout)
	defer cancel()
	// The dot at the end keeps a search list of this machine out.
	answer, err := r.LookupCNAME(ctx, name.name+".")
	if err != nil {
		return ""
	}
	canonical, err := parseHost(strings.TrimSuffix(answer, "."))
	if err != nil || canonical.isLiteral() || canonical.name == name.name {
		return ""
	}
	return canonical.name
}
