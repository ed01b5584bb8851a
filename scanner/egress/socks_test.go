package egress

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/netip"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/net/proxy"
)

// The listener is used with an independent client for each address type.
func TestListenerServesSOCKS5(t *testing.T) {
	for _, host := range []string{"shop.example", publicV4, publicV6} {
		t.Run(host, func(t *testing.T) {
			out := &internet{server: serve(t, echo)}
			e := listen(t, Options{dialAddr: out.dial, Resolver: fixed(publicV4b)})
			client, err := proxy.SOCKS5("tcp", e.Addr(), nil, nil)
			if err != nil {
				t.Fatal(err)
			}
			conn, err := client.Dial("tcp", net.JoinHostPort(host, "443"))
			if err != nil {
				t.Fatal(err)
			}
			tcp, ok := conn.(interface{ CloseWrite() error })
			if !ok {
				t.Fatalf("%T cannot close its sending direction", conn)
			}
			if _, err := io.WriteString(conn, "hello"); err != nil {
				t.Fatal(err)
			}
			if err := tcp.CloseWrite(); err != nil {
				t.Fatal(err)
			}
			if got, err := io.ReadAll(conn); string(got) != "hello" || err != nil {
				t.Errorf("got %q, %v", got, err)
			}
			conn.Close()
			e.Close()
			rec, _ := e.Host(host)
			if rec.Outcome != OutcomeOK || rec.BytesSent != 5 || rec.BytesReceived != 5 || rec.FromBrowser != 1 {
				t.Errorf("log %+v", rec)
			}
		})
	}
}

func TestReplyTellsWhy(t *testing.T) {
	failing := func(err error) func(context.Context, netip.AddrPort) (net.Conn, error) {
		return func(ctx context.Context, _ netip.AddrPort) (net.Conn, error) {
			if err == nil {
				<-ctx.Done()
				err = ctx.Err()
			}
			return nil, fmt.Errorf("dialling: %w", err)
		}
	}
	names := fixed(publicV4)
	tests := []struct {
		name    string
		options Options
		code    byte
		reason  Reason
	}{
		{"guard", Options{Resolver: fixed("10.0.0.1")}, repNotAllowed, ReasonGuard},
		{"no such name", Options{Resolver: noNames()}, repNoHost, ReasonResolve},
		{"no address", Options{Resolver: fixed()}, repNoHost, ReasonResolve},
		{"refused", Options{Resolver: names, dialAddr: failing(syscall.ECONNREFUSED)}, repRefused, ReasonConnect},
		{"no route to host", Options{Resolver: names, dialAddr: failing(syscall.EHOSTUNREACH)}, repNoHost, ReasonConnect},
		{"no network", Options{Resolver: names, dialAddr: failing(syscall.ENETUNREACH)}, repNoNetwork, ReasonConnect},
		{"other", Options{Resolver: names, dialAddr: failing(syscall.EACCES)}, repFailure, ReasonConnect},
		{"system timeout", Options{Resolver: names, dialAddr: failing(syscall.ETIMEDOUT)}, repTimeout, ReasonTimeout},
		{"our timeout", Options{Resolver: names, dialAddr: failing(nil), DialTimeout: time.Millisecond}, repTimeout, ReasonTimeout},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			e := listen(t, tt.options)
			conn, code := connectByName(t, e, "host.example", 80)
			if code != tt.code {
				t.Errorf("reply %#x, want %#x", code, tt.code)
			}
			if rest, err := io.ReadAll(conn); len(rest) > 0 || err != nil {
				t.Errorf("after the reply: %q, %v", rest, err)
			}
			rec, _ := e.Host("host.example")
			if rec.Reasons[tt.reason] != 1 || rec.Connections != 0 || rec.Detail == "" {
				t.Errorf("log %+v", rec)
			}
		})
	}
}

// A closed port of this machine, dialled for real.
func TestConnectionRefusedForReal(t *testing.T) {
	port := closedPort(t)
	e := listen(t, Options{AllowPrivate: true})
	if _, code := connectByName(t, e, "127.0.0.1", port); code != repRefused {
		t.Errorf("reply %#x, want %#x", code, repRefused)
	}
	_, err := e.DialContext(t.Context(), "tcp", netip.AddrPortFrom(addr("127.0.0.1"), port).String())
	if !errors.Is(err, syscall.ECONNREFUSED) {
		t.Errorf("error %v", err)
	}
}

func TestUnservedRequests(t *testing.T) {
	tests := []struct {
		name    string
		request []byte
		code    byte
	}{
		{"BIND", []byte{5, 2, 0, 1, 1, 1, 1, 1, 0, 80}, repCommand},
		{"UDP ASSOCIATE", []byte{5, 3, 0, 3, 1, 'a', 0, 80}, repCommand},
		{"command 0", []byte{5, 0, 0, 1, 1, 1, 1, 1, 0, 80}, repCommand},
		{"address type 2", []byte{5, 1, 0, 2, 1, 1, 1, 1, 0, 80}, repAddrType},
		{"port 0", []byte{5, 1, 0, 1, 8, 8, 8, 8, 0, 0}, repNotAllowed},
		{"empty name", []byte{5, 1, 0, 3, 0, 0, 80}, repNotAllowed},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			out := &internet{server: serve(t, echo)}
			e := listen(t, Options{dialAddr: out.dial})
			if _, code := connectRaw(t, e, tt.request); code != tt.code || len(out.seen()) > 0 {
				t.Errorf("reply %#x, dialled %v; want %#x", code, out.seen(), tt.code)
			}
		})
	}
}

