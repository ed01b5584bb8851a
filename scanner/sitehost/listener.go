package sitehost

import (
	"context"
	"crypto/tls"
	"net"
	"net/http"
	"sync"
)

// recordTypeHandshake is the first octet of a TLS connection (RFC 8446,
// section 5.1). No HTTP request begins with it.
const recordTypeHandshake = 0x16

// listener hands out TLS connections and plain ones, told apart by their first
// octet. A client that connects and says nothing (Chromium's preconnect) holds
// up nobody: each connection is looked at in a goroutine of its own.
type listener struct {
	tcp    net.Listener
	config *tls.Config
	ready  chan net.Conn
	done   chan struct{}
	sniff  sync.WaitGroup
	once   sync.Once

	mu   sync.Mutex
	open map[*conn]struct{} // nil after closeConns
}

// listen begins to accept connections of tcp; Close ends that and waits.
func listen(tcp net.Listener, config *tls.Config) *listener {
	l := &listener{
		tcp: tcp, config: config,
		ready: make(chan net.Conn), done: make(chan struct{}),
		open: make(map[*conn]struct{}),
	}
	l.sniff.Go(l.accept)
	return l
}

func (l *listener) accept() {
	for {
		raw, err := l.tcp.Accept()
		if err != nil {
			return // closed; a loopback listener has no other end
		}
		c := &conn{Conn: raw, owner: l}
		if !l.adopt(c) {
			_ = raw.Close()
			return
		}
		l.sniff.Go(func() { l.deliver(c) })
	}
}

func (l *listener) deliver(c *conn) {
	if err := c.peek(); err != nil {
		_ = c.Close()
		return
	}
	var out net.Conn = c
	if c.first == recordTypeHandshake {
		out = tls.Server(c, l.config)
	}
	select {
	case l.ready <- out:
	case <-l.done:
		_ = c.Close()
	}
}

// Accept implements net.Listener.
func (l *listener) Accept() (net.Conn, error) {
	select {
	case c := <-l.ready:
		return c, nil
	case <-l.done:
		return nil, net.ErrClosed
	}
}

// Addr implements net.Listener.
func (l *listener) Addr() net.Addr { return l.tcp.Addr() }

// Close implements net.Listener. It ends connections that nobody has accepted
// yet and waits for the goroutines that look at them; accepted ones go on.
func (l *listener) Close() error {
	l.once.Do(func() {
		close(l.done)
		_ = l.tcp.Close()
		l.closeSilent()
	})
	l.sniff.Wait()
	return nil
}

func (l *listener) adopt(c *conn) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	select {
	case <-l.done:
		return false
	default:
	}
	if l.open == nil {
		return false
	}
	l.open[c] = struct{}{}
	return true
}

// closeSilent ends connections that have not sent their first octet.
func (l *listener) closeSilent() {
	l.mu.Lock()
	defer l.mu.Unlock()
	for c := range l.open {
		if !c.peeked {
			_ = c.Conn.Close()
		}
	}
}

// closeConns ends every connection, hijacked ones too.
func (l *listener) closeConns() {
	l.mu.Lock()
	open := l.open
	l.open = nil
	l.mu.Unlock()
	for c := range open {
		_ = c.Conn.Close()
	}
}

// conn is a TCP connection whose first octet has been read ahead.
type conn struct {
	net.Conn
	owner  *listener
	first  byte
	peeked bool // guarded by owner.mu
	unread bool // only the reader's side touches it
}

func (c *conn) peek() error {
	var b [1]byte
	if _, err := c.Conn.Read(b[:]); err != nil {
		return err
	}
	c.owner.mu.Lock()
	c.first, c.peeked, c.unread = b[0], true, true
	c.owner.mu.Unlock()
	return nil
}

// Read implements net.Conn.
func (c *conn) Read(p []byte) (int, error) {
	if c.unread && len(p) > 0 {
		c.unread = false
		p[0] = c.first
		return 1, nil
	}
	return c.Conn.Read(p)
}

// Close implements net.Conn.
func (c *conn) Close() error {
	c.owner.mu.Lock()
	delete(c.owner.open, c)
	c.owner.mu.Unlock()
	return c.Conn.Close()
}

// abort ends the connection with a TCP RST, without any TLS farewell.
func (c *conn) abort() {
	if tcp, ok := c.Conn.(*net.TCPConn); ok {
		_ = tcp.SetLinger(0) // fails only if the client is gone already
	}
	_ = c.Close()
}

// connKey is the context key under which a request finds its connection.
type connKey struct{}

func withConn(ctx context.Context, c net.Conn) context.Context {
	if t, ok := c.(*tls.Conn); ok {
		c = t.NetConn()
	}
	return context.WithValue(ctx, connKey{}, c)
}

// connOf is the connection below r, nil outside this server.
func connOf(r *http.Request) *conn {
	c, _ := r.Context().Value(connKey{}).(*conn)
	return c
}
