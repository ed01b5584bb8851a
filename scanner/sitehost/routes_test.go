package sitehost

import (
	"bytes"
	"compress/gzip"
	"image/gif"
	"io"
	"net/http"
	"strings"
	"testing"
)

func TestConditions(t *testing.T) {
	s := yamlSite(t, `
routes:
- {host: exact.test, path: /p, body: exact}
- {host: "*.sub.test", body: suffix}
- {path: "/pre*", body: prefix}
- {path: /scheme, scheme: https, body: secure}
- {path: /scheme, scheme: http, body: plain}
- {path: /m, method: POST, body: posted}
- {path: /q, query: {id: 7, empty: ""}, body: asked}
- {path: /c, whenCookie: sid, whenNoCookie: out, body: known}
- {path: /c, whenNoCookie: sid, body: unknown}
- {path: /h, whenHeader: {sec-gpc: "1"}, body: gpc}
- {path: /n, nth: 1, body: first}
- {path: /n, nth: 2, body: second}
- {path: /n, nth: 4, body: fourth}
- {path: "/a b", body: decoded}
- {host: "*", path: /last, body: any}
`)
	for _, c := range []struct{ method, url, header, want string }{
		{"GET", "https://exact.test/p", "", "exact"},
		{"GET", "https://exact.test/p?x", "", "exact"},
		{"GET", "https://exact.test/px", "", "404"},
		{"GET", "https://a.exact.test/p", "", "404"},
		{"GET", "https://a.sub.test/", "", "suffix"},
		{"GET", "https://a.b.sub.test/", "", "suffix"},
		{"GET", "https://sub.test/", "", "404"},
		{"GET", "https://x.test/prefix/y", "", "prefix"},
		{"GET", "https://x.test/pr", "", "404"},
		{"GET", "https://x.test/scheme", "", "secure"},
		{"GET", "http://x.test/scheme", "", "plain"},
		{"POST", "http://x.test/m", "", "posted"},
		{"GET", "http://x.test/m", "", "404"},
		{"GET", "http://x.test/q?empty=&id=7&z=1", "", "asked"},
		{"GET", "http://x.test/q?id=7", "", "404"},
		{"GET", "http://x.test/q?id=8&empty=", "", "404"},
		{"GET", "http://x.test/c", "Cookie: sid=1", "known"},
		{"GET", "http://x.test/c", "Cookie: sid=1; out=1", "404"},
		{"GET", "http://x.test/c", "Cookie: xsid=1", "unknown"},
		{"GET", "http://x.test/h", "Sec-GPC: 1", "gpc"},
		{"GET", "http://x.test/h", "Sec-GPC: 0", "404"},
		{"GET", "http://x.test/n", "", "first"},
		{"GET", "http://x.test/n", "", "second"},
		{"GET", "http://x.test/n", "", "404"},
		{"GET", "http://x.test/n", "", "fourth"},
		{"GET", "http://x.test/a%20b", "", "decoded"},
		{"GET", "http://x.test/last", "", "any"},
	} {
		var extra []string
		if c.header != "" {
			extra = []string{c.header}
		}
		a := do(t, client(t, s, true), request(t, c.method, c.url, extra...))
		if a.status == 404 {
			a.body = "404"
		}
		equal(t, c.method+" "+c.url+" "+c.header, a.body, c.want)
	}
}

