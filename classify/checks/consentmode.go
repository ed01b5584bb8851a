package checks

import (
	"slices"
	"strings"

	"cookiescan/scanner"
)

// given is the default that holds where the scanner stood, nil if none is known:
// one for its region goes before the one for everywhere, and the narrower of two
// before the wider. Where nobody says where that was, a region of the profile
// is taken.
func (c *Context) given(m *scanner.ConsentMode) *scanner.ConsentTypes {
	here := strings.ToUpper(c.scan.Settings.Region)
	country, _, _ := strings.Cut(here, "-")
	for _, holds := range []func(region string) bool{
		func(r string) bool { return r == here },
		func(r string) bool { return r == country },
		func(r string) bool {
			within, _, _ := strings.Cut(r, "-")
			return here == "" && slices.Contains(strings.Fields(c.profile.regions()), within)
		},
	} {
		for i := range m.Regional {
			if slices.ContainsFunc(m.Regional[i].Region, func(r string) bool { return holds(strings.ToUpper(r)) }) {
				return &m.Regional[i]
			}
		}
	}
	return m.Default
}

// denied tells whether Consent Mode denies a type of storage: by the updates,
// and for what they leave open by the default, a narrower one first.
func (c *Context) denied(m *scanner.ConsentMode, name string) bool {
	for _, t := range []*scanner.ConsentTypes{m.Update, c.given(m), m.Default} {
		switch {
		case t == nil:
		case slices.Contains(t.Denied, name):
			return true
		case slices.Contains(t.Granted, name):
			return false
		}
	}
	return false
}
