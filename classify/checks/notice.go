package checks

import (
	"slices"

	"cookiescan/scanner"
)

// stake is whether anything of the site needs consent: then a banner has to offer
// a refusal, and a way back.
type stake int

const (
	atStake      stake = iota // something does, the banner offers more than to agree, or nobody saw
	nothingKnown              // nothing that is known does
	nothing                   // all that is stored is known, and nothing does
)

// stake goes by what came after acceptance too, so that pass must have been made,
// and the controls must have been read.
// A banner with settings asks for consent, whatever is stored; one whose only
// answer agrees, such as "OK", may just tell.
func (c *Context) stake() stake {
	if len(c.read()) == 0 || slices.ContainsFunc(c.banners, look.asks) || !slices.ContainsFunc(c.looks, look.accepted) {
		return atStake
	}
	found := nothing
	for _, i := range c.items {
		if _, needs := weigh(i.found); needs {
			return atStake
		}
		if i.found.Category == scanner.Unclassified {
			found = nothingKnown
		}
	}
	for i := range c.scan.Trackers {
		if _, needs := weigh(c.scan.Trackers[i].Classification); needs {
			return atStake
		}
	}
	return found
}

// asks tells whether the banner offers more than to take note of it.
func (l look) asks() bool {
	return len(l.consent.Preticked) > 0 || slices.ContainsFunc(l.consent.Buttons, func(b scanner.ConsentButton) bool {
		return b.Role != scanner.RoleAccept && b.Role != scanner.RoleClose && b.Role != scanner.RoleMore
	})
}

// accepted tells whether the banner was answered with acceptance.
func (l look) accepted() bool {
	return l.consent.Action == scanner.ActionAccept && l.consent.Failure == ""
}
