package sitehost

import (
	"strings"
	"testing"
)

// TestMistakesAreNamed holds a wrong site.yaml a row; "@" marks the line that
// the error must name.
func TestMistakesAreNamed(t *testing.T) {
	for _, c := range []struct{ yaml, want string }{
		{"routes:\n- path: /\n  nmae: x #@\n  body: y", `unknown field "nmae"`},
		{"rutes: [] #@", `unknown field "rutes"`},
		{"routes:\n- path: /\n  path: /x #@\n  body: y", `mapping key "path" already defined`},
		{"routes:\n- body: [1] #@", "string"},
		{"routes:\n- status: abc #@\n  body: x", "int"},
		{"routes: x #@", "sequence"},
		{"routes:\n- body: \"x #@", "could not find end character"},
		{"routes: []\n---\nroutes: [] #@", "second document"},
		{"routes:\n- host: Shop.test #@\n  body: x", "lower case"},
		{"routes:\n- host: shop.test:80 #@\n  body: x", "without port"},
		{"routes:\n- host: 'a.*.test' #@\n  body: x", "*.suffix"},
		{"routes:\n- path: x #@\n  body: x", "does not begin with /"},
		{"routes:\n- path: /*/x #@\n  body: x", "at the end only"},
		{"routes:\n- path: /?x #@\n  body: x", "query"},
		{"routes:\n- body: x\n  scheme: ftp #@", "http or https"},
		{"routes:\n- body: x\n  method: post #@", "upper case"},
		{"routes:\n- body: x\n  nth: 0 #@", "counted from 1"},
		{"routes:\n- body: x\n  whenHeader: {'a b': c} #@", "no header name"},
		{"routes:\n- body: x\n  whenCookie: a\n  whenNoCookie: a #@", "contradicts"},
		{"routes:\n- body: x\n  file: site.yaml #@", "file does not go with body"},
		{"routes:\n- body: x\n- pixel: true\n  redirect: /y #@", "redirect does not go with pixel"},
		{"routes:\n- hang: true\n  headers: ['A: b'] #@", "headers does not go with hang"},
		{"routes:\n- reset: true\n  status: 200 #@", "status does not go with reset"},
		{"routes:\n- redirect: /\n  status: 200 #@", "does not go with redirect"},
		{"routes:\n- redirect: /\n  type: text/html #@", "type does not go with redirect"},
		{"routes:\n- body: x\n  status: 99 #@", "200 to 599"},
		{"routes:\n- body: x\n  status: 204 #@", "no body"},
		{"routes:\n- body: x\n  template: true #@", "template does not go with body"},
		{"routes:\n- gzipBomb: 1MB\n  gzip: true #@", "gzip does not go with gzipBomb"},
		{"routes:\n- bigBody: 1MB\n  gzip: true #@", "gzip does not go with bigBody"},
		{"routes:\n- body: x\n  bigBody: 1MB\n  endless: true #@", "endless does not go with bigBody"},
		{"routes:\n- body: x\n  bigBody: 1MB\n  gzip: true #@", "use gzipBomb"},
		{"routes:\n- bigBody: 1 XB #@", "no size"},
		{"routes:\n- gzipBomb: -5 #@", "no size"},
		{"routes:\n- bigBody: 99999999999GB #@", "no size"},
		{"routes:\n- body: x\n  delay: 5 #@", "no delay"},
		{"routes:\n- body: x\n  drip: -1s #@", "no delay"},
		{"routes:\n- websocket: {}\n  raw: true #@", "raw does not go with websocket"},
		{"routes:\n- websocket: {echo: true, close: true} #@", "echo does not go with close"},
		{"routes:\n- websocket:\n    sned: [] #@", `unknown field "sned"`},
		{"routes:\n- eventStream: {retryMs: -1} #@", "negative"},
		{"routes:\n- body: x\n  basicAuth: {password: p} #@", "want a user"},
		{"routes:\n- body: x\n  basicAuth: {user: u, realm: 'a\"b'} #@", "realm"},
		{"routes:\n- body: x\n  preflightHeaders: ['A: b'] #@", "needs cors"},
		{"routes:\n- body: x\n  type: a/b #@\n  headers: ['content-type: c/d']", "Content-Type header"},
		{"routes:\n- body: x\n  cacheControl: none #@\n  headers: ['cache-control: c']", "Cache-Control header"},
		{"routes:\n- body: x\n  headers: ['no colon'] #@", "needs raw"},
		{"routes:\n- body: x\n  headers: ['a b: c'] #@", "needs raw"},
		{"routes:\n- body: x\n  headers: ['a:  c'] #@", "needs raw"},
		{"routes:\n- body: x\n  headers: ['a: c '] #@", "needs raw"},
		{"routes:\n- body: x\n  headers: ['a: {{hex \"0a\"}}'] #@", "needs raw"},
		{"routes:\n- body: x\n  headers: ['content-length: 1'] #@", "needs raw"},
		{"routes:\n- body: x\n  headers: [''] #@\n  raw: true", "empty header"},
		{"routes:\n- body: x\n  earlyHints: ['x'] #@", "needs raw"},
		{"routes:\n- body: x\n  headers: ['a: {{dat}}'] #@", `unknown function "dat"`},
		{"routes:\n- body: 'x {{' #@", "without"},
		{"routes:\n- redirect: '/{{x}}' #@", "unknown function"},
		{"routes:\n- file: nope.js #@", "nope.js"},
		{"routes:\n- file: /a/b #@", "from the top"},
		{"routes:\n- file: ../b #@", "from the top"},
		{"routes:\n- file: shop.test #@", "is a folder"},
		{"routes:\n- file: _bad.html #@\n  template: true", "_bad.html"},
		{"routes:\n- host: shop.test\n  path: /*\n  template: true #@", "shop.test/bad.html"},
		{"routes:\n- body: x\n- host: shop.test #@\n  path: /gone.html\n  headers: ['A: b']", "no file shop.test/gone.html"},
	} {
		line := strings.Count(c.yaml[:strings.Index(c.yaml, "#@")], "\n") + 1
		s, err := Start(t.Context(), files("site.yaml", strings.Replace(c.yaml, "#@", "", 1), "_bad.html", "{{", "shop.test/bad.html", "{{"))
		if err == nil {
			s.Close()
			t.Errorf("%q: no error, want %q", c.yaml, c.want)
			continue
		}
		text := err.Error()
		if want := "reading site.yaml: line " + string(rune('0'+line)) + ": "; !strings.HasPrefix(text, want) {
			t.Errorf("%q: got %q, want it to begin with %q", c.yaml, text, want)
		}
		if !strings.Contains(text, c.want) {
			t.Errorf("%q: got %q, want %q in it", c.yaml, text, c.want)
		}
		if strings.Contains(text, "\n") {
			t.Errorf("%q: the error has several lines: %q", c.yaml, text)
		}
	}
}

