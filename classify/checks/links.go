package checks

import (
	"maps"
	"slices"

	"cookiescan/classify/declaration/page"
	"cookiescan/scanner"
)

// link is an address that a declaration sends visitors to.
type link struct {
	source  *source
	address string
	at      *scanner.Declared
}

// links are those of the policies to ways of objecting, to help and to other
// policies, and those of the register, each once.
func (v *view) links() []link {
	var list []link
	seen := map[string]bool{}
	add := func(s *source, address string, at *scanner.Declared) {
		if address != "" && !seen[address] {
			seen[address] = true
			list = append(list, link{s, address, at})
		}
	}
	for _, s := range v.published {
		for _, said := range s.page.Statements {
			if contains([]string{page.LinkOptOut, page.LinkBrowserHelp, page.LinkPolicy}, said.Kind) {
				add(s, said.Text, s.statementAt(said))
			}
		}
	}
	if v.register == nil {
		return list
	}
	f := v.register.file
	for _, x := range f.Vendors {
		add(v.register, x.Policy, &scanner.Declared{Source: x.Place.File, Line: x.Place.Line, Column: x.Place.Column, Entry: x.ID, Text: x.Policy})
	}
	for _, tag := range slices.Sorted(maps.Keys(f.Policy.Published)) {
		add(v.register, f.Policy.Published[tag], v.register.place("policy"))
	}
	return list
}
