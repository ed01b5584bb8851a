package egress

import (
	"bufio"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"time"
)

// maxConnectHeader is what an HTTP proxy may answer to CONNECT, in octets.
const maxConnectHeader = 64 << 10

// upstream dials through a proxy. Its errors name the proxy by address only:
// the user information is a secret.
type upstream struct {
	scheme string
	addr   string // HOST:PORT
	user   *url.Userinfo
	tls    *tls.Config
}

// newUpstream returns nil for no proxy.
func newUpstream(u *url.URL, roots *x509.CertPool) (*upstream, error) {
	if u == nil {
		return nil, nil
	}
	ports := map[string]string{"http": "80", "https": "443", "socks5": "1080", "socks5h": "1080"}
	port, known := ports[u.Scheme]
	if !known {
		return nil, fmt.Errorf("upstream proxy: scheme %q; want http, https or socks5", u.Scheme)
	}
	if u.Hostname() == "" {
		return nil, fmt.Errorf("upstream proxy: no host; want %s://HOST:PORT", u.Scheme)
	}
	if err := checkUser(u); err != nil {
		return nil, err
	}
	return &upstream{
		scheme: u.Scheme, user: u.User,
		addr: net.JoinHostPort(u.Hostname(), orDefault(u.Port(), port)),
		tls:  &tls.Config{ServerName: u.Hostname(), RootCAs: roots, MinVersion: tls.VersionTLS12},
	}, nil
}

// checkUser keeps to what RFC 1929 section 2 can carry.
func checkUser(u *url.URL) error {
	password, _ := u.User.Password()
	isSOCKS := u.Scheme == "socks5" || u.Scheme == "socks5h"
	if isSOCKS && u.User != nil && (u.User.Username() == "" || len(u.User.Username()) > 255 || len(password) > 255) {
		return fmt.Errorf("upstream proxy: SOCKS5 user name and password are 1 to 255 octets long")
	}
	return nil
}

func (p *upstream) fail(format string, args ...any) error {
	return because(ReasonUpstream, "upstream proxy %s://%s: %w", p.scheme, p.addr, fmt.Errorf(format, args...))
}

// dial opens a tunnel along r.
func (p *upstream) dial(ctx context.Context, r route) (net.Conn, error) {
	var d net.Dialer
	conn, err := d.DialContext(ctx, "tcp", p.addr)
	if err != nil {
		return nil, p.fail("%w", err)
	}
	// The handshakes below know no context: its end is put upon the connection.
	stop := context.AfterFunc(ctx, func() { _ = conn.SetDeadline(time.Unix(1, 0)) })
	tunnel, err := p.tunnel(ctx, conn, r)
	if !stop() && err == nil {
		err = p.fail("%w", ctx.Err())
	}
	if err != nil {
		_ = conn.Close()
		return nil, err
	}
	return tunnel, nil
}

func (p *upstream) tunnel(ctx context.Context, conn net.Conn, r route) (net.Conn, error) {
	switch p.scheme {
	case "https":
		secure := tls.Client(conn, p.tls)
		if err := secure.HandshakeContext(ctx); err != nil {
			return nil, p.fail("%w", err)
		}
		return p.connectHTTP(secure, r)
	case "http":
		return p.connectHTTP(conn, r)
	}
	return conn, p.connectSOCKS(conn, r)
}

// connectHTTP is RFC 9110 section 9.3.6.
func (p *upstream) connectHTTP(conn net.Conn, r route) (net.Conn, error) {
	dest := r.destination()
	request := "CONNECT " + dest + " HTTP/1.1\r\nHost: " + dest + "\r\n"
	if p.user != nil {
		password, _ := p.user.Password()
		credentials := base64.StdEncoding.EncodeToString([]byte(p.user.Username() + ":" + password))
		request += "Proxy-Authorization: Basic " + credentials + "\r\n"
	}
	if _, err := io.WriteString(conn, request+"\r\n"); err != nil {
		return nil, p.fail("%w", err)
	}
	reader := bufio.NewReader(io.LimitReader(conn, maxConnectHeader))
	response, err := http.ReadResponse(reader, &http.Request{Method: http.MethodConnect})
	if err != nil {
		return nil, p.fail("%w", err)
	}
	// The body is left alone: after CONNECT a Content-Length means nothing, and
	// closing would eat the tunnel's first octets.
	switch {
	case response.StatusCode == http.StatusProxyAuthRequired:
		return nil, p.fail("it wants a user name and password (407)")
	case response.StatusCode/100 != 2:
		return nil, p.fail("answered CONNECT with status %d", response.StatusCode)
	}
	return unread(conn, reader)
}

func (r route) destination() string {
	if len(r.addrs) > 0 {
		return r.addrs[0].String()
	}
	return r.name
}

// unread gives back what was read beyond the header.
func unread(conn net.Conn, reader *bufio.Reader) (net.Conn, error) {
	early, err := reader.Peek(reader.Buffered())
	if err != nil || len(early) == 0 {
		return conn, err
	}
	return &earlyConn{Conn: conn, early: early}, nil
}

// earlyConn reads early first.
type earlyConn struct {
	net.Conn
	early []byte
}

func (c *earlyConn) Read(b []byte) (int, error) {
	if len(c.early) == 0 {
		return c.Conn.Read(b)
	}
	n := copy(b, c.early)
	c.early = c.early[n:]
	return n, nil
}

// CloseWrite ends the sending direction.
func (c *earlyConn) CloseWrite() error { return closeWrite(c.Conn) }
