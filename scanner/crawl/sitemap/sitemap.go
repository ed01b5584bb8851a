// Package sitemap reads the addresses of sitemaps: XML (urlset, sitemapindex),
// RSS, Atom and plain text, also compressed, within the bounds of sitemaps.org.
// It does not fetch: the caller hands it a function that does.
package sitemap

import (
	"context"
	"io"
)

// The bounds.
const (
	MaxURLs  = 50_000   // addresses of one file (sitemaps.org)
	MaxSize  = 50 << 20 // bytes of one file, uncompressed (sitemaps.org)
	MaxDepth = 2        // index files above a file
	MaxFiles = 200      // files of a site
	MaxTotal = 200_000  // addresses of a site
	MaxBytes = 200 << 20
)

// Header is what is needed of an answer.
type Header struct {
	Status      int    // after redirects
	ContentType string // may be ""
	FinalURL    string // after redirects; "" is the address asked for
}

// Fetch gets an address. The body may still be compressed as a file (.gz); a
// Content-Encoding is undone by the caller or not at all: gzip is recognised.
type Fetch func(ctx context.Context, url string) (io.ReadCloser, Header, error)

// Options say what is read.
type Options struct {
	Fetch Fetch
	// Keep tells which addresses are kept, such as those in scope; it gets them
	// as they stand in the file, absolute. nil keeps all.
	Keep func(url string) bool
	// Follow tells which sitemaps are fetched. nil follows those of the same
	// registrable domain... as the file that names them.
	Follow func(url string) bool
}

// URL is an address of a sitemap.
type URL struct {
	Loc       string
	Alternate bool // known as the translation of another only
}

// File is one sitemap that was read, or not.
type File struct {
	URL     string
	Found   int    // addresses in it
	Kept    int    // of them, kept and not known before
	Problem string // why it was not read, or not to its end; "" otherwise
}

// Result is what the sitemaps hold.
type Result struct {
	URLs  []URL  // without duplicates, sorted by address
	Files []File // in the order of reading
	// Dropped counts the addresses beyond MaxTotal.
	Dropped int
}

// Read reads the sitemaps at these addresses and those that they name.
func Read(ctx context.Context, addresses []string, o Options) Result { return Result{} }
