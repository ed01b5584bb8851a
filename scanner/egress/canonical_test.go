package egress

import (
	"context"
	"net/netip"
	"net/url"
	"strings"
	"testing"
	"time"
)

// aliases is a Resolver that knows where names lead, all the way.
type aliases map[string][]string

func (aliases) LookupNetIP(context.Context, string, string) ([]netip.Addr, error) {
	return addrs(publicV4), nil
}

func (a aliases) LookupAliases(ctx context.Context, host string) ([]string, error) {
	if to, ok := a[host]; ok {
		return to, nil
	}
	if host == "slow.shop.test." {
		<-ctx.Done()
		return nil, ctx.Err()
	}
	return nil, errUnknownName
}

func TestCanonicalNames(t *testing.T) {
	names := aliases{
		"metrics.shop.test.": {"Shop.Data.Tracker.TEST."}, "www.shop.test.": {"www.shop.test."}, "odd.shop.test.": {"a b.test."},
		"number.shop.test.": {"192.0.2.1."}, "localhost.": {"tracker.test."}, "192.0.2.1.": {"tracker.test."},
		"chain.shop.test.": {"a.tracker.test.", "B.edge.test."}, "loop.shop.test.": {"a.test.", "b.test.", "a.test."},
	}
	override := func(s string) []Override {
		o, err := ParseOverride(s)
		if err != nil {
			t.Fatal(err)
		}
		return []Override{o}
	}
	for name, row := range map[string]struct {
		o          Options
		host, want string
	}{
		"an alias":               {Options{}, "Metrics.shop.test", "shop.data.tracker.test"},
		"a chain":                {Options{}, "chain.shop.test", "a.tracker.test b.edge.test"},
		"a loop":                 {Options{}, "loop.shop.test", "a.test b.test"},
		"none":                   {Options{}, "www.shop.test", ""},
		"unknown":                {Options{}, "nowhere.shop.test", ""},
		"no answer":              {Options{DialTimeout: 10 * time.Millisecond}, "slow.shop.test", ""},
		"an answer that is none": {Options{}, "odd.shop.test", ""},
		"an address for answer":  {Options{}, "number.shop.test", ""},
		"an address":             {Options{}, "192.0.2.1", ""},
		"this machine":           {Options{}, "localhost", ""},
		"no name":                {Options{}, "a b", ""},
		"a proxy resolves":       {Options{Upstream: &url.URL{Scheme: "http", Host: "proxy.test:1"}}, "metrics.shop.test", ""},
		"an override":            {Options{Resolve: override("*.shop.test=127.0.0.1:8443")}, "metrics.shop.test", ""},
		"an override of a port":  {Options{Resolve: override("metrics.shop.test:8080=127.0.0.1")}, "metrics.shop.test", ""},
		"an override of others":  {Options{Resolve: override("*.other.test=127.0.0.1")}, "metrics.shop.test", "shop.data.tracker.test"},
	} {
		row.o.Resolver = names
		if got := strings.Join(row.o.CanonicalNames(t.Context(), row.host), " "); got != row.want {
			t.Errorf("%s: %q, want %q", name, got, row.want)
		}
	}
	if got := (Options{Resolver: fixed(publicV4)}).CanonicalNames(t.Context(), "metrics.shop.test"); got != nil {
		t.Errorf("a resolver of addresses only: %q", got)
	}
}
