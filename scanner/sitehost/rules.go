package sitehost

import (
	"fmt"
	"slices"
	"strings"
)

// answers lists the fields of which a route has at most one, each with what
// it allows beside the conditions.
func answers() []answerRule {
	plain := []string{"status", "headers", "type", "cacheControl", "earlyHints", "delay", "bodyDelay", "basicAuth", "cors", "preflightHeaders", "raw"}
	with := func(more ...string) []string { return append(more, plain...) }
	return []answerRule{
		{"body", with("drip", "gzip", "bigBody", "endless")},
		{"file", with("drip", "gzip", "bigBody", "endless", "template")},
		{"pixel", with("drip", "gzip")},
		{"redirect", []string{"status", "headers", "cacheControl", "earlyHints", "delay", "basicAuth", "cors", "preflightHeaders", "raw"}},
		{"echoHeaders", with("drip", "gzip")},
		{"websocket", []string{"headers", "delay", "basicAuth"}},
		{"eventStream", with()},
		{"gzipBomb", with()},
		{"hang", nil},
		{"hangAfterHeaders", []string{"status", "headers", "type", "cacheControl", "earlyHints", "delay", "basicAuth", "cors", "preflightHeaders", "raw"}},
		{"reset", []string{"delay"}},
		{"bigBody", with("drip")},
		{"endless", with("drip")},
		{"", with("drip", "gzip", "template")}, // the static file
	}
}

type answerRule struct {
	field   string
	allowed []string
}

func conditions() []string {
	return []string{"host", "path", "scheme", "method", "query", "whenCookie", "whenNoCookie", "whenHeader", "nth"}
}

// fieldError is a mistake in one field of a route; "" is the route itself.
type fieldError struct {
	field string
	err   error
}

func fieldErrorf(field, format string, args ...any) *fieldError {
	return &fieldError{field, fmt.Errorf(format, args...)}
}

// checkFields finds the fields that do not go together.
func checkFields(r *routeSpec) *fieldError {
	present := r.present()
	rule := answerRule{}
	for _, a := range answers() {
		if a.field == "" || slices.Contains(present, a.field) {
			rule = a
			break
		}
	}
	for _, f := range present {
		if f == rule.field || slices.Contains(rule.allowed, f) || slices.Contains(conditions(), f) {
			continue
		}
		if rule.field == "" {
			return fieldErrorf(f, "%s does not go with a static file", f)
		}
		return fieldErrorf(f, "%s does not go with %s", f, rule.field)
	}
	return checkPairs(r)
}

// checkPairs finds the contradictions that depend on more than one answer.
func checkPairs(r *routeSpec) *fieldError {
	switch {
	case r.BigBody != "" && r.Endless:
		return fieldErrorf("endless", "endless does not go with bigBody")
	case r.Gzip && (r.BigBody != "" || r.Endless):
		return fieldErrorf("gzip", "gzip does not go with bigBody or endless; use gzipBomb")
	case len(r.PreflightHeaders) > 0 && !r.Cors:
		return fieldErrorf("preflightHeaders", "preflightHeaders needs cors: true")
	case r.Type != "" && hasHeader(r.Headers, "Content-Type"):
		return fieldErrorf("type", "type does not go with a Content-Type header")
	case r.CacheControl != "" && hasHeader(r.Headers, "Cache-Control"):
		return fieldErrorf("cacheControl", "cacheControl does not go with a Cache-Control header")
	case r.WhenCookie != "" && r.WhenCookie == r.WhenNoCookie:
		return fieldErrorf("whenNoCookie", "whenNoCookie contradicts whenCookie")
	case r.Websocket != nil && r.Websocket.Echo && r.Websocket.Close:
		return fieldErrorf("websocket", "websocket: echo does not go with close")
	case r.EventStream != nil && r.EventStream.RetryMs < 0:
		return fieldErrorf("eventStream", "eventStream: retryMs is negative")
	case r.BasicAuth != nil && (r.BasicAuth.User == "" || strings.Contains(r.BasicAuth.User, ":")):
		return fieldErrorf("basicAuth", "basicAuth: want a user, without colon")
	case r.BasicAuth != nil && !plainText(r.BasicAuth.Realm):
		return fieldErrorf("basicAuth", "basicAuth: the realm has a quote, a backslash or a control character")
	}
	return checkStatus(r)
}

func checkStatus(r *routeSpec) *fieldError {
	if r.Status == nil {
		return nil
	}
	status := *r.Status
	switch {
	case status < 200 || status > 599:
		return fieldErrorf("status", "status %d: want 200 to 599", status)
	case r.Redirect != "" && (status < 300 || status > 399 || status == 304):
		return fieldErrorf("status", "status %d does not go with redirect", status)
	case !hasBody(status) && (r.Body != nil && *r.Body != "" || r.File != "" || r.Pixel || r.EchoHeaders ||
		r.EventStream != nil || r.GzipBomb != "" || r.BigBody != "" || r.Endless):
		return fieldErrorf("status", "status %d has no body", status)
	}
	return nil
}

// checkConditions validates what a route asks of a request.
func checkConditions(r *routeSpec) *fieldError {
	host := strings.TrimPrefix(r.Host, "*.")
	switch {
	case r.Host != "" && r.Host != "*" && (strings.ContainsAny(host, "*:/ \t") || host == "" || host != normalizeHost(host)):
		return fieldErrorf("host", "host %q: want a name in lower case without port, *.suffix or *", r.Host)
	case r.Path != "" && !strings.HasPrefix(r.Path, "/") && r.Path != "*":
		return fieldErrorf("path", "path %q does not begin with /", r.Path)
	case strings.Contains(strings.TrimSuffix(r.Path, "*"), "*"):
		return fieldErrorf("path", "path %q: * is allowed at the end only", r.Path)
	case strings.Contains(r.Path, "?"):
		return fieldErrorf("path", "path %q: parameters belong into query", r.Path)
	case r.Scheme != "" && r.Scheme != "http" && r.Scheme != "https":
		return fieldErrorf("scheme", "scheme %q: want http or https", r.Scheme)
	case r.Method != strings.ToUpper(r.Method) || !validToken(r.Method) && r.Method != "":
		return fieldErrorf("method", "method %q: want upper case such as POST", r.Method)
	case r.Nth != nil && *r.Nth < 1:
		return fieldErrorf("nth", "nth %d: counted from 1", *r.Nth)
	}
	for name := range r.WhenHeader {
		if !validToken(name) {
			return fieldErrorf("whenHeader", "whenHeader: %q is no header name", name)
		}
	}
	return nil
}

func plainText(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r < 0x20 || r == 0x7f || r == '"' || r == '\\' })
}

// hasBody reports whether a response of this status has a body: not 204 and
// 304 (RFC 9110, section 6.4.1), nor 205 (section 15.3.6).
func hasBody(status int) bool { return status != 204 && status != 205 && status != 304 }
