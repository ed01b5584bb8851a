package checks

import (
	"cmp"
	"slices"

	"cookiescan/scanner"
)

// LinkState is what the address of a link led to.
type LinkState struct {
	Status  int    // of HTTP after redirects; 0 when no answer came
	Problem string // why none came, for a person
}

// speaks tells whether this scan speaks for all that are judged in one run: it
// is the one that began first.
func (c *Context) speaks() bool {
	return !slices.ContainsFunc(c.options.Others, c.follows)
}

// follows tells whether this scan began after another one.
func (c *Context) follows(o *scanner.Scan) bool {
	return cmp.Or(o.Started.Compare(c.scan.Started), cmp.Compare(o.Target.URL, c.scan.Target.URL)) < 0
}

// scans are all that are judged in one run, this one first.
func (c *Context) scans() []*scanner.Scan {
	return append([]*scanner.Scan{c.scan}, c.options.Others...)
}
