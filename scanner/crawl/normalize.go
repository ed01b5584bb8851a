// Package crawl decides which page comes next: which addresses are pages, which
// are the same page and which belong to the scan. It knows no browser.
package crawl

import (
	"net/url"
	"strings"

	"golang.org/x/net/publicsuffix"
)

// Normalize writes an address so that addresses of the same page are equal:
// lower-case scheme and host, no default port, no fragment, a path. It is
// false for what is not a page: other schemes, no host.
func Normalize(raw string) (string, bool) {
	u, err := url.Parse(strings.TrimSpace(raw))
	if err != nil || u.Host == "" || u.User != nil && u.Hostname() == "" {
		return "", false
	}
	u.Scheme = strings.ToLower(u.Scheme)
	if u.Scheme != "http" && u.Scheme != "https" {
		return "", false
	}
	host := strings.TrimSuffix(strings.ToLower(u.Hostname()), ".")
	if host == "" {
		return "", false
	}
	if strings.Contains(host, ":") {
		host = "[" + host + "]"
	}
	if p := u.Port(); p != "" && (u.Scheme != "http" || p != "80") && (u.Scheme != "https" || p != "443") {
		host += ":" + p
	}
	u.Host, u.User, u.Fragment, u.RawFragment = host, nil, "", ""
	if u.Path == "" {
		u.Path = "/"
	}
	return u.String(), true
}

// Scope is how far from the start address pages are followed.
type Scope string

// The scopes, from narrow to wide.
const (
	ScopePage   Scope = "page"   // the start pages only
	ScopePrefix Scope = "prefix" // the start address' folder and below
	ScopeHost   Scope = "host"   // the same host
	ScopeDomain Scope = "domain" // the same registrable domain
)

// Scopes lists them for help texts.
var Scopes = []Scope{ScopePage, ScopePrefix, ScopeHost, ScopeDomain}

// In tells whether an address lies within the scope of one of the starts.
func (s Scope) In(starts []string, raw string) bool {
	u, err := url.Parse(raw)
	if err != nil {
		return false
	}
	for _, start := range starts {
		from, err := url.Parse(start)
		if err == nil && s.covers(from, u) {
			return true
		}
	}
	return false
}

func (s Scope) covers(from, u *url.URL) bool {
	switch s {
	case ScopePage:
		return from.String() == u.String()
	case ScopePrefix:
		folder := from.EscapedPath()[:strings.LastIndexByte(from.EscapedPath(), '/')+1]
		return from.Scheme == u.Scheme && from.Host == u.Host && strings.HasPrefix(u.EscapedPath(), folder)
	case ScopeHost:
		return from.Hostname() == u.Hostname()
	case ScopeDomain:
	}
	return domain(from.Hostname()) == domain(u.Hostname())
}

func domain(host string) string {
	d, err := publicsuffix.EffectiveTLDPlusOne(host)
	if err != nil {
		return host
	}
	return d
}
