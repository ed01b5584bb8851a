package classify

import (
	"net/url"
	"slices"
	"strings"

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

// RealHost is a domain as it would be on the site that the scanned host stands
// for.
func RealHost(doc *scanner.Scan, domain string) string {
	as := originHost(doc.Target.As)
	if as == "" {
		return domain
	}
	site := doc.Target.Site
	switch {
	case domain == originHost(doc.Target.URL):
		return as
	case domain == site:
		return Site(as)
	case strings.HasSuffix(domain, "."+site):
		return strings.TrimSuffix(domain, site) + Site(as)
	}
	return domain
}

// InRealPlace is a scan with its items where they would be on the site that the
// scanned host stands for, as a declaration names them. It is a copy if anything
// differs; who wrote them stays as it was recorded.
func InRealPlace(doc *scanner.Scan) *scanner.Scan {
	if doc.Target.As == "" {
		return doc
	}
	there := *doc
	there.Cookies, there.Storage, there.Trackers = slices.Clone(doc.Cookies), slices.Clone(doc.Storage), slices.Clone(doc.Trackers)
	for i := range there.Cookies {
		c := &there.Cookies[i]
		*c = *Real(doc, c)
		c.Domain = RealHost(doc, c.Domain)
	}
	for i := range there.Storage {
		o := &there.Storage[i].Origin
		if u, err := url.Parse(*o); err == nil && RealHost(doc, u.Hostname()) != u.Hostname() {
			*o = u.Scheme + "://" + RealHost(doc, u.Hostname())
		}
	}
	for i := range there.Trackers {
		t := &there.Trackers[i]
		t.Host = RealHost(doc, t.Host)
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
