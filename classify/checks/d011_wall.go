package checks

import "cookiescan/scanner"

func d011() Check {
	return Check{
		ID: "D011", Slug: "wall", Title: "page blocked without acceptance", Class: scanner.ClassLaw, Since: firstRuleset,
		Levels:  Levels{EU: asWarning, UK: asWarning},
		Sources: []Source{garante(), belgium(), consentGuidelines(), gdpr("Article 7(4)"), ico()},
		Needs:   [][]Need{{Banner, Controls, Behind}},
		Run:     wall,
	}
}

// blocks tells whether a banner keeps the page from being read.
func blocks(l look) bool { return l.consent.BlocksPage != nil && *l.consent.BlocksPage }

func wall(c *Context) []Observation {
	for _, l := range c.read() {
		if !blocks(l) || l.has(0, scanner.RoleReject) || l.has(0, scanner.RoleClose) || l.has(0, scanner.RoleSave) {
			continue
		}
		if l.has(1, scanner.RoleSettings) && l.consent.Failure != scanner.NoReject {
			continue // a refusal may be behind the settings
		}
		message := "the page cannot be read behind the banner, which offers no way on but acceptance"
		if l.has(0, scanner.RoleSubscribe) {
			message += " or payment"
		}
		return []Observation{c.dialog(l, scanner.SureReview, message)}
	}
	return nil
}
