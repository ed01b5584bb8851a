package page

import (
	"slices"
	"strings"

	"cookiescan/classify/rules"
)

// vendorNames are the names of vendors by their first word.
type vendorNames map[string][]vendorName

type vendorName struct {
	words []string
	name  string // as the vendor writes it
}

func namesOfVendors(db *rules.DB) vendorNames {
	names := vendorNames{}
	seen := map[string]bool{}
	for rule := range db.Rules() {
		for _, text := range []string{rule.Vendor.Name, rule.Vendor.Legal} {
			words := tokens(text)
			if key := strings.Join(words, " "); len(words) == 0 || seen[key] {
				continue
			} else {
				seen[key] = true
			}
			names[words[0]] = append(names[words[0]], vendorName{words, text})
		}
	}
	for _, list := range names {
		slices.SortFunc(list, func(a, b vendorName) int {
			if n := len(b.words) - len(a.words); n != 0 {
				return n
			}
			return strings.Compare(a.name, b.name)
		})
	}
	return names
}

// at is the longest name at a place of folded words.
func (v vendorNames) at(text []string, i int) (vendorName, bool) {
	for _, c := range v[text[i]] {
		if len(text)-i >= len(c.words) && slices.Equal(text[i:i+len(c.words)], c.words) {
			return c, true
		}
	}
	return vendorName{}, false
}

// is tells whether a text is the name of a vendor and nothing else.
func (v vendorNames) is(text string) bool {
	t := tokens(text)
	if len(t) == 0 {
		return false
	}
	c, ok := v.at(t, 0)
	return ok && len(c.words) == len(t)
}

// within tells whether a text names a vendor among other words.
func (v vendorNames) within(text string) bool {
	t := tokens(text)
	for i := range t {
		if _, ok := v.at(t, i); ok {
			return true
		}
	}
	return false
}

// without replaces vendors' names of several words, so that the words in them
// are not read: Google Analytics is no category.
func (v vendorNames) without(text []string) []string {
	out := slices.Clone(text)
	for i := range out {
		if c, ok := v.at(out, i); ok && len(c.words) > 1 {
			for k := range c.words {
				out[i+k] = ""
			}
		}
	}
	return slices.DeleteFunc(out, func(s string) bool { return s == "" })
}
