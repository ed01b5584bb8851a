package crawl

import "cookiescan/scanner/crawl/robots"

// The defaults of Options.
const (
	DefaultMaxPages    = 400
	DefaultPerTemplate = 30
	// Round is the number of pages a round should have. Results depend on it
	// but not on how many tabs work on a round.
	Round = 8
)

// Options say which pages are visited.
type Options struct {
	Bounds Bounds // its Starts are visited first, whatever the bounds say
	// MaxPages bounds the visits; 0 is DefaultMaxPages.
	MaxPages int
	// PerTemplate bounds the visits of pages alike; 0 is DefaultPerTemplate,
	// negative is no bound.
	PerTemplate int
	// Depth is how many links from a start page are followed; negative is no
	// bound.
	Depth int
	// Fixed, when not nil, is the list to walk, in this order and whatever
	// Bounds and MaxPages say: later passes and resumed ones walk the pages of
	// the first.
	Fixed []Page
}

// Frontier hands out the pages to visit, in rounds. It is used by one
// goroutine. Whatever is told to it between two calls of Next must be told in
// the order of the pages as Next gave them; then the same site gives the same
// visits. How pages are chosen: see Next.
type Frontier struct {
	o     Options
	queue []Page
	taken int
	known map[string]bool
}

// New makes a frontier that knows the start pages.
func New(o Options) *Frontier {
	f := &Frontier{o: o, known: map[string]bool{}}
	for _, s := range o.Bounds.Starts {
		f.queue = append(f.queue, Page{URL: s, Source: SourceStart})
	}
	return f
}

// Add takes the links of a page that was visited, in the order of the page.
func (f *Frontier) Add(from Page, links []Link) {}

// AddSitemap takes addresses of sitemaps. They come after the links of the
// start page, whenever they are told.
func (f *Frontier) AddSitemap(links []Link) {}

// Origins lists the origins (https://host[:port]) of pages to visit whose
// robots.txt was not told by SetRobots, sorted. Each is listed until it is told.
func (f *Frontier) Origins() []string { return nil }

// SetRobots tells an origin's rules; nil allows everything. Pages that they
// forbid are not visited, start pages are. Until told, everything is allowed.
func (f *Frontier) SetRobots(origin string, rules *robots.Rules) {}

// Next is the next round of up to n pages, none when the walk is done. The
// first start page comes alone, then the other ones.
func (f *Frontier) Next(n int) []Page {
	n = min(n, len(f.queue))
	if f.taken == 0 {
		n = min(n, 1)
	}
	round := f.queue[:n]
	f.queue = f.queue[n:]
	f.taken += n
	return round
}

// Done tells what the visit of a page brought.
func (f *Frontier) Done(page Page, out Outcome) {}

// More tells whether Next would give a page.
func (f *Frontier) More() bool { return len(f.queue) > 0 }

// Left estimates how many pages the next rounds will still visit, as known by
// now: for progress.
func (f *Frontier) Left() int { return len(f.queue) }

// Coverage is what was visited and left out so far.
func (f *Frontier) Coverage() Coverage { return Coverage{} }
