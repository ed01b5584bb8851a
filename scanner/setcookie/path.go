package setcookie

import (
	"net/url"
	"strings"
)

// DefaultPath is the path of a cookie without a usable Path attribute: that of
// the URL up to its last slash, without query (RFC 6265bis section 5.1.4). The
// path is first written as the browser's address bar would: dot segments
// resolved, odd characters percent-encoded.
func DefaultPath(u *url.URL) string {
	if u == nil {
		return "/"
	}
	path := canonicalPath(rawPath(u))
	if i := strings.LastIndexByte(path, '/'); i > 0 {
		return path[:i]
	}
	return "/"
}

// PathMatch reports whether a cookie of that path is sent with a request for
// requestPath (RFC 6265bis section 5.1.4).
func PathMatch(requestPath, cookiePath string) bool {
	if cookiePath == "" || !strings.HasPrefix(requestPath, cookiePath) {
		return false
	}
	return len(requestPath) == len(cookiePath) ||
		cookiePath[len(cookiePath)-1] == '/' || requestPath[len(cookiePath)] == '/'
}

// rawPath is the path as written: url.URL keeps it only where it differs from
// its own encoding.
func rawPath(u *url.URL) string {
	if u.RawPath != "" {
		return u.RawPath
	}
	return u.EscapedPath()
}

// canonicalPath follows the URL standard's path state for http.
func canonicalPath(path string) string {
	var out []string
	segments := strings.Split(strings.ReplaceAll(path, `\`, "/"), "/")
	if segments[0] == "" {
		segments = segments[1:]
	}
	for i, s := range segments {
		final := i == len(segments)-1
		switch asciiLower(strings.NewReplacer("%2e", ".", "%2E", ".").Replace(s)) {
		case ".":
			if final {
				out = append(out, "")
			}
		case "..":
			if len(out) > 0 {
				out = out[:len(out)-1]
			}
			if final {
				out = append(out, "")
			}
		default:
			out = append(out, escapePath(s))
		}
	}
	return "/" + strings.Join(out, "/")
}

// escapePath encodes the URL standard's path percent-encode set.
func escapePath(s string) string {
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	for i := range len(s) {
		if c := s[i]; c <= 0x20 || c >= 0x7f || strings.IndexByte("\"#<>?^`{|}", c) >= 0 {
			b.WriteString("%" + hex[c>>4:c>>4+1] + hex[c&15:c&15+1])
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}

// cookiePath takes a Path attribute only if it begins with a slash; it is kept
// as sent, not encoded.
func cookiePath(u *url.URL, attribute string) string {
	if strings.HasPrefix(attribute, "/") {
		return attribute
	}
	return DefaultPath(u)
}
