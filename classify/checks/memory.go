package checks

import (
	"slices"
	"time"

	"cookiescan/scanner"
)

// storeConsent is the purpose of what keeps the choice.
const storeConsent = "store-consent"

// memories are the items that keep the visitor's choice.
func (c *Context) memories() []*item {
	var list []*item
	for _, i := range c.items {
		named := slices.ContainsFunc(c.looks, func(l look) bool { return slices.Contains(l.consent.Memory, i.name) })
		if named || i.found.Purpose == storeConsent {
			list = append(list, i)
		}
	}
	return list
}

// kept is the longest lifetime in seconds with which an item was written in a
// state; 0 for a session, or when it was not.
func (i *item) kept(state string) int64 {
	var longest int64
	for _, w := range i.written(state) {
		longest = max(longest, w.seconds)
	}
	return longest
}

// slack is what clocks and leap days may add before a month is exceeded.
const slack = 2 * 24 * time.Hour

// months is so many calendar months from the scan, in seconds.
func (c *Context) months(n int) int64 {
	from := c.scan.Started
	return int64((from.AddDate(0, n, 0).Sub(from) + slack).Seconds())
}

// wroteFirst is the evidence of an item's first write in a state.
func (c *Context) wroteFirst(i *item, state string) []scanner.Evidence {
	writes := i.written(state)
	if len(writes) == 0 {
		return nil
	}
	return []scanner.Evidence{c.evidence(seen{writes[0], i.name})}
}
