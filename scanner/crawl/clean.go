package crawl

import (
	"slices"
	"strings"
)

// clean takes from a normalised address what says nothing about the page:
// parameters for tracking and against caches, and session ids. What remains is
// normalised.
func (p *parameters) clean(address string) string {
	a := split(address)
	path, query, fragment := p.cleanPath(a.path), p.cleanQuery(a.query), a.fragment
	if before, routeQuery, ok := strings.Cut(fragment, "?"); ok {
		fragment = joined(before, "?", p.cleanQuery(routeQuery))
	}
	if path == a.path && query == a.query && fragment == a.fragment {
		return address
	}
	return joined(joined(a.origin+path, "?", query), "#", fragment)
}

func joined(a, sep, b string) string {
	if b == "" {
		return a
	}
	return a + sep + b
}

// cleanQuery drops parameters; the others stay as they are and where they are.
func (p *parameters) cleanQuery(query string) string {
	if query == "" {
		return ""
	}
	pairs := strings.Split(query, "&")
	kept := slices.DeleteFunc(pairs, func(pair string) bool {
		name, value, _ := strings.Cut(pair, "=")
		return p.drops(name, value)
	})
	if len(kept) == strings.Count(query, "&")+1 {
		return query
	}
	return strings.Join(kept, "&")
}

// cleanPath drops ;jsessionid=... and segments like (S(...)), in which ASP.NET
// puts the session of a browser without cookies.
func (p *parameters) cleanPath(path string) string {
	if !strings.ContainsAny(path, ";(") {
		return path
	}
	segments := strings.Split(path, "/")
	kept := segments[:0]
	for i, s := range segments {
		if i < len(segments)-1 && isCookieless(s) {
			continue
		}
		kept = append(kept, p.cleanSegment(s))
	}
	if len(kept) == 1 {
		return "/"
	}
	return strings.Join(kept, "/")
}

func (p *parameters) cleanSegment(segment string) string {
	fields := strings.Split(segment, ";")
	kept := fields[:1]
	for _, f := range fields[1:] {
		name, value, _ := strings.Cut(f, "=")
		if k := p.kind(name); k != session && !(k == tokenIfLong && random(value)) {
			kept = append(kept, f)
		}
	}
	return strings.Join(kept, ";")
}

// isCookieless tells a segment like (S(0123abcd)) or (X(1)A(...)F(...)).
func isCookieless(s string) bool {
	if !strings.HasPrefix(s, "(") || !strings.HasSuffix(s, "))") {
		return false
	}
	for field := range strings.SplitSeq(s[1:len(s)-2], ")") {
		if len(field) < 3 || !isLetter(field[0]) || field[1] != '(' || strings.ContainsAny(field[2:], "()") {
			return false
		}
	}
	return true
}

// keyOf is equal for clean addresses of the same page: the parameters of the
// query are sorted (those of one name stay in their order), none is empty.
func keyOf(address string) string {
	a := split(address)
	if a.query == "" {
		return joined(a.origin+a.path, "#", a.fragment)
	}
	pairs := slices.DeleteFunc(strings.Split(strings.ReplaceAll(a.query, "%20", "+"), "&"), func(s string) bool { return s == "" })
	slices.SortStableFunc(pairs, func(x, y string) int {
		x, _, _ = strings.Cut(x, "=")
		y, _, _ = strings.Cut(y, "=")
		return strings.Compare(x, y)
	})
	return joined(joined(a.origin+a.path, "?", strings.Join(pairs, "&")), "#", a.fragment)
}
