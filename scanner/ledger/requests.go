package ledger

import (
	"net/url"
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
		u, err := url.Parse(q.URL)
		if err != nil || u.Host == "" {
			continue
		}
		r := scanner.Request{
			ID: q.Request, Page: q.Page, State: l.state(q.Time), Trigger: q.Trigger, Method: q.Method, URL: l.withoutValues(u), Type: q.Type,
			Started: q.Time.UTC(), BodyOctets: len(q.Body),
			Status: q.Answer.Status, Protocol: q.Answer.Protocol, MediaType: q.Answer.MediaType, Octets: q.Answer.Octets, From: q.Answer.From, Error: q.Answer.Failed,
			WaitMs: between(q.Time, q.Answer.Began), ReceiveMs: between(q.Answer.Began, q.Answer.Ended),
		}
		if len(q.Initiators) > 0 {
			if by, err := url.Parse(q.Initiators[0]); err == nil {
				r.Initiator = l.withoutValues(by)
			}
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

// withoutValues is an address with digests for what its query says and for the
// values of cookies in its path, and without user and fragment. What has no
// name in a query is a value.
func (l *Ledger) withoutValues(u *url.URL) string {
	plain := url.URL{Scheme: u.Scheme, Host: u.Host, Opaque: u.Opaque}
	path := l.withoutKnown(u.EscapedPath())
	if len(path) > maxPath {
		path = path[:maxPath]
		if i := strings.LastIndexByte(path, '%'); i > maxPath-3 {
			path = path[:i] // half of an escape is none
		}
		path += "..."
	}
	out := plain.String() + path
	if u.RawQuery == "" {
		return out
	}
	var params []string
	for param := range strings.SplitSeq(u.RawQuery, "&") {
		if len(params) == maxParams {
			params = append(params, "...")
			break
		}
		name, value, named := strings.Cut(param, "=")
		switch {
		case !named && param != "":
			params = append(params, l.digestOf(param))
		case named && value != "":
			params = append(params, l.withoutKnown(name[:min(len(name), maxPath)])+"="+l.digestOf(value))
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
	for _, v := range l.given {
		text = strings.ReplaceAll(text, v, l.digestOf(v))
	}
	return text
}