func TestAnswers(t *testing.T) {
	s := yamlSite(t, `
routes:
- {host: shop.test, path: /, status: 203, headers: ["Set-Cookie: a=1", "Set-Cookie: b=2"]}
- {path: /a.js, gzip: true}
- {path: /data.json, body: '{}'}
- {path: /typed, body: x, type: image/png, cacheControl: max-age=60}
- {path: /bare, body: x, headers: ["cache-control: private", "content-TYPE: text/x", "date: never"]}
- {path: /none, body: x, cacheControl: none}
- {path: /empty, body: ""}
- {path: /collect, status: 204, headers: ["Set-Cookie: c=3"]}
- {path: /file, file: _shared/x.css}
- {path: /pixel, pixel: true}
- {path: /moved, redirect: "https://{{host}}/x", headers: ["Set-Cookie: r=1"]}
- {path: /gone, redirect: /y, status: 307}
- {path: /echo, echoHeaders: true}
- {path: /big, body: "<p>", bigBody: 100kB}
- {path: /bomb, gzipBomb: 3MiB}
`)
	a := get(t, s, "https://shop.test/")
	equal(t, "/ body", a.body, "<h1>shop</h1>")
	equal(t, "/ status", a.status, 203)
	equal(t, "/ cookies", strings.Join(a.header["Set-Cookie"], "|"), "a=1|b=2")

	a = get(t, s, "https://shop.test/a.js")
	equal(t, "gzip encoding", a.header.Get("Content-Encoding"), "gzip")
	equal(t, "gzip", gunzip(t, a.body), "let a = 1\n")

	for _, c := range []struct{ path, body, kind, cache string }{
		{"/data.json", "{}", "application/json", "no-store"},
		{"/typed", "x", "image/png", "max-age=60"},
		{"/none", "x", "text/html; charset=utf-8", ""},
		{"/empty", "", "text/html; charset=utf-8", "no-store"},
		{"/file", "b{}", "text/css; charset=utf-8", "no-store"},
		{"/big", "<p>" + strings.Repeat("x", 100_000), "text/html; charset=utf-8", "no-store"},
	} {
		for _, scheme := range []string{"http", "https"} {
			a := get(t, s, scheme+"://x.test"+c.path)
			equal(t, c.path+" status", a.status, 200)
			equal(t, c.path+" body", a.body, c.body)
			equal(t, c.path+" type", a.header.Get("Content-Type"), c.kind)
			equal(t, c.path+" cache", a.header.Get("Cache-Control"), c.cache)
		}
	}

	a = get(t, s, "https://x.test/bare")
	for name, want := range map[string]string{"Cache-Control": "private", "Content-Type": "text/x", "Date": "never"} {
		equal(t, "/bare "+name, strings.Join(a.header[name], "|"), want)
	}

	a = get(t, s, "https://x.test/collect")
	equal(t, "/collect status", a.status, 204)
	equal(t, "/collect cookie", a.header.Get("Set-Cookie"), "c=3")

	a = get(t, s, "https://x.test/pixel")
	equal(t, "/pixel type", a.header.Get("Content-Type"), "image/gif")
	img, err := gif.Decode(strings.NewReader(a.body))
	if err != nil {
		t.Fatalf("/pixel: %v", err)
	}
	equal(t, "/pixel size", img.Bounds().Size().String(), "(1,1)")
	if _, _, _, alpha := img.At(0, 0).RGBA(); alpha != 0 {
		t.Error("/pixel is not transparent")
	}

	a = get(t, s, "https://x.test/moved")
	equal(t, "/moved status", a.status, 302)
	equal(t, "/moved to", a.header.Get("Location"), "https://x.test/x")
	equal(t, "/moved cookie", a.header.Get("Set-Cookie"), "r=1")
	equal(t, "/gone status", get(t, s, "http://x.test/gone").status, 307)

	a = get(t, s, "https://x.test/echo", "X-A: 1", "X-A: 2")
	for _, want := range []string{`"X-A": [`, `"1",`, `"2"`, `"Host": [`, `"x.test"`} {
		if !strings.Contains(a.body, want) {
			t.Errorf("/echo lacks %s: %s", want, a.body)
		}
	}

	a = get(t, s, "https://x.test/bomb")
	if len(a.body) > 10_000 {
		t.Errorf("/bomb has %d octets on the wire", len(a.body))
	}
	equal(t, "/bomb size", len(gunzip(t, a.body)), 3<<20)
}

func gunzip(t *testing.T, s string) string {
	t.Helper()
	z, err := gzip.NewReader(strings.NewReader(s))
	if err != nil {
		t.Fatalf("gunzip: %v", err)
	}
	b, err := io.ReadAll(z)
	if err != nil {
		t.Fatalf("gunzip: %v", err)
	}
	return string(b)
}

func TestHeadersKeepTheirOctets(t *testing.T) {
	s := yamlSite(t, `
routes:
- path: /
  body: ""
  headers:
  - 'sEt-cOOkie: n="a  b", é{{hex "e9 ff"}}	tab;;  Path=/'
  - "Set-Cookie: other"
`)
	want := "n=\"a  b\", é\xe9\xff\ttab;;  Path=/"
	a := get(t, s, "https://x.test/")
	if got := strings.Join(a.header["Set-Cookie"], "|"); !strings.Contains(got, want) || !strings.Contains(got, "other") {
		t.Errorf("h2: got %q, want %q and other", got, want)
	}
	got := wire(t, s, "GET / HTTP/1.1\r\nHost: x.test\r\nConnection: close\r\n\r\n")
	for _, line := range []string{"sEt-cOOkie: " + want, "Set-Cookie: other"} {
		if !strings.Contains(got, "\r\n"+line+"\r\n") {
			t.Errorf("http/1.1: %q lacks %q", got, line)
		}
	}
}

