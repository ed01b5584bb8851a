package scanner

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// Sort puts the lists of a scan into their one order, so that the same facts
// give the same bytes: first party before third, then by name; pages by pass
// and number. Writes keep the order of events, passes and start addresses the
// order in which they were asked for.
func (s *Scan) Sort() {
	pages := s.pageOrder()
	slices.SortStableFunc(s.Cookies, compareCookies)
	for i := range s.Cookies {
		c := &s.Cookies[i]
		slices.SortStableFunc(c.Pages, pages)
		slices.SortStableFunc(c.SentTo, compareSentTo)
	}
	slices.SortStableFunc(s.Storage, compareStorage)
	for i := range s.Storage {
		slices.SortStableFunc(s.Storage[i].Pages, pages)
	}
	slices.SortStableFunc(s.Trackers, compareTrackers)
	for i := range s.Trackers {
		slices.SortStableFunc(s.Trackers[i].Pages, pages)
	}
	slices.SortStableFunc(s.Hosts, func(a, b Host) int {
		return cmp.Or(cmp.Compare(a.Party, b.Party), cmp.Compare(a.Name, b.Name), cmp.Compare(a.Outcome, b.Outcome))
	})
	for i := range s.Hosts {
		slices.Sort(s.Hosts[i].Addresses)
	}
	for i := range s.Passes {
		slices.SortStableFunc(s.Passes[i].Pages, func(a, b Page) int { return pages(a.ID, b.ID) })
	}
	s.sortRest()
}

func (s *Scan) sortRest() {
	slices.SortStableFunc(s.Incomplete, func(a, b Incomplete) int {
		return cmp.Or(cmp.Compare(a.Code, b.Code), cmp.Compare(a.Pass, b.Pass),
			cmp.Compare(a.Page, b.Page), cmp.Compare(a.Detail, b.Detail))
	})
	slices.SortStableFunc(s.Notes, func(a, b Note) int {
		return cmp.Or(cmp.Compare(a.Code, b.Code), cmp.Compare(a.Pass, b.Pass),
			cmp.Compare(a.Page, b.Page), cmp.Compare(a.Detail, b.Detail))
	})
	slices.SortStableFunc(s.Coverage.LeftOut, func(a, b Left) int { return cmp.Compare(a.Reason, b.Reason) })
	slices.Sort(s.Coverage.NotVisited)
}

func compareCookies(a, b Cookie) int {
	return cmp.Or(
		cmp.Compare(a.Party, b.Party), // "first" sorts before "third"
		cmp.Compare(a.Domain, b.Domain), cmp.Compare(a.Name, b.Name), cmp.Compare(a.Path, b.Path),
		compareBools(a.HostOnly, b.HostOnly), comparePartitions(a.PartitionKey, b.PartitionKey))
}

// comparePartitions puts what has no partition first.
func comparePartitions(a, b *PartitionKey) int {
	if a == nil || b == nil {
		return compareBools(a != nil, b != nil)
	}
	return cmp.Or(cmp.Compare(a.TopLevelSite, b.TopLevelSite),
		compareBools(a.HasCrossSiteAncestor, b.HasCrossSiteAncestor))
}

func compareSentTo(a, b SentTo) int {
	return cmp.Or(cmp.Compare(a.Host, b.Host), cmp.Compare(a.How, b.How), cmp.Compare(a.Form, b.Form),
		cmp.Compare(a.Pass, b.Pass), cmp.Compare(a.State, b.State))
}

func compareStorage(a, b StorageItem) int {
	return cmp.Or(cmp.Compare(a.Party, b.Party), cmp.Compare(a.Origin, b.Origin), cmp.Compare(a.Kind, b.Kind),
		cmp.Compare(a.Key, b.Key), cmp.Compare(a.Bucket, b.Bucket), cmp.Compare(a.StorageKey, b.StorageKey), cmp.Compare(a.TopSite, b.TopSite))
}

func compareTrackers(a, b Tracker) int {
	return cmp.Or(cmp.Compare(a.Party, b.Party), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Host, b.Host),
		cmp.Compare(a.URL, b.URL), cmp.Compare(a.API, b.API), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
}

func compareBools(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	default:
		return 1
	}
}

// pageOrder compares page ids (phase/number): passes in their own order, a
// phase without a pass after them, numbers as numbers.
func (s *Scan) pageOrder() func(a, b string) int {
	order := make(map[string]int, len(s.Passes))
	for i, p := range s.Passes {
		order[p.Phase] = i - len(s.Passes)
	}
	return func(a, b string) int {
		phaseA, numberA := splitPageID(a)
		phaseB, numberB := splitPageID(b)
		return cmp.Or(cmp.Compare(order[phaseA], order[phaseB]), cmp.Compare(phaseA, phaseB),
			cmp.Compare(numberA, numberB), cmp.Compare(a, b))
	}
}

func splitPageID(id string) (phase string, number int) {
	phase, rest, _ := strings.Cut(id, "/")
	number, err := strconv.Atoi(rest)
	if err != nil {
		return phase, 0
	}
	return phase, number
}
