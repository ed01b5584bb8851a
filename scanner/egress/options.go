package egress

import (
	"context"
	"crypto/x509"
	"net"
	"net/netip"
	"net/url"
	"slices"
	"time"
)

// Defaults of Options.
const (
	DefaultDialTimeout      = 15 * time.Second
	DefaultHandshakeTimeout = 10 * time.Second
	DefaultHalfCloseTimeout = time.Minute
	DefaultResolveTTL       = time.Minute // as Chromium's host cache with a system resolver
	DefaultMaxHosts         = 10_000
)

// Resolver looks up the addresses of a name. It must return when ctx ends.
// *net.Resolver is one.
type Resolver interface {
	LookupNetIP(ctx context.Context, network, host string) ([]netip.Addr, error)
}

// Options of an exit. The zero value is a guarded, direct one.
type Options struct {
	// Resolve takes the place of DNS; the first match wins. An override is the
	// user's own wish: its address is not judged, for its hosts only.
	Resolve []Override
	// AllowPrivate lifts the guard.
	AllowPrivate bool
	// AllowPrivateFor lifts it for some hosts: those that the user named as the
	// target by a private address or name.
	AllowPrivateFor []Pattern
	// Upstream is a proxy to go through for everything: http, https (HTTP
	// CONNECT), socks5 or socks5h, with optional user information. All names are
	// resolved by it. An HTTP proxy must permit CONNECT to every port a site
	// uses, 80 too. It is not subject to the guard. nil: direct.
	Upstream *url.URL
	// UpstreamRoots verify an https upstream; nil is the system's.
	UpstreamRoots *x509.CertPool
	// Resolver is net.DefaultResolver if nil.
	Resolver Resolver
	// DialTimeout bounds one attempt: lookup, connect and upstream handshake.
	DialTimeout time.Duration
	// ResolveTTL is how long an answer is kept (the system's resolver does not
	// tell its TTL); negative: not at all. Failures are never kept.
	ResolveTTL time.Duration
	// HandshakeTimeout bounds what a SOCKS client may take for its request.
	HandshakeTimeout time.Duration
	// HalfCloseTimeout is how long the other direction may last once one side
	// has ended its own.
	HalfCloseTimeout time.Duration
	// MaxHosts caps the log; see Stats.
	MaxHosts int
	// Now is the clock of the log; time.Now if nil.
	Now func() time.Time

	// dialAddr connects to one address; tests give their own.
	dialAddr func(ctx context.Context, addr netip.AddrPort) (net.Conn, error)
}

func (o Options) withDefaults() Options {
	o.Resolve = slices.Clone(o.Resolve)
	o.AllowPrivateFor = slices.Clone(o.AllowPrivateFor)
	o.DialTimeout = orDefault(o.DialTimeout, DefaultDialTimeout)
	o.HandshakeTimeout = orDefault(o.HandshakeTimeout, DefaultHandshakeTimeout)
	o.HalfCloseTimeout = orDefault(o.HalfCloseTimeout, DefaultHalfCloseTimeout)
	o.ResolveTTL = orDefault(o.ResolveTTL, DefaultResolveTTL)
	o.MaxHosts = orDefault(o.MaxHosts, DefaultMaxHosts)
	if o.Resolver == nil {
		o.Resolver = net.DefaultResolver
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.dialAddr == nil {
		o.dialAddr = dialAddr
	}
	return o
}

func orDefault[T comparable](value, fallback T) T {
	var zero T
	if value == zero {
		return fallback
	}
	return value
}

func dialAddr(ctx context.Context, addr netip.AddrPort) (net.Conn, error) {
	var d net.Dialer
	return d.DialContext(ctx, "tcp", addr.String())
}

// override finds the first that matches.
func (o *Options) override(t target) (Override, bool) {
	i := slices.IndexFunc(o.Resolve, func(v Override) bool { return v.matches(t.host, t.port) })
	if i < 0 {
		return Override{}, false
	}
	return o.Resolve[i], true
}

func (o *Options) allowsPrivate(t target) bool {
	return o.AllowPrivate || slices.ContainsFunc(o.AllowPrivateFor, func(p Pattern) bool {
		return p.matches(t.host, t.port)
	})
}
