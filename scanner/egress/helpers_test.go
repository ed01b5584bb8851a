package egress

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"net/netip"
	"sync"
	"syscall"
	"testing"
	"time"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const (
	publicV4  = "93.184.216.34"
	publicV4b = "198.35.26.96"
	publicV6  = "2606:2800:220:1::34"
)

func addr(s string) netip.Addr { return netip.MustParseAddr(s) }

func addrs(list ...string) []netip.Addr {
	var out []netip.Addr
	for _, s := range list {
		out = append(out, addr(s))
	}
	return out
}

// resolverFunc is a Resolver.
type resolverFunc func(ctx context.Context, host string) ([]netip.Addr, error)

func (f resolverFunc) LookupNetIP(ctx context.Context, _, host string) ([]netip.Addr, error) {
	return f(ctx, host)
}

func fixed(list ...string) Resolver {
	return resolverFunc(func(context.Context, string) ([]netip.Addr, error) { return addrs(list...), nil })
}

var errUnknownName = &net.DNSError{Err: "no such host", Name: "name", IsNotFound: true}

func noNames() Resolver {
	return resolverFunc(func(context.Context, string) ([]netip.Addr, error) { return nil, errUnknownName })
}

// internet stands for the network: it notes every address dialled and leads
// all of them to one local server.
type internet struct {
	server netip.AddrPort

	mu     sync.Mutex
	dialed []netip.AddrPort
}

func (n *internet) dial(ctx context.Context, a netip.AddrPort) (net.Conn, error) {
	n.mu.Lock()
	n.dialed = append(n.dialed, a)
	n.mu.Unlock()
	if !n.server.IsValid() {
		return nil, errors.New("nothing is out there")
	}
	return dialAddr(ctx, n.server)
}

func (n *internet) seen() []netip.AddrPort {
	n.mu.Lock()
	defer n.mu.Unlock()
	return append([]netip.AddrPort(nil), n.dialed...)
}

// serve runs handle for every connection to a local listener until the test ends.
func serve(t testing.TB, handle func(*net.TCPConn)) netip.AddrPort {
	t.Helper()
	var config net.ListenConfig
	listener, err := config.Listen(t.Context(), "tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	wg.Go(func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			wg.Go(func() {
				defer conn.Close()
				handle(conn.(*net.TCPConn))
			})
		}
	})
	t.Cleanup(func() { listener.Close(); wg.Wait() })
	return addrPortOf(listener.Addr())
}

// echo answers with what it got and ends when the client has ended.
func echo(conn *net.TCPConn) {
	_, _ = io.Copy(conn, conn)
	_ = conn.CloseWrite()
}

func listen(t testing.TB, o Options) *Exit {
	t.Helper()
	if o.Resolver == nil {
		o.Resolver = noNames()
	}
	e, err := Listen(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { e.Close() })
	return e
}

// rawClient connects to the listener without saying anything.
func rawClient(t testing.TB, e *Exit) *net.TCPConn {
	t.Helper()
	var d net.Dialer
	conn, err := d.DialContext(t.Context(), "tcp", e.Addr())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	if err := conn.SetDeadline(time.Now().Add(time.Minute)); err != nil {
		t.Fatal(err)
	}
	return conn.(*net.TCPConn)
}

// connectByName sends what Chromium sends and returns the reply code.
func connectByName(t testing.TB, e *Exit, host string, port uint16) (*net.TCPConn, byte) {
	t.Helper()
	request := append([]byte{5, 1, 0, 3, byte(len(host))}, host...)
	return connectRaw(t, e, binary.BigEndian.AppendUint16(request, port))
}

func connectRaw(t testing.TB, e *Exit, request []byte) (*net.TCPConn, byte) {
	t.Helper()
	conn := rawClient(t, e)
	code, err := socksHandshake(conn, request)
	if err != nil {
		t.Fatal(err)
	}
	return conn, code
}

func socksHandshake(conn net.Conn, request []byte) (byte, error) {
	if _, err := conn.Write([]byte{5, 1, 0}); err != nil {
		return 0, err
	}
	var chosen [2]byte
	if _, err := io.ReadFull(conn, chosen[:]); err != nil {
		return 0, err
	}
	if chosen != [2]byte{5, 0} {
		return 0, fmt.Errorf("method %v", chosen)
	}
	if _, err := conn.Write(request); err != nil {
		return 0, err
	}
	var reply [10]byte
	if _, err := io.ReadFull(conn, reply[:]); err != nil {
		return 0, err
	}
	return reply[1], nil
}

// roundTrip sends text, ends the sending direction and reads to the end.
func roundTrip(t testing.TB, conn net.Conn, text string) string {
	t.Helper()
	if _, err := io.WriteString(conn, text); err != nil {
		t.Fatal(err)
	}
	if err := closeWrite(conn); err != nil {
		t.Fatal(err)
	}
	answer, err := io.ReadAll(conn)
	if err != nil {
		t.Fatal(err)
	}
	return string(answer)
}

func mustOverride(t testing.TB, s string) Override {
	t.Helper()
	o, err := ParseOverride(s)
	if err != nil {
		t.Fatal(err)
	}
	return o
}

func mustPattern(t testing.TB, s string) Pattern {
	t.Helper()
	p, err := ParsePattern(s)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func wantReason(t testing.TB, err error, want Reason) {
	t.Helper()
	var dialErr *DialError
	if !errors.As(err, &dialErr) || dialErr.Reason != want {
		t.Fatalf("error %v (%T), want reason %s", err, err, want)
	}
}

// closedPort is a port of 127.0.0.1 that is taken but not listened at until the
// test ends, so that a connection is refused and nobody else can take it.
func closedPort(t testing.TB) uint16 {
	t.Helper()
	fd, err := syscall.Socket(syscall.AF_INET, syscall.SOCK_STREAM, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { syscall.Close(fd) })
	if err := syscall.Bind(fd, &syscall.SockaddrInet4{Addr: [4]byte{127, 0, 0, 1}}); err != nil {
		t.Fatal(err)
	}
	name, err := syscall.Getsockname(fd)
	if err != nil {
		t.Fatal(err)
	}
	return uint16(name.(*syscall.SockaddrInet4).Port)
}
