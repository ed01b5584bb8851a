package sitehost

import (
	"fmt"
	"io/fs"
	"net/http"
	"path"
	"slices"
	"strings"
	"sync/atomic"
	"time"
)

// route is one checked route.
type route struct {
	spec *routeSpec
	host string // as in the spec
	hits atomic.Int64

	headers, hints, preflight, wsHeaders []template
	redirect, body                       template
	delay, bodyDelay, drip               time.Duration
	bigBody, gzipBomb                    int64
}

// newRoute checks one route and everything it refers to.
func (s *site) newRoute(spec *routeSpec) (*route, *fieldError) {
	for _, check := range []func(*routeSpec) *fieldError{checkConditions, checkFields} {
		if err := check(spec); err != nil {
			return nil, err
		}
	}
	r := &route{spec: spec, host: spec.Host}
	if err := r.parse(); err != nil {
		return nil, err
	}
	return r, s.checkFiles(r)
}

// parse fills in everything that is text in site.yaml and something else here.
func (r *route) parse() *fieldError {
	spec, text := r.spec, ""
	if spec.Body != nil {
		text = *spec.Body
	}
	var ws []string
	if spec.Websocket != nil {
		ws = spec.Websocket.Headers
	}
	for _, p := range []struct {
		field string
		parse func() error
	}{
		{"headers", func() (err error) { r.headers, err = parseHeaders(spec.Headers, spec.Raw); return }},
		{"earlyHints", func() (err error) { r.hints, err = parseHeaders(spec.EarlyHints, spec.Raw); return }},
		{"preflightHeaders", func() (err error) { r.preflight, err = parseHeaders(spec.PreflightHeaders, false); return }},
		{"websocket", func() (err error) { r.wsHeaders, err = parseHeaders(ws, false); return }},
		{"redirect", func() (err error) { r.redirect, err = parseLocation(spec.Redirect, spec.Raw); return }},
		{"body", func() (err error) { r.body, err = parseTemplate(text); return }},
		{"type", func() error { return checkHeader("Content-Type: " + spec.Type) }},
		{"cacheControl", func() error { return checkHeader("Cache-Control: " + spec.CacheControl) }},
		{"delay", func() (err error) { r.delay, err = parseDelay(spec.Delay); return }},
		{"bodyDelay", func() (err error) { r.bodyDelay, err = parseDelay(spec.BodyDelay); return }},
		{"drip", func() (err error) { r.drip, err = parseDelay(spec.Drip); return }},
		{"bigBody", func() (err error) { r.bigBody, err = parseSize(spec.BigBody); return }},
		{"gzipBomb", func() (err error) { r.gzipBomb, err = parseSize(spec.GzipBomb); return }},
	} {
		if err := p.parse(); err != nil {
			return &fieldError{p.field, err}
		}
	}
	return nil
}

func parseLocation(url string, raw bool) (template, error) {
	if _, err := parseHeaders([]string{"Location: " + url}, raw); err != nil {
		return template{}, err
	}
	return parseTemplate(url)
}

// checkFiles makes sure that what the route serves is there and, if it is a
// template, that it can be read.
func (s *site) checkFiles(r *route) *fieldError {
	spec := r.spec
	if spec.File != "" {
		if err := s.checkFile(spec.File, spec.Template); err != nil {
			return &fieldError{"file", err}
		}
		return nil
	}
	if r.answer() != "" {
		return nil
	}
	if r.literal() && spec.Status == nil && s.find(spec.Host, spec.Path) == "" {
		return fieldErrorf("", "nothing to serve: no body, file, redirect or status, and no file %s", path.Join(spec.Host, spec.Path))
	}
	if !spec.Template {
		return nil
	}
	return s.checkStaticTemplates(r)
}

func (s *site) checkFile(name string, isTemplate bool) error {
	if !fs.ValidPath(name) {
		return fmt.Errorf("file %q: want a path from the top of the site folder, without .. and leading /", name)
	}
	info, err := fs.Stat(s.fs, name)
	if err != nil {
		return fmt.Errorf("file %s: %w", name, err)
	}
	if info.IsDir() {
		return fmt.Errorf("file %s is a folder", name)
	}
	if !isTemplate {
		return nil
	}
	data, err := fs.ReadFile(s.fs, name)
	if err != nil {
		return fmt.Errorf("file %s: %w", name, err)
	}
	if _, err := parseTemplate(string(data)); err != nil {
		return fmt.Errorf("file %s: %w", name, err)
	}
	return nil
}

