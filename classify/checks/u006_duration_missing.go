package checks

import "cookiescan/scanner"

func u006() Check {
	return Check{
		ID: "U006", Slug: "duration_missing", Title: "entry without a lifetime", Class: scanner.ClassLaw, Since: firstRuleset,
		Levels:  Levels{EU: asError, UK: asError, CH: asWarning, USCA: asNote},
		Sources: informing(),
		Needs:   [][]Need{{Declared}},
		Run:     durationMissing,
	}
}

// durationMissing weighs less for what needs no consent. A cookie that is only
// said to be persistent says nothing of how long; of storage that is all there
// is to say.
func durationMissing(c *Context) []Observation {
	return c.lacking("a lifetime", "lifetime", func(e *entry) bool {
		return e.stores() && (!e.lifetime.Known() || e.lifetime.UntilCleared && e.kind == "cookie")
	}, func(e *entry) Observation {
		o := Observation{Sure: scanner.SureCertain, Message: e.title() + " is declared without a lifetime"}
		switch {
		case e.lifetime.UntilCleared:
			o.Message = e.title() + " is declared as " + quote(e.lives()) + ", which says nothing of how long"
		case e.lives() != "":
			o.Sure = scanner.SureReview
			o.Message = e.title() + " is declared with the lifetime " + quote(e.lives()) + ", which is not understood"
		}
		if e.category == scanner.Necessary || c.claimsExempt(e) {
			o.Most = asWarning
		}
		return o
	})
}
