package sitehost

import (
	"bufio"
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/textproto"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"
)

func TestReset(t *testing.T) {
	s := yamlSite(t, "routes: [{path: /r, reset: true}]")
	c := dial(t, s)
	if _, err := io.WriteString(c, "POST /r HTTP/1.1\r\nHost: a.test\r\nContent-Length: 2\r\n\r\nhi"); err != nil {
		t.Fatalf("writing: %v", err)
	}
	if _, err := c.Read(make([]byte, 1)); !errors.Is(err, syscall.ECONNRESET) {
		t.Errorf("got %v, want a reset", err)
	}
	equal(t, "logged body", string(s.Requests()[0].Body), "hi")
	secure := tls.Client(dial(t, s), &tls.Config{RootCAs: trust(t, s).RootCAs, ServerName: "a.test", MinVersion: tls.VersionTLS12})
	if _, err := io.WriteString(secure, "GET /r HTTP/1.1\r\nHost: a.test\r\n\r\n"); err != nil {
		t.Fatalf("writing over TLS: %v", err)
	}
	if _, err := secure.Read(make([]byte, 1)); !errors.Is(err, syscall.ECONNRESET) {
		t.Errorf("https: got %v, want a reset", err)
	}
	// net/http's h2 client may meet the reset while writing and then report
	// the end of its reads instead.
	resp, err := client(t, s, true).Do(request(t, http.MethodGet, "https://a.test/r"))
	if err == nil {
		_ = resp.Body.Close()
		t.Errorf("h2: got status %d, want no answer", resp.StatusCode)
	}
}

// TestOpenAnswersEndWithTheClient covers what goes on until the client leaves:
// the server's handlers must notice.
func TestOpenAnswersEndWithTheClient(t *testing.T) {
	s := yamlSite(t, `
routes:
- {path: /endless, endless: true, body: "start:"}
- {path: /slow, endless: true, drip: 1ms}
- {path: /open, hangAfterHeaders: true, headers: ["Set-Cookie: h=1"], status: 202}
- {path: /late, bodyDelay: 1h, body: never}
- {path: /drip, drip: 1h, body: xy}
- {path: /events, eventStream: {events: [one]}}
- {path: /big, bigBody: 100GB}
- {path: /bomb, gzipBomb: 100GB}
`)
	for _, c := range []struct {
		path, start string
		status      int
	}{
		{"/endless", "start:xxxx", 200},
		{"/slow", "xx", 200},
		{"/open", "", 202},
		{"/late", "", 200},
		{"/drip", "x", 200},
		{"/events", "data: one\n\n", 200},
		{"/big", "xxxx", 200},
		{"/bomb", "\x1f\x8b", 200},
	} {
		for _, base := range []string{"https://a.test", "http://a.test"} {
			resp, err := client(t, s, true).Do(request(t, http.MethodGet, base+c.path))
			if err != nil {
				t.Fatalf("%s: %v", c.path, err)
			}
			got := make([]byte, len(c.start))
			if _, err := io.ReadFull(resp.Body, got); err != nil {
				t.Fatalf("%s: %v", c.path, err)
			}
			equal(t, c.path, string(got), c.start)
			equal(t, c.path+" status", resp.StatusCode, c.status)
			_ = resp.Body.Close()
		}
	}
	s.work.wait()
}

func TestHang(t *testing.T) {
	s := yamlSite(t, "routes: [{path: /h, hang: true}, {path: /d, delay: 1h, body: x}]")
	stay, leave, late := dial(t, s), dial(t, s), dial(t, s)
	for c, path := range map[net.Conn]string{stay: "/h", leave: "/h?leave", late: "/d"} {
		if _, err := io.WriteString(c, "GET "+path+" HTTP/1.1\r\nHost: a.test\r\n\r\n"); err != nil {
			t.Fatalf("writing: %v", err)
		}
	}
	h2, cancel := context.WithCancel(t.Context())
	r := request(t, http.MethodGet, "https://a.test/h?h2").WithContext(h2)
	tr := client(t, s, true)
	got := make(chan error, 1)
	go func() {
		resp, err := tr.Do(r)
		if err == nil {
			_ = resp.Body.Close()
		}
		got <- err
	}()
	for len(s.Requests()) < 4 {
		runtime.Gosched()
	}
	cancel()
	if err := <-got; !errors.Is(err, context.Canceled) {
		t.Errorf("h2: got %v, want no answer", err)
	}
	_ = leave.Close()
	s.Close()
	for c, name := range map[net.Conn]string{stay: "hang", late: "delay"} {
		// A reset instead of an orderly end is as good: nothing was said.
		if b, _ := io.ReadAll(c); len(b) > 0 {
			t.Errorf("%s: an answer: %q", name, b)
		}
	}
}

