package checks

import (
	"cmp"
	"fmt"
	"path/filepath"
	"strings"

	"cookiescan/classify/declaration/register"
	"cookiescan/scanner"
)

// fewRows is how many entries of a source can each lack something; above it, a
// source of which all do lacks the column.
const fewRows = 3

// lacking reports what entries do not say, in each source: one by one, or for
// the source if none of its entries says it. What a person has not reviewed,
// and what is retired, is left out.
func (c *Context) lacking(what string, key string, lacks func(*entry) bool, say func(*entry) Observation) []Observation {
	if !c.speaks() {
		return nil
	}
	var list []Observation
	for _, s := range c.view.all() {
		var all int
		var without []*entry
		for _, e := range s.entries {
			if e.state() != register.Reviewed {
				continue
			}
			all++
			if lacks(e) {
				without = append(without, e)
			}
		}
		if len(without) == all && all > fewRows {
			o := c.ofSource(s, what, fmt.Sprintf("none of the %d entries in %s says %s", all, s.title(), what))
			o.Declared = without[0].place("")
			for _, e := range without {
				o.Items = append(o.Items, first(e.name, longestName))
			}
			list = append(list, o)
			continue
		}
		for _, e := range without {
			o := say(e)
			o.Kind, o.Subject, o.Domain, o.Declared = e.kind, e.subject(), c.declaredDomain(e), cmp.Or(o.Declared, e.place(key))
			o.limit(e)
			list = append(list, o)
		}
	}
	return list
}

// subject is what a finding about an entry alone is about.
func (e *entry) subject() string {
	if e.own != nil {
		return cmp.Or(first(e.name, longestName), e.own.ID)
	}
	return first(e.name, longestName)
}

// ofSource is an observation about a source as a whole.
func (c *Context) ofSource(s *source, about, message string) Observation {
	return Observation{
		Kind: "declaration", Subject: about + ": " + s.title(), Domain: c.site(), Declared: s.place(""), Sure: scanner.SureCertain, Message: message,
	}
}

// title is what a finding calls a source: the name of a file without its
// folder, or an address.
func (s *source) title() string {
	if s.file != nil || !strings.Contains(s.name, "://") {
		return filepath.Base(s.name)
	}
	return first(s.name, longestName)
}
