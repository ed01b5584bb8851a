package sitehost

import (
	"bytes"
	"context"
	"crypto/sha256"
	"crypto/tls"
	"encoding/base64"
	"fmt"
	"io"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
)

func TestOnePortSpeaksEveryProtocol(t *testing.T) {
	s := yamlSite(t, "routes: []")
	for _, c := range []struct {
		url, proto, scheme string
		h2                 bool
	}{
		{"https://shop.test/", "HTTP/2.0", "https", true},
		{"https://shop.test/", "HTTP/1.1", "https", false},
		{"http://shop.test/", "HTTP/1.1", "http", true},
	} {
		a := do(t, client(t, s, c.h2), request(t, http.MethodGet, c.url))
		equal(t, c.url+" status", a.status, 200)
		equal(t, c.url+" body", a.body, "<h1>shop</h1>")
		equal(t, c.url+" proto", a.proto, c.proto)
		all := s.Requests()
		equal(t, c.url+" logged proto", all[len(all)-1].Proto, c.proto)
		equal(t, c.url+" logged scheme", all[len(all)-1].Scheme, c.scheme)
	}
}

func TestCertificatesShareOneKey(t *testing.T) {
	s := yamlSite(t, "routes: []")
	for _, host := range []string{"shop.test", "shop.co.uk", "USER.github.io", "127.0.0.1"} {
		config := trust(t, s)
		config.ServerName = host
		c, err := (&tls.Dialer{Config: config}).DialContext(t.Context(), "tcp4", s.Addr())
		if err != nil {
			t.Fatalf("handshake for %s: %v", host, err)
		}
		leaf := c.(*tls.Conn).ConnectionState().PeerCertificates[0]
		sum := sha256.Sum256(leaf.RawSubjectPublicKeyInfo)
		equal(t, host+" SPKI", base64.StdEncoding.EncodeToString(sum[:]), s.SPKI())
		if host == "shop.test" && leaf.VerifyHostname("shop.co.uk") == nil {
			t.Error("the certificate of shop.test is valid for shop.co.uk: h2 connections would be shared")
		}
		_ = c.Close()
	}
}

func TestStaticFiles(t *testing.T) {
	s := start(t, files(
		"shop.test/index.html", "home", "shop.test/cart/index.html", "cart", "shop.test/a.js", "js",
		"shop.test/x y.svg", "<svg/>", "shop.test/odd.zzz", "?", "shop.test/t.txt", "{{date}}",
		"_shared/s.js", "shared", "truth.json", "{}",
	))
	for _, c := range []struct {
		path, body, kind string
		status           int
	}{
		{"/", "home", "text/html; charset=utf-8", 200},
		{"/index.html?x=1", "home", "text/html; charset=utf-8", 200},
		{"/cart/", "cart", "text/html; charset=utf-8", 200},
		{"/cart", "cart", "text/html; charset=utf-8", 200},
		{"/a.js", "js", "text/javascript; charset=utf-8", 200},
		{"/x%20y.svg", "<svg/>", "image/svg+xml", 200},
		{"/odd.zzz", "?", "application/octet-stream", 200},
		{"/t.txt", "{{date}}", "text/plain; charset=utf-8", 200},
		{"/a.js/", "", "text/html; charset=utf-8", 404},
		{"/nothing", "", "text/html; charset=utf-8", 404},
		{"/../truth.json", "", "text/html; charset=utf-8", 404},
		{"/%2e%2e/_shared/s.js", "", "text/html; charset=utf-8", 404},
	} {
		a := get(t, s, "https://shop.test"+c.path)
		equal(t, c.path+" status", a.status, c.status)
		equal(t, c.path+" type", a.header.Get("Content-Type"), c.kind)
		equal(t, c.path+" cache", a.header.Get("Cache-Control"), "no-store")
		equal(t, c.path+" date", a.header.Get("Date"), "Wed, 04 Mar 2026 05:06:07 GMT")
		if c.status == 200 {
			equal(t, c.path+" body", a.body, c.body)
		}
	}
	for _, host := range []string{"other.test", "_shared"} {
		equal(t, host, get(t, s, "http://"+host+"/s.js").status, 404)
	}
}

func TestHosts(t *testing.T) {
	s := start(t, files("shop.test/a", "", "cdn.test/a", "", "_shared/x", "", "site.yaml",
		"routes:\n- {host: api.test, body: x}\n- {host: '*.ads.test', body: x}\n- {host: shop.test, status: 204}"))
	if got, want := s.Hosts(), []string{"api.test", "cdn.test", "shop.test"}; !reflect.DeepEqual(got, want) {
		t.Errorf("Hosts: got %v, want %v", got, want)
	}
}

