package crawl

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
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

// In tells whether a normalised address lies within the scope of one of the
// starts.
func (s Scope) In(starts []string, raw string) bool {
	a := split(raw)
	if a.path == "" {
		return false
	}
	for _, start := range starts {
		if s.covers(start, raw, split(start), a) {
			return true
		}
	}
	return false
}

func (s Scope) covers(start, raw string, from, to address) bool {
	switch s {
	case ScopePage:
		return start == raw
	case ScopePrefix:
		return from.origin == to.origin && strings.HasPrefix(to.path, from.folder())
	case ScopeHost:
		return from.hostname() == to.hostname()
	case ScopeDomain:
	}
	return from.hostname() == to.hostname() || domain(from.hostname()) == domain(to.hostname())
}

// Bounds say which links are followed. The zero value follows none.
type Bounds struct {
	Scope  Scope
	Starts []string // normalised
	// Include and Exclude are looked for anywhere in the normalised address.
	// With Include, one of them must match; of Exclude, none may.
	Include, Exclude []*regexp.Regexp
	As               string // origin that the first start stands for; links there lead to that start's origin
}

// Here is where a link to a normalised address leads: to itself, or to the host
// that stands for its own.
func (b Bounds) Here(address string) string {
	if b.As == "" || len(b.Starts) == 0 {
		return address
	}
	a := split(address)
	if a.origin != b.As {
		return address
	}
	return split(b.Starts[0]).origin + strings.TrimPrefix(address, a.origin)
}

// Check is the reason for which a link to this normalised address is not
// followed: LeftScope or LeftExclude, or "" when it is followed.
func (b Bounds) Check(address string) Reason { return b.check(b.Here(address), nil) }

// check remembers in origins, when there is such a map, which origins are in
// scope.
func (b Bounds) check(address string, origins map[string]bool) Reason {
	matches := func(re *regexp.Regexp) bool { return re.MatchString(address) }
	switch {
	case !b.inScope(address, origins):
		return LeftScope
	case len(b.Include) > 0 && !slices.ContainsFunc(b.Include, matches), slices.ContainsFunc(b.Exclude, matches):
		return LeftExclude
	}
	return ""
}

func (b Bounds) inScope(address string, origins map[string]bool) bool {
	if b.Scope == ScopePage || b.Scope == ScopePrefix || origins == nil {
		return b.Scope.In(b.Starts, address)
	}
	origin := split(address).origin
	in, ok := origins[origin]
	if !ok {
		in = b.Scope.In(b.Starts, address)
		if len(origins) < maxOrigins {
			origins[strings.Clone(origin)] = in
		}
	}
	return in
}

// maxOrigins bounds what is remembered of origins.
const maxOrigins = 10_000

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