func TestSiteWithoutAnything(t *testing.T) {
	for name, pairs := range map[string][]string{
		"neither site.yaml":  {"truth.json", "{}"},
		"lower case":         {"Shop.test/x", ""},
		"named after a host": {"_shared/x", ""},
	} {
		if s, err := Start(t.Context(), files(pairs...)); err == nil {
			s.Close()
			t.Errorf("no error, want %q", name)
		} else if !strings.Contains(err.Error(), name) {
			t.Errorf("got %v, want %q", err, name)
		}
	}
	start(t, files("site.yaml", "")) // an empty file is a site without routes
	start(t, files("site.yaml", "# later\n"))
}

func TestYAMLConveniences(t *testing.T) {
	s := yamlSite(t, `
routes:
- &base
  path: /a
  cors: true
  headers: &cookies
  - "Set-Cookie: a=1"
  body: |
    <p>
    text
- path: /b
  headers: *cookies
  query: {n: 1, b: true}
  body: b
`)
	equal(t, "block", get(t, s, "https://x.test/a").body, "<p>\ntext\n")
	equal(t, "alias", get(t, s, "https://x.test/b?n=1&b=true").header.Get("Set-Cookie"), "a=1")
}

func TestParseSize(t *testing.T) {
	for text, want := range map[string]int64{
		"": 0, "7": 7, "7B": 7, "64kB": 64_000, "10MB": 10_000_000, "1GB": 1_000_000_000,
		"64KiB": 65_536, "2MiB": 2 << 20, "1GiB": 1 << 30, "5 MB": 5_000_000,
	} {
		got, err := parseSize(text)
		if err != nil {
			t.Errorf("parseSize(%q): %v", text, err)
		}
		equal(t, text, got, want)
	}
}

// FuzzLoad looks for panics, for errors without a line, and for accepted
// routes that cannot be used.
func FuzzLoad(f *testing.F) {
	for _, seed := range []string{
		"", "routes: []", "routes:\n- {path: /, body: x}", "routes:\n- &a {body: '{{date +1}}'}\n- *a",
		"routes:\n- host: '*.t'\n  headers: ['A: {{hex \"e9\"}}']\n  raw: true\n  nth: 2\n  bigBody: 1kB",
		"routes:\n- websocket: {send: [a]}\n- eventStream: {events: [b], retryMs: 1}\n- template: true", "a: b: c", "- x", "routes: {a: b}",
		"routes: [{<<: {body: x}}]", "routes: [null]", "? x\n: y",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		s, err := loadSite(files("site.yaml", text, "a.t/index.html", "x"))
		if err != nil {
			if !strings.HasPrefix(err.Error(), "reading site.yaml: line ") || strings.HasPrefix(err.Error(), "reading site.yaml: line 0") {
				t.Errorf("error without a line: %v", err)
			}
			return
		}
		r := request(t, "GET", "http://a.t/?x=1")
		q := Request{Host: "a.t", Scheme: "http"}
		s.match(r, q)
		for _, rt := range s.routes {
			e := &exchange{site: s, r: r, q: q, route: rt, vals: values{now: day()}}
			c := e.routeContent()
			if c.status < 200 || c.status > 599 {
				t.Errorf("status %d", c.status)
			}
			for _, h := range expandHeaders(rt.headers, e.vals) {
				if err := checkHeader(h.text); err != nil && !rt.spec.Raw {
					t.Errorf("header accepted: %v", err)
				}
			}
		}
	})
}
