// Package robots reads robots.txt as RFC 9309 has it, with the Crawl-delay and
// Sitemap lines that are common beyond it. It does not fetch.
//
// It is a parser of our own because the rules are few and the details count:
// escapes in a normal form before they are compared, ties that allow, groups of
// one agent joined, other lines that do not end a group, and bounds on what a
// hostile file may cost.
package robots

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"time"
)

// The bounds.
const (
	// MaxSize is how much of a file is read, in bytes (section 2.5).
	MaxSize = 500 << 10
	// MaxDelay is the longest pause that is honoured.
	MaxDelay = 30 * time.Second
	// MaxSitemaps is the number of Sitemap lines that are kept.
	MaxSitemaps = 100
	// maxPatterns bounds the rules with wildcards, which are tried one by one.
	maxPatterns = 2000
)

// Agent is the name of our group, in lower case; without one, that of "*"
// holds.
const Agent = "cookiescan"

// Rules are what one origin allows. The zero value and nil allow everything.
// They are immutable.
type Rules struct {
	forbidden bool            // everything is
	plain     map[string]bool // rules without wildcards: allowed or not
	lengths   []int           // of plain, longest first
	patterns  []pattern       // longest first
	delay     time.Duration
	sitemaps  []string
	problem   string
}

// Read reads the answer to /robots.txt of an origin: its status, after
// redirects, and its body, of which no more than MaxSize bytes are read. It
// never fails: 2xx is parsed, 3xx (too many redirects) and 4xx allow
// everything, all else forbids everything (section 2.3.1).
func Read(status int, body io.Reader) *Rules {
	switch {
	case status >= 200 && status < 300:
		return Parse(body)
	case status >= 300 && status < 400:
		return &Rules{problem: "robots.txt redirects too often, which counts as none"}
	case status == http.StatusNotFound || status == http.StatusGone:
		return &Rules{}
	case status >= 400 && status < 500:
		return &Rules{problem: fmt.Sprintf("robots.txt answered with status %d, which counts as none", status)}
	}
	return &Rules{forbidden: true, problem: fmt.Sprintf("robots.txt answered with status %d, which forbids everything", status)}
}

// Unreachable are the rules of an origin whose robots.txt could not be fetched
// for a network error: everything is forbidden (section 2.3.1.4).
func Unreachable() *Rules {
	return &Rules{forbidden: true, problem: "robots.txt could not be fetched, which forbids everything"}
}

// Parse reads a file. What is no robots.txt, such as a page in its place, has
// no rules.
func Parse(body io.Reader) *Rules {
	text, err := io.ReadAll(io.LimitReader(body, MaxSize+1))
	p := parser{groups: map[string]*group{}}
	if len(text) > MaxSize {
		text = text[:MaxSize]
		text = text[:bytes.LastIndexAny(text, "\r\n")+1] // a rule cut short is another rule
		p.problem = "robots.txt is longer than 500 KiB; the rest was not read"
	} else if err != nil {
		text = text[:bytes.LastIndexAny(text, "\r\n")+1]
		p.problem = "robots.txt ended before it was complete"
	}
	text = bytes.TrimPrefix(text, []byte("\uFEFF"))
	if bytes.HasPrefix(bytes.TrimSpace(text), []byte("<")) {
		return &Rules{problem: "a page stands in place of robots.txt, which counts as none"}
	}
	for line := range bytes.FieldsFuncSeq(text, func(r rune) bool { return r == '\n' || r == '\r' }) {
		p.line(string(line))
	}
	return p.rules()
}

// Allowed tells whether a normalised address of the origin may be visited: the
// longest rule that matches its path and query decides, Allow where two are of
// one length (section 2.2.2).
func (r *Rules) Allowed(address string) bool {
	if r == nil {
		return true
	}
	if r.forbidden {
		return false
	}
	if len(r.plain) == 0 && len(r.patterns) == 0 {
		return true
	}
	path := normal(pathOf(address))
	allowed, length := true, -1
	for _, n := range r.lengths {
		if n <= len(path) {
			if a, ok := r.plain[path[:n]]; ok {
				allowed, length = a, n
				break
			}
		}
	}
	for _, p := range r.patterns {
		if p.length < length {
			break
		}
		if (p.length > length || p.allow && !allowed) && p.matches(path) {
			allowed, length = p.allow, p.length
		}
	}
	return allowed
}

// pathOf is the path and query of an address.
func pathOf(address string) string {
	if i := strings.Index(address, "://"); i >= 0 {
		address = address[i+3:]
	}
	address, _, _ = strings.Cut(address, "#")
	if i := strings.IndexAny(address, "/?"); i >= 0 {
		return "/" + strings.TrimPrefix(address[i:], "/")
	}
	return "/"
}

// CrawlDelay is the pause that the origin wishes between two pages, at most
// MaxDelay; 0 when it names none.
func (r *Rules) CrawlDelay() time.Duration {
	if r == nil {
		return 0
	}
	return r.delay
}

// Sitemaps lists the addresses of Sitemap lines, as they stand there, in their
// order.
func (r *Rules) Sitemaps() []string {
	if r == nil {
		return nil
	}
	return slices.Clone(r.sitemaps)
}

// Problem says in a sentence what is wrong with the file, "" when nothing is.
func (r *Rules) Problem() string {
	if r == nil {
		return ""
	}
	return r.problem
}
