package checks

import (
	"cookiescan/scanner"
)

func d002() Check {
	return Check{
		ID: "D002", Slug: "no_reject", Title: "no refusal on the layer that has acceptance", Class: scanner.ClassLaw, Since: firstRuleset,
		Levels: Levels{
			EU: asWarning, FR: asError, DE: asError, IT: asError, ES: asError, NL: asError, BE: asError, UK: asError, CH: asNote,
		},
		Sources: append(append([]Source{taskforce("practice A (a majority)")}, national()...), hannover(), switzerland()),
		Needs:   [][]Need{{Banner, Controls}, {Banner, Refusal}},
		Run:     noReject,
	}
}

// noReject is silent where there is nothing to refuse.
func noReject(c *Context) []Observation {
	at := c.stake()
	if at == nothing {
		return nil
	}
	for _, l := range c.banners {
		if l.withoutRefusal() && len(l.consent.Buttons) == 0 {
			return []Observation{c.dialog(l, scanner.SureCertain, "the banner offers no refusal on any layer")}
		}
		if !c.hidden(l) {
			continue
		}
		message := "the banner offers " + quoted(l.on(1, scanner.RoleAccept)[0]) + " and no refusal on the same layer"
		sure := scanner.SureCertain
		switch {
		case l.consent.Failure == scanner.NoReject:
			message += ", nor on any other"
		case l.has(1, scanner.RoleSave):
			message += "; saving keeps categories that are on"
		case l.has(1, scanner.RoleSubscribe):
			message += " but a paid one: " + quoted(l.on(1, scanner.RoleSubscribe)[0])
			sure = scanner.SureReview
		case l.has(2, scanner.RoleReject):
			message += "; it is behind the settings"
		}
		if at == nothingKnown {
			message += "; nothing that is known of the site needs consent"
			sure = scanner.SureReview
		}
		o := c.dialog(l, sure, message)
		return []Observation{o.look("On the layer of the banner that has acceptance, look for a way to refuse.")}
	}
	return nil
}

func quoted(b scanner.ConsentButton) string { return "\u201c" + first(b.Text, 60) + "\u201d" }
