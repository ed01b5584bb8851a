package checks

import (
	"cmp"
	"slices"

	"cookiescan/scanner"
)

// look replaces what a person is to do once the page is open. The page of an
// observation is opened by its first step.
func (o Observation) look(steps ...string) Observation {
	o.Steps = append(o.Steps[:1:1], steps...)
	return o
}

// dialog is an observation about the banner. Its subject is the same whatever
// the banner is called, so that a fingerprint lasts.
func (c *Context) dialog(l look, sure scanner.Sureness, message string) Observation {
	detail := "the banner"
	if l.consent.CMP != "" {
		detail += " of " + l.consent.CMP
	}
	if text := first(l.consent.BannerText, 200); text != "" {
		detail += ": " + text
	}
	return Observation{
		Kind: "dialog", Subject: "banner", Domain: c.site(), Sure: sure, Message: message,
		Evidence: []scanner.Evidence{{Pass: l.phase, Page: l.page.ID, URL: l.page.URL, Detail: detail}},
		Steps: []string{
			"Open " + cmp.Or(l.page.URL, c.scan.Target.URL) + " in a new private window and wait 10 seconds.", "Look at the banner.",
		},
	}
}

// first is the start of a text, at most so many characters.
func first(s string, most int) string {
	runes := []rune(s)
	if len(runes) <= most {
		return s
	}
	return string(runes[:most-1]) + "…"
}

// on are the controls of a role on a layer; layer 0 is any.
func (l look) on(layer int, role scanner.ButtonRole) []scanner.ConsentButton {
	var list []scanner.ConsentButton
	for _, b := range l.consent.Buttons {
		if b.Role == role && (layer == 0 || b.Layer == layer) {
			list = append(list, b)
		}
	}
	return list
}

func (l look) has(layer int, role scanner.ButtonRole) bool { return len(l.on(layer, role)) > 0 }

// refusable tells whether the first layer offers a refusal that takes one
// click. In Italy the X is one, and anywhere a save button below switches that
// are off.
func (c *Context) refusable(l look) bool {
	if l.has(1, scanner.RoleReject) {
		return true
	}
	if c.profile == IT && l.has(1, scanner.RoleClose) {
		return true
	}
	return l.has(1, scanner.RoleSave) && len(l.consent.Preticked) == 0
}

// hidden tells whether D002 speaks: accepting is on the first layer, refusing
// is not.
func (c *Context) hidden(l look) bool {
	return l.has(1, scanner.RoleAccept) && !c.refusable(l)
}

// withoutRefusal tells whether a pass looked for a refusal on every layer and
// found none.
func (l look) withoutRefusal() bool {
	return l.consent.Banner && l.consent.Failure == scanner.NoReject && l.consent.Action == scanner.ActionReject
}

// read are the looks that have the controls of a banner.
func (c *Context) read() []look {
	return slices.DeleteFunc(slices.Clone(c.banners), func(l look) bool { return len(l.consent.Buttons) == 0 })
}

// pair is an accept control of the first layer and the reject control that stands
// out most: beside a button, an X that refuses too takes nothing away.
func (l look) pair() (accept, reject scanner.ConsentButton, ok bool) {
	yes, no := l.on(1, scanner.RoleAccept), l.on(1, scanner.RoleReject)
	if len(yes) == 0 || len(no) == 0 {
		return accept, reject, false
	}
	best := no[0]
	for _, b := range no[1:] {
		if isLink(best) && !isLink(b) || isLink(best) == isLink(b) && b.Width*b.Height > best.Width*best.Height {
			best = b
		}
	}
	return yes[0], best, true
}

// national are the authorities on what the first layer must offer.
func national() []Source {
	return []Source{cnil(), germany(), garante(), aepd(), netherlands(), belgium(), ico()}
}
