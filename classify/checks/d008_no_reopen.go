package checks

import "cookiescan/scanner"

func d008() Check {
	return Check{
		ID: "D008", Slug: "no_reopen", Title: "no way to change the choice afterwards", Class: scanner.ClassLaw, Since: firstRuleset,
		Levels:  Levels{EU: asError, UK: asError, CH: asNote},
		Sources: []Source{taskforce("practice K"), gdpr("Article 7(3)"), cnil(), garante(), ico(), switzerland()},
		Needs:   [][]Need{{PassAccept}, {PassReject}},
		Run:     noReopen,
	}
}

// noReopen asks every pass that looked: one that found a way is enough. Where
// nothing was consented to there is nothing to take back.
func noReopen(c *Context) []Observation {
	if c.stake() == nothing {
		return nil
	}
	var missed *look
	for _, l := range c.banners {
		if l.consent.Reopen == nil {
			continue
		}
		if *l.consent.Reopen {
			return nil
		}
		if missed == nil {
			missed = &l
		}
	}
	if missed == nil {
		return nil
	}
	o := c.dialog(*missed, scanner.SureCertain, "after the choice, the page shows no control to change it")
	if link := missed.consent.ReopenLink; link != "" {
		o = c.dialog(*missed, scanner.SureReview, "after the choice, the page shows no control to change it: look whether the page behind "+quoted(scanner.ConsentButton{Text: link})+" has one")
	}
	return []Observation{o.look("Answer the banner.", "Look over the whole page for a control that opens it again.")}
}
