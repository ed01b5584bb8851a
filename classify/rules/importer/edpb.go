package importer

import (
	"bytes"
	"encoding/json"
	"strings"

	"cookiescan/classify/rules"
)

func fitsEDPB(p probe) bool {
	if p.has("knowledges") {
		return true
	}
	var first map[string]json.RawMessage
	return len(p.list) > 0 && json.Unmarshal(p.list[0], &first) == nil && first["knowledges"] != nil
}

// A knowledgeBase is one of the EDPB Website Auditing Tool.
type knowledgeBase struct {
	Knowledges []knowledge `json:"knowledges"`
}

type knowledge struct {
	Kind       word `json:"kind"`
	Domain     word `json:"domain"`
	Name       word `json:"name"`
	Category   word `json:"category"`
	Source     word `json:"source"`
	Controller word `json:"controller"`
	Policy     word `json:"policy"`
	Wildcard   word `json:"wildcard_match"`
}

func readEDPB(src []byte, c *collector) error {
	var bases []knowledgeBase
	if src = bytes.TrimSpace(src); src[0] == '{' {
		bases = make([]knowledgeBase, 1)
		if err := json.Unmarshal(src, &bases[0]); err != nil {
			return err
		}
	} else if err := json.Unmarshal(src, &bases); err != nil {
		return err
	}
	for _, b := range bases {
		for _, k := range b.Knowledges {
			c.knowledge(k)
		}
	}
	return nil
}

func (c *collector) knowledge(k knowledge) {
	kinds := knownKinds(string(k.Kind))
	v := c.vendor(string(k.Controller))
	l, known := legalOf(string(k.Category))
	switch {
	case kinds == nil:
		c.skip(notOfBrowsers)
		return
	case v == nil:
		c.skip(noVendor)
		return
	}
	if v.Policy == "" {
		v.Policy = address(string(k.Policy))
	}
	domains, party := ocdDomain(string(k.Domain))
	// All names of a domain: it is the vendor's.
	if strings.Trim(string(k.Name), "* ") == "" {
		if known && v.Category == "" {
			v.Category = l.category
		}
		c.domain(v, string(k.Domain))
		return
	}
	if !known {
		c.skip(noCategory)
		return
	}
	c.rule(v, item{
		name: string(k.Name), prefix: k.Wildcard == "1" || k.Wildcard == "true",
		domains: domains, kinds: kinds, legal: l, party: party,
	})
}

func knownKinds(kind string) []rules.Kind {
	switch kind {
	case "", "cookie":
		return []rules.Kind{rules.Cookie}
	case "localstorage", "localStorage":
		return []rules.Kind{rules.LocalStorage}
	}
	return nil
}
