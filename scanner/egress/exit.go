package egress

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"sync"
	"sync/atomic"
	"time"
)

// Exit is one way out: a SOCKS5 listener and a dialer with the same rules and
// the same log. It is safe for concurrent use. Whoever opens it closes it.
type Exit struct {
	opts     Options
	sealed   bool
	self     netip.AddrPort
	listener net.Listener
	names    *nameCache
	upstream *upstream
	log      *hostLog

	malformed atomic.Int64
	end       context.CancelFunc
	// spawn runs f in a goroutine that Close waits for, with the context of the
	// exit; false if the exit is closed.
	spawn func(f func(context.Context)) bool
	// join returns a context that ends with the exit too.
	join func(context.Context) (context.Context, context.CancelFunc)

	wg     sync.WaitGroup
	mu     sync.Mutex
	closed bool
	conns  map[net.Conn]struct{}
}

// Stats counts what no HostRecord shows.
type Stats struct {
	// Unlogged attempts went to hosts beyond Options.MaxHosts. They were treated
	// like any other.
	Unlogged int64
	// Malformed clients did not speak SOCKS5, were too slow, or asked for BIND or
	// UDP ASSOCIATE.
	Malformed int64
}

// Listen opens an exit on an ephemeral port of 127.0.0.1. It ends with ctx or
// with Close. Errors: options that cannot work, no port.
func Listen(ctx context.Context, o Options) (*Exit, error) {
	up, err := newUpstream(o.Upstream, o.UpstreamRoots)
	if err != nil {
		return nil, err
	}
	return open(ctx, o.withDefaults(), up, false)
}

// Refuse opens an exit that lets nothing out and logs who wanted to. It is the
// proxy of the browser process itself, whose requests of its own (updates,
// accounts, component downloads) are none of the scan's.
func Refuse(ctx context.Context) (*Exit, error) {
	return open(ctx, Options{}.withDefaults(), nil, true)
}

func open(ctx context.Context, o Options, up *upstream, sealed bool) (*Exit, error) {
	var config net.ListenConfig
	listener, err := config.Listen(ctx, "tcp4", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("opening the scan's way out: %w", err)
	}
	e := &Exit{
		opts: o, sealed: sealed, upstream: up, listener: listener,
		self:  addrPortOf(listener.Addr()),
		log:   newHostLog(o.MaxHosts, o.Now),
		conns: make(map[net.Conn]struct{}),
	}
	e.bind(ctx)
	e.names = newNameCache(o, e.spawn)
	e.spawn(e.shutdownAtEnd)
	e.spawn(e.serve)
	return e, nil
}

// bind ties the exit to its context without keeping that.
func (e *Exit) bind(ctx context.Context) {
	ctx, e.end = context.WithCancel(ctx)
	e.spawn = func(f func(context.Context)) bool {
		e.mu.Lock()
		defer e.mu.Unlock()
		if e.closed {
			return false
		}
		e.wg.Go(func() { f(ctx) })
		return true
	}
	e.join = func(caller context.Context) (context.Context, context.CancelFunc) {
		joined, cancel := context.WithCancel(caller)
		stop := context.AfterFunc(ctx, cancel)
		return joined, func() { stop(); cancel() }
	}
}

// Addr is the listener's address, 127.0.0.1:PORT.
func (e *Exit) Addr() string { return e.self.String() }

// ProxyServer is Addr in the form of Chromium's --proxy-server and of CDP's
// Target.createBrowserContext proxyServer.
func (e *Exit) ProxyServer() string { return "socks5://" + e.Addr() }

// ProxyBypassList is what goes with ProxyServer: Chromium's implicit exception
// for loopback hosts is taken away.
const ProxyBypassList = "<-loopback>"

// Hosts is the log, sorted by host. It may be called at any time, after Close
// too; only then are byte counts final.
func (e *Exit) Hosts() []HostRecord { return e.log.snapshot() }

// Host is the log of one host, in any spelling.
func (e *Exit) Host(name string) (HostRecord, bool) {
	host, err := parseHost(name)
	if err != nil {
		host.name = quote(name)
	}
	return e.log.host(host.name)
}

// Stats counts what the log does not hold.
func (e *Exit) Stats() Stats {
	e.log.mu.Lock()
	defer e.log.mu.Unlock()
	return Stats{Unlogged: e.log.unlogged, Malformed: e.malformed.Load()}
}

// Close ends the listener, every attempt and every connection, those of
// DialContext too, and waits for all goroutines. It may be called again.
func (e *Exit) Close() error {
	e.end()
	e.wg.Wait()
	return nil
}

func (e *Exit) shutdownAtEnd(ctx context.Context) {
	<-ctx.Done()
	e.mu.Lock()
	e.closed = true
	conns := e.conns
	e.conns = nil
	e.mu.Unlock()
	// Errors of closing say nothing that anybody could act on.
	_ = e.listener.Close()
	for conn := range conns {
		_ = conn.Close()
	}
}

// track makes Close end conn; false if the exit is closed, then conn is too.
func (e *Exit) track(conn net.Conn) bool {
	e.mu.Lock()
	if !e.closed {
		e.conns[conn] = struct{}{}
	}
	closed := e.closed
	e.mu.Unlock()
	if closed {
		_ = conn.Close()
	}
	return !closed
}

// release closes conn and forgets it.
func (e *Exit) release(conn net.Conn) {
	_ = conn.Close()
	e.forget(conn)
}

func (e *Exit) forget(conn net.Conn) {
	e.mu.Lock()
	defer e.mu.Unlock()
	delete(e.conns, conn)
}

// serve accepts until the listener is closed. Want of file descriptors passes,
// so it waits and tries again.
func (e *Exit) serve(ctx context.Context) {
	pause := 5 * time.Millisecond
	for {
		conn, err := e.listener.Accept()
		switch {
		case errors.Is(err, net.ErrClosed):
			return
		case err != nil:
			if !wait(ctx, pause) {
				return
			}
			pause = min(2*pause, time.Second)
			continue
		}
		pause = 5 * time.Millisecond
		e.accept(conn)
	}
}

func (e *Exit) accept(conn net.Conn) {
	if !fromLoopback(conn.RemoteAddr()) {
		_ = conn.Close()
		return
	}
	if !e.spawn(func(ctx context.Context) { e.handle(ctx, conn) }) {
		_ = conn.Close()
	}
}

func fromLoopback(addr net.Addr) bool {
	return addrPortOf(addr).Addr().Unmap().IsLoopback()
}

// addrPortOf is the zero AddrPort for what is not a TCP address.
func addrPortOf(addr net.Addr) netip.AddrPort {
	if tcp, ok := addr.(*net.TCPAddr); ok {
		return tcp.AddrPort()
	}
	return netip.AddrPort{}
}

// wait returns false if ctx ends first.
func wait(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}
