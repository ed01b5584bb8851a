package classify

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"cookiescan/scanner"
)

// sibling is an item whose name may be one of many that a program generates.
type sibling struct {
	name   string
	passes []string
	found  *scanner.Classification
}

// foldSiblings folds names of which the scan itself shows that they are
// generated: one place of one script or response gives a fresh profile another
// name of the same form, or writes many that differ in numbers only.
func foldSiblings(doc *scanner.Scan) {
	groups := map[string][]sibling{}
	var order []string
	add := func(key, name string, phases []string, found *scanner.Classification) {
		if key == "" || found.Rule != "" || len(name) > mostName {
			return
		}
		if groups[key] == nil {
			order = append(order, key)
		}
		groups[key] = append(groups[key], sibling{name, phases, found})
	}
	for i := range doc.Cookies {
		c := &doc.Cookies[i]
		add(cookiePlace(c), c.Name, passesOf(c), c.Classification)
	}
	for i := range doc.Storage {
		s := &doc.Storage[i]
		add(storagePlace(s), s.Key, s.Phases, s.Classification)
	}
	for _, key := range order {
		foldNumbers(groups[key])
		foldFresh(groups[key])
	}
}

func passesOf(c *scanner.Cookie) []string {
	var list []string
	for _, w := range c.Writes {
		if !slices.Contains(list, w.Pass) {
			list = append(list, w.Pass)
		}
	}
	return list
}

// cookiePlace is where in which script or response a cookie is set.
func cookiePlace(c *scanner.Cookie) string {
	for _, w := range c.Writes {
		if w.Action == scanner.Set && w.URL != "" && w.Attribution == scanner.Exact {
			address, _, _ := strings.Cut(w.URL, "?")
			return fmt.Sprint("cookie ", c.Domain, " ", c.Path, " ", address, ":", w.Line, ":", w.Column)
		}
	}
	return ""
}

func storagePlace(s *scanner.StorageItem) string {
	for _, w := range s.Writes {
		if w.URL != "" && w.Attribution == scanner.Exact {
			address, _, _ := strings.Cut(w.URL, "?")
			return fmt.Sprint(s.Kind, " ", s.Origin, " ", address, ":", w.Line, ":", w.Column)
		}
	}
	return ""
}

// manyNumbered is how many names of one place that differ in numbers only are
// generated.
const manyNumbered = 3

// foldNumbers folds names that differ in numbers only.
func foldNumbers(group []sibling) {
	byForm := map[string][]sibling{}
	for _, s := range group {
		form := withoutNumbers(s.name)
		byForm[form] = append(byForm[form], s)
	}
	for form, same := range byForm {
		if len(same) >= manyNumbered && strings.Contains(form, "*") && telling(form) {
			for _, s := range same {
				s.found.Pattern = form
			}
		}
	}
}

// withoutNumbers writes * for each run of digits.
func withoutNumbers(name string) string {
	var b strings.Builder
	for i := 0; i < len(name); i++ {
		switch {
		case !isDigit(name[i]):
			b.WriteByte(name[i])
		case i == 0 || !isDigit(name[i-1]):
			b.WriteByte('*')
		}
	}
	return b.String()
}

// foldFresh folds names of which each pass has its own.
func foldFresh(group []sibling) {
	for len(group) > 1 {
		alike := group[:1:1]
		var rest []sibling
		for _, s := range group[1:] {
			if ownPasses(append(alike, s)) && alikeNames(append(alike, s)) != "" {
				alike = append(alike, s)
			} else {
				rest = append(rest, s)
			}
		}
		if len(alike) > 1 {
			pattern := alikeNames(alike)
			for _, s := range alike {
				s.found.Pattern = pattern
			}
		}
		group = rest
	}
}

// ownPasses tells whether no pass has two of the names.
func ownPasses(group []sibling) bool {
	seen := map[string]bool{}
	for _, s := range group {
		for _, p := range s.passes {
			if seen[p] {
				return false
			}
			seen[p] = true
		}
	}
	return len(seen) >= len(group)
}

// leastGenerated is how long a generated part is at least.
const leastGenerated = 4

// alikeNames is the pattern of names that begin and end alike and have in
// between a generated part of one form and length; "" if they have none.
func alikeNames(group []sibling) string {
	names := make([]string, len(group))
	for i, s := range group {
		names[i] = s.name
	}
	prefix := commonPrefix(names, false)
	prefix = prefix[:len(prefix)-trailing(prefix, names)]
	for i := range names {
		names[i] = names[i][len(prefix):]
	}
	suffix := commonPrefix(names, true)
	suffix = suffix[leading(suffix):]
	form := ""
	for _, n := range names {
		part := strings.TrimSuffix(n, suffix)
		f := formOf(part)
		if len(part) < leastGenerated || f == "" || form != "" && f != form {
			return ""
		}
		form = f
	}
	if pattern := prefix + "*" + suffix; telling(pattern) {
		return pattern
	}
	return ""
}

// formOf tells parts of generated names apart by their length and alphabet;
// "" for what may be a word.
func formOf(part string) string {
	digits, letters := 0, 0
	for i := range len(part) {
		switch b := part[i]; {
		case isDigit(b):
			digits++
		case b >= 'a' && b <= 'z', b >= 'A' && b <= 'Z':
			letters++
		default:
			return ""
		}
	}
	switch {
	case digits == 0:
		return ""
	case letters == 0:
		return "digits"
	}
	return fmt.Sprint("mixed ", len(part))
}

// commonPrefix is what all names begin with, or end with.
func commonPrefix(names []string, end bool) string {
	common := names[0]
	for _, n := range names[1:] {
		k := 0
		for k < len(common) && k < len(n) && at(common, k, end) == at(n, k, end) {
			k++
		}
		if end {
			common = common[len(common)-k:]
		} else {
			common = common[:k]
		}
	}
	return common
}

func at(s string, k int, end bool) byte {
	if end {
		return s[len(s)-1-k]
	}
	return s[k]
}

// trailing is how many octets at the end of a common beginning are part of what
// is generated: all behind the last separator, unless that is a word before
// numbers.
func trailing(prefix string, names []string) int {
	tail := prefix[1+strings.LastIndexAny(prefix, separators):]
	word := !strings.ContainsFunc(tail, unicode.IsDigit)
	for _, n := range names {
		rest := n[len(prefix):]
		word = word && (rest == "" || isDigit(rest[0]))
	}
	if word {
		return 0
	}
	return len(tail)
}

// separators stand between the parts of a name.
const separators = "_-.:/"

// leading does the same for a common end.
func leading(suffix string) int {
	if i := strings.IndexAny(suffix, separators); i >= 0 {
		return i
	}
	return len(suffix)
}
