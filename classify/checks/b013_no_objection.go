package checks

import (
	"slices"

	"cookiescan/classify/declaration/page"
	"cookiescan/scanner"
)

func b013() Check {
	return Check{
		ID: "B013", Slug: "no_objection", Title: "exempt audience measurement without a way to object", Class: scanner.ClassLaw, Since: firstRuleset,
		Levels:  Levels{FR: asWarning, UK: asError},
		Sources: []Source{pecr(), ico(), cnilAudience()},
		Needs:   [][]Need{{PassNone, Look, Rules}},
		Run:     noObjection,
	}
}

// noObjection is an error only where the declaration relies on the exception.
func noObjection(c *Context) []Observation {
	if c.canObject() {
		return nil
	}
	o := Observation{
		Kind: "dialog", Subject: "objection to audience measurement", Domain: c.site(), Sure: scanner.SureReview, Most: asWarning,
	}
	for _, g := range c.bundles(func(i *item) bool { _, is := c.audience(i); return is }) {
		o.Items = append(o.Items, g.pattern)
		if claimed, _ := c.audience(g.head); claimed {
			o.Sure, o.Most = scanner.SureCertain, ""
			o.Declared = g.declared.place("basis")
		}
		for _, s := range g.writes[:min(1, len(g.writes))] {
			o.Evidence = append(o.Evidence, c.evidence(s))
		}
	}
	if len(o.Items) == 0 {
		return nil
	}
	o.Message = "the audience is measured without consent (" + some(o.Items) + "), and no control to object was found, neither in a banner nor in a policy that was given"
	o.Steps = []string{"Open " + c.scan.Target.URL + " in a new private window.", "Look for a way to object to audience measurement, in the banner, in the footer and in the policy."}
	return []Observation{o}
}

// canObject tells whether something to refuse, settle or object with was seen.
func (c *Context) canObject() bool {
	for _, l := range c.looks {
		if l.consent.Reopen != nil && *l.consent.Reopen {
			return true
		}
	}
	for _, l := range c.banners {
		if slices.ContainsFunc(l.consent.Buttons, func(b scanner.ConsentButton) bool {
			return b.Role == scanner.RoleReject || b.Role == scanner.RoleSettings
		}) {
			return true
		}
	}
	return slices.ContainsFunc(c.view.published, func(s *source) bool { return s.says(page.LinkOptOut, page.Withdrawal) != nil })
}
