package rules

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// The compiled form of data/*.yaml is what the program reads at its start: YAML
// would take a second, this takes milliseconds. It is text: a line for each
// vendor, followed by one for each of its rules; fields are separated by tabs,
// the items of a list by unit separators. The first line has the format, the
// version and the numbers of vendors and rules.
const (
	compiledFormat = "cookiescan-rules-1"
	fieldSep       = "\t"
	itemSep        = "\x1f"
)

// decodeCompiled reads the compiled form. Texts are parts of src, not copies.
func decodeCompiled(src string) (docs []document, version string, err error) {
	head, src, _ := strings.Cut(src, "\n")
	h := record{rest: head}
	if format := h.text(); format != compiledFormat {
		return nil, "", fmt.Errorf("compiled rules: format %.40q, want %s", format, compiledFormat)
	}
	version = h.text()
	vendors, rules := make([]Vendor, 0, h.number()), make([]Rule, 0, h.number())
	if h.short {
		return nil, "", errors.New("compiled rules: line 1: no numbers of vendors and rules")
	}
	for line := 2; src != ""; line++ {
		r := record{}
		r.rest, src, _ = strings.Cut(src, "\n")
		switch kind := r.text(); {
		case kind == "v" && len(vendors) < cap(vendors):
			vendors = append(vendors, r.vendor())
			docs = append(docs, document{vendor: &vendors[len(vendors)-1]})
		case kind == "r" && len(docs) > 0 && len(rules) < cap(rules):
			last := &docs[len(docs)-1]
			rules = append(rules, r.rule(last.vendor))
			last.rules = append(last.rules, &rules[len(rules)-1])
		default:
			return nil, "", fmt.Errorf("compiled rules: line %d: unexpected", line)
		}
		if r.short || r.rest != "" {
			return nil, "", fmt.Errorf("compiled rules: line %d: wrong number of fields", line)
		}
	}
	return docs, version, nil
}

// A record is a line being read.
type record struct {
	rest  string
	ended bool
	short bool
}

func (r *record) text() string {
	if r.ended {
		r.short = true
		return ""
	}
	field, rest, more := strings.Cut(r.rest, fieldSep)
	r.rest, r.ended = rest, !more
	return field
}

func (r *record) number() int {
	n, err := strconv.Atoi(r.text())
	if err != nil || n < 0 || n > 1e6 {
		r.short = true
		return 0
	}
	return n
}

func (r *record) texts() []string {
	field := r.text()
	if field == "" {
		return nil
	}
	return strings.Split(field, itemSep)
}

func (r *record) vendor() Vendor {
	return Vendor{
		ID: r.text(), Name: r.text(), Legal: r.text(), Country: r.text(), Role: r.text(),
		Policy: r.text(), OptOut: r.text(), Domains: r.texts(), Category: r.text(), Purpose: r.text(),
	}
}

func (r *record) rule(v *Vendor) Rule {
	rule := Rule{ID: r.text(), Vendor: v}
	kinds := r.texts()
	rule.Kinds = make([]Kind, len(kinds))
	for i, k := range kinds {
		rule.Kinds[i] = Kind(k)
	}
	rule.Match = Matcher{
		Exact: r.text(), Glob: r.text(), Regexp: r.text(), Pattern: r.text(),
		Domain: r.texts(), Setter: r.texts(), Require: r.text(), Host: r.texts(), Path: r.text(),
	}
	rule.Category = r.text()
	rule.Exemption.Default = r.text()
	for _, p := range r.texts() {
		profile, exemption, _ := strings.Cut(p, "=")
		rule.Exemption.Profiles = append(rule.Exemption.Profiles, ProfileExemption{profile, exemption})
	}
	rule.Condition, rule.Purpose, rule.Lifetime, rule.Party, rule.Source = r.text(), r.text(), r.text(), r.text(), r.text()
	rule.Examples, rule.Not = r.texts(), r.texts()
	return rule
}
