package register

import "cookiescan/scanner"

// receivers knows to which vendors the values of a scan were sent.
type receivers struct {
	index  *Index
	behind map[string]string // host to the id of the vendor that its requests are classified as
	vendor func(id string) (Vendor, bool)
}

// behind takes whose a host is from the requests to it. The vendor of software
// that the site's operator runs receives nothing.
func behind(s *scanner.Scan) map[string]string {
	list := map[string]string{}
	for _, t := range s.Trackers {
		if c := t.Classification; c != nil && c.VendorID != "" && !c.BySite {
			list[t.Host] = c.VendorID
		}
	}
	return list
}

// of are the vendors that received the value of an item: its own, where a host is
// below the domains of that one, or the one behind a host.
func (r receivers) of(i item) []string {
	var domains []string
	if c := i.class; c != nil && c.VendorID != "" && !c.BySite {
		if v, ok := r.vendor(c.VendorID); ok {
			domains = v.Domains
		}
	}
	var ids []string
	for _, host := range i.sentTo {
		switch id := r.behind[host]; {
		case r.index.Own(host):
		case len(domains) > 0 && isBelow(host, domains):
			ids = append(ids, i.class.VendorID)
		case id != "":
			ids = append(ids, id)
		}
	}
	return ids
}
