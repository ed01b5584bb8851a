package walk

import (
	"slices"
	"strings"

	"cookiescan/scanner"
	"cookiescan/scanner/egress"
	"cookiescan/scanner/setcookie"
)

// host takes a host that a pass contacted into the document.
func (s *scan) host(phase string, r egress.HostRecord) {
	h := s.hosts[r.Host]
	if h == nil {
		h = &scanner.Host{Name: r.Host, Party: scanner.Third}
		if setcookie.Site(r.Host) == s.o.Site {
			h.Party = scanner.First
		}
		s.hosts[r.Host] = h
	}
	h.Requests += r.Connections
	h.Outcome, h.Reason = string(r.Outcome), reasonsOf(r)
	for _, a := range r.Addrs {
		if t := a.String(); !slices.Contains(h.Addresses, t) {
			h.Addresses = append(h.Addresses, t)
		}
	}
	slices.Sort(h.Addresses)
	h.Phases = append(h.Phases, phase)
}

// reasonsOf lists why attempts at a host did not succeed.
func reasonsOf(r egress.HostRecord) string {
	var out []string
	for why := range r.Reasons {
		out = append(out, string(why))
	}
	slices.Sort(out)
	return strings.Join(out, ", ")
}
