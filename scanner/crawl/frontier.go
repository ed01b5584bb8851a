package crawl

import (
	"slices"
	"strings"

	"cookiescan/scanner/crawl/robots"
)

// The defaults of Options, and what the order of the visits depends on.
const (
	// DefaultMaxPages is enough for thirty pages of a dozen large templates,
	// ten pages of forty.
	DefaultMaxPages = 400
	// DefaultPerTemplate is the sample in which something that one page in ten
	// does is met with a probability of 96 %, one in five 99.9 %.
	DefaultPerTemplate = 30
	// SmallSite is the number of pages up to which a site is visited completely
	// when no bound for a template is set.
	SmallSite = 100
	// Ahead is how many pages are under way at most: a page is chosen by what all
	// but the last Ahead-1 before it brought. Which pages are visited depends on it,
	// so it should not depend on the machine.
	Ahead = 8
)

// The bounds of what is remembered.
const (
	MaxLinks      = 10_000  // links of one page
	maxKnown      = 500_000 // addresses of a site, as hashes
	maxCandidates = 100_000 // addresses of a site, as they are
)

// Options say which pages are visited.
type Options struct {
	Bounds Bounds // its Starts are visited first, whatever the bounds say
	// MaxPages bounds the visits; 0 is DefaultMaxPages.
	MaxPages int
	// PerTemplate bounds the visits of pages alike; 0 is DefaultPerTemplate
	// with SmallSite, negative is no bound. Lists and calendars without end get
	// a third of it, files a tenth. Visits that brought an outline that is new
	// in the template do not count, those that brought new items count half.
	PerTemplate int
	// Depth is how many links from a start page are followed; negative is no
	// bound.
	Depth int
	// Fixed, when not nil, is the list to walk, in this order and whatever the
	// other options say: later passes and resumed ones walk the pages of the
	// first.
	Fixed []Page
}

// Frontier hands out the pages to visit. It is used by one goroutine. For each
// page that Next gave, Done and then Add are called, in the order in which it gave
// them; further calls of Next may come before. The same calls give the same visits.
type Frontier struct {
	o          Options
	parameters *parameters
	nonces     *nonces
	tree       *tree

	known      map[uint64]state // by hash of the key
	candidates map[uint64]*candidate
	inScope    map[string]bool // by origin
	origins    map[string]*origin
	outlines   outlines
	shares     shares
	visits     map[string]*visit // by address

	starts    []Page // not yet handed out
	taken     int
	ordinary  int // pages found, without lists, calendars and files
	found     int // pages in scope
	left      map[Reason]int
	forbidden []string
	skipped   []string // addresses beyond the depth
}

// state is what is known of an address.
type state uint8

const (
	pending state = iota + 1
	visited
	alias     // seen under another address, and nothing has led here yet
	duplicate // the same, counted
	tooDeep
	outside
)

// visit is a page that was handed out.
type visit struct {
	page    Page
	group   *group
	owner   *family
	first   bool // of its family
	ended   bool
	fresh   bool // brought something new
	outline int  // its id, or noOutline
}

// The outlines of pages that have none: not seen, or not a page.
const (
	noOutline      = -1
	sitemapOutline = -2
)

// origin is what is known of an origin.
type origin struct {
	rules *robots.Rules
	told  bool
}

// New makes a frontier that knows the start pages.
func New(o Options) *Frontier {
	if o.MaxPages == 0 {
		o.MaxPages = DefaultMaxPages
	}
	f := &Frontier{
		o: o, parameters: loadParameters(), nonces: newNonces(), tree: newTree(o.Bounds.Starts),
		shares: shares{dry: map[int]int{}}, known: map[uint64]state{}, candidates: map[uint64]*candidate{}, inScope: map[string]bool{},
		origins: map[string]*origin{}, visits: map[string]*visit{}, left: map[Reason]int{},
	}
	if o.Fixed != nil {
		f.starts = slices.Clone(o.Fixed)
		return f
	}
	for _, s := range o.Bounds.Starts {
		if key := f.key(s); f.known[key] == 0 {
			f.known[key] = pending
			f.starts = append(f.starts, Page{URL: s, Source: SourceStart})
			f.origin(s)
			f.found++
		}
	}
	return f
}

// key is the hash by which an address is known.
func (f *Frontier) key(address string) uint64 { return hash(keyOf(f.parameters.clean(address))) }

// origin is the origin of an address; nil when there are too many.
func (f *Frontier) origin(address string) *origin {
	name := split(address).origin
	o := f.origins[name]
	if o == nil && len(f.origins) < maxOrigins {
		o = &origin{}
		f.origins[name] = o
	}
	return o
}

// Origins lists the origins (https://host[:port]) of pages to visit whose
// robots.txt was not told by SetRobots, sorted.
func (f *Frontier) Origins() []string {
	var list []string
	for name, o := range f.origins {
		if !o.told {
			list = append(list, name)
		}
	}
	slices.Sort(list)
	return list
}

// SetRobots tells an origin's rules; nil allows everything. Pages that they
// forbid are not visited, start pages are. Until told, everything is allowed:
// call it before Next once Origins names the origin.
func (f *Frontier) SetRobots(name string, rules *robots.Rules) {
	o := f.origins[name]
	if o == nil {
		o = &origin{}
		f.origins[name] = o
	}
	o.rules, o.told = rules, true
	for _, c := range f.ordered() {
		if split(c.page.URL).origin == name && !rules.Allowed(c.page.URL) {
			f.drop(c)
			f.forbid(c.page.URL)
		}
	}
}

// ordered lists the candidates by address.
func (f *Frontier) ordered() []*candidate {
	list := make([]*candidate, 0, len(f.candidates))
	for _, c := range f.candidates {
		list = append(list, c)
	}
	slices.SortFunc(list, func(a, b *candidate) int { return strings.Compare(a.page.URL, b.page.URL) })
	return list
}

// forbid counts an address that robots.txt forbids.
func (f *Frontier) forbid(address string) {
	f.left[LeftRobots]++
	f.forbidden = sampled(f.forbidden, address)
}
