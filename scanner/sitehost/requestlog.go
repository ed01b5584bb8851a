package sitehost

import (
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"
)

const (
	maxLoggedBody = 64_000   // octets of a request body that the log keeps
	maxReadBody   = 64 << 20 // octets of a request body that are read at all
)

// Request is one request as the server got it.
type Request struct {
	Seq           int       // 1, 2, ... in the order of the log
	Time          time.Time // by the server's clock, when it was complete
	Scheme        string    // "http" or "https"
	Proto         string    // "HTTP/1.1" or "HTTP/2.0"
	Host          string    // lower case, without port
	Method        string
	Path          string      // path and query, as sent
	Header        http.Header // names canonical, values as sent; without Host
	Cookies       []Cookie    // in the order sent
	Body          []byte      // at most 64 kB
	BodyTruncated bool        // the body was longer or broke off
}

// Cookie is one pair of a Cookie header, split at ";" and the first "=" and
// trimmed of spaces, otherwise as sent. A pair without "=" has no name, as in
// RFC 6265bis, section 5.6.
type Cookie struct{ Name, Value string }

// Cookie returns the value of the first cookie of that name and whether there
// is one.
func (r Request) Cookie(name string) (string, bool) {
	for _, c := range r.Cookies {
		if c.Name == name {
			return c.Value, true
		}
	}
	return "", false
}

// URL is the request's address, without port.
func (r Request) URL() string { return r.Scheme + "://" + r.Host + r.Path }

type requestLog struct {
	mu   sync.Mutex
	list []Request
}

func (l *requestLog) add(q Request) Request {
	l.mu.Lock()
	defer l.mu.Unlock()
	q.Seq = len(l.list) + 1
	l.list = append(l.list, q)
	return q
}

func (l *requestLog) all() []Request {
	l.mu.Lock()
	defer l.mu.Unlock()
	out := make([]Request, len(l.list))
	for i, q := range l.list {
		q.Header = q.Header.Clone()
		q.Cookies = append([]Cookie(nil), q.Cookies...)
		q.Body = append([]byte(nil), q.Body...)
		out[i] = q
	}
	return out
}

// readRequest reads r to its end and copies what the log keeps.
func readRequest(r *http.Request, now func() time.Time) Request {
	q := Request{
		Scheme: "http", Proto: r.Proto, Host: normalizeHost(r.Host), Method: r.Method,
		Path: r.RequestURI, Header: r.Header.Clone(),
		Cookies: parseCookies(r.Header["Cookie"]),
	}
	if !strings.HasPrefix(q.Path, "/") {
		q.Path = r.URL.RequestURI() // the absolute form, as sent to a proxy
	}
	if r.TLS != nil {
		q.Scheme = "https"
	}
	body, err := io.ReadAll(io.LimitReader(r.Body, maxLoggedBody))
	rest, restErr := io.Copy(io.Discard, io.LimitReader(r.Body, maxReadBody))
	q.Body = body
	q.BodyTruncated = err != nil || restErr != nil || rest > 0
	q.Time = now()
	return q
}

func parseCookies(lines []string) []Cookie {
	var out []Cookie
	for _, line := range lines {
		for pair := range strings.SplitSeq(line, ";") {
			name, value, ok := strings.Cut(pair, "=")
			if !ok {
				name, value = "", pair
			}
			c := Cookie{Name: strings.Trim(name, " \t"), Value: strings.Trim(value, " \t")}
			if c != (Cookie{}) {
				out = append(out, c)
			}
		}
	}
	return out
}

// normalizeHost is host in lower case, without port and without final dot.
func normalizeHost(host string) string {
	if h, _, err := net.SplitHostPort(host); err == nil {
		host = h
	}
	return strings.ToLower(strings.TrimSuffix(host, "."))
}
