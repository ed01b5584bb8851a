package ledger

import (
	"net/url"
	"regexp"
	"strings"
	"time"

	"cookiescan/scanner"
)

// Answer is what became of a request.
type Answer struct {
	Status    int // 0: none came
	Protocol  string
	MediaType string
	Octets    int64
	From      string    // cache, serviceWorker
	Began     time.Time // zero: not known
	Ended     time.Time // zero: not known
	Failed    string
}

// Requests lists the requests among observations that were added, with no value
// in their addresses. Requests of no network (data:, blob:) are left out.
func (l *Ledger) Requests(seen []Observation) []scanner.Request {
	var out []scanner.Request
	for _, o := range seen {
		q, ok := o.(Request)
		if !ok {
			continue
		}
		address := l.Address(q.URL)
		if address == "" {
			continue
		}
		r := scanner.Request{
			ID: q.Request, Page: q.Page, State: l.state(q.Time), Trigger: q.Trigger, Method: q.Method, URL: address, Type: q.Type,
			Started: q.Time.UTC(), BodyOctets: len(q.Body),
			Status: q.Answer.Status, Protocol: q.Answer.Protocol, MediaType: q.Answer.MediaType, Octets: q.Answer.Octets, From: q.Answer.From, Error: q.Answer.Failed,
			WaitMs: between(q.Time, q.Answer.Began), ReceiveMs: between(q.Answer.Began, q.Answer.Ended),
		}
		if len(q.Initiators) > 0 {
			r.Initiator = l.Address(q.Initiators[0])
		}
		out = append(out, r)
	}
	return out
}

func between(from, to time.Time) int64 {
	if from.IsZero() || to.Before(from) {
		return 0
	}
	return to.Sub(from).Milliseconds()
}

// Bounds of an address that is kept.
const (
	maxPath   = 2048
	maxParams = 100
)

// Address is the address of a request with digests for its values, and without
// user and fragment; empty for one of no network (data:, blob:).
func (l *Ledger) Address(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return ""
	}
	return l.without(u, func(_, value string) string { return l.digestOf(value) })
}

// origin is what comes before the path, without the user.
func (l *Ledger) origin(u *url.URL) string {
	return (&url.URL{Scheme: u.Scheme, Host: u.Host, Opaque: u.Opaque}).String()
}

// path is the path without the values of its parameters (RFC 3986 section 3.3),
// such as ;jsessionid=, and of cookies.
func (l *Ledger) path(u *url.URL) string {
	path := l.withoutKnown(pathParameter.ReplaceAllStringFunc(u.EscapedPath(), func(param string) string {
		name, value, _ := strings.Cut(param, "=")
		return name + "=" + l.digestOf(value)
	}))
	if len(path) > maxPath {
		path = path[:maxPath]
		if i := strings.LastIndexByte(path, '%'); i > maxPath-3 {
			path = path[:i] // half of an escape is none
		}
		path += "..."
	}
	return path
}

var pathParameter = regexp.MustCompile(`;[^;/=]+=[^;/]+`)

// without is an address with something else for what its query says, and
// without user and fragment. What has no name in a query is a value. value is
// called with a parameter and its value.
func (l *Ledger) without(u *url.URL, value func(param, value string) string) string {
	out := l.origin(u) + l.path(u)
	if u.RawQuery == "" {
		return out
	}
	var params []string
	for param := range strings.SplitSeq(u.RawQuery, "&") {
		if len(params) == maxParams {
			params = append(params, "...")
			break
		}
		name, v, named := strings.Cut(param, "=")
		switch {
		case !named && param != "":
			params = append(params, value(param, param))
		case named && v != "":
			params = append(params, l.withoutKnown(name[:min(len(name), maxPath)])+"="+value(param, v))
		default:
			params = append(params, name[:min(len(name), maxPath)]+param[len(name):])
		}
	}
	return out + "?" + strings.Join(params, "&")
}

func (l *Ledger) digestOf(value string) string { return "digest:" + l.o.Digest(value) }

// withoutKnown puts digests in the place of cookies' values, in whatever form.
func (l *Ledger) withoutKnown(text string) string {
	type replacement struct{ from, to string }
	var found []replacement
	l.needles.find(text, func(x needle) { found = append(found, replacement{x.text, l.digestOf(x.text)}) })
	for _, r := range found {
		text = strings.ReplaceAll(text, r.from, r.to)
	}
	for _, j := range l.given {
		if len(j.Value) >= needleWindow { // a shorter one stands in too much that has nothing to do with it
			text = strings.ReplaceAll(text, j.Value, l.digestOf(j.Value))
		}
	}
	return text
}
