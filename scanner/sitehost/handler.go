package sitehost

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// exchange is one request on its way to an answer.
type exchange struct {
	site  *site
	w     http.ResponseWriter
	r     *http.Request
	q     Request
	vals  values
	route *route // nil for a static file
}

// handle logs the request and answers it.
func (s *Server) handle(w http.ResponseWriter, r *http.Request) {
	if !s.work.enter() {
		return
	}
	defer s.work.leave()
	q := s.log.add(readRequest(r, s.now))
	_, port, _ := net.SplitHostPort(s.Addr())
	e := &exchange{site: s.site, w: w, r: r, q: q, vals: values{now: q.Time, host: q.Host, port: port, nonce: nonce(q.Seq)}}
	rt, isPreflight := s.site.match(r, q)
	e.route = rt
	switch {
	case rt == nil:
		e.serveStatic()
	case isPreflight:
		e.preflight()
	default:
		e.serveRoute()
	}
}

// nonce differs for every request of a server and not from run to run: a
// fixture's CSP needs no more.
func nonce(seq int) string {
	sum := sha256.Sum256([]byte("nonce " + strconv.Itoa(seq)))
	return hex.EncodeToString(sum[:16])
}

func (e *exchange) serveStatic() {
	c := e.staticContent(nil)
	e.send(httpReply{e.w}, c, e.defaults(nil, c.kind, "no-store"))
}

// preflight grants what was asked for (Fetch standard, section 4.8).
func (e *exchange) preflight() {
	lines := append(e.corsHeaders(), expandHeaders(e.route.preflight, e.vals)...)
	grant := func(name, value string) {
		for _, l := range lines {
			if strings.EqualFold(l.name, name) {
				return
			}
		}
		if value != "" {
			lines = append(lines, field(name, value))
		}
	}
	grant("Access-Control-Allow-Methods", e.r.Header.Get("Access-Control-Request-Method"))
	grant("Access-Control-Allow-Headers", e.r.Header.Get("Access-Control-Request-Headers"))
	grant("Access-Control-Max-Age", "0") // every request shows its preflight
	c := content{status: http.StatusNoContent}
	e.send(httpReply{e.w}, c, e.defaults(lines, "", "no-store"))
}

func (e *exchange) corsHeaders() []header {
	origin := e.r.Header.Get("Origin")
	if origin == "" {
		return nil
	}
	return []header{
		field("Access-Control-Allow-Origin", origin),
		field("Access-Control-Allow-Credentials", "true"),
		field("Vary", "Origin"),
	}
}

func (e *exchange) serveRoute() {
	rt, c := e.route, e.route.spec
	switch {
	case c.Hang:
		<-e.r.Context().Done()
		abandon()
	case c.Reset:
		if pause(e.r.Context(), rt.delay) {
			connOf(e.r).abort()
		}
		abandon()
	case c.Raw && e.r.ProtoMajor > 1:
		// A client reuses the connection of another host, against the
		// certificate; 421 sends it to one of its own.
		e.send(httpReply{e.w}, content{status: http.StatusMisdirectedRequest}, e.defaults(nil, "", "no-store"))
		return
	}
	if c.Websocket != nil {
		e.serveWebsocket()
		return
	}
	out, err := e.reply()
	if err != nil {
		return // the connection is gone
	}
	defer out.close()
	e.serveReply(out)
}

func (e *exchange) reply() (reply, error) {
	if !e.route.spec.Raw {
		return httpReply{e.w}, nil
	}
	out, r, err := newRawReply(e.w, e.r)
	if err != nil {
		return nil, err
	}
	e.r = r
	return out, nil
}

func (e *exchange) serveReply(out reply) {
	rt := e.route
	if len(rt.hints) > 0 && out.hints(expandHeaders(rt.hints, e.vals)) != nil {
		return
	}
	if !pause(e.r.Context(), rt.delay) {
		abandon()
	}
	if !e.authorized() {
		e.unauthorized(out)
		return
	}
	c := e.routeContent()
	lines := expandHeaders(rt.headers, e.vals)
	if rt.spec.Cors {
		lines = append(lines, e.corsHeaders()...)
	}
	if c.location != "" {
		lines = append(lines, field("Location", c.location))
	}
	if c.gzip {
		lines = append(lines, field("Content-Encoding", "gzip"))
	}
	e.send(out, c, e.defaults(lines, c.kind, rt.cacheControl()))
}

func (rt *route) cacheControl() string {
	switch rt.spec.CacheControl {
	case "":
		return "no-store"
	case "none":
		return ""
	}
	return rt.spec.CacheControl
}

// defaults puts Date, Content-Type and Cache-Control before lines, unless they
// are there or empty.
func (e *exchange) defaults(lines []header, kind, cache string) []header {
	var out []header
	for _, d := range []header{
		field("Date", e.vals.now.UTC().Format(http.TimeFormat)),
		field("Content-Type", kind),
		field("Cache-Control", cache),
	} {
		given := d.value == ""
		for _, l := range lines {
			given = given || strings.EqualFold(l.name, d.name)
		}
		if !given {
			out = append(out, d)
		}
	}
	return append(out, lines...)
}

func (e *exchange) authorized() bool {
	a := e.route.spec.BasicAuth
	if a == nil {
		return true
	}
	user, password, ok := e.r.BasicAuth()
	return ok && user == a.User && password == a.Password
}

func (e *exchange) unauthorized(out reply) {
	realm := e.route.spec.BasicAuth.Realm
	if realm == "" {
		realm = e.q.Host
	}
	lines := []header{field("WWW-Authenticate", `Basic realm="`+realm+`", charset="UTF-8"`)}
	if e.route.spec.Cors {
		lines = append(lines, e.corsHeaders()...)
	}
	c := content{status: http.StatusUnauthorized, kind: "text/plain; charset=utf-8", body: []byte("401 unauthorized\n")}
	e.send(out, c, e.defaults(lines, c.kind, "no-store"))
}

// abandon ends a response that is not complete: if the handler just returned,
// net/http would make an empty or complete-looking one of it.
func abandon() { panic(http.ErrAbortHandler) }

// pause waits and reports whether the client still does.
func pause(ctx context.Context, d time.Duration) bool {
	if d <= 0 {
		return ctx.Err() == nil
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-ctx.Done():
		return false
	}
}