func TestTemplatesInAnswers(t *testing.T) {
	s := start(t, files("site.yaml", `
routes:
- {path: /b, body: '{{host}}:{{port}} {{nonce}}', headers: ['CSP: {{nonce}}', 'Set-Cookie: a={{repeat "x" 5000}}; Expires={{date -60}}']}
- {path: /f, file: _t.html, template: true}
- {path: /plain, file: _t.html}
- {host: shop.test, template: true}
`, "_t.html", "{{date +86400}}", "shop.test/s.html", "<{{host}}>"))
	a := get(t, s, "https://x.test/b")
	_, port, _ := strings.Cut(s.Addr(), ":")
	nonce := a.header.Get("CSP")
	equal(t, "nonce length", len(nonce), 32)
	equal(t, "body", a.body, "x.test:"+port+" "+nonce)
	equal(t, "cookie", a.header.Get("Set-Cookie"), "a="+strings.Repeat("x", 5000)+"; Expires=Wed, 04 Mar 2026 05:05:07 GMT")
	if again := get(t, s, "https://x.test/b").header.Get("CSP"); again == nonce {
		t.Error("two requests have one nonce")
	}
	equal(t, "file", get(t, s, "https://x.test/f").body, "Thu, 05 Mar 2026 05:06:07 GMT")
	equal(t, "file without template", get(t, s, "https://x.test/plain").body, "{{date +86400}}")
	equal(t, "static", get(t, s, "https://shop.test/s.html").body, "<shop.test>")
}

func TestBasicAuth(t *testing.T) {
	s := yamlSite(t, `
routes:
- {path: /in, basicAuth: {user: u, password: "p:w", realm: staff}, headers: ["Set-Cookie: in=1"], body: inside}
`)
	a := get(t, s, "https://x.test/in")
	equal(t, "status", a.status, 401)
	equal(t, "challenge", a.header.Get("WWW-Authenticate"), `Basic realm="staff", charset="UTF-8"`)
	equal(t, "no cookie before", a.header.Get("Set-Cookie"), "")
	for password, want := range map[string]int{"p:w": 200, "p": 401} {
		r := request(t, http.MethodGet, "https://x.test/in")
		r.SetBasicAuth("u", password)
		a := do(t, client(t, s, true), r)
		equal(t, "status with "+password, a.status, want)
		equal(t, "body with "+password, a.body == "inside", want == 200)
	}
}

func TestCors(t *testing.T) {
	s := yamlSite(t, `
routes:
- path: /api
  method: PUT
  cors: true
  whenCookie: sid
  headers: ["Set-Cookie: x=1"]
  body: done
  preflightHeaders: ["X-Pre: 1", "Access-Control-Max-Age: 60"]
- {path: /data, cors: true, body: open}
`)
	pre := []string{"Origin: https://shop.test", "Access-Control-Request-Method: PUT", "Access-Control-Request-Headers: x-a,x-b"}
	a := do(t, client(t, s, true), request(t, http.MethodOptions, "https://api.test/api", pre...))
	equal(t, "preflight status", a.status, 204)
	for name, want := range map[string]string{
		"Access-Control-Allow-Origin": "https://shop.test", "Access-Control-Allow-Credentials": "true",
		"Access-Control-Allow-Methods": "PUT", "Access-Control-Allow-Headers": "x-a,x-b",
		"Access-Control-Max-Age": "60", "X-Pre": "1", "Set-Cookie": "", "Vary": "Origin",
	} {
		equal(t, "preflight "+name, strings.Join(a.header[name], "|"), want)
		if name == "X-Pre" && len(a.header["X-Pre"]) != 1 {
			t.Errorf("X-Pre: %v", a.header["X-Pre"])
		}
	}
	pre[1] = "Access-Control-Request-Method: DELETE"
	equal(t, "preflight of another method", do(t, client(t, s, true), request(t, http.MethodOptions, "https://api.test/api", pre...)).status, 404)

	a = do(t, client(t, s, true), request(t, http.MethodPut, "https://api.test/api", "Origin: https://shop.test", "Cookie: sid=1"))
	equal(t, "body", a.body, "done")
	equal(t, "origin", a.header.Get("Access-Control-Allow-Origin"), "https://shop.test")
	equal(t, "cookie", a.header.Get("Set-Cookie"), "x=1")
	equal(t, "without origin", get(t, s, "https://api.test/data").header.Get("Access-Control-Allow-Origin"), "")
	a = do(t, client(t, s, true), request(t, http.MethodOptions, "https://api.test/data", pre...))
	equal(t, "default max age", a.header.Get("Access-Control-Max-Age"), "0")
}

func TestHeadHasNoBody(t *testing.T) {
	s := yamlSite(t, `
routes:
- {path: /endless, endless: true}
- {path: /raw, host: raw.test, raw: true, body: hello}
`)
	for _, url := range []string{"https://shop.test/", "https://shop.test/endless", "http://raw.test/raw"} {
		a := do(t, client(t, s, true), request(t, http.MethodHead, url))
		equal(t, url+" status", a.status, 200)
		equal(t, url+" body", a.body, "")
	}
	got := wire(t, s, "HEAD /raw HTTP/1.1\r\nHost: raw.test\r\n\r\n")
	if !bytes.HasSuffix([]byte(got), []byte("\r\n\r\n")) {
		t.Errorf("raw HEAD has a body: %q", got)
	}
}
