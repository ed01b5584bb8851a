package classify

import (
	"cmp"
	"slices"

	"cookiescan/classify/rules"
	"cookiescan/scanner"
)

// An Explanation is all there is to say about one item.
type Explanation struct {
	Item   Item
	Found  *scanner.Classification
	Rule   *rules.Rule   // that was taken; nil if none
	Vendor *rules.Vendor // that is behind it; nil if unknown
	Others []Other       // what else it could be, the most likely first
}

// An Other is a rule that knows the name, but was not taken.
type Other struct {
	Found *scanner.Classification
	If    string // where it would have to come from
}

// mostOthers are listed.
const mostOthers = 8

// Explain classifies an item and says what else it could be: rules that fit the
// name, wherever it comes from.
func (c *Classifier) Explain(i Item) Explanation {
	i.Kind = cmp.Or(i.Kind, rules.Cookie)
	e := Explanation{Item: i, Found: c.Item(i)}
	if v, ok := c.db.Vendor(e.Found.VendorID); ok {
		e.Vendor = &v
	}
	said := map[string]bool{e.Found.VendorID + " " + e.Found.Purpose: true}
	for _, r := range c.db.Candidates(rules.Query{Kind: i.Kind, Name: i.Name, Domain: requestHost(i), Path: i.Path}) {
		key := r.Vendor.ID + " " + r.Purpose
		switch {
		case r.ID == e.Found.Rule:
			e.Rule = r
		case !said[key] && len(e.Others) < mostOthers:
			said[key] = true
			e.Others = append(e.Others, c.other(r))
		}
	}
	return e
}

// requestHost is the host of a request, which is what its rules go by; what
// goes by its name is looked for on every domain.
func requestHost(i Item) string {
	if slices.Contains([]rules.Kind{rules.Pixel, rules.Request, kindBeacon, kindFingerprint}, i.Kind) {
		return i.Domain
	}
	return ""
}

func (c *Classifier) other(r *rules.Rule) Other {
	found := c.ruled(r)
	found.Confidence = scanner.NotClassified
	o := Other{Found: found}
	if len(r.Match.Domain) > 0 || len(r.Match.Setter) > 0 {
		o.If = placeOf(r)
	}
	return o
}
