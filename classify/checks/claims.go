package checks

import (
	"slices"

	"cookiescan/scanner"
)

// claims reports what a page says of its cookies, once for each page that says
// it, with the items that speak against it. The sentence can be about some of
// them only.
func (c *Context) claims(kind string, against func(*item) bool, say func(names []string) string) []Observation {
	if !slices.ContainsFunc(c.view.published, func(s *source) bool { return s.says(kind) != nil }) {
		return nil
	}
	var names []string
	var evidence []scanner.Evidence
	for _, g := range c.bundles(against) {
		names = append(names, g.pattern)
		for _, s := range g.writes[:min(1, len(g.writes))] {
			evidence = append(evidence, c.evidence(s))
		}
		for _, s := range g.head.sent {
			if !c.ownHost(s.Host) {
				evidence = append(evidence, scanner.Evidence{Pass: s.Pass, State: s.State, Item: g.pattern, Receiver: s.Host, Detail: "its value was sent to " + s.Host + " (" + s.How + ")"})
				break
			}
		}
	}
	if len(names) == 0 {
		return nil
	}
	slices.Sort(names)
	names = slices.Compact(names)
	var list []Observation
	for _, s := range c.view.published {
		said := s.says(kind)
		if said == nil {
			continue
		}
		o := c.ofSource(s, kind, s.title()+" says "+quote(said.Text)+", and "+say(names))
		o.Items, o.Evidence, o.Declared, o.Sure = names, evidence, s.statementAt(*said), scanner.SureLikely
		list = append(list, o)
	}
	return list
}

// ownHost tells whether a host belongs to the site.
func (c *Context) ownHost(host string) bool { return c.view.hosts.Own(c.host(host)) }
