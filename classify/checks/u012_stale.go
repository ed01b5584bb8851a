package checks

import (
	"path"
	"slices"
	"strings"

	"cookiescan/classify/declaration/register"
	"cookiescan/scanner"
)

func u012() Check {
	return Check{
		ID: "U012", Slug: "stale", Title: "declared and not met", Class: scanner.ClassContract, Since: firstRuleset,
		Levels:  everywhere(asNote),
		Sources: informing(),
		Needs:   [][]Need{{Declared, Whole}},
		Run:     stale,
	}
}

// stale looks over all scans of the run: an entry is not met if each of them is
// whole and one of them came to where it can be met.
func stale(c *Context) []Observation {
	if !c.speaks() {
		return nil
	}
	met := map[*entry]bool{}
	c.meet(met)
	for _, o := range c.scans()[1:] {
		other := c.beside(o)
		other.meet(met)
	}
	var list []Observation
	for _, s := range c.view.deciding() {
		for _, e := range s.entries {
			if e.state() != register.Reviewed || met[e] || !slices.ContainsFunc(c.scans(), func(x *scanner.Scan) bool { return reached(x, e) }) {
				continue
			}
			list = append(list, Observation{
				Kind: e.kind, Subject: e.subject(), Domain: c.declaredDomain(e), Declared: e.place(""), Sure: scanner.SureLikely,
				Message: e.title() + " is declared and was not met on " + amount(c.pagesSeen(), "page", "pages") + ", before a choice and after acceptance",
			})
		}
	}
	return list
}

// meet notes every entry that is about something in the scan.
func (c *Context) meet(met map[*entry]bool) {
	for _, s := range c.view.deciding() {
		for _, i := range c.items {
			for _, e := range s.about(i.kind, i.name, c.host(i.domain)) {
				met[e] = true
			}
			if i.declared != nil {
				met[i.declared] = true
			}
		}
	}
	for _, list := range c.called {
		for _, e := range list {
			met[e] = true
		}
	}
}

// beside is another scan of the same run in the same view.
func (c *Context) beside(s *scanner.Scan) *Context {
	o := &Context{scan: s.Sorted(), profile: c.profile, view: c.view, called: map[*scanner.Tracker][]*entry{}}
	o.collect()
	o.declare()
	return o
}

func (c *Context) pagesSeen() int {
	n := 0
	for _, s := range c.scans() {
		n += s.Coverage.PagesVisited
	}
	return n
}

// sampled are the reasons for which pages were left out that could have stored
// something else.
var sampled = []string{"max-pages", "per-template", "depth", "limit", "robots", "exclude"}

// whole tells whether a scan saw what it planned and left out no page, before
// a choice and after acceptance.
func whole(s *scanner.Scan) bool {
	has := func(phase string) bool {
		return slices.ContainsFunc(s.Passes, func(p scanner.Pass) bool { return p.Phase == phase && len(p.Pages) > 0 })
	}
	return s.Complete && has("none") && has("accept") &&
		!slices.ContainsFunc(s.Coverage.LeftOut, func(l scanner.Left) bool { return l.Count > 0 && slices.Contains(sampled, l.Reason) })
}

// reached tells whether a scan came to where an entry can be met. What asks for
// something of the visitor is never known to be reached.
func reached(s *scanner.Scan, e *entry) bool {
	if e.own == nil {
		return e.stores()
	}
	r := e.own.Reach
	switch {
	case e.own.When == "user-action":
		return false
	case r.Login && !s.Settings.BasicAuth && s.Settings.Steps == "" && len(s.Settings.Cookies)+len(s.Settings.Headers) == 0:
		return false
	case r.Region != "" && !inRegion(s.Settings.Region, r.Region):
		return false
	}
	return len(r.Paths) == 0 || slices.ContainsFunc(s.Passes, func(p scanner.Pass) bool {
		return slices.ContainsFunc(p.Pages, func(page scanner.Page) bool { return onPath(page.URL, r.Paths) })
	})
}

// inRegion tells whether a place lies in a region, such as DE-BY in de or eu.
func inRegion(place, region string) bool {
	country, _, _ := strings.Cut(strings.ToUpper(place), "-")
	region = strings.ToUpper(region)
	return country != "" && (country == region || strings.EqualFold(place, region) || region == "EU" && slices.Contains(strings.Fields(EU.regions()), country))
}

// onPath tells whether the path of an address is one of some globs, of which a
// star at the end also means what lies below.
func onPath(address string, globs []string) bool {
	where := pathOf(address)
	return slices.ContainsFunc(globs, func(glob string) bool {
		if below, ok := strings.CutSuffix(glob, "*"); ok && !strings.Contains(below, "*") {
			return strings.HasPrefix(where, below)
		}
		ok, err := path.Match(glob, where)
		return ok && err == nil
	})
}
