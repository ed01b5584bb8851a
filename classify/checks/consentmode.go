package checks

import (
	"slices"
	"strings"

	"cookiescan/scanner"
)

// given is the default that holds where the profile does, nil if none is known:
// one for its region goes before the one for everywhere.
func (c *Context) given(m *scanner.ConsentMode) *scanner.ConsentTypes {
	regions := strings.Fields(c.profile.regions())
	for i := range m.Regional {
		if slices.ContainsFunc(m.Regional[i].Region, func(r string) bool {
			country, _, _ := strings.Cut(strings.ToUpper(r), "-")
			return slices.Contains(regions, country)
		}) {
			return &m.Regional[i]
		}
	}
	return m.Default
}

// denied tells whether Consent Mode denies a type of storage: by the updates,
// and for what they leave open by the default.
func (c *Context) denied(m *scanner.ConsentMode, name string) bool {
	for _, t := range []*scanner.ConsentTypes{m.Update, c.given(m)} {
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
