package checks

import (
	"fmt"

	"cookiescan/scanner"
)

func d007() Check {
	return Check{
		ID: "D007", Slug: "size", Title: "refusal much smaller than acceptance", Class: scanner.ClassLaw, Since: firstRuleset,
		Levels:  Levels{EU: asNote, IT: asWarning, UK: asNote, CH: asNote},
		Sources: []Source{garante(), taskforce("practices D and E"), ico(), switzerland()},
		Needs:   [][]Need{{Banner, Controls}},
		Run:     size,
	}
}

// size leaves a refusal that is a link to D005: its size follows from that.
func size(c *Context) []Observation {
	for _, l := range c.read() {
		yes, no, ok := l.pair()
		large, small := yes.Width*yes.Height, no.Width*no.Height
		if !ok || small == 0 || large <= 2*small || isLink(no) && !isLink(yes) {
			continue
		}
		return []Observation{c.dialog(l, scanner.SureReview, fmt.Sprintf("%s is %d × %d pixels, %s %d × %d",
			quoted(yes), yes.Width, yes.Height, quoted(no), no.Width, no.Height))}
	}
	return nil
}
