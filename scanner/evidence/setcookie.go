package evidence

import (
	"bufio"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"cookiescan/scanner"
	"cookiescan/scanner/ledger"
)

// SetCookieLine is one raw Set-Cookie header as the browser received it.
type SetCookieLine struct {
	Pass    string          `json:"pass"`
	Page    string          `json:"page,omitempty"` // id; empty for a worker of no single page
	Trigger scanner.Trigger `json:"trigger,omitempty"`
	Time    time.Time       `json:"time"`              // UTC
	Request string          `json:"request,omitempty"` // the browser's id of it
	URL     string          `json:"url"`
	// Line is the header's value; Base64 is it where its octets are not UTF-8.
	// Unless values are kept, digests stand for the value of the cookie and for
	// those of attributes that no standard knows.
	Line      string   `json:"line,omitempty"`
	Base64    string   `json:"lineBase64,omitempty"`
	Redacted  bool     `json:"redacted"`
	Octets    int      `json:"octets"`            // of the raw line
	RawDigest string   `json:"rawDigest"`         // of the raw line
	Blocked   []string `json:"blocked,omitempty"` // the browser's reasons to refuse it
}

// SetCookies writes lines as they come.
type SetCookies struct {
	W       io.Writer
	Digest  func(value string) string // the one of the scan
	Keep    bool                      // values too
	Secrets []string                  // given by the user: lines that hold one are redacted all the same
}

// Add writes the lines of a response.
func (s *SetCookies) Add(pass string, r ledger.Response) error {
	for _, l := range r.SetCookie {
		line := SetCookieLine{
			Pass: pass, Page: r.Page, Trigger: r.Trigger, Time: r.Time.UTC(), Request: r.Request, URL: r.URL,
			Octets: len(l.Raw), RawDigest: s.Digest(l.Raw), Blocked: l.Blocked,
		}
		text := l.Raw
		if !s.Keep || s.secret(text) {
			text, line.Redacted = redact(text, s.Digest), true
		}
		if utf8.ValidString(text) {
			line.Line = text
		} else {
			line.Base64 = base64.StdEncoding.EncodeToString([]byte(text))
		}
		b, err := json.Marshal(line)
		if err == nil {
			_, err = s.W.Write(append(b, '\n'))
		}
		if err != nil {
			return fmt.Errorf("writing %s: %w", SetCookieFile, err)
		}
	}
	return nil
}

func (s *SetCookies) secret(text string) bool {
	return slices.ContainsFunc(s.Secrets, func(v string) bool { return v != "" && strings.Contains(text, v) })
}

// attributes are those whose values say nothing of a person (RFC 6265bis
// section 4.1, CHIPS, and Chromium's Priority).
var attributes = []string{"expires", "max-age", "domain", "path", "samesite", "priority"}

// redact puts digests in the place of values. It splits as browsers do (RFC
// 6265bis section 5.6): what is no name is a value.
func redact(line string, digest func(string) string) string {
	pair, rest, more := strings.Cut(line, ";")
	name, value, named := strings.Cut(pair, "=")
	out := name + "="
	if !named {
		out, value = "", name
	}
	out += digested(value, digest)
	for more {
		var attribute string
		attribute, rest, more = strings.Cut(rest, ";")
		key, value, ok := strings.Cut(attribute, "=")
		if ok && !slices.Contains(attributes, strings.ToLower(strings.Trim(key, " \t"))) {
			attribute = key + "=" + digested(value, digest)
		}
		out += ";" + attribute
	}
	return out
}

// digested is empty for what is empty.
func digested(value string, digest func(string) string) string {
	if value = strings.Trim(value, " \t"); value == "" {
		return ""
	}
	return "<digest:" + digest(value) + ">"
}

// KeepPasses returns the lines of some passes: those that a scan which is gone
// on with will not see again. A torn last line is dropped.
func KeepPasses(r io.Reader, passes []string) ([]byte, error) {
	var out []byte
	lines := bufio.NewReader(r)
	for {
		raw, err := lines.ReadBytes('\n')
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return nil, fmt.Errorf("reading %s: %w", SetCookieFile, err)
		}
		var line struct {
			Pass string `json:"pass"`
		}
		if json.Unmarshal(raw, &line) == nil && slices.Contains(passes, line.Pass) {
			out = append(out, raw...)
		}
	}
}
