package chrome

import (
	"context"
	"encoding/base64"
	"fmt"
	"strings"

	"github.com/chromedp/cdproto/cdp/jsonv2"
	"github.com/chromedp/cdproto/fetch"
	"github.com/chromedp/cdproto/network"

	"cookiescan/scanner/jarfile"
)

// Secrets are headers, cookies and credentials of the user. They reach the
// target's own origins and nobody else.
type Secrets struct {
	Origins   []string // schemes and hosts of the start addresses, such as https://www.x.test
	Headers   []NameValue
	Cookies   []NameValue
	Jar       []jarfile.Cookie // for the hosts of Origins, as another browser had them
	BasicAuth string           // user:password
}

// NameValue is a header or a cookie.
type NameValue struct{ Name, Value string }

func (s Secrets) injects() bool { return len(s.Headers) > 0 || s.BasicAuth != "" }

// startInjecting intercepts requests in the whole browser, so workers are
// covered like pages, and adds the pass's headers, and to the target's origins
// the user's. Overrides do not extend to redirects: each hop is met on its own.
func (b *Browser) startInjecting(ctx context.Context, p *Profile) error {
	s := p.options.Secrets
	everywhere := len(p.options.ExtraHeaders) > 0
	if !s.injects() && !everywhere {
		return nil
	}
	b.mu.Lock()
	b.injected = p
	b.mu.Unlock()
	var patterns []*fetch.RequestPattern
	for _, o := range s.Origins {
		patterns = append(patterns, &fetch.RequestPattern{URLPattern: o + "/*"})
	}
	if everywhere {
		patterns = []*fetch.RequestPattern{{URLPattern: "*"}}
	}
	if _, err := call(ctx, b.root, fetch.Enable, fetch.EnableParams{Patterns: patterns}); err != nil {
		return fmt.Errorf("preparing to send the user's headers: %w", err)
	}
	return nil
}

func (b *Browser) stopInjecting(p *Profile) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.injected == p {
		b.injected = nil
	}
}

// inject lets a paused request go, with the user's headers if its own origin
// is the target's: patterns match text, so the origin is checked once more.
func (b *Browser) inject(params jsonv2.Value) {
	e, ok := decode[fetch.EventRequestPaused](params)
	if !ok {
		return
	}
	answer := fetch.ContinueRequestParams{RequestID: e.RequestID}
	b.mu.Lock()
	p := b.injected
	b.mu.Unlock()
	if p != nil {
		answer.Headers = p.options.merge(e.Request)
	}
	fire(b.root, fetch.ContinueRequest, answer)
}

func (s Secrets) ownOrigin(u string) bool {
	o := originOf(u)
	for _, own := range s.Origins {
		if o == own {
			return true
		}
	}
	return false
}

// merge puts the pass's and, for the target's own origins, the user's headers
// over the request's own, names compared without case.
func (o ProfileOptions) merge(q *network.Request) []*fetch.HeaderEntry {
	var add []NameValue
	for name, v := range o.ExtraHeaders {
		add = append(add, NameValue{name, v})
	}
	if s := o.Secrets; s.ownOrigin(q.URL) {
		add = append(add, s.Headers...)
		if s.BasicAuth != "" {
			add = append(add, NameValue{"Authorization", "Basic " + base64.StdEncoding.EncodeToString([]byte(s.BasicAuth))})
		}
	}
	if len(add) == 0 {
		return nil
	}
	var out []*fetch.HeaderEntry
	for name, v := range q.Headers {
		if text, ok := v.(string); ok && !named(add, name) {
			out = append(out, &fetch.HeaderEntry{Name: name, Value: text})
		}
	}
	for _, h := range add {
		out = append(out, &fetch.HeaderEntry{Name: h.Name, Value: h.Value})
	}
	return out
}

func named(list []NameValue, name string) bool {
	for _, h := range list {
		if strings.EqualFold(h.Name, name) {
			return true
		}
	}
	return false
}
