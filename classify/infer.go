package classify

import (
	"fmt"
	"slices"
	"strings"

	"cookiescan/classify/rules"
	"cookiescan/scanner"
)

// carriers are purposes of vendors whose scripts set things for others: what
// comes from them says nothing about what it is for.
var carriers = [...]string{"load-tags", "cache-content", "route-request", "spread-load", "deliver-updates"}

// vendorOf is the vendor behind something that no rule knows: whose domain it
// is, unless that is the site's own, or whose script set it.
func (c *Classifier) vendorOf(i Item) (rules.Vendor, bool) {
	domain, setter := hostOf(i.Domain), hostOf(i.Setter)
	if i.Party != string(scanner.First) && !i.own(domain) {
		if v, ok := c.db.VendorOfHost(domain); ok {
			return v, true
		}
	}
	if i.own(setter) {
		return rules.Vendor{}, false
	}
	v, ok := c.db.VendorOfHost(setter)
	if ok && slices.Contains(carriers[:], v.Purpose) {
		return rules.Vendor{}, false
	}
	return v, ok
}

// byVendor takes what a vendor's service is for as the purpose of what it sets.
func (c *Classifier) byVendor(i Item) *scanner.Classification {
	v, ok := c.vendorOf(i)
	if !ok || v.Category == "" {
		return nil
	}
	found := &scanner.Classification{
		Category: v.Category, Exemption: rules.NoExemption, Purpose: v.Purpose,
		Vendor: v.Name, VendorID: v.ID, BySite: v.Role == rules.RoleSoftware, Confidence: scanner.ByInference,
	}
	whose := "its domain belongs to"
	if i.Party == string(scanner.First) || !ownerOf(v, hostOf(i.Domain)) {
		whose = "the script or response that set it comes from"
	}
	if i.Kind == rules.Pixel || i.Kind == rules.Request || i.Kind == kindBeacon || i.Kind == kindFingerprint {
		whose = "its host belongs to"
	}
	found.Basis = fmt.Sprintf("no rule knows it; %s %s", whose, v.Name)
	switch {
	case i.Kind == rules.Request && v.Category == rules.Necessary && v.Purpose == storeConsent:
		found.Exemption = rules.Settled // nobody could be asked without it
	case v.Category == rules.Necessary || v.Category == rules.Preferences:
		found.Exemption = rules.Conditional
		found.Condition = "Only if it is needed for what the visitor asked for: no rule knows what it does."
	}
	return found
}

// storeConsent is what consent platforms are for.
const storeConsent = "store-consent"

func ownerOf(v rules.Vendor, host string) bool {
	return slices.ContainsFunc(v.Domains, func(d string) bool {
		d = strings.ToLower(d)
		return host == d || strings.HasSuffix(host, "."+d)
	})
}

// byHint takes a word of the name for what it says.
func (c *Classifier) byHint(i Item) *scanner.Classification {
	h, word := c.hinted(i)
	if h == nil {
		return nil
	}
	return &scanner.Classification{
		Category: h.Category, Exemption: h.Exemption, Condition: h.Condition, Purpose: h.Purpose,
		BySite: i.bySite(), Confidence: scanner.ByInference,
		Basis: fmt.Sprintf("no rule knows it; its name holds %q", word),
	}
}

const (
	shortLife       = 24 * 3600
	longLife        = 30 * shortLife
	identifierSize  = 8  // octets of a value that can tell visitors apart
	sessionKeySize  = 16 // octets of a value that cannot be guessed
	kindBeacon      = rules.Kind("beacon")
	kindFingerprint = rules.Kind("fingerprint")
	kindWorker      = rules.Kind("serviceWorker")
)

// byShape guesses from what is known besides the name. It speaks up only where
// one use is by far the most likely.
func byShape(i Item) *scanner.Classification {
	guess := func(category, exemption, purpose, why string) *scanner.Classification {
		return &scanner.Classification{
			Category: category, Exemption: exemption, Purpose: purpose, BySite: i.bySite(),
			Confidence: scanner.ByInference, Basis: "no rule knows it; " + why,
		}
	}
	third := i.Party == string(scanner.Third)
	cookie := i.Kind == rules.Cookie
	switch {
	case cookie && third && i.Seconds >= longLife && i.ValueSize >= identifierSize && i.Individual:
		return guess(rules.Marketing, rules.NoExemption, "recognise-across-sites",
			"a lasting cookie of a third party with another value for each new visitor")
	case cookie && !third && i.bySite() && i.Site != "" && i.ByHeader && i.HTTPOnly && i.Session && i.ValueSize >= sessionKeySize:
		return guess(rules.Necessary, rules.Settled, "keep-session",
			"a long value that the site's server sets, that scripts cannot read and that ends with the browser")
	case cookie && i.Party == string(scanner.First) && i.Seconds >= longLife && !i.HTTPOnly && isVisitorID(i.Value):
		return guess(rules.Statistics, rules.NoExemption, "distinguish-visitors",
			"a lasting value of the form of an identifier, open to scripts")
	case i.Kind == kindWorker && !third && i.bySite():
		found := guess(rules.Necessary, rules.Conditional, "work-offline", "a service worker of the site itself")
		found.Condition = "Only if the visitor uses what it keeps."
		return found
	case i.Kind == rules.CacheStorage && !third && i.bySite():
		found := guess(rules.Necessary, rules.Conditional, "cache-content", "a cache of the site itself")
		found.Condition = "Only if the visitor uses what it keeps."
		return found
	}
	return nil
}
