package checks

import (
	"slices"

	"cookiescan/scanner"
)

func d010() Check {
	return Check{
		ID: "D010", Slug: "no_recipients", Title: "list of recipients not within reach", Class: scanner.ClassLaw, Since: firstRuleset,
		Levels:  Levels{EU: asNote, FR: asWarning, UK: asNote},
		Sources: []Source{cnil(), gdpr("Article 13(1)(e)"), ico()},
		Needs:   [][]Need{{Banner, Controls}},
		Run:     noRecipients,
	}
}

// noRecipients speaks only where other parties are in it, and the settings were
// read where there are some.
func noRecipients(c *Context) []Observation {
	l := c.banner()
	others := l.consent.VendorCount > 0 || slices.ContainsFunc(c.scan.Cookies, func(k scanner.Cookie) bool { return k.Party == scanner.Third })
	unread := l.has(1, scanner.RoleSettings) && !slices.ContainsFunc(l.consent.Buttons, func(b scanner.ConsentButton) bool { return b.Layer > 1 })
	if !others || unread || slices.ContainsFunc(c.banners, func(l look) bool { return l.consent.VendorsLink != "" }) {
		return nil
	}
	return []Observation{c.dialog(l, scanner.SureReview, "no control of the banner leads to a list of those who receive data: look whether one is in the policy")}
}
