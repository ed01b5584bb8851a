package checks

import (
	"fmt"
	"slices"

	"cookiescan/scanner"
)

func x007() Check {
	return Check{
		ID: "X007", Slug: "link_not_followed", Title: "link of the policy that could not be checked", Class: scanner.ClassUnable, Since: firstRuleset,
		Levels: everywhere(asNote),
		Needs:  [][]Need{{Policy, Links}, {Register, Links}},
		Run:    linkNotFollowed,
	}
}

// linkNotFollowed reports addresses that turn programs away or are out of order
// for a while: nothing can be said of them.
func linkNotFollowed(c *Context) []Observation {
	if !c.speaks() {
		return nil
	}
	var list []Observation
	for _, l := range c.view.links() {
		state, ok := c.options.Links[l.address]
		if closed := slices.Contains([]int{401, 403, 407, 429, 451}, state.Status); !ok || !closed && state.Status < 500 {
			continue
		}
		list = append(list, Observation{
			Kind: "page", Subject: first(l.address, longestName), Domain: c.site(), Declared: l.at, Sure: scanner.SureCertain,
			Message:  fmt.Sprintf("whether %s is there could not be checked: it answers %d", first(l.address, longestName), state.Status),
			Evidence: []scanner.Evidence{{URL: l.address, Detail: fmt.Sprintf("status %d", state.Status)}},
		})
	}
	return list
}
