package walk

import (
	"slices"

	"cookiescan/scanner"
	"cookiescan/scanner/crawl"
)

// maxNotVisited is how many addresses the document names as left out.
const maxNotVisited = 100

// entry is a page that waits to be visited.
type entry struct {
	url    string
	depth  int
	source string // start, link
}

// frontier is the breadth-first queue of one pass.
type frontier struct {
	o       Options
	queue   []entry
	known   map[string]bool
	taken   int
	left    map[string]int
	skipped []string
}

func newFrontier(o Options) *frontier {
	f := &frontier{o: o, known: map[string]bool{}, left: map[string]int{}}
	for _, u := range o.Start {
		if n, ok := crawl.Normalize(u); ok && !f.known[n] {
			f.known[n] = true
			f.queue = append(f.queue, entry{url: n, source: "start"})
		}
	}
	return f
}

// add takes the links of a page, in their order.
func (f *frontier) add(links []string, depth int) {
	for _, l := range links {
		n, ok := crawl.Normalize(l)
		if !ok || f.known[n] {
			continue
		}
		f.known[n] = true
		switch {
		case !f.o.InScope(n):
			f.left["scope"]++
		case f.o.Depth >= 0 && depth > f.o.Depth:
			f.leave("depth", n)
		default:
			f.queue = append(f.queue, entry{url: n, depth: depth, source: "link"})
		}
	}
}

func (f *frontier) leave(reason, u string) {
	f.left[reason]++
	f.skip(u)
}

func (f *frontier) skip(u string) {
	if len(f.skipped) < maxNotVisited {
		f.skipped = append(f.skipped, u)
	}
}

// next takes up to n pages, within the limit of pages.
func (f *frontier) next(n int) []entry {
	n = min(n, len(f.queue), f.o.MaxPages-f.taken)
	if n <= 0 {
		return nil
	}
	round := f.queue[:n]
	f.queue = f.queue[n:]
	f.taken += n
	return round
}

func (f *frontier) more() bool { return len(f.queue) > 0 && f.taken < f.o.MaxPages }
func (f *frontier) found() int { return f.taken + len(f.queue) }

// report writes what was left out. With several passes the last one counts:
// all walk the same pages. What an early end of the pass left over was not left
// out by design: Incomplete tells of it.
func (f *frontier) report(c *scanner.Coverage, visited int) {
	*c = scanner.Coverage{PagesVisited: visited, PagesFound: f.taken + len(f.queue) + f.left["depth"]}
	for i, e := range f.queue {
		if i < f.o.MaxPages-f.taken {
			f.skip(e.url)
		} else {
			f.leave("max-pages", e.url)
		}
	}
	for reason, n := range f.left {
		c.LeftOut = append(c.LeftOut, scanner.Left{Reason: reason, Count: n})
	}
	slices.SortFunc(c.LeftOut, func(a, b scanner.Left) int {
		if a.Reason < b.Reason {
			return -1
		}
		return 1
	})
	slices.Sort(f.skipped)
	c.NotVisited = f.skipped
}
