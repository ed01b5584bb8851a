package checks

import (
	"cmp"
	"strings"

	"cookiescan/classify/declaration/register"
	"cookiescan/scanner"
)

func u024() Check {
	return Check{
		ID: "U024", Slug: "changed_unreviewed", Title: "reviewed entry that was changed without a review", Class: scanner.ClassContract, Since: firstRuleset,
		Levels:  everywhere(asError),
		Sources: informing(),
		Needs:   [][]Need{{Previous}},
		Run:     changedUnreviewed,
	}
}

func changedUnreviewed(c *Context) []Observation {
	if !c.speaks() {
		return nil
	}
	var list []Observation
	for _, change := range register.Changes(c.options.Previous, c.options.Register) {
		e := c.view.register.byEntry[change.New]
		key := change.Keys[0]
		if key == "name" {
			key = "match"
		}
		list = append(list, Observation{
			Kind: e.kind, Subject: e.subject(), Domain: c.declaredDomain(e), Declared: e.place(key), Sure: scanner.SureCertain,
			Message: "the entry " + change.New.ID + " has another " + strings.Join(change.Keys, ", ") + " than before, and its review is still of " +
				cmp.Or(change.New.Status.On, "no day"),
		})
	}
	return list
}