func TestMalformedClients(t *testing.T) {
	tests := []struct {
		name, sent string
		answer     string
	}{
		{"HTTP", "GET / HTTP/1.1\r\nHost: a\r\n\r\n", ""},
		{"TLS", "\x16\x03\x01\x02\x00\x01", ""},
		{"SOCKS4", "\x04\x01\x00\x50\x08\x08\x08\x08\x00", ""},
		{"wants authentication", "\x05\x01\x02", "\x05\xff"},
		{"no method", "\x05\x00", "\x05\xff"},
		{"other version in the request", "\x05\x01\x00\x04\x01\x00\x01\x08\x08\x08\x08\x00\x50", "\x05\x00"},
		{"ends in the greeting", "\x05", ""},
		{"ends in the name", "\x05\x01\x00\x05\x01\x00\x03\x10abc", "\x05\x00"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			e := listen(t, Options{dialAddr: (&internet{}).dial})
			conn := rawClient(t, e)
			if _, err := io.WriteString(conn, tt.sent); err != nil {
				t.Fatal(err)
			}
			_ = conn.CloseWrite() // fails if the other side was quicker
			// Octets that nobody read make the close a reset, and that may overtake
			// the answer.
			got, err := io.ReadAll(conn)
			if err != nil && !errors.Is(err, syscall.ECONNRESET) {
				t.Fatal(err)
			}
			if string(got) != tt.answer && !(len(got) == 0 && err != nil) {
				t.Errorf("answer %q, want %q", got, tt.answer)
			}
			e.Close()
			if s := e.Stats(); s.Malformed != 1 || len(e.Hosts()) != 0 {
				t.Errorf("stats %+v, hosts %v", s, e.Hosts())
			}
		})
	}
}

// A client that never finishes is dropped, however far it got.
func TestSlowClients(t *testing.T) {
	for _, sent := range []string{"", "\x05", "\x05\x01\x00", "\x05\x01\x00\x05\x01\x00\x03\xff" + strings.Repeat("a", 100)} {
		e := listen(t, Options{HandshakeTimeout: 20 * time.Millisecond})
		conn := rawClient(t, e)
		// On a busy machine the time may be over before this is sent, and what
		// nobody read makes the end a reset.
		_, _ = io.WriteString(conn, sent)
		if _, err := io.Copy(io.Discard, conn); err != nil && !errors.Is(err, syscall.ECONNRESET) {
			t.Errorf("%q: %v, want the end", sent, err)
		}
		if s := e.Stats(); s.Malformed != 1 {
			t.Errorf("%q: stats %+v", sent, s)
		}
	}
}

// The request may come in single octets, and the tunnel's first octets with it.
func TestRequestInPieces(t *testing.T) {
	out := &internet{server: serve(t, echo)}
	e := listen(t, Options{dialAddr: out.dial, Resolver: fixed(publicV4)})
	conn := rawClient(t, e)
	for _, b := range []byte("\x05\x01\x00\x05\x01\x00\x03\x01a\x00\x50") {
		if _, err := conn.Write([]byte{b}); err != nil {
			t.Fatal(err)
		}
	}
	got := roundTrip(t, conn, "early")
	if want := "\x05\x00" + string(reply(repOK)) + "early"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func FuzzHandshake(f *testing.F) {
	f.Add([]byte("\x05\x01\x00\x05\x01\x00\x03\x09localhost\x00\x50rest"))
	f.Add([]byte("\x05\x02\x00\x02\x05\x01\x00\x01\x7f\x00\x00\x01\x01\xbb"))
	f.Add([]byte("\x05\x01\x00\x05\x01\x00\x04\xfe\x80\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x01\x00\x50"))
	f.Add([]byte("\x05\x01\x02"))
	f.Add([]byte("\x05\x01\x00\x05\x03\x00\x03\x00\x00\x00"))
	f.Fuzz(func(t *testing.T, data []byte) {
		r := bytes.NewReader(data)
		if readGreeting(r) != nil {
			return
		}
		got, err := readRequest(r)
		if err != nil {
			return
		}
		length := map[byte]int{atypIPv4: 4, atypIPv6: 16}
		start := 2 + int(data[1])
		n, known := length[data[start+3]]
		if !known {
			n = 1 + int(data[start+4])
		}
		if read, want := len(data)-r.Len(), start+4+n+2; read != want {
			t.Fatalf("read %d octets, want %d", read, want)
		}
		if got.invalid == nil && (got.port == 0 || got.host.name == "") {
			t.Fatalf("accepted %+v", got)
		}
		if strings.ContainsFunc(got.host.name, func(r rune) bool { return r < ' ' || r > '~' }) {
			t.Fatalf("unprintable name %q", got.host.name)
		}
	})
}
