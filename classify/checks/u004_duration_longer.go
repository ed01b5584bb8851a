package checks

import (
	"slices"

	"cookiescan/scanner"
)

func u004() Check {
	return Check{
		ID: "U004", Slug: "duration_longer", Title: "kept longer than declared", Class: scanner.ClassContract, Since: firstRuleset,
		Levels:  everywhere(asError),
		Sources: informing(),
		Needs:   [][]Need{{Declared}},
		Run:     durationLonger,
	}
}

// durationLonger reports what is kept for longer, and what every visit
// prolongs without the register saying so.
func durationLonger(c *Context) []Observation {
	list := c.each(func(i *item) bool {
		if i.declared == nil {
			return false
		}
		a := compareLife(i, i.declared.lifetime)
		return a == longer || a == muchLonger
	}, func(g *group) Observation {
		o := c.disagrees(g)
		if compareLife(g.head, g.declared.lifetime) == longer {
			o.Most = asNote
		}
		return o
	})
	return append(list, c.each(func(i *item) bool {
		return i.declared != nil && i.declared.own != nil && i.declared.lifetime.Seconds > 0 && !i.declared.lifetime.Refreshed &&
			compareLife(i, i.declared.lifetime) == agrees && slices.ContainsFunc(i.writes, func(w write) bool { return w.action == scanner.Refresh })
	}, func(g *group) Observation {
		g.writes = slices.DeleteFunc(g.writes, func(s seen) bool { return s.action != scanner.Refresh })
		o := c.compared(g, g.declared.place("lifetime"), g.what()+": declared "+g.declared.lives()+", and prolonged when it is met again, which is not declared"+c.by(g.writes[0].write))
		o.Most = asWarning
		return o
	})...)
}

// disagrees words a lifetime that is another than the declared one.
func (c *Context) disagrees(g *group) Observation {
	text := g.what() + ": declared " + g.declared.lives() + ", observed " + c.lives(g.head)
	if len(g.writes) > 0 {
		text += c.by(g.writes[0].write)
	}
	return c.compared(g, g.declared.place("lifetime"), text)
}