func TestRequestLog(t *testing.T) {
	s := yamlSite(t, "routes: []")
	body := strings.Repeat("b", 70_000)
	r := request(t, http.MethodPost, "https://Shop.test:443/p%20q?x=%41&y", "Cookie: a=1; b=x=y;c; ; =d", "X-Two: 1", "X-Two: 2")
	r.Body, r.ContentLength = io.NopCloser(strings.NewReader(body)), int64(len(body))
	do(t, client(t, s, true), r)
	get(t, s, "http://shop.test/second")

	all := s.Requests()
	if len(all) != 2 {
		t.Fatalf("got %d requests, want 2", len(all))
	}
	q := all[0]
	equal(t, "seq", q.Seq, 1)
	equal(t, "time", q.Time, day())
	equal(t, "method", q.Method, "POST")
	equal(t, "URL", q.URL(), "https://shop.test/p%20q?x=%41&y")
	equal(t, "headers", fmt.Sprint(q.Header["X-Two"]), "[1 2]")
	equal(t, "cookies", fmt.Sprint(q.Cookies), "[{a 1} {b x=y} { c} { d}]")
	equal(t, "body", string(q.Body), body[:64_000])
	equal(t, "truncated", q.BodyTruncated, true)
	equal(t, "second", all[1].URL(), "http://shop.test/second")
	equal(t, "second truncated", all[1].BodyTruncated, false)
	if _, ok := q.Cookie("zz"); ok {
		t.Error("Cookie finds a name that is not there")
	}

	all[0].Header.Set("X-Two", "changed")
	all[0].Body[0] = '!'
	if again := s.Requests()[0]; again.Header.Get("X-Two") != "1" || bytes.ContainsRune(again.Body, '!') {
		t.Error("Requests hands out its own memory")
	}
}

func TestConcurrentClients(t *testing.T) {
	s := yamlSite(t, "routes:\n- {path: /n, nth: 40, body: fortieth}\n- {path: /n, body: other}\n")
	c := client(t, s, true)
	var mu sync.Mutex
	bodies := map[string]int{}
	var wg sync.WaitGroup
	for i := range 80 {
		r := request(t, http.MethodGet, fmt.Sprintf("%s://h%d.test/n", []string{"http", "https"}[i%2], i%7))
		wg.Go(func() {
			resp, err := c.Do(r)
			if err != nil {
				t.Errorf("request: %v", err)
				return
			}
			defer resp.Body.Close()
			b, err := io.ReadAll(resp.Body)
			if err != nil {
				t.Errorf("body: %v", err)
			}
			mu.Lock()
			defer mu.Unlock()
			bodies[string(b)]++
		})
	}
	wg.Wait()
	equal(t, "fortieth", bodies["fortieth"], 1)
	equal(t, "other", bodies["other"], 79)
	for i, q := range s.Requests() {
		equal(t, "seq", q.Seq, i+1)
	}
	equal(t, "logged", len(s.Requests()), 80)
}

func TestCloseEndsEverything(t *testing.T) {
	s := yamlSite(t, `
routes:
- {path: /hang, hang: true}
- {path: /open, hangAfterHeaders: true}
- {path: /raw, raw: true, host: raw.test, endless: true}
- {path: /events, eventStream: {events: [one]}}
`)
	silent := dial(t, s) // connects and says nothing
	c := client(t, s, true)
	for _, url := range []string{"https://shop.test/open", "http://raw.test/raw", "https://raw.test/raw", "http://shop.test/events"} {
		resp, err := c.Do(request(t, http.MethodGet, url))
		if err != nil {
			t.Fatalf("%s: %v", url, err)
		}
		defer resp.Body.Close()
	}
	r := request(t, http.MethodGet, "https://shop.test/hang")
	hung := make(chan error, 1)
	go func() {
		resp, err := c.Do(r)
		if err == nil {
			_ = resp.Body.Close()
		}
		hung <- err
	}()
	arrived := func(q Request) bool { return q.Path == "/hang" }
	for !slices.ContainsFunc(s.Requests(), arrived) {
		get(t, s, "http://other.test/")
	}
	s.Close()
	s.Close()
	if err := <-hung; err == nil {
		t.Error("the hanging request got an answer")
	}
	if n, err := silent.Read(make([]byte, 1)); err == nil {
		t.Errorf("the silent connection is still open, %d octets", n)
	}
}

func TestContextEndsTheServer(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	s, err := Start(ctx, files("a.test/x", ""))
	if err != nil {
		t.Fatalf("Start: %v", err)
	}
	c := dial(t, s)
	cancel()
	if _, err := c.Read(make([]byte, 1)); err == nil {
		t.Error("the connection is still open")
	}
	s.Close()
}
