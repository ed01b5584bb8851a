package egress

import (
	"bufio"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"syscall"
	"testing"
	"time"
)

const secret = "s3cr3t-pass"

func proxyURL(t testing.TB, s string) *url.URL {
	t.Helper()
	u, err := url.Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

// connectProxy is an HTTP proxy that wants a password and leads every CONNECT
// to one server. It tells what it was asked for.
func connectProxy(t testing.TB, asked chan<- string) http.Handler {
	server := serve(t, echo)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		user, password, _ := (&http.Request{Header: http.Header{"Authorization": r.Header["Proxy-Authorization"]}}).BasicAuth()
		if user != "user" || password != secret {
			w.WriteHeader(http.StatusProxyAuthRequired)
			return
		}
		asked <- r.Method + " " + r.RequestURI + " " + r.Host
		if strings.HasPrefix(r.Host, "denied.") {
			w.WriteHeader(http.StatusForbidden)
			return
		}
		conn, err := dialAddr(r.Context(), server)
		if err != nil {
			w.WriteHeader(http.StatusBadGateway)
			return
		}
		defer conn.Close()
		client, buffered, err := w.(http.Hijacker).Hijack()
		if err != nil {
			return
		}
		defer client.Close()
		_, _ = io.WriteString(client, "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n")
		go func() { _, _ = io.Copy(conn, buffered); _ = closeWrite(conn) }()
		_, _ = io.Copy(client, conn)
	})
}

func TestUpstreamHTTP(t *testing.T) {
	for _, scheme := range []string{"http", "https"} {
		t.Run(scheme, func(t *testing.T) {
			asked := make(chan string, 10)
			server := httptest.NewUnstartedServer(connectProxy(t, asked))
			roots := x509.NewCertPool()
			if scheme == "https" {
				server.StartTLS()
				roots.AddCert(server.Certificate())
			} else {
				server.Start()
			}
			defer server.Close()
			at := scheme + "://user:" + secret + "@" + server.Listener.Addr().String()
			// No name is resolved here: the resolver knows none.
			e := listen(t, Options{
				Upstream: proxyURL(t, at), UpstreamRoots: roots,
				Resolve: []Override{mustOverride(t, "*.test=10.0.0.1:8443")},
			})
			for target, want := range map[string]string{
				"shop.example:443":      "CONNECT shop.example:443 shop.example:443",
				publicV4 + ":80":        "CONNECT 93.184.216.34:80 93.184.216.34:80",
				"[" + publicV6 + "]:80": "CONNECT [2606:2800:220:1::34]:80 [2606:2800:220:1::34]:80",
				"shop.test:443":         "CONNECT 10.0.0.1:8443 10.0.0.1:8443",
			} {
				conn, err := e.DialContext(t.Context(), "tcp", target)
				if err != nil {
					t.Fatal(err)
				}
				if got := <-asked; got != want {
					t.Errorf("%s: asked %q, want %q", target, got, want)
				}
				if got := roundTrip(t, conn, "ping"); got != "ping" {
					t.Errorf("%s: got %q", target, got)
				}
				conn.Close()
			}
			_, err := e.DialContext(t.Context(), "tcp", "denied.example:443")
			wantReason(t, err, ReasonUpstream)
			if !strings.Contains(err.Error(), "status 403") {
				t.Errorf("error %v", err)
			}
		})
	}
}

func TestUpstreamGuard(t *testing.T) {
	asked := make(chan string, 10)
	server := httptest.NewServer(connectProxy(t, asked))
	defer server.Close()
	at := "http://user:" + secret + "@" + server.Listener.Addr().String()
	e := listen(t, Options{
		Upstream: proxyURL(t, at), AllowPrivateFor: []Pattern{{Host: "wiki.internal"}, {Host: "10.7.7.7"}, {Host: "localhost", Port: 3000}},
	})
	for _, host := range []string{
		"127.0.0.1", "0x7f.1", "::1", "10.0.0.1", "169.254.169.254", "localhost", "a.localhost",
		"metadata.google.internal", "printer.local", "router.lan", "nas.home.arpa", "intranet", "git.corp",
	} {
		if _, code := connectByName(t, e, host, 80); code != repNotAllowed {
			t.Errorf("%s: reply %#x", host, code)
		}
	}
	if len(asked) > 0 {
		t.Errorf("the proxy was asked: %s", <-asked)
	}
	for _, address := range []string{"wiki.internal:80", "10.7.7.7:80", "localhost:3000"} {
		conn, err := e.DialContext(t.Context(), "tcp", address)
		if err != nil {
			t.Fatal(err)
		}
		conn.Close()
		if got, want := <-asked, "CONNECT "+address+" "+address; got != want {
			t.Errorf("asked %q, want %q", got, want)
		}
	}
}

