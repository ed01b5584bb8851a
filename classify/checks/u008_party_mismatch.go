package checks

import (
	"fmt"

	"cookiescan/classify/declaration/page"
	"cookiescan/classify/declaration/register"
	"cookiescan/scanner"
)

func u008() Check {
	return Check{
		ID: "U008", Slug: "party_mismatch", Title: "declared for another domain", Class: scanner.ClassContract, Since: firstRuleset,
		Levels:  everywhere(asWarning),
		Sources: informing(),
		Needs:   [][]Need{{Declared}, {Policy}},
		Run:     partyMismatch,
	}
}

func partyMismatch(c *Context) []Observation {
	list := c.each(func(i *item) bool {
		return i.declared != nil && (i.misplaced || i.declared.row != nil && i.declared.row.Party != "" && i.declared.row.Party != string(i.party) && i.party != "")
	}, func(g *group) Observation {
		said := "a third party's"
		switch e := g.declared; {
		case e.row != nil && e.row.Party == string(scanner.First), e.domain == register.Site:
			said = "the site's own"
		case g.head.misplaced:
			said = "one of " + e.domain
		}
		return c.compared(g, g.declared.place("match"), g.what()+" is declared as "+said+", and was met at "+g.head.domain)
	})
	return append(list, c.claims(page.ClaimFirstParty, func(i *item) bool {
		return i.isCookie() && i.party == scanner.Third
	}, func(names []string) string {
		return fmt.Sprintf("%s stored for other sites: %s", amount(len(names), "cookie is", "cookies are"), some(names))
	})...)
}
