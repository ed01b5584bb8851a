package egress

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

func TestRefuseLetsNothingOut(t *testing.T) {
	e, err := Refuse(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	for _, host := range []string{"update.googleapis.com", publicV4, "localhost", "a b"} {
		if _, code := connectByName(t, e, host, 443); code != repNotAllowed {
			t.Errorf("%s: reply %#x", host, code)
		}
	}
	_, err = e.DialContext(t.Context(), "tcp", "update.googleapis.com:443")
	wantReason(t, err, ReasonSealed)
	rec, _ := e.Host("update.googleapis.com")
	if rec.Refused != 2 || rec.FromBrowser != 1 || rec.FromTool != 1 || rec.Reasons[ReasonSealed] != 2 {
		t.Errorf("log %+v", rec)
	}
	if len(e.Hosts()) != 4 {
		t.Errorf("hosts %v", e.Hosts())
	}
}

func TestDialContextFitsHTTP(t *testing.T) {
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, "robots of %s", r.Host)
	}))
	defer site.Close()
	to := strings.TrimPrefix(site.URL, "http://")
	e := listen(t, Options{Resolve: []Override{mustOverride(t, "*.test="+to)}})
	client := &http.Client{Transport: &http.Transport{DialContext: e.DialContext, DisableKeepAlives: true}}
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://shop.test/robots.txt", nil)
	if err != nil {
		t.Fatal(err)
	}
	response, err := client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(response.Body)
	response.Body.Close()
	if string(body) != "robots of shop.test" || err != nil {
		t.Errorf("got %q, %v", body, err)
	}
	rec, _ := e.Host("shop.test")
	if rec.FromTool != 1 || rec.Connections != 1 || fmt.Sprint(rec.Addrs, rec.Ports) != "[127.0.0.1] [80]" {
		t.Errorf("log %+v", rec)
	}
}

func TestDialContextErrors(t *testing.T) {
	e := listen(t, Options{})
	for _, tt := range []struct{ network, address, want string }{
		{"udp", "a.example:80", `network "udp", want tcp`},
		{"tcp", "a.example", "want HOST:PORT"},
		{"tcp", "a.example:http", `"http" is not a port`},
	} {
		_, err := e.DialContext(t.Context(), tt.network, tt.address)
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s %s: %v", tt.network, tt.address, err)
		}
	}
	if len(e.Hosts()) != 0 {
		t.Errorf("hosts %v", e.Hosts())
	}
	_, err := e.DialContext(t.Context(), "tcp", "a b:80")
	wantReason(t, err, ReasonInvalid)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err = e.DialContext(ctx, "tcp", "a.example:80")
	wantReason(t, err, ReasonClosed)
	var netErr net.Error
	if !errors.As(err, &netErr) || netErr.Timeout() {
		t.Errorf("%v: want a net.Error that is no timeout", err)
	}
}

// The server ends first: the client sees the end and can still send.
func TestHalfCloseByServer(t *testing.T) {
	received := make(chan string, 1)
	server := serve(t, func(conn *net.TCPConn) {
		_, _ = io.WriteString(conn, "bye")
		_ = conn.CloseWrite()
		rest, _ := io.ReadAll(conn)
		received <- string(rest)
	})
	e := listen(t, Options{dialAddr: (&internet{server: server}).dial, Resolver: fixed(publicV4)})
	conn, _ := connectByName(t, e, "a.example", 80)
	if got, err := io.ReadAll(conn); string(got) != "bye" || err != nil {
		t.Fatalf("got %q, %v", got, err)
	}
	if _, err := io.WriteString(conn, "still here"); err != nil {
		t.Fatal(err)
	}
	conn.Close()
	if got := <-received; got != "still here" {
		t.Errorf("server got %q", got)
	}
}

// A server that never ends does not hold a connection whose client has ended,
// whether it keeps silent or sends what the client does not take.
func TestHalfCloseLingerEnds(t *testing.T) {
	flood := func(conn *net.TCPConn) { _, _ = io.Copy(conn, endless{}) }
	for name, silent := range map[string]bool{"silent": true, "flood": false} {
		t.Run(name, func(t *testing.T) {
			handle, over := flood, make(chan struct{})
			if silent {
				handle = func(*net.TCPConn) { <-over }
			}
			out := &internet{server: serve(t, handle)}
			t.Cleanup(func() { close(over) }) // before the server's own clean-up
			e := listen(t, Options{dialAddr: out.dial, Resolver: fixed(publicV4), HalfCloseTimeout: 10 * time.Millisecond})
			conn, _ := connectByName(t, e, "a.example", 80)
			if err := conn.CloseWrite(); err != nil {
				t.Fatal(err)
			}
			// The server still lives, so what ends the client is the limit. The
			// flood must first fill every buffer on the way.
			awaitRelayEnd(e)
		})
	}
}

