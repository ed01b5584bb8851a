package egress

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"slices"
	"strconv"
)

// target is what was asked for.
type target struct {
	host hostName
	port uint16
	// invalid says why it cannot be a target; host.name is then quoted.
	invalid error
}

func newTarget(host string, port uint16) target {
	parsed, err := parseHost(host)
	if err == nil && port == 0 {
		err = errors.New("port 0 cannot be connected")
	}
	if err != nil && parsed.name == "" {
		parsed.name = quote(host)
	}
	return target{host: parsed, port: port, invalid: err}
}

// route is where it goes: addresses in order, or a name for the upstream proxy.
type route struct {
	addrs []netip.AddrPort
	name  string // HOST:PORT; only with an upstream
}

// route decides everything before a packet is sent.
func (e *Exit) route(ctx context.Context, t target) (route, error) {
	if e.sealed {
		return route{}, because(ReasonSealed, "the browser's own requests are not let out")
	}
	if t.invalid != nil {
		return route{}, because(ReasonInvalid, "%w", t.invalid)
	}
	if o, ok := e.opts.override(t); ok {
		port := orDefault(o.ToPort, t.port)
		return e.notSelf(route{addrs: []netip.AddrPort{netip.AddrPortFrom(o.Addr, port)}})
	}
	allowed := e.opts.allowsPrivate(t)
	if err := guardName(t.host, allowed, e.upstream != nil); err != nil {
		return route{}, err
	}
	if e.upstream != nil && !t.host.isLiteral() {
		return route{name: net.JoinHostPort(t.host.name, strconv.Itoa(int(t.port)))}, nil
	}
	addrs, err := e.addresses(ctx, t.host)
	if err != nil {
		return route{}, err
	}
	addrs, err = guardAddrs(t.host, addrs, allowed)
	if err != nil {
		return route{}, err
	}
	return e.notSelf(route{addrs: withPort(interleave(addrs), t.port)})
}

// addresses of a literal, of localhost (never looked up, RFC 6761 section 6.3)
// or of a name.
func (e *Exit) addresses(ctx context.Context, host hostName) ([]netip.Addr, error) {
	switch {
	case host.isLiteral():
		return []netip.Addr{host.addr}, nil
	case isLocalhost(host.name):
		return []netip.Addr{netip.AddrFrom4([4]byte{127, 0, 0, 1}), netip.IPv6Loopback()}, nil
	}
	return e.names.lookup(ctx, host.name)
}

const guardHint = "; allow it with --allow-private, or for this host alone with --resolve HOST=ADDR"

func guardName(host hostName, allowed, resolvedElsewhere bool) error {
	switch {
	case allowed || host.isLiteral():
		return nil
	case isLocalhost(host.name):
		return because(ReasonGuard, "%s is this machine"+guardHint, host.name)
	case resolvedElsewhere && localName(host.name):
		return because(ReasonGuard, "%s is a name of a local network"+guardHint, host.name)
	}
	return nil
}

// guardAddrs keeps what may be dialled; an error if nothing is left.
func guardAddrs(host hostName, addrs []netip.Addr, allowed bool) ([]netip.Addr, error) {
	if allowed {
		return addrs, nil
	}
	var public []netip.Addr
	for _, addr := range addrs {
		if addressClass(addr) == "" {
			public = append(public, addr)
		}
	}
	switch {
	case len(public) > 0:
		return public, nil
	case host.isLiteral():
		return nil, because(ReasonGuard, "it is %s"+guardHint, addressClass(host.addr))
	}
	return nil, because(ReasonGuard, "its address %s is %s"+guardHint, addrs[0], addressClass(addrs[0]))
}

// notSelf keeps a page from talking to the listener, whatever was allowed.
func (e *Exit) notSelf(r route) (route, error) {
	r.addrs = slices.DeleteFunc(r.addrs, func(a netip.AddrPort) bool {
		return a.Port() == e.self.Port() && (a.Addr().IsLoopback() || a.Addr().IsUnspecified())
	})
	if len(r.addrs) == 0 {
		return route{}, because(ReasonGuard, "it is the scanner's own listener")
	}
	return r, nil
}

// interleave alternates the families, the first address's first (RFC 8305
// section 4), so that one broken family costs one delay.
func interleave(addrs []netip.Addr) []netip.Addr {
	var first, second []netip.Addr
	for _, addr := range addrs {
		if addr.Is4() == addrs[0].Is4() {
			first = append(first, addr)
		} else {
			second = append(second, addr)
		}
	}
	out := make([]netip.Addr, 0, len(addrs))
	for i := range max(len(first), len(second)) {
		out = append(out, first[min(i, len(first)):min(i+1, len(first))]...)
		out = append(out, second[min(i, len(second)):min(i+1, len(second))]...)
	}
	return out
}

func withPort(addrs []netip.Addr, port uint16) []netip.AddrPort {
	out := make([]netip.AddrPort, len(addrs))
	for i, addr := range addrs {
		out[i] = netip.AddrPortFrom(addr, port)
	}
	return out
}
