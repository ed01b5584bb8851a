package sitehost

import (
	"bufio"
	"context"
	"crypto/tls"
	"crypto/x509"
	"io"
	"io/fs"
	"net"
	"net/http"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// day is the clock of most tests.
func day() time.Time { return time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC) }

// files makes a site folder of name, content pairs.
func files(pairs ...string) fs.FS {
	m := fstest.MapFS{}
	for i := 0; i < len(pairs); i += 2 {
		m[pairs[i]] = &fstest.MapFile{Data: []byte(pairs[i+1])}
	}
	return m
}

func start(t *testing.T, fsys fs.FS) *Server {
	t.Helper()
	s, err := Start(t.Context(), fsys, WithClock(day))
	if err != nil {
		t.Fatalf("Start: %v", err)
	}
	t.Cleanup(s.Close)
	return s
}

// yamlSite serves one site.yaml beside a small static site.
func yamlSite(t *testing.T, yaml string) *Server {
	t.Helper()
	return start(t, files("site.yaml", yaml, "shop.test/index.html", "<h1>shop</h1>", "shop.test/a.js", "let a = 1\n", "_shared/x.css", "b{}"))
}

func trust(t *testing.T, s *Server) *tls.Config {
	t.Helper()
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(s.CAPEM()) {
		t.Fatal("CAPEM holds no certificate")
	}
	return &tls.Config{RootCAs: pool, MinVersion: tls.VersionTLS12}
}

// client sends every host to the server, follows no redirect and never
// decompresses.
func client(t *testing.T, s *Server, h2 bool) *http.Client {
	t.Helper()
	tr := &http.Transport{
		DialContext: func(ctx context.Context, network, _ string) (net.Conn, error) {
			return (&net.Dialer{}).DialContext(ctx, "tcp4", s.Addr())
		},
		TLSClientConfig:    trust(t, s),
		ForceAttemptHTTP2:  h2,
		DisableCompression: true,
	}
	t.Cleanup(tr.CloseIdleConnections)
	return &http.Client{
		Transport:     tr,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// request builds a request; extra are header lines.
func request(t *testing.T, method, url string, extra ...string) *http.Request {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, url, nil)
	if err != nil {
		t.Fatalf("request %s: %v", url, err)
	}
	for _, line := range extra {
		h := splitHeader(line)
		r.Header.Add(h.name, h.value)
	}
	return r
}

type answer struct {
	status int
	header http.Header
	body   string
	proto  string
}

func do(t *testing.T, c *http.Client, r *http.Request) answer {
	t.Helper()
	resp, err := c.Do(r)
	if err != nil {
		t.Fatalf("%s %s: %v", r.Method, r.URL, err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatalf("%s %s: reading the body: %v", r.Method, r.URL, err)
	}
	return answer{resp.StatusCode, resp.Header, string(body), resp.Proto}
}

func get(t *testing.T, s *Server, url string, extra ...string) answer {
	t.Helper()
	return do(t, client(t, s, true), request(t, http.MethodGet, url, extra...))
}

// wire sends a request by hand on a plain connection and returns all that
// comes back until the server closes.
func wire(t *testing.T, s *Server, text string) string {
	t.Helper()
	c := dial(t, s)
	if _, err := io.WriteString(c, text); err != nil {
		t.Fatalf("writing: %v", err)
	}
	all, err := io.ReadAll(c)
	if err != nil {
		t.Fatalf("reading: %v", err)
	}
	return string(all)
}

func dial(t *testing.T, s *Server) net.Conn {
	t.Helper()
	c, err := (&net.Dialer{}).DialContext(t.Context(), "tcp4", s.Addr())
	if err != nil {
		t.Fatalf("dialling: %v", err)
	}
	t.Cleanup(func() { _ = c.Close() })
	return c
}

// readHead reads status line and headers of one response.
func readHead(t *testing.T, r *bufio.Reader) string {
	t.Helper()
	var b strings.Builder
	for {
		line, err := r.ReadString('\n')
		if err != nil {
			t.Fatalf("reading the head after %q: %v", b.String(), err)
		}
		b.WriteString(line)
		if line == "\r\n" {
			return b.String()
		}
	}
}

func equal[T comparable](t *testing.T, what string, got, want T) {
	t.Helper()
	if got != want {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}
