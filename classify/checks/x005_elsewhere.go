package checks

import (
	"cmp"

	"cookiescan/scanner"
)

func x005() Check {
	return Check{
		ID: "X005", Slug: "elsewhere", Title: "another banner may be shown elsewhere", Class: scanner.ClassUnable, Since: firstRuleset,
		Levels: everywhere(asWarning),
		Needs:  [][]Need{{}},
		Run:    elsewhere,
	}
}

func elsewhere(c *Context) []Observation {
	for _, l := range c.looks {
		if l.consent.Failure != scanner.BannerElsewhere {
			continue
		}
		name := cmp.Or(l.consent.CMP, "a consent platform")
		from := "; nobody said from where the scan was made (--region)"
		if c.scan.Settings.Region != "" {
			from = "; the scan was made from " + c.scan.Settings.Region + ", as the operator says"
		}
		o := c.dialog(l, scanner.SureCertain, name+" is loaded and shows nothing here, so that visitors from elsewhere may see a banner"+from)
		o.Evidence[0].Detail = cmp.Or(l.consent.Detail, name+" is loaded and shows nothing")
		return []Observation{o}
	}
	return nil
}
