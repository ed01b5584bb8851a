package classify

import (
	"slices"

	"cookiescan/scanner"
)

// StandFor notes that a scanned host stands for another, such as a preview for
// the real site: what belongs to the site of either is first-party then. The
// address is that of the other. What the scan recorded of writes stays as it is.
func StandFor(doc *scanner.Scan, address string) {
	doc.Target.As = address
	own := func(p *scanner.Party, host string) {
		if *p == scanner.Third && InPlace(doc, host) {
			*p = scanner.First
		}
	}
	for i := range doc.Cookies {
		own(&doc.Cookies[i].Party, doc.Cookies[i].Domain)
	}
	for i := range doc.Storage {
		own(&doc.Storage[i].Party, originHost(doc.Storage[i].Origin))
	}
	for i := range doc.Trackers {
		own(&doc.Trackers[i].Party, doc.Trackers[i].Host)
	}
	for i := range doc.Hosts {
		own(&doc.Hosts[i].Party, doc.Hosts[i].Name)
	}
}

// InPlace tells whether a host belongs to the site that the scanned one stands
// for. It is false of everything if it stands for itself.
func InPlace(doc *scanner.Scan, host string) bool {
	real := originHost(doc.Target.As)
	return real != "" && Site(hostOf(host)) == Site(real)
}

// Real is a cookie as it would be on the site that the scanned host stands for:
// one that was refused only because its Domain is that site is stored there. It
// is a copy if it differs; what the scan recorded stays.
func Real(doc *scanner.Scan, c *scanner.Cookie) *scanner.Cookie {
	if c.Stored || !InPlace(doc, c.Domain) || !slices.ContainsFunc(c.Writes, forItsDomain) {
		return c
	}
	there := *c
	there.Stored, there.Writes = true, slices.Clone(c.Writes)
	for i := range there.Writes {
		if w := &there.Writes[i]; forItsDomain(*w) {
			w.Action, w.Proof = scanner.Set, scanner.ProofNetLog
		}
	}
	return &there
}

// invalidDomain is Chromium's reason to refuse a Domain that is not above the
// host (RFC 6265bis section 5.7, step 10).
const invalidDomain = "InvalidDomain"

// forItsDomain tells whether a write was refused for its Domain and nothing else.
func forItsDomain(w scanner.Write) bool {
	return w.Action == scanner.Refused && slices.Equal(w.Blocked, []string{invalidDomain})
}
