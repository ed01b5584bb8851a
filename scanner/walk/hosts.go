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
	if outcome, reason := fate(r); h.Outcome == "" || better(outcome, h.Outcome) {
		h.Outcome, h.Reason = string(outcome), reason
	}
	for _, a := range r.Addrs {
		if t := a.String(); !slices.Contains(h.Addresses, t) {
			h.Addresses = append(h.Addresses, t)
		}
	}
	slices.Sort(h.Addresses)
	h.Phases = append(h.Phases, phase)
}

// fate is what became of a host in one pass.
func fate(r egress.HostRecord) (egress.Outcome, string) {
	if r.Outcome == egress.OutcomePending { // nobody waits for it any more
		return egress.OutcomeFailed, string(egress.ReasonClosed)
	}
	return r.Outcome, reasonsOf(r)
}

// better compares the outcomes of several passes: the best one counts.
func better(a egress.Outcome, b string) bool {
	order := []string{string(egress.OutcomeOK), string(egress.OutcomeRefused), string(egress.OutcomeFailed)}
	return slices.Index(order, string(a)) < slices.Index(order, b)
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
