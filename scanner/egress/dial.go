package egress

import (
	"context"
	"fmt"
	"net"
	"net/netip"
	"strconv"
	"sync"
	"sync/atomic"
	"time"
)

// attemptDelay is how long one address is tried alone before the next one joins
// (RFC 8305 section 5).
const attemptDelay = 250 * time.Millisecond

// DialContext connects for the scanner's own requests, under the same rules as
// the listener; it fits http.Transport.DialContext. network is "tcp", address
// HOST:PORT. Errors are *DialError. The connection ends with the exit.
func (e *Exit) DialContext(ctx context.Context, network, address string) (net.Conn, error) {
	t, err := parseTarget(network, address)
	if err != nil {
		return nil, err
	}
	ctx, cancel := e.join(ctx)
	defer cancel()
	conn, entry, err := e.dial(ctx, t, fromTool)
	if err != nil {
		return nil, err
	}
	tool := &toolConn{Conn: conn}
	tool.onClose = func() {
		e.forget(tool)
		entry.addBytes(tool.sent.Load(), tool.received.Load())
	}
	if !e.track(tool) {
		return nil, &DialError{Host: t.host.name, Port: t.port, Reason: ReasonClosed, Err: net.ErrClosed}
	}
	return tool, nil
}

func parseTarget(network, address string) (target, error) {
	if network != "tcp" {
		return target{}, fmt.Errorf("dialling %s: network %q, want tcp", quote(address), network)
	}
	host, service, err := net.SplitHostPort(address)
	if err != nil {
		return target{}, fmt.Errorf("dialling %s: want HOST:PORT", quote(address))
	}
	port, err := strconv.ParseUint(service, 10, 16)
	if err != nil {
		return target{}, fmt.Errorf("dialling %s: %s is not a port", quote(address), quote(service))
	}
	return newTarget(host, uint16(port)), nil
}

// dial makes one attempt and logs it. Errors are *DialError.
func (e *Exit) dial(ctx context.Context, t target, from source) (net.Conn, *logEntry, error) {
	entry := e.log.begin(t, from)
	ctx, cancel := context.WithTimeout(ctx, e.opts.DialTimeout)
	defer cancel()
	conn, addr, err := e.connect(ctx, t)
	if err != nil {
		err = newDialError(ctx, t, err)
	}
	entry.end(addr, err)
	return conn, entry, err
}

// connect returns the address too, where it is known.
func (e *Exit) connect(ctx context.Context, t target) (net.Conn, netip.Addr, error) {
	r, err := e.route(ctx, t)
	if err != nil {
		return nil, netip.Addr{}, err
	}
	if e.upstream == nil {
		return race(ctx, r.addrs, attemptDelay, e.opts.dialAddr)
	}
	conn, err := e.upstream.dial(ctx, r)
	if len(r.addrs) > 0 {
		return conn, r.addrs[0].Addr(), err
	}
	return conn, netip.Addr{}, err
}

// toolConn is a connection of DialContext: it counts, and its close is noted once.
type toolConn struct {
	net.Conn
	sent, received atomic.Int64
	once           sync.Once
	onClose        func()
}

func (c *toolConn) Read(b []byte) (int, error) {
	n, err := c.Conn.Read(b)
	c.received.Add(int64(n))
	return n, err
}

func (c *toolConn) Write(b []byte) (int, error) {
	n, err := c.Conn.Write(b)
	c.sent.Add(int64(n))
	return n, err
}

// CloseWrite ends the sending direction.
func (c *toolConn) CloseWrite() error { return closeWrite(c.Conn) }

func (c *toolConn) Close() error {
	err := c.Conn.Close()
	c.once.Do(c.onClose)
	return err
}
