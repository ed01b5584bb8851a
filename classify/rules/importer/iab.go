package importer

import (
	"encoding/json"
	"strings"

	"golang.org/x/net/publicsuffix"

	"cookiescan/classify/rules"
)

// disclosures is a vendor's statement of what it stores (TCF, Vendor Device
// Storage & Operational Disclosures).
type disclosures struct {
	Disclosures []struct {
		Identifier word     `json:"identifier"`
		Type       word     `json:"type"`
		MaxAge     *float64 `json:"maxAgeSeconds"`
		Domain     word     `json:"domain"`
		Domains    []word   `json:"domains"`
		Purposes   []int    `json:"purposes"`
	} `json:"disclosures"`
	Domains []struct {
		Domain word `json:"domain"`
	} `json:"domains"`
}

func readDisclosure(src []byte, c *collector) error {
	var d disclosures
	if err := json.Unmarshal(src, &d); err != nil {
		return err
	}
	v := c.fileVendor()
	for _, x := range d.Domains {
		c.domain(v, string(x.Domain))
	}
	for _, x := range d.Disclosures {
		kinds := disclosedKinds(string(x.Type))
		if kinds == nil {
			c.skip(notOfBrowsers)
			continue
		}
		it := item{name: string(x.Identifier), kinds: kinds, legal: legalOfPurposes(x.Purposes), party: "any"}
		for _, domain := range append(x.Domains, x.Domain) {
			if strings.Trim(string(domain), "*. ") == "" {
				continue
			}
			it.domains = append(it.domains, hostsIn(string(domain))...)
		}
		if x.Type == "cookie" {
			it.lifetime = disclosedAge(x.MaxAge)
		}
		c.rule(v, it)
	}
	return nil
}

func disclosedKinds(kind string) []rules.Kind {
	switch kind {
	case "cookie":
		return []rules.Kind{rules.Cookie}
	case "web":
		return []rules.Kind{rules.LocalStorage, rules.SessionStorage, rules.IndexedDB}
	}
	return nil
}

// tooLong is a lifetime that can only be milliseconds: thirty years.
const tooLong = 1e9

func disclosedAge(seconds *float64) string {
	switch {
	case seconds == nil, *seconds < 0, *seconds >= tooLong:
		return ""
	case *seconds < 1:
		return "session"
	}
	return inUnits(int64(*seconds))
}

// vendorList is the Global Vendor List of the TCF. It names no cookies, so all
// it gives is whose a host is: that of the vendor's own privacy policy.
type vendorList struct {
	Vendors map[string]struct {
		Name     word    `json:"name"`
		Purposes []int   `json:"purposes"`
		Interest []int   `json:"legIntPurposes"`
		Deleted  *string `json:"deletedDate"`
		Policy   word    `json:"policyUrl"` // version 2
		URLs     []struct {
			Language word `json:"langId"`
			Privacy  word `json:"privacy"`
		} `json:"urls"`
	} `json:"vendors"`
}

func readGVL(src []byte, c *collector) error {
	var list vendorList
	if err := json.Unmarshal(src, &list); err != nil {
		return err
	}
	type site struct {
		vendor *rules.Vendor
		shared bool
	}
	sites := map[string]*site{}
	for _, id := range sortedKeys(list.Vendors) {
		x := list.Vendors[id]
		v := c.vendor(string(x.Name))
		switch {
		case v == nil:
			c.skip(noName)
			continue
		case x.Deleted != nil:
			c.skip(ended)
			continue
		}
		v.Policy = address(string(x.Policy))
		for _, u := range x.URLs {
			if u.Language == "en" || v.Policy == "" {
				v.Policy = address(string(u.Privacy))
			}
		}
		v.Category = legalOfPurposes(append(x.Purposes, x.Interest...)).category
		host := ownSite(v.Policy)
		switch {
		case host == "":
			c.skip(noHost)
		case sites[host] == nil:
			sites[host] = &site{vendor: v}
		case sites[host].vendor != v:
			sites[host].shared = true
			c.skip(taken)
		}
	}
	for _, host := range sortedKeys(sites) {
		if s := sites[host]; s.shared {
			c.skip(taken)
		} else {
			c.domain(s.vendor, host)
		}
	}
	return nil
}

// ownSite is the registrable domain of an address.
func ownSite(address string) string {
	rest, ok := strings.CutPrefix(address, "https://")
	if !ok {
		return ""
	}
	host, _, _ := strings.Cut(rest, "/")
	site, err := publicsuffix.EffectiveTLDPlusOne(strings.ToLower(host))
	if err != nil {
		return ""
	}
	return site
}
