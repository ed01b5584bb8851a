package checks

import (
	"fmt"
	"slices"

	"cookiescan/classify"
	"cookiescan/scanner"
)

func d013() Check {
	return Check{
		ID: "D013", Slug: "vendor_count", Title: "more recipients than the banner counts", Class: scanner.ClassLaw, Since: firstRuleset,
		Levels:  Levels{EU: asNote, UK: asNote, CH: asNote},
		Sources: []Source{cnil(), gdpr("Article 13(1)(e)"), ico()},
		Needs:   [][]Need{{Banner, PassAccept}},
		Run:     vendorCount,
	}
}

func vendorCount(c *Context) []Observation {
	for _, l := range c.banners {
		if l.consent.VendorCount == 0 {
			continue
		}
		sites := c.contacted()
		if len(sites) <= l.consent.VendorCount {
			return nil
		}
		o := c.dialog(l, scanner.SureReview, fmt.Sprintf("the banner counts %d recipients, and pages contacted %d other sites: %s",
			l.consent.VendorCount, len(sites), some(sites)))
		o.Items = sites
		return []Observation{o}
	}
	return nil
}

// contacted are the sites of third-party hosts that answered.
func (c *Context) contacted() []string {
	var sites []string
	for _, h := range c.scan.Hosts {
		if h.Party == scanner.Third && h.Outcome == "ok" {
			sites = append(sites, classify.Site(h.Name))
		}
	}
	slices.Sort(sites)
	return slices.Compact(sites)
}
