package checks

import "cookiescan/scanner"

func d005() Check {
	return Check{
		ID: "D005", Slug: "reject_as_link", Title: "refusal is a link, acceptance a button", Class: scanner.ClassLaw, Since: firstRuleset,
		Levels:  Levels{EU: asWarning, UK: asWarning, CH: asNote},
		Sources: append([]Source{taskforce("practice C")}, national()...),
		Needs:   [][]Need{{Banner, Controls}},
		Run:     rejectAsLink,
	}
}

func rejectAsLink(c *Context) []Observation {
	for _, l := range c.read() {
		if yes, no, ok := l.pair(); ok && isLink(no) && !isLink(yes) {
			return []Observation{c.dialog(l, scanner.SureReview, quoted(no)+" is a link, "+quoted(yes)+" a button: look whether both are as visible")}
		}
	}
	return nil
}

func isLink(b scanner.ConsentButton) bool { return b.Tag == "a" || b.Tag == "span" }
