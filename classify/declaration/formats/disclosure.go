package formats

import (
	"io"
	"slices"
	"strconv"
	"strings"

	"cookiescan/classify/declaration"
	"cookiescan/classify/taxonomy"
)

// disclosure is a vendor's statement of what it stores: IAB Europe TCF, "Vendor
// Device Storage & Operational Disclosures", 1.1.
//
// Its purposes stand for categories: without purpose 1 the vendor asks no
// consent (necessary), beside it 2, 3, 4 and 7 are marketing, 8 to 10
// statistics, 5, 6 and 11 preferences. Purpose 1 alone says no more than that
// consent is asked, so that preferences come back as unclassified. The type
// "web" is any storage of browsers but cookies, and comes back as local
// storage. Only cookies have a lifetime, in seconds. Not kept: provider, party,
// language and date. cookieRefresh is required for cookies and is not written,
// since a declaration does not say it.
var disclosure = Format{
	Name:        "disclosure",
	Description: "IAB device storage disclosure, JSON",
	Extensions:  []string{".json"},
	Keeps:       []string{"name", "kind", "domain", "category", "purpose", "lifetime"},
	Kinds:       []string{"cookie", "localStorage", "sessionStorage", "indexedDB", "request"},
	recognise: func(_, head string) bool {
		return strings.HasPrefix(strings.TrimSpace(head), "{") && strings.Contains(head, `"disclosures"`)
	},
	read:  readDisclosure,
	write: writeDisclosure,
}

type disclosureFile struct {
	Disclosures []disclosed        `json:"disclosures"`
	Domains     []disclosureDomain `json:"domains"`
}

type disclosed struct {
	Identifier  word     `json:"identifier"`
	Type        word     `json:"type"` // cookie, web, app
	MaxAge      *float64 `json:"maxAgeSeconds"`
	Domain      word     `json:"domain,omitempty"` // older files
	Domains     []word   `json:"domains"`
	Purposes    []int    `json:"purposes"`
	Special     []int    `json:"specialPurposes,omitempty"`
	Description word     `json:"description,omitempty"`
}

type disclosureDomain struct {
	Domain   word  `json:"domain"`
	Purposes []int `json:"purposes"`
	Special  []int `json:"specialPurposes,omitempty"`
	Use      word  `json:"use,omitempty"`
}

func readDisclosure(r *reading, data []byte) error {
	var file disclosureFile
	if err := unmarshal(decode(data), &file); err != nil {
		return err
	}
	for i, x := range file.Disclosures {
		e := declaration.Entry{
			Name: string(x.Identifier), Category: categoryOfPurposes(x.Purposes), Purpose: string(x.Description), Place: "disclosure " + strconv.Itoa(i+1),
		}
		switch x.Type {
		case "cookie":
			e.Kind = "cookie"
			if x.MaxAge != nil {
				e.Lifetime = inSeconds(int64(min(*x.MaxAge, 1e12)))
			}
		case "web":
			e.Kind, e.Confidence = "localStorage", declaration.Likely
		case "app":
			r.note(e.Name, e.Place, "it is stored by an app, not by a browser")
			continue
		default:
			r.note(e.Name+" "+string(x.Type), e.Place, "the type of storage is not known")
		}
		domains := x.Domains
		if x.Domain != "" {
			domains = append([]word{x.Domain}, domains...)
		}
		if len(domains) == 0 {
			domains = []word{""}
		}
		for _, domain := range domains {
			e.Domain = string(domain)
			r.add(e)
		}
	}
	for i, x := range file.Domains {
		r.add(declaration.Entry{
			Name: domainOf(string(x.Domain)), Kind: "request", Domain: string(x.Domain), Category: categoryOfPurposes(x.Purposes), Purpose: string(x.Use),
			Place: "domain " + strconv.Itoa(i+1),
		})
	}
	return nil
}

// categoryOfPurposes is the category of purposes of the TCF: advertising before
// statistics before content.
func categoryOfPurposes(purposes []int) string {
	has := func(some ...int) bool {
		return slices.ContainsFunc(some, func(p int) bool { return slices.Contains(purposes, p) })
	}
	switch {
	case has(2, 3, 4, 7):
		return "marketing"
	case has(8, 9, 10):
		return "statistics"
	case has(5, 6, 11):
		return "preferences"
	case has(1):
		return "unclassified"
	}
	return "necessary"
}

func writeDisclosure(w io.Writer, d *declaration.Declaration) error {
	t, err := taxonomy.Lookup("tcf")
	if err != nil {
		return err
	}
	file := disclosureFile{[]disclosed{}, []disclosureDomain{}}
	for _, e := range d.Entries {
		purposes := []int{}
		if e.Category != "necessary" {
			purposes = append(purposes, 1)
			if p, err := strconv.Atoi(t.Of(firstOf(e.Category, "unclassified"), "").ID); err == nil && p != 1 {
				purposes = append(purposes, p)
			}
		}
		domain := word(firstOf(e.Domain, "*"))
		if e.Kind == "request" {
			file.Domains = append(file.Domains, disclosureDomain{Domain: word(firstOf(e.Domain, e.Name)), Purposes: purposes, Use: word(e.Purpose)})
			continue
		}
		x := disclosed{Identifier: word(e.Name), Type: "web", Domains: []word{domain}, Purposes: purposes, Description: word(e.Purpose)}
		if firstOf(e.Kind, "cookie") == "cookie" {
			x.Type = "cookie"
			seconds := 0.0
			switch {
			case e.Lifetime.Seconds != nil:
				seconds = float64(*e.Lifetime.Seconds)
				x.MaxAge = &seconds
			case e.Lifetime.Session:
				x.MaxAge = &seconds
			}
		}
		file.Disclosures = append(file.Disclosures, x)
	}
	return writeJSON(w, file)
}
