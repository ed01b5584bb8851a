package importer

import (
	"encoding/json"
	"strings"

	"cookiescan/classify/rules"
)

// trackerDB is Ghostery's JSON export.
type trackerDB struct {
	Organizations map[string]struct {
		Name    word `json:"name"`
		Country word `json:"country"`
		Policy  word `json:"privacy_policy_url"`
	} `json:"organizations"`
	Patterns map[string]struct {
		Name         word   `json:"name"`
		Category     word   `json:"category"`
		Organization word   `json:"organization"`
		Domains      []word `json:"domains"`
		Filters      []word `json:"filters"`
	} `json:"patterns"`
}

func readTrackerDB(src []byte, c *collector) error {
	var db trackerDB
	if err := json.Unmarshal(src, &db); err != nil {
		return err
	}
	for _, id := range sortedKeys(db.Patterns) {
		p := db.Patterns[id]
		c.skipped[filters] += len(p.Filters)
		v := c.vendor(string(p.Name))
		switch {
		case v == nil:
			c.skip(noName)
			continue
		case len(p.Domains) == 0:
			continue
		}
		o := db.Organizations[string(p.Organization)]
		v.Policy = address(string(o.Policy))
		if country := string(o.Country); len(country) == 2 && country == strings.ToUpper(country) {
			v.Country = country
		}
		v.Category = trackerCategory(string(p.Category))
		if v.Category == "" {
			c.skip(noCategory)
		}
		for _, d := range p.Domains {
			c.domain(v, string(d))
		}
	}
	if c.skipped[filters] == 0 {
		delete(c.skipped, filters)
	}
	return nil
}

// trackerCategory is what requests to a tracker are for; "" if its category
// does not tell.
func trackerCategory(category string) string {
	switch category {
	case "advertising", "pornvertising", "social_media":
		return rules.Marketing
	case "site_analytics":
		return rules.Statistics
	case "consent", "hosting", "utilities":
		return rules.Necessary
	case "customer_interaction", "audio_video_player", "extensions":
		return rules.Preferences
	}
	return ""
}

// readDisconnect reads services.json: by category, a list of companies, each
// with its sites and for each site the domains.
func readDisconnect(src []byte, c *collector) error {
	var list struct {
		Categories map[string][]map[string]map[string]json.RawMessage `json:"categories"`
	}
	if err := json.Unmarshal(src, &list); err != nil {
		return err
	}
	for _, category := range sortedKeys(list.Categories) {
		for _, companies := range list.Categories[category] {
			for _, name := range sortedKeys(companies) {
				c.disconnect(category, name, companies[name])
			}
		}
	}
	return nil
}

func (c *collector) disconnect(category, name string, sites map[string]json.RawMessage) {
	v := c.vendor(name)
	if v == nil {
		c.skip(noName)
		return
	}
	// A company in several categories has that of the first domains.
	if own := disconnectCategory(category); v.Category == "" {
		v.Category = own
	}
	for _, site := range sortedKeys(sites) {
		var domains []word
		if json.Unmarshal(sites[site], &domains) != nil {
			continue // a note such as "performance": "true"
		}
		for _, d := range domains {
			c.domain(v, string(d))
		}
	}
}

func disconnectCategory(category string) string {
	switch category {
	case "Advertising", "FingerprintingInvasive", "FingerprintingGeneral", "Email", "EmailStrict", "Social":
		return rules.Marketing
	case "Analytics", "EmailAggressive":
		return rules.Statistics
	case "ConsentManagers", "Anti-fraud":
		return rules.Necessary
	}
	return "" // Content, Cryptomining
}
