package checks

import (
	"fmt"
	"strings"

	"cookiescan/scanner"
)

func g006() Check {
	return Check{
		ID: "G006", Slug: "tcf", Title: "TCF string or interface out of order", Class: scanner.ClassHygiene, Since: firstRuleset,
		Levels:  Levels{EU: asWarning, CH: asWarning, UK: asWarning},
		Sources: []Source{tcfPolicies()},
		Needs:   [][]Need{{Signals}},
		Run:     tcfDefects,
	}
}

// tcfDefects gives one finding for each defect, whatever pass has it first.
func tcfDefects(c *Context) []Observation {
	var list []Observation
	said := map[string]bool{}
	for _, l := range c.looks {
		for _, s := range []*scanner.Signals{l.before(), l.after()} {
			if s.TCF == nil {
				continue
			}
			for _, d := range defects(s.TCF) {
				if said[d[0]] {
					continue
				}
				said[d[0]] = true
				list = append(list, Observation{
					Kind: "signal", Subject: "TCF " + d[0], Domain: c.site(), Sure: scanner.SureCertain, Message: d[1],
					Evidence: []scanner.Evidence{{Pass: l.phase, Page: l.page.ID, URL: l.page.URL, Detail: "TCF string " + first(s.TCF.String, 120)}},
				})
			}
		}
	}
	return list
}

// defects are what is wrong with what __tcfapi says: a name and a sentence.
func defects(t *scanner.TCF) [][2]string {
	if t.Status == "stub" {
		return [][2]string{{"stub", "__tcfapi stayed a stub: no consent platform ever answered"}}
	}
	if t.String == "" {
		return nil
	}
	if t.Problem != "" {
		return [][2]string{{"string", "the TCF string cannot be decoded: " + t.Problem}}
	}
	var list [][2]string
	add := func(wrong bool, name, sentence string) {
		if wrong {
			list = append(list, [2]string{name, sentence})
		}
	}
	add(t.Disclosed == nil, "disclosed vendors", "the TCF string has no Disclosed Vendors segment, which TCF 2.3 requires")
	add(!t.ServiceSpecific, "scope", "the TCF string is not service-specific (IsServiceSpecific is 0)")
	add(t.PolicyVersion < 4, "policy version", fmt.Sprintf("the TCF string has policy version %d; 4 is the least since 30 September 2023", t.PolicyVersion))
	add(t.CMPID < 2, "platform", fmt.Sprintf("the TCF string names consent platform %d, which is none", t.CMPID))
	var bits []string
	for _, p := range t.LegitimateInterest {
		if p >= 3 && p <= 6 {
			bits = append(bits, fmt.Sprint(p))
		}
	}
	add(len(bits) > 0, "legitimate interest", "the TCF string claims a legitimate interest for purpose "+strings.Join(bits, ", ")+", for which there is none")
	add(t.Created != t.LastUpdated, "dates", "in the TCF string Created and LastUpdated differ")
	add(t.Created != "" && !strings.Contains(t.Created, "T00:00:00"), "day", "in the TCF string Created is finer than a day")
	return list
}