// awaitRelayEnd returns when the exit holds no connection any more.
func awaitRelayEnd(e *Exit) {
	for {
		e.mu.Lock()
		n := len(e.conns)
		e.mu.Unlock()
		if n == 0 {
			return
		}
		runtime.Gosched()
	}
}

// endless is a source of zeros.
type endless struct{}

func (endless) Read(b []byte) (int, error) { return len(b), nil }

func TestResetIsPassedOn(t *testing.T) {
	server := serve(t, func(conn *net.TCPConn) {
		_, _ = io.ReadFull(conn, make([]byte, 1))
		_ = conn.SetLinger(0)
	})
	e := listen(t, Options{dialAddr: (&internet{server: server}).dial, Resolver: fixed(publicV4)})
	conn, _ := connectByName(t, e, "a.example", 80)
	if _, err := conn.Write([]byte{1}); err != nil {
		t.Fatal(err)
	}
	if _, err := io.ReadAll(conn); !errors.Is(err, syscall.ECONNRESET) {
		t.Errorf("read ends with %v, want a reset", err)
	}
}

func TestCloseEndsConnections(t *testing.T) {
	silent := func(conn *net.TCPConn) { _, _ = io.Copy(io.Discard, conn) }
	e := listen(t, Options{dialAddr: (&internet{server: serve(t, silent)}).dial, Resolver: fixed(publicV4)})
	browser, code := connectByName(t, e, "a.example", 443)
	if code != repOK {
		t.Fatalf("reply %#x", code)
	}
	half := rawClient(t, e)
	tool, err := e.DialContext(t.Context(), "tcp", "a.example:443")
	if err != nil {
		t.Fatal(err)
	}
	if err := e.Close(); err != nil {
		t.Fatal(err)
	}
	for _, conn := range []net.Conn{browser, half, tool} {
		if n, err := conn.Read(make([]byte, 1)); err == nil {
			t.Errorf("%T still reads, %d", conn, n)
		}
	}
	if err := tool.Close(); !errors.Is(err, net.ErrClosed) {
		t.Errorf("closing again: %v", err)
	}
	_, err = e.DialContext(t.Context(), "tcp", "a.example:443")
	wantReason(t, err, ReasonClosed)
	// Not by connecting: the port may be somebody else's by now.
	if _, err := e.listener.Accept(); !errors.Is(err, net.ErrClosed) {
		t.Errorf("the listener still accepts: %v", err)
	}
	if err := e.Close(); err != nil {
		t.Errorf("second close: %v", err)
	}
}

// Close interrupts dials and look-ups under way, from both sides.
func TestCloseWhileDialling(t *testing.T) {
	started := make(chan struct{}, 4)
	hang := func(ctx context.Context) error {
		started <- struct{}{}
		<-ctx.Done()
		return ctx.Err()
	}
	for name, o := range map[string]Options{
		"dial": {Resolver: fixed(publicV4), ResolveTTL: -1, dialAddr: func(ctx context.Context, _ netip.AddrPort) (net.Conn, error) {
			return nil, hang(ctx)
		}},
		"look-up": {Resolver: resolverFunc(func(ctx context.Context, _ string) ([]netip.Addr, error) {
			return nil, hang(ctx)
		})},
	} {
		t.Run(name, func(t *testing.T) {
			e := listen(t, o)
			client := rawClient(t, e)
			if _, err := io.WriteString(client, "\x05\x01\x00\x05\x01\x00\x03\x01a\x00\x50"); err != nil {
				t.Fatal(err)
			}
			var wg sync.WaitGroup
			var dialErr error
			wg.Go(func() { _, dialErr = e.DialContext(t.Context(), "tcp", "b.example:80") })
			<-started
			<-started
			e.Close()
			wg.Wait()
			wantReason(t, dialErr, ReasonClosed)
			rec, _ := e.Host("a")
			if rec.Reasons[ReasonClosed] != 1 {
				t.Errorf("log %+v", rec)
			}
		})
	}
}

