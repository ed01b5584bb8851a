// Package sitemap reads the addresses of sitemaps: XML (urlset, sitemapindex),
// RSS, Atom and plain text, also compressed, within the bounds of sitemaps.org
// and some of its own. It does not fetch: the caller hands it a function that
// does.
package sitemap

import (
	"context"
	"io"
)

// The bounds.
const (
	MaxURLs  = 50_000    // addresses of one file (sitemaps.org)
	MaxSize  = 50 << 20  // bytes of one file, uncompressed (sitemaps.org)
	MaxDepth = 2         // index files above a file
	MaxFiles = 200       // files of a site
	MaxTotal = 200_000   // addresses of a site
	MaxBytes = 200 << 20 // bytes of a site, uncompressed
	maxLoc   = 8 << 10   // bytes of an address
	// minShare is what a file may keep of its addresses at least.
	minShare = 2_000
)

// Header is what is needed of an answer.
type Header struct {
	Status   int    // after redirects
	FinalURL string // after redirects; "" is the address that was asked for
}

// Fetch gets an address. The body may still be compressed, as a file (.gz) or
// by Content-Encoding: gzip is recognised.
type Fetch func(ctx context.Context, url string) (io.ReadCloser, Header, error)

// Options say what is read.
type Options struct {
	Fetch Fetch
	// Keep tells which addresses are kept, such as those in scope. It gets them
	// absolute and otherwise as they stand in the file. nil keeps all.
	Keep func(url string) bool
	// Follow tells which sitemaps that an index names are fetched. nil follows
	// all.
	Follow func(url string) bool
}

// URL is an address of a sitemap.
type URL struct {
	Loc       string
	Alternate bool // known only as the translation of another page
}

// File is one sitemap that was read, or not.
type File struct {
	URL     string
	Found   int    // addresses in it, sitemaps too, as far as it was read
	Problem string // why it was not read, or not to its end; "" otherwise
}

// Result is what the sitemaps hold.
type Result struct {
	URLs  []URL  // without duplicates, sorted by address
	Files []File // in the order of reading
	// Dropped counts the addresses that were not kept because there were too
	// many: of each file a sample is kept.
	Dropped int
}

// Read reads the sitemaps at these addresses and those that they name, index
// by index. What cannot be read is told in Files; what was read before a file
// broke is kept. The same files give the same result.
func Read(ctx context.Context, addresses []string, o Options) Result {
	return newReader(o, MaxBytes).run(ctx, addresses)
}

func newReader(o Options, bytes int64) *reader {
	return &reader{o: o, seen: map[string]bool{}, urls: map[string]bool{}, bytes: bytes}
}

func (r *reader) run(ctx context.Context, addresses []string) Result {
	for _, a := range addresses {
		r.enqueue(a, 0)
	}
	for i := 0; i < len(r.queue); i++ {
		if ctx.Err() != nil {
			r.files = append(r.files, File{URL: r.queue[i].url, Problem: "the scan ended before it was read"})
			continue
		}
		r.file(ctx, r.queue[i])
	}
	return r.finish()
}
