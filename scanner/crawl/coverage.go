package crawl

// Reason says why an address was not visited.
type Reason string

// The reasons.
const (
	LeftMaxPages    Reason = "max-pages"    // the number of visits was used up
	LeftPerTemplate Reason = "per-template" // enough pages alike were visited
	LeftDepth       Reason = "depth"        // too many links away
	LeftScope       Reason = "scope"        // beyond --scope
	LeftExclude     Reason = "exclude"      // --include, --exclude
	LeftRobots      Reason = "robots"       // robots.txt forbids it
	LeftLimit       Reason = "limit"        // more links than are kept, or too long an address
	LeftDuplicate   Reason = "duplicate"    // the same page under another address
	LeftScheme      Reason = "scheme"       // not http or https, or no valid address
)

// The bounds of lists in Coverage.
const (
	MaxSample    = 100 // addresses of NotVisited, of RobotsForbidden
	MaxTemplates = 500 // rows of Templates
)

// Coverage is what was visited and what was left out by design. Found counts
// the pages in scope, and is Visited + Pending + LeftOut for max-pages,
// per-template, depth, robots, and those of limit that are known one by one.
// The other reasons count what is no page of the scan.
type Coverage struct {
	Visited, Found int
	// Pending counts the pages that would still be visited: 0 at the end of a
	// walk that was not interrupted.
	Pending    int
	LeftOut    []Left   // by reason, sorted
	NotVisited []string // a sample over all templates, sorted
	Forbidden  []string // by robots.txt: a sample, sorted
	Templates  []TemplateCoverage
	// TemplatesLeft counts the templates beyond MaxTemplates, those with the
	// fewest pages.
	TemplatesLeft int
}

// Left counts the addresses that were left out for one reason.
type Left struct {
	Reason Reason
	Count  int
}

// TemplateCoverage is what was visited of pages alike.
type TemplateCoverage struct {
	Template       string // as in "https://shop.test/p/{slug}?page"
	Found, Visited int
	Structures     int      // different outlines among the visited pages
	Sample         []string // up to 3 addresses, visited ones first
}
