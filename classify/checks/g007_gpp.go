package checks

import (
	"strings"

	"cookiescan/scanner"
)

func g007() Check {
	return Check{
		ID: "G007", Slug: "gpp", Title: "GPP string at odds with what is sent", Class: scanner.ClassHygiene, Since: firstRuleset,
		Levels:  Levels{EU: asWarning, CH: asWarning, UK: asWarning, USCA: asWarning},
		Sources: []Source{gppSpec()},
		Needs:   [][]Need{{Signals}},
		Run:     gppDefects,
	}
}

func gppDefects(c *Context) []Observation {
	var list []Observation
	said := map[string]bool{}
	add := func(l look, g *scanner.GPP, wrong bool, name, sentence string) {
		if !wrong || said[name] {
			return
		}
		said[name] = true
		list = append(list, Observation{
			Kind: "signal", Subject: "GPP " + name, Domain: c.site(), Sure: scanner.SureCertain, Message: sentence,
			Evidence: []scanner.Evidence{{Pass: l.phase, Page: l.page.ID, URL: l.page.URL, Detail: "GPP string " + first(g.String, 120)}},
		})
	}
	for _, l := range c.looks {
		for _, s := range []*scanner.Signals{l.before(), l.after()} {
			g := s.GPP
			if g == nil {
				continue
			}
			add(l, g, g.Problem != "", "string", "the GPP string cannot be decoded: "+g.Problem)
			add(l, g, len(g.Differs) > 0, "sections", "__gpp gives another content than the GPP string for "+strings.Join(g.Differs, ", "))
			add(l, g, l.phase == "gpc" && g.GPC != nil && !*g.GPC, "Gpc", "the GPP string says that Global Privacy Control is off, and it was on")
		}
	}
	return list
}
