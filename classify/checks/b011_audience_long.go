package checks

import (
	"fmt"

	"cookiescan/scanner"
)

func b011() Check {
	return Check{
		ID: "B011", Slug: "audience_long", Title: "exempt audience measurement kept long, or prolonged", Class: scanner.ClassLaw, Since: firstRuleset,
		Levels:  Levels{FR: asWarning},
		Sources: []Source{cnilAudience()},
		Needs:   [][]Need{{PassReturn, Rules}},
		Run:     audienceLong,
	}
}

func audienceLong(c *Context) []Observation {
	var list []Observation
	for _, i := range c.items {
		if i.found.Category != scanner.Statistics || i.found.Exemption != conditional && !c.claimsExempt(i.declared) {
			continue
		}
		text := ""
		var proof []scanner.Evidence
		for _, w := range i.writes {
			if w.pass == "return" && w.action == scanner.Refresh {
				text, proof = "is prolonged at each visit", append(proof, c.evidence(seen{w, i.name}))
			}
		}
		if i.seconds > c.months(13) {
			text = fmt.Sprintf("stays for %s, longer than 13 months", days(i.seconds))
			if len(proof) == 0 && len(i.writes) > 0 {
				proof = []scanner.Evidence{c.evidence(seen{i.writes[0], i.name})}
			}
		}
		if text == "" {
			continue
		}
		sure := scanner.SureCertain
		if i.found.Confidence != scanner.Certain {
			sure = scanner.SureLikely
		}
		o := Observation{
			Kind: i.kind, Subject: i.pattern(), Domain: c.canonical(i.domain), Items: []string{i.name}, Sure: sure,
			Message: fmt.Sprintf("%s (audience measurement) %s; that is the CNIL's condition for leaving out consent", i.pattern(), text), Evidence: proof,
		}
		if i.declared != nil {
			o.Declared = i.declared.place("basis")
		}
		list = append(list, o)
	}
	return list
}
