package checks

import (
	"fmt"

	"cookiescan/scanner"
)

func d006() Check {
	return Check{
		ID: "D006", Slug: "contrast", Title: "refusal hardly readable", Class: scanner.ClassLaw, Since: firstRuleset,
		Levels:  Levels{EU: asWarning, UK: asWarning, CH: asNote},
		Sources: append([]Source{taskforce("practices D and E, paragraph 17")}, national()...),
		Needs:   [][]Need{{Banner, Controls, Contrast}},
		Run:     contrast,
	}
}

// Below least a text is hardly there; a refusal with less than a third of the
// acceptance's contrast, and below what WCAG asks of text, is worth a look.
const (
	leastContrast = 1.5
	wcagContrast  = 4.5
)

func contrast(c *Context) []Observation {
	for _, l := range c.read() {
		yes, no, ok := l.pair()
		if !ok || no.Contrast == 0 || yes.Contrast == 0 || no.Contrast >= yes.Contrast {
			continue
		}
		o := c.dialog(l, scanner.SureReview, fmt.Sprintf("the contrast of %s is %.1f to 1, that of %s %.1f to 1", quoted(no), no.Contrast, quoted(yes), yes.Contrast))
		switch {
		case no.Contrast < leastContrast:
		case no.Contrast < wcagContrast && no.Contrast*3 < yes.Contrast:
			o.Most = asNote
		default:
			continue
		}
		return []Observation{o}
	}
	return nil
}