// scripted is a proxy that expects octets and answers them, then echoes.
func scripted(t testing.TB, steps ...string) string {
	return serve(t, func(conn *net.TCPConn) {
		for i := 0; i+1 < len(steps); i += 2 {
			got := make([]byte, len(steps[i]))
			if _, err := io.ReadFull(conn, got); err != nil || string(got) != steps[i] {
				_, _ = io.WriteString(conn, "unexpected")
				return
			}
			if _, err := io.WriteString(conn, steps[i+1]); err != nil {
				return
			}
		}
		echo(conn)
	}).String()
}

const bound = "\x00\x00\x00\x00\x00\x00"

func TestUpstreamSOCKS5(t *testing.T) {
	request := "\x05\x01\x00\x03\x0cshop.example\x01\xbb"
	tests := []struct {
		name, user, target string
		script             []string
	}{
		{"name", "", "shop.example:443", []string{"\x05\x01\x00", "\x05\x00", request, "\x05\x00\x00\x01" + bound}},
		{"IPv4", "", "8.8.8.8:80", []string{"\x05\x01\x00", "\x05\x00", "\x05\x01\x00\x01\x08\x08\x08\x08\x00\x50", "\x05\x00\x00\x01" + bound}},
		{"IPv6", "", "[2606::1]:80", []string{"\x05\x01\x00", "\x05\x00", "\x05\x01\x00\x04\x26\x06" + strings.Repeat("\x00", 13) + "\x01\x00\x50", "\x05\x00\x00\x01" + bound}},
		{"bound name", "", "shop.example:443", []string{"\x05\x01\x00", "\x05\x00", request, "\x05\x00\x00\x03\x05proxy\x00\x50"}},
		{"bound IPv6", "", "shop.example:443", []string{"\x05\x01\x00", "\x05\x00", request, "\x05\x00\x00\x04" + strings.Repeat("\x00", 18)}},
		{"password", "user:" + secret + "@", "shop.example:443", []string{
			"\x05\x01\x02", "\x05\x02", "\x01\x04user\x0b" + secret, "\x01\x00", request, "\x05\x00\x00\x01" + bound,
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			e := listen(t, Options{Upstream: proxyURL(t, "socks5://"+tt.user+scripted(t, tt.script...))})
			conn, err := e.DialContext(t.Context(), "tcp", tt.target)
			if err != nil {
				t.Fatal(err)
			}
			defer conn.Close()
			if got := roundTrip(t, conn, "ping"); got != "ping" {
				t.Errorf("got %q", got)
			}
		})
	}
}

func TestUpstreamFailures(t *testing.T) {
	hello := []string{"\x05\x01\x02", "\x05\x02", "\x01\x04user\x0b" + secret, "\x01\x00"}
	request := "\x05\x01\x00\x03\x0cshop.example\x01\xbb"
	replied := func(code string) []string {
		return append(append([]string{}, hello...), request, "\x05"+code+"\x00\x01"+bound)
	}
	connect := "CONNECT shop.example:443 HTTP/1.1\r\nHost: shop.example:443\r\n" +
		"Proxy-Authorization: Basic dXNlcjpzM2NyM3QtcGFzcw==\r\n\r\n"
	tests := []struct {
		name, scheme string
		script       []string
		reason       Reason
		code         byte
		want         string
	}{
		{"wants no password", "socks5", []string{"\x05\x01\x02", "\x05\xff"}, ReasonUpstream, repFailure, "does not accept a user name"},
		{"wrong password", "socks5", []string{hello[0], hello[1], hello[2], "\x01\x01"}, ReasonUpstream, repFailure, "rejects the user name or password"},
		{"not SOCKS", "socks5", []string{"\x05\x01\x02", "HTTP"}, ReasonUpstream, repFailure, "does not accept"},
		{"not allowed", "socks5", replied("\x02"), ReasonUpstream, repFailure, "its rules do not allow"},
		{"no network", "socks5", replied("\x03"), ReasonConnect, repNoNetwork, "network is unreachable"},
		{"no host", "socks5h", replied("\x04"), ReasonResolve, repNoHost, "name not found"},
		{"refused", "socks5", replied("\x05"), ReasonConnect, repRefused, "connection refused"},
		{"timeout", "socks5", replied("\x06"), ReasonTimeout, repTimeout, "did not answer"},
		{"other", "socks5", replied("\x01"), ReasonUpstream, repFailure, "SOCKS5 reply 0x1"},
		{"HTTP 407", "http", []string{connect, "HTTP/1.1 407 x\r\n\r\n"}, ReasonUpstream, repFailure, "user name and password (407)"},
		{"HTTP 502", "http", []string{connect, "HTTP/1.1 502 x\r\n\r\n"}, ReasonUpstream, repFailure, "status 502"},
		{"not HTTP", "http", []string{connect, "SSH-2.0-x\r\n\r\n"}, ReasonUpstream, repFailure, "malformed HTTP"},
		{"endless header", "http", []string{connect, "HTTP/1.1 200 OK\r\nA: " + strings.Repeat("a", maxConnectHeader)}, ReasonUpstream, repFailure, "EOF"},
		{"not TLS", "https", []string{"\x16", "hello, this is not TLS"}, ReasonUpstream, repFailure, "tls"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			at := tt.scheme + "://user:" + secret + "@" + scripted(t, tt.script...)
			e := listen(t, Options{Upstream: proxyURL(t, at)})
			if _, code := connectByName(t, e, "shop.example", 443); code != tt.code {
				t.Errorf("reply %#x, want %#x", code, tt.code)
			}
			rec, _ := e.Host("shop.example")
			if rec.Reasons[tt.reason] != 1 || !strings.Contains(rec.Detail, tt.want) {
				t.Errorf("log %+v, want %s, %q", rec, tt.reason, tt.want)
			}
			if strings.Contains(fmt.Sprintf("%+v", rec), secret) || strings.Contains(rec.Detail, "dXNlcj") {
				t.Errorf("the password is in the log: %+v", rec)
			}
		})
	}
}