// checkStaticTemplates reads every static file that the route can serve.
func (s *site) checkStaticTemplates(r *route) *fieldError {
	err := fs.WalkDir(s.fs, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		host, rest, ok := strings.Cut(name, "/")
		if !ok || !matchHost(r.host, host) {
			return nil
		}
		urlPath := "/" + rest
		folder, isIndex := strings.CutSuffix(urlPath, "index.html")
		if !matchPath(r.spec.Path, urlPath) && (!isIndex || !matchPath(r.spec.Path, folder)) {
			return nil
		}
		return s.checkFile(name, true)
	})
	if err != nil {
		return &fieldError{"template", err}
	}
	return nil
}

// answer is the field that says what the route serves, "" for a static file.
func (r *route) answer() string {
	present := r.spec.present()
	for _, a := range answers() {
		if slices.Contains(present, a.field) {
			return a.field
		}
	}
	return ""
}

// literal reports whether host and path are exact.
func (r *route) literal() bool {
	return r.spec.Host != "" && r.spec.Path != "" && !strings.Contains(r.spec.Host+r.spec.Path, "*")
}

// http1Only reports whether a raw route can match the host.
func (s *site) http1Only(host string) bool {
	return slices.ContainsFunc(s.routes, func(r *route) bool { return r.spec.Raw && matchHost(r.host, host) })
}

// match finds the route that answers the request, nil if none does, and
// whether it is to be answered as a preflight.
func (s *site) match(r *http.Request, q Request) (found *route, isPreflight bool) {
	for _, rt := range s.routes {
		ok, pre := rt.matches(r, q)
		// A route with nth counts every request that it could answer, so the
		// loop goes on after the first match.
		if ok && !pre && rt.spec.Nth != nil {
			ok = rt.hits.Add(1) == int64(*rt.spec.Nth)
		}
		if ok && found == nil {
			found, isPreflight = rt, pre
		}
	}
	return found, isPreflight
}

// matches judges everything but nth.
func (rt *route) matches(r *http.Request, q Request) (ok, isPreflight bool) {
	c := rt.spec
	if !matchHost(c.Host, q.Host) || !matchPath(c.Path, r.URL.Path) || c.Scheme != "" && c.Scheme != q.Scheme {
		return false, false
	}
	params := r.URL.Query()
	for name, want := range c.Query {
		if !params.Has(name) || params.Get(name) != want {
			return false, false
		}
	}
	asked := r.Header.Get("Access-Control-Request-Method")
	if c.Cors && r.Method == http.MethodOptions && asked != "" {
		return c.Method == "" || c.Method == asked, true
	}
	if c.Method != "" && c.Method != r.Method {
		return false, false
	}
	return rt.matchesState(r, q), false
}

func (rt *route) matchesState(r *http.Request, q Request) bool {
	c := rt.spec
	if c.WhenCookie != "" {
		if _, ok := q.Cookie(c.WhenCookie); !ok {
			return false
		}
	}
	if c.WhenNoCookie != "" {
		if _, ok := q.Cookie(c.WhenNoCookie); ok {
			return false
		}
	}
	for name, want := range c.WhenHeader {
		if v := r.Header.Values(name); len(v) == 0 || v[0] != want {
			return false
		}
	}
	return true
}

func matchHost(pattern, host string) bool {
	if pattern == "" || pattern == "*" {
		return true
	}
	if suffix, ok := strings.CutPrefix(pattern, "*"); ok {
		return strings.HasSuffix(host, suffix) && host != suffix
	}
	return pattern == host
}

func matchPath(pattern, urlPath string) bool {
	if prefix, ok := strings.CutSuffix(pattern, "*"); ok {
		return strings.HasPrefix(urlPath, prefix)
	}
	return pattern == "" || pattern == urlPath
}
