package rules

import (
	"cmp"
	"slices"
)

// A search is one lookup under way. It stays on the stack.
type search struct {
	db    *DB
	q     Query
	kinds kindSet

	best    candidate
	ties    []*Rule // as good as the best, of another category
	shared  bool    // rules of several vendors fit the name
	all     *[]candidate
	ownerOf hostOwners
}

// A candidate is an entry that fits, with what speaks for it.
type candidate struct {
	e        *entry
	level    Level
	evidence evidence
	against  bool // the usual domain or setter is another
	length   int  // of the host, for a request
}

// evidence says how domain or setter agree with a rule.
type evidence struct {
	domain, setter bool
	stated         bool // the rule itself names the place, not only its vendor
}

func (s *search) run() {
	if s.kinds&setRequest != 0 {
		s.byHost()
		return
	}
	s.considerAll(s.db.exact[s.q.Name])
	s.db.begin.forward(s)
	s.db.end.backward(s)
	if len(s.db.within) > 0 {
		s.inner()
	}
	for _, e := range s.db.loose {
		s.consider(e)
	}
}

func (s *search) considerAll(entries []*entry) {
	for _, e := range entries {
		s.consider(e)
	}
}

// inner looks patterns up under each gram of the name. A gram that comes twice
// brings its patterns twice, which changes nothing.
func (s *search) inner() {
	for i := 0; i+gram <= len(s.q.Name); i++ {
		if g := s.q.Name[i : i+gram]; s.db.grams[gramHash(g)] {
			s.considerAll(s.db.within[g])
		}
	}
}

func (s *search) consider(e *entry) {
	if e.kinds&s.kinds == 0 || !e.matches(s.q.Name) {
		return
	}
	if c, ok := s.weigh(e); ok {
		s.take(c)
	}
}

// byHost finds rules for a request: by its host, the longest first, and path.
func (s *search) byHost() {
	for host := s.q.Domain; host != ""; host = parent(host) {
		for _, e := range s.db.hosts[host] {
			path := e.rule.Match.Path
			if path != "" && !globMatch(path, s.q.Path) {
				continue
			}
			level := LevelWildcardPlace
			if path != "" {
				level = LevelExactDomain
			}
			s.take(candidate{e: e, level: level, evidence: evidence{domain: true, stated: true}, length: len(host)})
		}
	}
}

// take keeps a candidate if it is better than the best so far.
func (s *search) take(c candidate) {
	if s.all != nil {
		*s.all = append(*s.all, c)
	}
	if s.best.e == nil {
		s.best = c
		return
	}
	if c.e == s.best.e {
		return
	}
	if c.e.rule.Vendor != s.best.e.rule.Vendor && c.level != LevelPossible && s.best.level != LevelPossible {
		s.shared = true
	}
	switch order := c.compare(s.best); {
	case order < 0:
		s.best, s.ties = c, nil
	case order > 0:
	default:
		s.tie(c)
	}
}

// tie settles which of two equals is shown; the other is kept if it disagrees.
func (s *search) tie(c candidate) {
	loser := c
	if c.e.rule.ID < s.best.e.rule.ID {
		loser, s.best = s.best, c
	}
	if loser.e.rule.Category != s.best.e.rule.Category && !slices.Contains(s.ties, loser.e.rule) {
		s.ties = append(s.ties, loser.e.rule)
	}
	s.ties = slices.DeleteFunc(s.ties, func(r *Rule) bool { return r.Category == s.best.e.rule.Category })
}

// compare puts the better first: what is really met, a later layer, level,
// the longer host, literal characters, and at last what is not contradicted.
func (c candidate) compare(o candidate) int {
	if possible := c.level == LevelPossible; possible != (o.level == LevelPossible) {
		return order(!possible)
	}
	return cmp.Or(
		-cmp.Compare(c.e.rule.layer, o.e.rule.layer),
		-cmp.Compare(c.level, o.level),
		-cmp.Compare(c.length, o.length),
		-cmp.Compare(c.e.literals, o.e.literals),
		-cmp.Compare(c.evidence.count(), o.evidence.count()),
		against(c, o),
	)
}

func order(first bool) int {
	if first {
		return -1
	}
	return 1
}

func against(c, o candidate) int {
	if c.against == o.against {
		return 0
	}
	return order(o.against)
}

func (e evidence) count() int {
	n := 0
	for _, b := range []bool{e.domain, e.setter, e.stated} {
		if b {
			n++
		}
	}
	return n
}

func sorted(all []candidate) []*Rule {
	slices.SortStableFunc(all, func(a, b candidate) int {
		return cmp.Or(a.compare(b), compareText(a.e.rule.ID, b.e.rule.ID))
	})
	var out []*Rule
	for _, c := range all {
		if !slices.Contains(out, c.e.rule) {
			out = append(out, c.e.rule)
		}
	}
	return out
}
