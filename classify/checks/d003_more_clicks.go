package checks

import (
	"fmt"

	"cookiescan/scanner"
)

func d003() Check {
	return Check{
		ID: "D003", Slug: "more_clicks", Title: "refusing takes more clicks than accepting", Class: scanner.ClassLaw, Since: firstRuleset,
		Levels:  Levels{EU: asWarning, FR: asError, DE: asError, NL: asError, UK: asWarning, CH: asNote, USCA: asNote},
		Sources: []Source{cnil(), germany(), netherlands(), taskforce("practice A"), ico(), california("§ 7004 (symmetry in choice)"), switzerland()},
		Needs:   [][]Need{{Banner}},
		Run:     moreClicks,
	}
}

// moreClicks leaves what D002 says already to D002.
func moreClicks(c *Context) []Observation {
	yes, no := 0, 0
	var where look
	for _, l := range c.banners {
		if c.hidden(l) || l.withoutRefusal() {
			return nil
		}
		yes = max(yes, l.consent.AcceptClicks)
		if l.consent.RejectClicks > 0 && (no == 0 || l.consent.RejectClicks < no) {
			no, where = l.consent.RejectClicks, l
		}
	}
	if yes == 0 || no <= yes {
		return nil
	}
	o := c.dialog(where, scanner.SureCertain, fmt.Sprintf("refusing takes %s, accepting %s", clicks(no), clicks(yes)))
	return []Observation{o.look("Count the clicks until everything is accepted.", "In another private window, count those until everything is refused.")}
}

func clicks(n int) string {
	if n == 1 {
		return "1 click"
	}
	return fmt.Sprintf("%d clicks", n)
}
