package checks

import (
	"slices"
	"strings"

	"cookiescan/scanner"
)

func g008() Check {
	return Check{
		ID: "G008", Slug: "consent_mode", Title: "Google Consent Mode set too late or open from the start", Class: scanner.ClassHygiene, Since: firstRuleset,
		Levels:  Levels{EU: asWarning, CH: asWarning, UK: asWarning},
		Sources: []Source{consentMode()},
		Needs:   [][]Need{{PassNone, Signals}},
		Run:     consentModeDefects,
	}
}

// consentModeDefects gives one finding: the defects have one cause, the order
// and the content of the commands on the page.
func consentModeDefects(c *Context) []Observation {
	for _, l := range c.looks {
		m := l.before().ConsentMode
		if m == nil || l.phase == "gpc" {
			continue
		}
		var wrong []string
		given := c.given(m)
		switch {
		case given == nil && m.TagRan && !told(m.Hits):
			wrong = append(wrong, "a Google tag ran and no default was ever set")
		case given != nil && m.TagRan && !m.DefaultFirst:
			wrong = append(wrong, "a Google tag ran before the default was set")
		}
		if given != nil && len(granted(given)) > 0 {
			wrong = append(wrong, "the default grants "+strings.Join(granted(given), ", "))
		}
		if m.Update != nil && len(granted(m.Update)) > 0 {
			wrong = append(wrong, "an update grants "+strings.Join(granted(m.Update), ", ")+" although nobody chose")
		}
		if open := openHits(m.Hits); len(wrong) == 0 && len(open) > 0 {
			wrong = append(wrong, "hits say that consent is given ("+strings.Join(open, ", ")+")")
		}
		if len(wrong) == 0 {
			continue
		}
		return []Observation{{
			Kind: "signal", Subject: "Consent Mode", Domain: c.site(), Sure: scanner.SureCertain, Message: "before a choice, " + strings.Join(wrong, ", and "),
			Evidence: []scanner.Evidence{{Pass: l.phase, State: "none", Page: l.page.ID, URL: l.page.URL, Detail: "from the data layer and the hits that were sent"}},
			Steps:    []string{"Open " + c.scan.Target.URL + " in a new private window.", "In the console of the developer tools, look at dataLayer."},
		}}
	}
	return nil
}

// granted are the types of storage that a command opens and that are no matter
// of function or security.
func granted(t *scanner.ConsentTypes) []string {
	var list []string
	for _, name := range []string{"ad_storage", "analytics_storage", "ad_user_data", "ad_personalization"} {
		if slices.Contains(t.Granted, name) {
			list = append(list, name)
		}
	}
	return list
}

// told tells whether a hit carries a state: then a default was set, by a tag
// manager's template if not in the data layer.
func told(hits []string) bool {
	return slices.ContainsFunc(hits, func(h string) bool { return !strings.Contains(h, "-") })
}

// openHits are the codes that say yes to advertising or analytics: G1 and two
// digits, of which one is 1.
func openHits(hits []string) []string {
	var list []string
	for _, h := range hits {
		if len(h) == 4 && strings.HasPrefix(h, "G1") && strings.Contains(h[2:], "1") {
			list = append(list, h)
		}
	}
	return list
}
