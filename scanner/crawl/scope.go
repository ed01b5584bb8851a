package crawl

import (
	"fmt"
	"net/netip"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/publicsuffix"
)

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
	if err != nil || u.Host == "" {
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

// domain is the registrable domain, or the host itself when it has none: an
// address, a single label, a public suffix.
func domain(host string) string {
	if _, err := netip.ParseAddr(host); err == nil {
		return host
	}
	d, err := publicsuffix.EffectiveTLDPlusOne(host)
	if err != nil {
		return host
	}
	return d
}

// Bounds say which links are followed. The zero value follows none.
type Bounds struct {
	Scope  Scope
	Starts []string // normalised
	// Include and Exclude are looked for anywhere in the normalised address.
	// With Include, one of them must match; of Exclude, none may.
	Include, Exclude []*regexp.Regexp
}

// Check is the reason for which a link to this normalised address is not
// followed: LeftScope or LeftExclude, or "" when it is followed.
func (b Bounds) Check(address string) Reason {
	matches := func(re *regexp.Regexp) bool { return re.MatchString(address) }
	switch {
	case !b.Scope.In(b.Starts, address):
		return LeftScope
	case len(b.Include) > 0 && !slices.ContainsFunc(b.Include, matches), slices.ContainsFunc(b.Exclude, matches):
		return LeftExclude
	}
	return ""
}

// Patterns compiles regular expressions in RE2 syntax.
func Patterns(texts []string) ([]*regexp.Regexp, error) {
	var list []*regexp.Regexp
	for _, t := range texts {
		re, err := regexp.Compile(t)
		if err != nil {
			return nil, fmt.Errorf("%q is no regular expression: %w", t, err)
		}
		list = append(list, re)
	}
	return list, nil
}
