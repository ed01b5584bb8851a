package egress

import (
	"context"
	"net"
	"slices"
	"strings"
)

// aliasResolver is a Resolver that follows aliases too, and says where each
// leads, first to last.
type aliasResolver interface {
	LookupAliases(ctx context.Context, host string) ([]string, error)
}

// CanonicalNames are the names behind the alias that a host is in DNS (RFC 1034
// section 3.6.2): where it leads, and where each name leads in turn, the
// canonical name last; lower case and without the dot at the end. There are none
// where there is no alias, where none can be known (an upstream proxy resolves, an
// override takes the place of DNS, the host is an address) and where the look-up
// fails within DialTimeout.
func (o Options) CanonicalNames(ctx context.Context, host string) []string {
	o = o.withDefaults()
	r, ok := o.Resolver.(aliasResolver)
	if system, is := o.Resolver.(*net.Resolver); is {
		r, ok = watched{system}, true
	}
	name, err := parseHost(host)
	if !ok || err != nil || o.Upstream != nil || name.isLiteral() || isLocalhost(name.name) {
		return nil
	}
	for _, v := range o.Resolve {
		if v.matches(name, orDefault(v.Port, 443)) {
			return nil
		}
	}
	ctx, cancel := context.WithTimeout(ctx, o.DialTimeout)
	defer cancel()
	// The dot at the end keeps a search list of this machine out.
	answer, err := r.LookupAliases(ctx, name.name+".")
	if err != nil {
		return nil
	}
	var names []string
	for _, text := range answer {
		behind, err := parseHost(strings.TrimSuffix(text, "."))
		if err != nil || behind.isLiteral() || behind.name == name.name || slices.Contains(names, behind.name) {
			break
		}
		names = append(names, behind.name)
	}
	return names
}