func TestContextEndsTheExit(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	e, err := Listen(ctx, Options{dialAddr: (&internet{server: serve(t, echo)}).dial, Resolver: fixed(publicV4)})
	if err != nil {
		t.Fatal(err)
	}
	conn, _ := connectByName(t, e, "a.example", 80)
	cancel()
	if _, err := conn.Read(make([]byte, 1)); err == nil {
		t.Error("the connection goes on")
	}
	e.Close()
}

func TestManyConnections(t *testing.T) {
	const clients, rounds = 400, 3
	out := &internet{server: serve(t, echo)}
	e := listen(t, Options{dialAddr: out.dial, Resolver: fixed(publicV4)})
	var wg sync.WaitGroup
	open := make(chan struct{}) // closed when all have connected: all at once
	var connected sync.WaitGroup
	connected.Add(clients)
	failures := make(chan error, clients)
	for i := range clients {
		wg.Go(func() {
			failures <- oneClient(t.Context(), e, i%rounds, i, &connected, open)
		})
	}
	connected.Wait()
	close(open)
	wg.Wait()
	close(failures)
	for err := range failures {
		if err != nil {
			t.Error(err)
		}
	}
	e.Close()
	total := 0
	for _, rec := range e.Hosts() {
		total += rec.Connections
		if rec.BytesSent != rec.BytesReceived || rec.Outcome != OutcomeOK {
			t.Errorf("log %+v", rec)
		}
	}
	if total != clients || len(e.Hosts()) != rounds {
		t.Errorf("%d connections, %d hosts", total, len(e.Hosts()))
	}
}

func oneClient(ctx context.Context, e *Exit, host, id int, connected *sync.WaitGroup, open <-chan struct{}) error {
	var d net.Dialer
	conn, err := d.DialContext(ctx, "tcp", e.Addr())
	if err == nil {
		defer conn.Close()
		var code byte
		code, err = socksHandshake(conn, fmt.Appendf([]byte{5, 1, 0, 3, 6}, "h%d.com\x00\x50", host))
		if err == nil && code != repOK {
			err = fmt.Errorf("reply %#x", code)
		}
	}
	connected.Done()
	if err != nil {
		return err
	}
	<-open
	text := fmt.Sprintf("client %d", id)
	if _, err := io.WriteString(conn, text); err != nil {
		return err
	}
	if err := closeWrite(conn); err != nil {
		return err
	}
	got, err := io.ReadAll(conn)
	if err == nil && string(got) != text {
		err = fmt.Errorf("got %q, want %q", got, text)
	}
	return err
}

// flakyListener fails like a process without file descriptors before it works.
type flakyListener struct {
	net.Listener
	failures int
}

func (l *flakyListener) Accept() (net.Conn, error) {
	if l.failures > 0 {
		l.failures--
		return nil, syscall.EMFILE
	}
	return l.Listener.Accept()
}

func TestAcceptSurvivesErrors(t *testing.T) {
	var config net.ListenConfig
	l, err := config.Listen(t.Context(), "tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	e := &Exit{
		opts: Options{}.withDefaults(), sealed: true, listener: &flakyListener{l, 3}, self: addrPortOf(l.Addr()),
		log: newHostLog(1, time.Now), conns: make(map[net.Conn]struct{}),
	}
	e.bind(t.Context())
	e.spawn(e.shutdownAtEnd)
	e.spawn(e.serve)
	defer e.Close()
	if _, code := connectByName(t, e, "a.example", 80); code != repNotAllowed {
		t.Errorf("reply %#x", code)
	}
}

func TestFromLoopback(t *testing.T) {
	for s, want := range map[string]bool{
		"127.0.0.1": true, "127.9.9.9": true, "::1": true, "::ffff:127.0.0.1": true, "10.0.0.1": false, publicV6: false,
	} {
		if got := fromLoopback(net.TCPAddrFromAddrPort(netip.AddrPortFrom(addr(s), 1))); got != want {
			t.Errorf("%s: %v", s, got)
		}
	}
	if fromLoopback(&net.UnixAddr{Name: "x"}) {
		t.Error("a unix socket is taken for loopback")
	}
}
