package egress

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"sync"
	"time"
)

// maxCachedNames and maxAddresses bound what hostile DNS can make us hold.
const (
	maxCachedNames = 4096
	maxAddresses   = 16
)

// nameCache asks once for simultaneous questions and keeps good answers. The
// guard judges its answers at every use.
type nameCache struct {
	resolver Resolver
	ttl      time.Duration
	timeout  time.Duration
	now      func() time.Time
	spawn    func(func(context.Context)) bool

	mu      sync.Mutex
	lookups map[string]*lookup
}

type lookup struct {
	done    chan struct{} // closed when addrs, err and expires are set
	addrs   []netip.Addr
	err     error
	expires time.Time // zero after a failure
}

func newNameCache(o Options, spawn func(func(context.Context)) bool) *nameCache {
	return &nameCache{
		resolver: o.Resolver, ttl: o.ResolveTTL, timeout: o.DialTimeout, now: o.Now,
		spawn: spawn, lookups: make(map[string]*lookup),
	}
}

// lookup returns at least one address, unmapped and without duplicates, or an
// error with its reason.
func (c *nameCache) lookup(ctx context.Context, name string) ([]netip.Addr, error) {
	l, err := c.join(name)
	if err != nil {
		return nil, err
	}
	select {
	case <-l.done:
		return l.addrs, l.err
	case <-ctx.Done():
		return nil, because(ReasonResolve, "looking up %s: %w", name, ctx.Err())
	}
}

// join finds the lookup that is running or still good, or starts one.
func (c *nameCache) join(name string) (*lookup, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if l := c.lookups[name]; l != nil && c.usable(l) {
		return l, nil
	}
	c.makeRoom()
	l := &lookup{done: make(chan struct{})}
	if !c.spawn(func(ctx context.Context) { c.run(ctx, name, l) }) {
		return nil, because(ReasonClosed, "looking up %s: %w", name, net.ErrClosed)
	}
	c.lookups[name] = l
	return l, nil
}

func (c *nameCache) usable(l *lookup) bool {
	select {
	case <-l.done:
		return c.now().Before(l.expires)
	default:
		return true
	}
}

// makeRoom drops what is no longer good, and everything if that is not enough:
// whoever waits for a lookup holds it himself.
func (c *nameCache) makeRoom() {
	if len(c.lookups) < maxCachedNames {
		return
	}
	for name, l := range c.lookups {
		if !c.usable(l) {
			delete(c.lookups, name)
		}
	}
	if len(c.lookups) >= maxCachedNames {
		clear(c.lookups)
	}
}

// run asks under the context of the exit, so that a caller who gives up does
// not spoil the answer for the others.
func (c *nameCache) run(ctx context.Context, name string, l *lookup) {
	defer close(l.done)
	ctx, cancel := context.WithTimeout(ctx, c.timeout)
	defer cancel()
	addrs, err := c.resolver.LookupNetIP(ctx, "ip", name)
	if err == nil && len(addrs) == 0 {
		err = errors.New("no address")
	}
	if err != nil {
		l.err = because(ReasonResolve, "looking up %s: %w", name, err)
		return
	}
	l.addrs, l.expires = distinct(addrs), c.now().Add(c.ttl)
}

// distinct unmaps, because net.Resolver may give an IPv4 address in IPv6 form.
func distinct(addrs []netip.Addr) []netip.Addr {
	seen := make(map[netip.Addr]bool, len(addrs))
	var out []netip.Addr
	for _, addr := range addrs {
		addr = addr.Unmap()
		if !seen[addr] && len(out) < maxAddresses {
			seen[addr] = true
			out = append(out, addr)
		}
	}
	return out
}
