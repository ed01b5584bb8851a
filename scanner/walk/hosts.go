package walk

import (
	"context"
	"maps"
	"net/url"
	"slices"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

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

// Bounds of the look for aliases: a site may have a thousand names.
const (
	maxCanonical    = 64
	canonicalTime   = 5 * time.Second // for all of them
	canonicalAtOnce = 8
)

// canonicalNames asks where the site's hosts lead in DNS: an alias can be that
// of another company. The hosts of the start addresses are what was asked for.
func (s *scan) canonicalNames(ctx context.Context) {
	if s.o.CanonicalNames == nil {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, canonicalTime)
	defer cancel()
	var group errgroup.Group
	group.SetLimit(canonicalAtOnce)
	asked := 0
	for _, name := range slices.Sorted(maps.Keys(s.hosts)) {
		h := s.hosts[name]
		if h.Party != scanner.First || h.Outcome != string(egress.OutcomeOK) || s.starts(name) || asked == maxCanonical {
			continue
		}
		asked++
		group.Go(func() error {
			if names := s.o.CanonicalNames(ctx, name); len(names) > 0 {
				last := len(names) - 1
				h.Aliases, h.CanonicalName = names[:last], names[last]
			}
			return nil
		})
	}
	_ = group.Wait() // a host without an answer has no name
}

// starts tells whether a start address is on a host.
func (s *scan) starts(host string) bool {
	return slices.ContainsFunc(s.o.Start, func(address string) bool {
		u, err := url.Parse(address)
		return err == nil && u.Hostname() == host
	})
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