// TestPauses measures the delays on synctest's clock, which is exact.
func TestPauses(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		begin := time.Now()
		if !pause(t.Context(), 3*time.Second) {
			t.Error("pause: the client is said to have left")
		}
		equal(t, "pause", time.Since(begin), 3*time.Second)

		out := &stamps{begin: time.Now()}
		c := content{body: []byte("abc"), delay: time.Minute, drip: time.Second, tail: tailBig, tailSize: 2}
		if err := c.send(t.Context(), out); err != nil {
			t.Errorf("send: %v", err)
		}
		equal(t, "octets", out.text.String(), "a@1m0s b@1m1s c@1m2s x@1m3s x@1m4s ")
	})
}

// stamps is a reply that notes when each octet came.
type stamps struct {
	begin time.Time
	text  strings.Builder
}

func (s *stamps) Write(p []byte) (int, error) {
	s.text.WriteString(string(p) + "@" + time.Since(s.begin).String() + " ")
	return len(p), nil
}
func (*stamps) hints([]header) error      { return nil }
func (*stamps) head(int, []header, int64) {}
func (*stamps) flush() error              { return nil }
func (*stamps) close()                    {}

func TestEarlyHints(t *testing.T) {
	s := yamlSite(t, `
routes:
- {path: /, earlyHints: ["Link: </a.js>; rel=preload", "Set-Cookie: early=1"], headers: ["Set-Cookie: late=1"], body: page}
`)
	for _, url := range []string{"https://a.test/", "http://a.test/"} {
		var hint textproto.MIMEHeader
		ctx := httptrace.WithClientTrace(t.Context(), &httptrace.ClientTrace{
			Got1xxResponse: func(code int, h textproto.MIMEHeader) error {
				equal(t, url+" code", code, 103)
				hint = h
				return nil
			},
		})
		a := do(t, client(t, s, true), request(t, http.MethodGet, url).WithContext(ctx))
		equal(t, url+" link", hint.Get("Link"), "</a.js>; rel=preload")
		equal(t, url+" early cookie", hint.Get("Set-Cookie"), "early=1")
		equal(t, url+" body", a.body, "page")
		equal(t, url+" cookies", strings.Join(a.header["Set-Cookie"], "|"), "late=1")
		equal(t, url+" no link", a.header.Get("Link"), "")
	}
}

func TestEventStream(t *testing.T) {
	s := yamlSite(t, `
routes:
- {path: /e, headers: ["Set-Cookie: e=1"], eventStream: {events: [one, "two\nlines"], retryMs: 500, close: true}}
`)
	a := get(t, s, "https://a.test/e")
	equal(t, "type", a.header.Get("Content-Type"), "text/event-stream")
	equal(t, "cookie", a.header.Get("Set-Cookie"), "e=1")
	equal(t, "stream", a.body, "retry: 500\n\ndata: one\n\ndata: two\ndata: lines\n\n")
}

// TestHeadersComeBeforeTheDelayedBody reads the head while the body waits.
func TestHeadersComeBeforeTheDelayedBody(t *testing.T) {
	s := yamlSite(t, "routes: [{path: /b, bodyDelay: 1h, body: x, headers: ['Set-Cookie: b=1']}]")
	c := dial(t, s)
	if _, err := io.WriteString(c, "GET /b HTTP/1.1\r\nHost: a.test\r\n\r\n"); err != nil {
		t.Fatalf("writing: %v", err)
	}
	head := readHead(t, bufio.NewReader(c))
	if !strings.Contains(head, "\r\nSet-Cookie: b=1\r\n") || !strings.Contains(head, "\r\nContent-Length: 1\r\n") {
		t.Errorf("head %q", head)
	}
}
