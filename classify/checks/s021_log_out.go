package checks

import "cookiescan/scanner"

func s021() Check {
	return Check{
		ID: "S021", Slug: "log_out", Title: "log-out without Clear-Site-Data", Class: scanner.ClassHygiene, Since: firstRuleset,
		Levels:  everywhere(asNote),
		Sources: []Source{clearSiteData()},
		Needs:   [][]Need{{LogOut}},
		Run:     keptAtLogOut,
	}
}

// logsOut tells whether the user's steps logged out on a page, and it was seen
// to its end: its answers are known.
func logsOut(p scanner.Page) bool { return p.Logout != "" && p.Error == "" }

// keptAtLogOut makes one observation of each way out, whatever passes took it.
func keptAtLogOut(c *Context) []Observation {
	var list []Observation
	at := map[string]int{}
	for _, pass := range c.scan.Passes {
		for _, p := range pass.Pages {
			if !logsOut(p) || len(p.ClearSiteData) > 0 {
				continue
			}
			i, ok := at[p.Logout]
			if !ok {
				i = len(list)
				at[p.Logout] = i
				way := first(p.Logout, longestName)
				list = append(list, Observation{
					Kind: "page", Subject: way, Domain: c.site(), Sure: scanner.SureLikely,
					Message: "the steps logged out (" + way + "), and no answer of the site had a Clear-Site-Data header",
					Steps: []string{
						"Log in, and open the developer tools (F12).",
						"Network, Preserve log: log out.",
						"Look for Clear-Site-Data among the response headers of the requests that follow.",
					},
				})
			}
			list[i].Evidence = append(list[i].Evidence, scanner.Evidence{Pass: pass.Phase, Page: p.ID, URL: p.URL, Detail: "no answer had the header"})
		}
	}
	return list
}
