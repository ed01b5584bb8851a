package sitehost

import (
	"net/http"
	"strings"
	"testing"
)

const rawSite = `
routes:
- host: raw.test
  raw: true
  status: 299
  earlyHints: ["Link : </x>"]
  headers:
  - "SET-cookie:a=1   "
  - 'Set-Cookie:  b{{hex "00 0a e9"}}=2'
  - "no colon at all"
  - "X Odd: {{host}}"
  - "set-cookie: c"
  - "Content-Length: 99"
  body: "hi {{host}}"
- {host: raw2.test, path: /r, raw: true, redirect: "/to here", headers: ["connection: keep-alive", "date: x", "content-type: y", "cache-control: z"]}
- {host: raw2.test, path: /r2, raw: true, body: late, delay: 1ms, bodyDelay: 1ms, drip: 1ms, gzip: false}
- {host: raw2.test, path: /auth, raw: true, basicAuth: {user: u}, body: in}
`

func TestRawIsExact(t *testing.T) {
	s := yamlSite(t, rawSite)
	got := wire(t, s, "GET / HTTP/1.1\r\nHost: raw.test\r\n\r\n")
	want := "HTTP/1.1 103 Early Hints\r\nLink : </x>\r\n\r\n" +
		"HTTP/1.1 299 \r\n" +
		"Date: Wed, 04 Mar 2026 05:06:07 GMT\r\n" +
		"Content-Type: text/html; charset=utf-8\r\n" +
		"Cache-Control: no-store\r\n" +
		"SET-cookie:a=1   \r\n" +
		"Set-Cookie:  b\x00\n\xe9=2\r\n" +
		"no colon at all\r\n" +
		"X Odd: raw.test\r\n" +
		"set-cookie: c\r\n" +
		"Content-Length: 99\r\n" +
		"Connection: close\r\n\r\nhi raw.test"
	if got != want {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	got = wire(t, s, "GET /r HTTP/1.1\r\nHost: raw2.test\r\n\r\n")
	want = "HTTP/1.1 302 Found\r\nconnection: keep-alive\r\ndate: x\r\ncontent-type: y\r\ncache-control: z\r\nLocation: /to here\r\n\r\n"
	if got != want {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	if got := wire(t, s, "GET /r2 HTTP/1.1\r\nHost: raw2.test\r\n\r\n"); !strings.HasSuffix(got, "\r\n\r\nlate") {
		t.Errorf("slow body: %q", got)
	}
	if got := wire(t, s, "GET /auth HTTP/1.1\r\nHost: raw2.test\r\n\r\n"); !strings.HasPrefix(got, "HTTP/1.1 401 ") {
		t.Errorf("auth: %q", got)
	}
}

// TestRawHostsHaveNoH2 relies on a client that would take h2.
func TestRawHostsHaveNoH2(t *testing.T) {
	s := yamlSite(t, rawSite)
	a := get(t, s, "https://raw2.test/r2")
	equal(t, "raw proto", a.proto, "HTTP/1.1")
	equal(t, "raw body", a.body, "late")
	equal(t, "other proto", get(t, s, "https://shop.test/").proto, "HTTP/2.0")
	everywhere := yamlSite(t, "routes: [{path: /x, raw: true, body: x}]")
	equal(t, "raw for any host", get(t, everywhere, "https://shop.test/").proto, "HTTP/1.1")
}

func TestRawOverH2IsMisdirected(t *testing.T) {
	s := yamlSite(t, rawSite)
	r := request(t, http.MethodGet, "https://shop.test/r2")
	r.Host = "raw2.test"
	a := do(t, client(t, s, true), r)
	equal(t, "proto", a.proto, "HTTP/2.0")
	equal(t, "status", a.status, 421)
}

// TestRawNoticesThatTheClientLeft ends only if the handler does.
func TestRawNoticesThatTheClientLeft(t *testing.T) {
	s := yamlSite(t, "routes: [{path: /x, raw: true, hangAfterHeaders: true}]")
	resp, err := client(t, s, false).Do(request(t, http.MethodGet, "http://a.test/x"))
	if err != nil {
		t.Fatalf("request: %v", err)
	}
	_ = resp.Body.Close()
	s.work.wait()
}
