package crawl

import "slices"

// Source says how an address became known.
type Source string

// The sources. A page linked in several ways keeps the first of this list that
// was seen before it was chosen.
const (
	SourceStart     Source = "start"     // given by the user
	SourceLink      Source = "link"      // a[href], area[href]
	SourceRoute     Source = "route"     // pushState, hash route, router link
	SourceControl   Source = "control"   // where a pressed control led
	SourceNext      Source = "next"      // link[rel=next|prev], paging
	SourceCanonical Source = "canonical" // link[rel=canonical]
	SourceAlternate Source = "alternate" // link[rel=alternate][hreflang], also of sitemaps
	SourceSitemap   Source = "sitemap"
	SourceAgain     Source = "again" // a second look at a page, which is no page more
	SourceSteps     Source = "steps" // opened by the user's steps
)

// rank is the order of sources.
func (s Source) rank() int {
	return slices.Index([]Source{
		SourceStart, SourceLink, SourceRoute, SourceControl, SourceNext, SourceCanonical, SourceAlternate, SourceSitemap,
	}, s)
}

// Link is an address that a page leads to, absolute and as the page has it:
// the frontier normalises it.
type Link struct {
	URL    string
	Source Source
}

// Page is a page to visit.
type Page struct {
	URL    string // normalised; that of a start page as the user gave it
	Depth  int    // links from a start page; 1 for sitemap addresses
	Source Source
}

// Outcome is what a visit brought.
type Outcome struct {
	// FinalURL is where redirects ended; "" when unknown. Where scripts changed
	// the address to (history.pushState) is a Link of the page instead.
	FinalURL  string
	Canonical string // the page's link[rel=canonical], absolute; "" when it has none
	// NewItems counts the item identities (cookies, storage keys, hosts of
	// trackers) that no page collected before this one had, in collection
	// order. Identities with an id in their name should be folded before.
	NewItems int
	// Structure is a hash of the page's outline, equal for pages built alike;
	// 0 when unknown.
	Structure uint64
	// Failed pages were visited but not seen: they count as visited and say
	// nothing about their template.
	Failed bool
}
