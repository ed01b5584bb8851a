package crawl

import "strings"

// MaxAddress is the length in bytes beyond which nothing counts as the address
// of a page.
const MaxAddress = 8 << 10

// Normalize writes an address so that addresses of the same page are equal, and
// as browsers do (URL standard) where RFC 3986 leaves it open: lower-case scheme
// and host, names in ASCII (UTS 46), IP addresses in their short form, no
// default port, no user, no empty query, a path without dot segments, escapes in
// upper case and only where needed. A fragment is kept only when it is a route
// (#/..., #!...). It is false for what is not a page: other schemes, no host or
// one that cannot be resolved. Normalizing again changes nothing.
func Normalize(raw string) (string, bool) {
	if len(raw) > 4*MaxAddress {
		return "", false
	}
	scheme, rest, ok := cutScheme(browserInput(raw))
	if !ok {
		return "", false
	}
	rest, fragment, _ := strings.Cut(rest, "#")
	rest, query, _ := strings.Cut(rest, "?")
	rest = strings.ReplaceAll(rest, `\`, "/")
	authority, path := rest, ""
	if i := strings.IndexByte(rest, '/'); i >= 0 {
		authority, path = rest[:i], rest[i:]
	}
	origin, ok := normalOrigin(scheme, authority)
	if !ok {
		return "", false
	}
	address := origin + withoutDots(escape(path, inPath))
	if query != "" {
		address += "?" + escape(query, inQuery)
	}
	address += route(fragment)
	if len(address) > MaxAddress {
		return "", false
	}
	return address, true
}

// browserInput drops what browsers drop from an address before they read it.
func browserInput(raw string) string {
	raw = strings.TrimFunc(raw, func(r rune) bool { return r <= ' ' })
	if strings.ContainsAny(raw, "\t\n\r") {
		raw = strings.NewReplacer("\t", "", "\n", "", "\r", "").Replace(raw)
	}
	return raw
}

// cutScheme takes http:// or https:// off an address.
func cutScheme(s string) (scheme, rest string, ok bool) {
	for _, scheme := range []string{"http", "https"} {
		n := len(scheme) + len("://")
		if len(s) > n && strings.EqualFold(s[:len(scheme)], scheme) && s[len(scheme)] == ':' && isSlash(s[n-2]) && isSlash(s[n-1]) {
			return scheme, s[n:], true
		}
	}
	return "", "", false
}

func isSlash(c byte) bool { return c == '/' || c == '\\' }

// normalOrigin is scheme://host[:port], without the user.
func normalOrigin(scheme, authority string) (string, bool) {
	host := authority[strings.LastIndexByte(authority, '@')+1:]
	port := ""
	if i := strings.LastIndexByte(host, ':'); i > strings.LastIndexByte(host, ']') {
		host, port = host[:i], host[i+1:]
	}
	host, ok := normalHost(host)
	if !ok {
		return "", false
	}
	port, ok = normalPort(scheme, port)
	return scheme + "://" + host + port, ok
}

// withoutDots resolves dot segments (RFC 3986, section 5.2.4); "%2E" was
// written as a dot before, as browsers have it.
func withoutDots(path string) string {
	if !strings.Contains(path, "/.") {
		if path == "" {
			return "/"
		}
		return path
	}
	segments := strings.Split(path[1:], "/")
	kept := segments[:0]
	for i, s := range segments {
		last := i == len(segments)-1
		switch s {
		case ".", "..":
			if s == ".." && len(kept) > 0 {
				kept = kept[:len(kept)-1]
			}
			if last {
				kept = append(kept, "")
			}
		default:
			kept = append(kept, s)
		}
	}
	return "/" + strings.Join(kept, "/")
}

// route is the fragment of a page of a client-side router, with its "#";
// nothing for an anchor or for the router's first page, which is the document's.
func route(fragment string) string {
	fragment, _, _ = strings.Cut(fragment, ":~:") // text directives
	if !strings.HasPrefix(fragment, "/") && !strings.HasPrefix(fragment, "!") || strings.Trim(fragment, "!/") == "" {
		return ""
	}
	return "#" + escape(fragment, inFragment)
}
