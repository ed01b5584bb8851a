// Package jarfile reads files of cookies that a browser or a program has
// exported: cookies.txt of Netscape, as curl and wget have it, and JSON as
// browser extensions, Puppeteer and Playwright write it. It neither judges the
// cookies nor stores them.
package jarfile

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Cookie is a cookie of a file.
type Cookie struct {
	Name, Value string
	Domain      string // lower case, without a leading dot
	HostOnly    bool
	Path        string
	Secure      bool
	HTTPOnly    bool
	SameSite    string // Strict, Lax, None; empty: not said
	Expires     int64  // seconds since 1970; 0: with the session
}

// The bounds of a file.
const (
	MaxFile    = 8 << 20 // octets
	maxCookies = 10000
)

// Read reads a file. Its error says where something is wrong and quotes no
// value.
func Read(src []byte) ([]Cookie, error) {
	src = bytes.TrimPrefix(src, []byte("\ufeff"))
	switch {
	case len(src) > MaxFile:
		return nil, fmt.Errorf("it is longer than %d MB", MaxFile>>20)
	case !utf8.Valid(src):
		return nil, errors.New("it is no text in UTF-8")
	}
	read := readNetscape
	if t := bytes.TrimSpace(src); len(t) > 0 && (t[0] == '[' || t[0] == '{') {
		read = readJSON
	}
	list, err := read(src)
	switch {
	case err != nil:
		return nil, err
	case len(list) == 0:
		return nil, errors.New("it has no cookies")
	case len(list) > maxCookies:
		return nil, fmt.Errorf("it has more than %d cookies", maxCookies)
	}
	return list, nil
}

// For are the cookies that one of these hosts gets (RFC 6265 section 5.1.3),
// without those that have expired by then, in seconds since 1970.
func For(list []Cookie, hosts []string, now int64) []Cookie {
	var out []Cookie
	for _, c := range list {
		gets := func(host string) bool {
			return host == c.Domain || !c.HostOnly && strings.HasSuffix(host, "."+c.Domain)
		}
		if slices.ContainsFunc(hosts, gets) && (c.Expires == 0 || c.Expires > now) {
			out = append(out, c)
		}
	}
	return out
}

// finish checks a cookie and completes it. What is wrong comes back.
func (c *Cookie) finish() string {
	switch {
	case c.Name == "" && c.Value == "":
		return "a cookie without name and value"
	case strings.ContainsFunc(c.Name+c.Value+c.Path, func(r rune) bool { return r == ';' || r < ' ' || r == 0x7f }):
		return fmt.Sprintf("the cookie %.60q has a semicolon or a control character", c.Name)
	case c.Domain == "" || strings.ContainsAny(c.Domain, "/:@; \t"):
		return fmt.Sprintf("the cookie %.60q has no domain", c.Name)
	case c.Path == "":
		c.Path = "/"
	case c.Path[0] != '/':
		return fmt.Sprintf("the path of the cookie %.60q does not begin with a slash", c.Name)
	}
	return ""
}

func (c *Cookie) setDomain(text string) (dotted bool) {
	bare, dotted := strings.CutPrefix(strings.ToLower(strings.TrimSpace(text)), ".")
	c.Domain = bare
	return dotted
}

// httpOnlyMark begins the line of a cookie that scripts cannot read (curl).
const httpOnlyMark = "#HttpOnly_"

// readNetscape reads lines of domain, subdomains, path, secure, expiry, name
// and value, separated by tabs.
func readNetscape(src []byte) ([]Cookie, error) {
	var list []Cookie
	n := 0
	for raw := range bytes.Lines(src) {
		n++
		line, httpOnly := strings.CutPrefix(strings.TrimRight(string(raw), "\r\n"), httpOnlyMark)
		if !httpOnly && strings.HasPrefix(line, "#") || strings.TrimSpace(line) == "" {
			continue
		}
		f := strings.SplitN(line, "\t", 7)
		if len(f) < 6 {
			return nil, fmt.Errorf("line %d: %d fields, but a cookies.txt has seven, separated by tabs", n, len(f))
		}
		expires, err := strconv.ParseFloat(f[4], 64)
		if err != nil {
			return nil, fmt.Errorf("line %d: the fifth field, the expiry, is no number", n)
		}
		c := Cookie{Name: f[5], HTTPOnly: httpOnly, Path: f[2], Secure: strings.EqualFold(f[3], "TRUE"), Expires: seconds(expires)}
		c.HostOnly = !c.setDomain(f[0]) && !strings.EqualFold(f[1], "TRUE")
		if len(f) == 7 {
			c.Value = f[6]
		}
		if why := c.finish(); why != "" {
			return nil, fmt.Errorf("line %d: %s", n, why)
		}
		list = append(list, c)
	}
	return list, nil
}

// seconds is a time as files have it: -1 and 0 are the session's end.
func seconds(t float64) int64 {
	if !(t > 0) {
		return 0
	}
	return int64(math.Min(t, 1<<53))
}

// exported is a cookie as programs write it in JSON.
type exported struct {
	Name           string   `json:"name"`
	Value          string   `json:"value"`
	Domain         string   `json:"domain"`
	HostOnly       *bool    `json:"hostOnly"` // of extensions; elsewhere a dot says it
	Path           string   `json:"path"`
	Secure         bool     `json:"secure"`
	HTTPOnly       bool     `json:"httpOnly"`
	SameSite       string   `json:"sameSite"`
	ExpirationDate *float64 `json:"expirationDate"`
	Expires        *float64 `json:"expires"`
}

// readJSON reads an array of cookies, or an object that holds one as "cookies".
func readJSON(src []byte) ([]Cookie, error) {
	var all []exported
	err := json.Unmarshal(src, &all)
	var kind *json.UnmarshalTypeError
	if errors.As(err, &kind) && kind.Value == "object" && kind.Field == "" {
		var held struct {
			Cookies []exported `json:"cookies"`
		}
		err = json.Unmarshal(src, &held)
		all = held.Cookies
	}
	if err != nil {
		return nil, said(src, err)
	}
	list := make([]Cookie, 0, len(all))
	for i, e := range all {
		c := Cookie{Name: e.Name, Value: e.Value, Path: e.Path, Secure: e.Secure, HTTPOnly: e.HTTPOnly, SameSite: sameSite(e.SameSite)}
		c.HostOnly = !c.setDomain(e.Domain)
		if e.HostOnly != nil {
			c.HostOnly = *e.HostOnly
		}
		for _, t := range []*float64{e.ExpirationDate, e.Expires} {
			if t != nil {
				c.Expires = seconds(*t)
			}
		}
		if why := c.finish(); why != "" {
			return nil, fmt.Errorf("cookie %d: %s", i+1, why)
		}
		list = append(list, c)
	}
	return list, nil
}

// sameSite takes the words of browsers and of extensions.
func sameSite(text string) string {
	switch strings.ToLower(text) {
	case "strict":
		return "Strict"
	case "lax":
		return "Lax"
	case "none", "no_restriction":
		return "None"
	}
	return ""
}

// said says where JSON is wrong, without what stands there.
func said(src []byte, err error) error {
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	line := func(offset int64) int { return bytes.Count(src[:min(offset, int64(len(src)))], []byte("\n")) + 1 }
	switch {
	case errors.As(err, &syntax):
		return fmt.Errorf("line %d: it is no JSON", line(syntax.Offset))
	case errors.As(err, &kind):
		what, _, _ := strings.Cut(kind.Value, " ")
		return fmt.Errorf("line %d: %s cannot be a %s", line(kind.Offset), kind.Field, what)
	}
	return errors.New("it is no JSON")
}
