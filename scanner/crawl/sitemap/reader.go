package sitemap

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/url"
	"slices"
	"strings"
)

// reader is a Read under way.
type reader struct {
	o       Options
	queue   []task
	seen    map[string]bool // files, by address
	urls    map[string]bool // true: as an alternate only
	files   []File
	bytes   int64 // that may still be read
	dropped int
}

// task is a file to read.
type task struct {
	url   string
	depth int // index files above it
}

func (r *reader) enqueue(address string, depth int) {
	if !r.seen[address] {
		r.seen[address] = true
		r.queue = append(r.queue, task{address, depth})
	}
}

// file reads one file.
func (r *reader) file(ctx context.Context, t task) {
	f := File{URL: t.url}
	err := r.fetch(ctx, t, &f)
	if err != nil {
		f.Problem = err.Error()
	}
	r.files = append(r.files, f)
}

// The problems of a file.
var (
	errTooLong  = fmt.Errorf("it is larger than %d MB; the rest was not read", MaxSize>>20)
	errTooMuch  = fmt.Errorf("the sitemaps of the site are larger than %d MB together; the rest was not read", MaxBytes>>20)
	errTooMany  = fmt.Errorf("it has more than %d addresses; the rest was not read", MaxURLs)
	errIndexes  = fmt.Errorf("it is an index below %d others", MaxDepth)
	errPage     = errors.New("a page stands in its place")
	errNoFormat = errors.New("it is no sitemap")
	errNesting  = errors.New("its elements are nested too deeply")
	errToken    = errors.New("a text in it is too long")
)

func (r *reader) fetch(ctx context.Context, t task, f *File) error {
	if r.bytes <= 0 {
		return errTooMuch
	}
	body, header, err := r.o.Fetch(ctx, t.url)
	if err != nil {
		return fmt.Errorf("it could not be fetched: %w", err)
	}
	defer body.Close()
	if header.Status < 200 || header.Status > 299 {
		return fmt.Errorf("the server answered with status %d", header.Status)
	}
	base := t.url
	if header.FinalURL != "" {
		base = header.FinalURL
		r.seen[base] = true
	}
	return r.read(body, base, t, f)
}

// read takes what a file holds, also when it breaks.
func (r *reader) read(body io.Reader, base string, t task, f *File) error {
	c := contents{share: max(minShare, MaxTotal/max(1, len(r.queue)))}
	size, beyond := int64(MaxSize), errTooLong
	if r.bytes < size {
		size, beyond = r.bytes, errTooMuch
	}
	unpacked, err := unpack(body, size, beyond)
	if err != nil {
		return err
	}
	from, _ := url.Parse(base) // nil: relative addresses stay so
	err = parse(decoded(unpacked), func(k kind, loc string) error {
		if f.Found >= MaxURLs && k != alternate {
			return errTooMany
		}
		if k != alternate {
			f.Found++
		}
		if loc = absolute(from, loc); loc != "" {
			c.add(k, loc, r.o)
		}
		return nil
	})
	r.bytes -= unpacked.read
	left := r.take(&c, t)
	if err == nil && left > 0 {
		return fmt.Errorf("it names more sitemaps than are read; %d were left out", left)
	}
	if err == nil && len(c.sitemaps) > 0 && t.depth >= MaxDepth {
		return errIndexes
	}
	return err
}

// absolute resolves an address; "" when it is none.
func absolute(base *url.URL, loc string) string {
	loc = strings.TrimSpace(loc)
	if loc == "" || len(loc) > maxLoc {
		return ""
	}
	if strings.HasPrefix(loc, "http://") || strings.HasPrefix(loc, "https://") || base == nil {
		return loc
	}
	u, err := base.Parse(loc)
	if err != nil {
		return ""
	}
	return u.String()
}

// take keeps the addresses of a file, and queues the sitemaps that it names:
// of too many, some from all over the list. It returns how many were left out.
func (r *reader) take(c *contents, t task) (left int) {
	c.trim()
	r.dropped += c.dropped
	for _, s := range c.pages {
		r.keep(s, false)
	}
	for _, s := range c.alternates {
		r.keep(s, true)
	}
	if t.depth >= MaxDepth {
		return 0
	}
	free := max(0, MaxFiles-len(r.queue))
	for i, n := 0, min(free, len(c.sitemaps)); i < n; i++ {
		r.enqueue(c.sitemaps[i*len(c.sitemaps)/n], t.depth+1)
	}
	return max(0, len(c.sitemaps)-free)
}

func (r *reader) keep(loc string, isAlternate bool) {
	if was, known := r.urls[loc]; known {
		r.urls[loc] = was && isAlternate
		return
	}
	if len(r.urls) >= MaxTotal {
		r.dropped++
		return
	}
	r.urls[loc] = isAlternate
}

func (r *reader) finish() Result {
	out := Result{Files: r.files, Dropped: r.dropped}
	for _, loc := range slices.Sorted(maps.Keys(r.urls)) {
		out.URLs = append(out.URLs, URL{Loc: loc, Alternate: r.urls[loc]})
	}
	return out
}
