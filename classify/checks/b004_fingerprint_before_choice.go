package checks

import (
	"fmt"
	"slices"
	"strings"

	"cookiescan/classify"
	"cookiescan/scanner"
)

func b004() Check {
	return Check{
		ID: "B004", Slug: "fingerprint_before_choice", Title: "features of the device read before a choice", Class: scanner.ClassLaw, Since: firstRuleset,
		Levels:  Levels{EU: asWarning, UK: asWarning, CH: asNote},
		Sources: storing(edpbScope()),
		Needs:   [][]Need{{PassNone, Rules}},
		Run:     fingerprintsBefore,
	}
}

// fingerprintsBefore folds by the site of the script. Two features together
// speak for a fingerprint; one alone has other uses, such as a look at which
// emoji there are.
func fingerprintsBefore(c *Context) []Observation {
	var list []Observation
	var order []string
	rows := map[string][]scanner.Tracker{}
	for _, t := range c.scan.Trackers {
		if t.Kind != scanner.Fingerprint || !slices.Contains(t.Phases, "none") {
			continue
		}
		if _, needs := weigh(t.Classification); !needs && classificationOf(t).Exemption != "" {
			continue // known to be exempt
		}
		site := c.canonical(t.Host)
		if rows[site] == nil {
			order = append(order, site)
		}
		rows[site] = append(rows[site], t)
	}
	for _, site := range order {
		list = append(list, c.fingerprintOf(site, rows[site]))
	}
	return list
}

func classificationOf(t scanner.Tracker) *scanner.Classification {
	if t.Classification == nil {
		return noClassification(t.Host)
	}
	return t.Classification
}

func (c *Context) fingerprintOf(site string, rows []scanner.Tracker) Observation {
	o := Observation{Kind: "fingerprint", Subject: site, Domain: classify.Site(site), Sure: scanner.SureReview, Most: asNote}
	var features []string
	known := false
	for _, t := range rows {
		x, needs := weigh(t.Classification)
		known = known || needs && x.most == "" && classificationOf(t).Exemption == notExempt
		if !slices.Contains(features, t.API) {
			features = append(features, t.API)
		}
		o.Evidence = append(o.Evidence, scanner.Evidence{
			State: "none", Setter: t.URL, Line: t.Line, Column: t.Column, Detail: t.API + " was read " + times(t.Count),
		})
	}
	slices.Sort(features)
	switch {
	case known:
		o.Sure, o.Most = scanner.SureCertain, asWarning
	case len(features) > 1:
		o.Sure, o.Most = scanner.SureLikely, asWarning
	}
	o.Message = fmt.Sprintf("a script of %s read %s before a choice", site, strings.Join(features, ", "))
	if len(features) == 1 && !known {
		o.Message += "; one feature alone has other uses: look at what it is for"
	}
	o.Steps = []string{"Open " + at(rows[0].URL, rows[0].Line) + " and look at what the script does with what it reads."}
	return o
}
