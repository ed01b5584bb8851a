package checks

import (
	"fmt"
	"slices"

	"cookiescan/scanner"
)

func b009() Check {
	return Check{
		ID: "B009", Slug: "choice_kept_long", Title: "choice kept longer than its limit", Class: scanner.ClassLaw, Since: firstRuleset,
		Levels: Levels{EU: asWarning, FR: asNote, UK: asWarning},
		Sources: []Source{
			cnil(), tcfPolicies(),
			{Text: "AEPD, Guía sobre el uso de las cookies: consent is renewed at most every 24 months", Address: aepd().Address, Verified: Unverified, Kind: Authority, Profiles: []Profile{ES}},
		},
		Needs: [][]Need{{PassReturn, Rules}},
		Run:   choiceKeptLong,
	}
}

// limit is the number of months after which a visitor is to be asked again.
func (c *Context) limit() (months int, by string) {
	tcf := slices.ContainsFunc(c.looks, func(l look) bool { return l.before().TCF != nil || l.after().TCF != nil })
	switch {
	case c.profile == FR:
		return 6, "6 months, the CNIL's good practice"
	case tcf:
		return 13, "13 months, the terms of the TCF"
	case c.profile == ES:
		return 24, "24 months, the AEPD's advice"
	}
	return 0, ""
}

func choiceKeptLong(c *Context) []Observation {
	months, by := c.limit()
	if months == 0 {
		return nil
	}
	var list []Observation
	for _, i := range c.memories() {
		for _, state := range []string{"accept", "reject", "return"} {
			if kept := i.kept(state); kept > c.months(months) {
				list = append(list, Observation{
					Kind: i.kind, Subject: i.pattern(), Domain: c.canonical(i.domain), Items: []string{i.name}, Sure: scanner.SureCertain,
					Message:  fmt.Sprintf("%s keeps the choice for %s, longer than %s", i.name, days(kept), by),
					Evidence: c.wroteFirst(i, state),
				})
				break
			}
		}
	}
	return list
}

func days(seconds int64) string {
	if d := (seconds + 43200) / 86400; d != 1 {
		return fmt.Sprintf("%d days", d)
	}
	return "1 day"
}
