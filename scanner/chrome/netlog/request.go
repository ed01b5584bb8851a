package netlog

import (
	"strconv"
	"strings"
)

// Bounds on what open requests hold.
const (
	maxRequests = 8192
	maxURL      = 8 << 10
)

// openRequest is the state of one URL_REQUEST source between its begin and end.
type openRequest struct {
	hop   *Request // nil between hops
	lines []string // Set-Cookie lines of the newest response
	next  int      // first line without a verdict
	// jumped is set when a verdict was not about the next line: then a verdict
	// that names no cookie can no longer be given a line.
	jumped bool
	last   int64 // Seq of the newest response or verdict
	store  int   // the cookie store, once known
}

// requests holds the open requests by source id.
type requests struct {
	open    map[int]*openRequest
	limit   int
	dropped int64 // requests that found no room
}

func newRequests() requests {
	return requests{open: map[int]*openRequest{}, limit: maxRequests}
}

func (r *requests) end(id int) { delete(r.open, id) }

// get returns the state of a source, nil if there is none and no room for it.
func (r *requests) get(id int) *openRequest {
	if q, ok := r.open[id]; ok {
		return q
	}
	if len(r.open) >= r.limit {
		r.dropped++
		return nil
	}
	q := &openRequest{}
	r.open[id] = q
	return q
}

// startJob begins or ends one hop.
func (p *parser) startJob(raw *rawEvent) {
	if raw.Phase == p.consts.end {
		// The lines have their verdicts by now, and a hop whose begin is missing
		// must not inherit the address of this one.
		if q := p.requests.open[raw.Source.ID]; q != nil {
			*q = openRequest{store: q.store}
		}
		return
	}
	q := p.requests.get(raw.Source.ID)
	if q == nil {
		return
	}
	top, frame := isolationSites(raw.Params.IsolationKey)
	*q = openRequest{store: q.store, hop: &Request{
		Source:         raw.Source.ID,
		URL:            cut(raw.Params.URL, maxURL),
		Method:         raw.Params.Method,
		Kind:           requestKind(raw.Params.URL, raw.Params.RequestType),
		Initiator:      site(raw.Params.Initiator),
		TopLevelSite:   top,
		FrameSite:      frame,
		SiteForCookies: siteForCookies(raw.Params.SiteForCookies),
		SavesCookies:   raw.Params.LoadFlags&p.consts.noSave == 0,
	}}
}

// requestHeaders adds what only the request's fields tell. The Request may have
// been handed out already, so it is replaced and not changed.
func (p *parser) requestHeaders(raw *rawEvent) {
	q := p.requests.open[raw.Source.ID]
	if q == nil || q.hop == nil {
		return
	}
	hop := *q.hop
	for _, field := range raw.Params.Headers {
		switch name, value := cutField(field); name {
		case "sec-fetch-dest":
			hop.Dest = value
		case "referer":
			hop.Referrer = cut(value, maxURL)
		case "service-worker":
			hop.Kind = KindServiceWorkerScript
		}
	}
	q.hop = &hop
}

// responseHeaders is told for every HTTP version and for a WebSocket's 101.
func (p *parser) responseHeaders(raw *rawEvent) Event {
	e := &SetCookieHeader{Stamp: p.stamp(raw)}
	for i, field := range raw.Params.Headers {
		if i == 0 {
			e.Status = statusCode(field)
			continue
		}
		switch name, value := cutField(field); name {
		case "set-cookie":
			e.Lines = append(e.Lines, value)
		case "clear-site-data":
			e.ClearSiteData = append(e.ClearSiteData, value)
		}
	}
	if q := p.requests.open[raw.Source.ID]; q != nil {
		q.lines, q.next, q.jumped, q.last = e.Lines, 0, false, e.Seq
		e.Request = q.hop
	}
	if len(e.Lines) == 0 && len(e.ClearSiteData) == 0 {
		return nil
	}
	return e
}

// statusCode reads "HTTP/1.1 200 OK", which Chromium writes for HTTP/2 too.
func statusCode(line string) int {
	_, rest, _ := strings.Cut(line, " ")
	digits, _, _ := strings.Cut(rest, " ")
	code, err := strconv.Atoi(digits)
	if err != nil || code < 100 || code > 999 {
		return 0
	}
	return code
}

func requestKind(url, requestType string) string {
	switch {
	case strings.HasPrefix(url, "ws:") || strings.HasPrefix(url, "wss:"):
		return KindWebSocket
	case requestType == "main frame":
		return KindMainFrame
	case requestType == "subframe":
		return KindSubframe
	}
	return KindOther
}

// site keeps what is an origin or site; Chromium writes "not an origin", "null"
// and the like for everything else.
func site(s string) string {
	if strings.Contains(s, "://") && !strings.ContainsAny(s, " ,") {
		return cut(s, maxURL)
	}
	return ""
}

// isolationSites splits "https://top.test https://frame.test".
func isolationSites(key string) (top, frame string) {
	first, second, _ := strings.Cut(key, " ")
	return site(first), site(second)
}

// siteForCookies reads "SiteForCookies: {site=https://a.test; schemefully_same=true}".
func siteForCookies(s string) string {
	_, rest, _ := strings.Cut(s, "site=")
	value, _, _ := strings.Cut(rest, ";")
	return site(value)
}

func cut(s string, limit int) string {
	if len(s) > limit {
		s = s[:limit]
	}
	return strings.Clone(s)
}
