package sitehost

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html"
	"io/fs"
	"net/http"
	"strings"
	"time"
)

// content is what a response says below its headers.
type content struct {
	status   int
	kind     string // Content-Type, "" for none
	location string
	body     []byte
	gzip     bool // body is gzip-encoded
	tail     tail // what follows body
	tailSize int64

	delay, drip time.Duration // before the body, between its octets
}

// transparentGIF is a GIF89a of 1x1 transparent pixel.
const transparentGIF = "R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"

// staticContent is the file of the requested path or 404; rt may be nil.
func (e *exchange) staticContent(rt *route) content {
	name := e.site.find(e.q.Host, e.r.URL.Path)
	status := http.StatusOK
	if rt != nil && rt.spec.Status != nil {
		status = *rt.spec.Status
		if name == "" || !hasBody(status) {
			return content{status: status}
		}
	}
	if name == "" {
		return notFound(e.q.Host)
	}
	body, err := e.file(name, rt != nil && rt.spec.Template)
	if err != nil {
		return brokenFile(err)
	}
	return content{status: status, kind: fileType(name), body: body}
}

func notFound(host string) content {
	text := "<!doctype html><title>404</title><p>Nothing here on " + html.EscapeString(host) + ".</p>\n"
	return content{status: http.StatusNotFound, kind: contentType("x.html"), body: []byte(text)}
}

// brokenFile tells the fixture's author that a file changed after Start.
func brokenFile(err error) content {
	return content{
		status: http.StatusInternalServerError, kind: contentType("x.txt"),
		body: []byte("site host: " + err.Error() + "\n"),
	}
}

func (e *exchange) file(name string, isTemplate bool) ([]byte, error) {
	data, err := fs.ReadFile(e.site.fs, name)
	if err != nil || !isTemplate {
		return data, err
	}
	t, err := parseTemplate(string(data))
	if err != nil {
		return nil, fmt.Errorf("file %s: %w", name, err)
	}
	return []byte(t.expand(e.vals)), nil
}

// routeContent makes the answer of the route that matched.
func (e *exchange) routeContent() content {
	rt := e.route
	c := e.answer()
	if !hasBody(c.status) {
		return content{status: c.status}
	}
	c.delay, c.drip = rt.bodyDelay, rt.drip
	if rt.spec.Type != "" {
		c.kind = rt.spec.Type
	}
	if rt.spec.Gzip {
		c.body, c.gzip = gzipped(c.body), true
	}
	return c
}

func (e *exchange) answer() content {
	rt, spec := e.route, e.route.spec
	c := content{status: http.StatusOK, kind: e.pathType()}
	c.tail, c.tailSize = rt.tail()
	if spec.Status != nil {
		c.status = *spec.Status
	}
	switch {
	case spec.Body != nil:
		c.body = []byte(rt.body.expand(e.vals))
	case spec.File != "":
		body, err := e.file(spec.File, spec.Template)
		if err != nil {
			return brokenFile(err)
		}
		c.body, c.kind = body, fileType(spec.File)
	case spec.Pixel:
		c.body, _ = base64.StdEncoding.DecodeString(transparentGIF)
		c.kind = "image/gif"
	case spec.Redirect != "":
		return e.redirect()
	case spec.EchoHeaders:
		c.body, c.kind = e.echo(), "application/json"
	case spec.EventStream != nil:
		c.body, c.kind = []byte(spec.EventStream.encode()), "text/event-stream"
	case rt.gzipBomb > 0:
		c.gzip = true
	case c.tail == tailNone:
		return e.staticContent(rt)
	}
	return c
}

func (e *exchange) redirect() content {
	status := http.StatusFound
	if s := e.route.spec.Status; s != nil {
		status = *s
	}
	return content{status: status, location: e.route.redirect.expand(e.vals)}
}

// pathType is the type of a body that has no file.
func (e *exchange) pathType() string {
	if t := contentType(e.r.URL.Path); t != "" {
		return t
	}
	return contentType("x.html")
}

func (e *exchange) echo() []byte {
	h := e.q.Header.Clone()
	h["Host"] = []string{e.r.Host}
	data, err := json.MarshalIndent(h, "", "  ")
	if err != nil {
		return []byte("{}") // a map of strings always marshals
	}
	return append(data, '\n')
}

// encode writes the stream as in the HTML standard, section 9.2.6.
func (s *eventStreamSpec) encode() string {
	var b strings.Builder
	if s.RetryMs > 0 {
		fmt.Fprintf(&b, "retry: %d\n\n", s.RetryMs)
	}
	for _, event := range s.Events {
		for line := range strings.SplitSeq(event, "\n") {
			b.WriteString("data: " + line + "\n")
		}
		b.WriteString("\n")
	}
	return b.String()
}

func gzipped(data []byte) []byte {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	// A buffer takes everything, so neither call can fail.
	_, _ = w.Write(data)
	_ = w.Close()
	return b.Bytes()
}
