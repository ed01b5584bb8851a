package checks

import (
	"fmt"

	"cookiescan/scanner"
)

func u028() Check {
	return Check{
		ID: "U028", Slug: "other_label", Title: "declared in another category than is usual", Class: scanner.ClassHygiene, Since: firstRuleset,
		Levels:  everywhere(asWarning),
		Sources: []Source{study()},
		Needs:   [][]Need{{Declared, Rules}},
		Run:     otherLabel,
	}
}

// otherLabel says that a label differs from what a rule says, and not that it
// is wrong: sites disagree. Only a rule counts, and no inference.
func otherLabel(c *Context) []Observation {
	return c.each(func(i *item) bool {
		return i.declared != nil && !i.misplaced && i.declared.category != "" && i.declared.category != scanner.Unclassified &&
			i.known.Category != scanner.Unclassified && i.known.Category != i.declared.category && !c.calledNecessary(i) &&
			(i.known.Confidence == scanner.Certain || i.known.Confidence == scanner.Likely)
	}, func(g *group) Observation {
		known := g.head.known
		switch {
		case known.Confidence == scanner.Likely, len(known.Alternatives) > 0:
			g.weight = g.weight.atMost(scanner.SureReview, asNote)
		case known.Category == scanner.Necessary: // the site asks where it need not
			g.weight = g.weight.atMost(scanner.SureCertain, asNote)
		}
		return c.compared(g, g.declared.place("category"),
			fmt.Sprintf("%s is declared as %s; most declare it as %s: %s", g.what(), g.declared.category, known.Category, ruleWords(known)))
	})
}