func TestUpstreamIsNotThere(t *testing.T) {
	e := listen(t, Options{Upstream: proxyURL(t, fmt.Sprintf("http://127.0.0.1:%d", closedPort(t)))})
	_, err := e.DialContext(t.Context(), "tcp", "shop.example:443")
	wantReason(t, err, ReasonUpstream)
	if !errors.Is(err, syscall.ECONNREFUSED) {
		t.Errorf("error %v", err)
	}
}

// A proxy that accepts and says nothing ends with the attempt's time, at
// whatever point.
func TestUpstreamHangs(t *testing.T) {
	silent := serve(t, func(conn *net.TCPConn) { _, _ = io.Copy(io.Discard, conn) })
	for _, scheme := range []string{"http", "https", "socks5"} {
		e := listen(t, Options{Upstream: proxyURL(t, scheme+"://"+silent.String()), DialTimeout: 20 * time.Millisecond})
		_, err := e.DialContext(t.Context(), "tcp", "shop.example:443")
		wantReason(t, err, ReasonTimeout)
		var netErr net.Error
		if !errors.As(err, &netErr) || !netErr.Timeout() {
			t.Errorf("%s: %v is no timeout", scheme, err)
		}
	}
}

// Octets that come with the proxy's answer belong to the tunnel.
func TestUpstreamEarlyOctets(t *testing.T) {
	proxy := serve(t, func(conn *net.TCPConn) {
		if _, err := http.ReadRequest(bufio.NewReader(conn)); err == nil {
			_, _ = io.WriteString(conn, "HTTP/1.1 200 Connection established\r\n\r\nearly and ")
			echo(conn)
		}
	})
	e := listen(t, Options{Upstream: proxyURL(t, "http://"+proxy.String())})
	conn, code := connectByName(t, e, "shop.example", 443)
	if code != repOK {
		t.Fatalf("reply %#x", code)
	}
	if got := roundTrip(t, conn, "late"); got != "early and late" {
		t.Errorf("got %q", got)
	}
}

func TestUpstreamOptions(t *testing.T) {
	long := strings.Repeat("a", 256)
	for at, want := range map[string]string{
		"ftp://proxy:1":                          `scheme "ftp"; want http, https or socks5`,
		"proxy:8080":                             `scheme "proxy"; want http`,
		"http://":                                "no host; want http://HOST:PORT",
		"socks5://" + long + "@proxy":            "1 to 255 octets",
		"socks5://user:" + secret + long + "@pr": "1 to 255 octets",
	} {
		_, err := Listen(t.Context(), Options{Upstream: proxyURL(t, at)})
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), secret) {
			t.Errorf("%.40s: %v", at, err)
		}
	}
	for at, want := range map[string]string{
		"http://p": "p:80", "https://p": "p:443", "socks5://p": "p:1080", "socks5h://[::1]:9": "[::1]:9", "http://a:b@p:8": "p:8",
	} {
		if up, err := newUpstream(proxyURL(t, at), nil); err != nil || up.addr != want {
			t.Errorf("%s: %v, %v", at, up, err)
		}
	}
}
