package checks

import (
	"slices"

	"cookiescan/scanner"
)

func b015() Check {
	return Check{
		ID: "B015", Slug: "tag_manager", Title: "tag manager loaded before a choice", Class: scanner.ClassLaw, Since: firstRuleset,
		Levels:  Levels{EU: asNote, DE: asWarning, UK: asNote},
		Sources: []Source{hannover(), edpbScope()},
		Needs:   [][]Need{{PassNone, Rules}},
		Run:     tagManagers,
	}
}

func tagManagers(c *Context) []Observation {
	var list []Observation
	said := map[string]bool{}
	for i := range c.scan.Trackers {
		t := &c.scan.Trackers[i]
		found := t.Classification
		if found == nil || found.Purpose != loadTags || found.Confidence != scanner.Certain && found.Confidence != scanner.Likely || !slices.Contains(t.Phases, "none") {
			continue
		}
		k := &called{name: found.Vendor, host: t.Host, found: found, rows: []*scanner.Tracker{t}, weight: weight{scanner.SureReview, asWarning}}
		if k.name == "" {
			k.name = t.Host
		}
		if !said[k.name] {
			said[k.name] = true
			list = append(list, c.callObservation(k, "none", "request", "was loaded before a choice"))
		}
	}
	return list
}
