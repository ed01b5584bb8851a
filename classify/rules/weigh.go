package rules

// hostOwners is whose the domain and the setter of a query are, found when
// first asked.
type hostOwners struct {
	known          bool
	domain, setter *Vendor
}

func (s *search) owners() *hostOwners {
	if !s.ownerOf.known {
		s.ownerOf = hostOwners{true, s.db.owner(s.q.Domain), s.db.owner(s.q.Setter)}
	}
	return &s.ownerOf
}

// weigh says how well an entry whose name fits agrees with the rest; false if
// a condition of its rule is not met.
func (s *search) weigh(e *entry) (candidate, bool) {
	m, q := &e.rule.Match, &s.q
	c := candidate{e: e}
	domain := q.Domain != "" && below(q.Domain, m.Domain)
	// What a host sets for itself by a response has its domain.
	setter := q.Setter != "" && below(q.Setter, m.Setter) || q.Domain != "" && below(q.Domain, m.Setter)
	c.evidence = evidence{domain, setter, domain || setter}
	met, unknown := true, false
	switch m.Require {
	case "domain":
		met, unknown = domain, q.Domain == ""
	case "setter":
		met, unknown = setter, q.Setter == ""
	}
	if !met && !unknown {
		return c, false
	}
	if !c.evidence.stated && e.rule.Vendor.Role == RoleService {
		c.evidence.domain = q.Domain != "" && s.db.owns(e.rule.Vendor, q.Domain)
		c.evidence.setter = q.Setter != "" && s.db.owns(e.rule.Vendor, q.Setter)
	}
	c.level = c.evidence.level(e.exact)
	if !met {
		c.level = LevelPossible
	}
	c.against = !c.evidence.any() && s.contradicts(e.rule)
	return c, true
}

func (e evidence) any() bool { return e.domain || e.setter }

func (e evidence) level(exact bool) Level {
	switch {
	case exact && e.domain:
		return LevelExactDomain
	case exact && e.setter:
		return LevelExactSetter
	case exact:
		return LevelExact
	case e.any():
		return LevelWildcardPlace
	}
	return LevelWildcard
}

// contradicts tells whether the thing was met elsewhere than the rule expects:
// on another domain, as a first party's what is a third party's, or set by the
// script of another vendor that stores such things itself. What a tag manager
// or a network that delivers files sets can be anybody's.
func (s *search) contradicts(r *Rule) bool {
	q := &s.q
	switch {
	case q.Domain != "" && len(r.Match.Domain) > 0,
		q.Party == "first" && r.Party == "third":
		return true
	case q.Setter == "" || len(r.Match.Setter) == 0:
		return false
	}
	other := s.owners().setter
	if other == nil || other == r.Vendor || other.Legal != "" && other.Legal == r.Vendor.Legal {
		return false
	}
	return (other.Category == Statistics || other.Category == Marketing) && other.Purpose != "load-tags"
}

// result is the match of what was found, or whose host it is.
func (s *search) result() Match {
	if s.best.e == nil {
		o := s.owners()
		switch {
		case o.domain != nil:
			return Match{Vendor: o.domain, Level: LevelVendor, Confidence: Inferred}
		case o.setter != nil:
			return Match{Vendor: o.setter, Level: LevelVendor, Confidence: Inferred}
		}
		return Match{Confidence: None}
	}
	r := s.best.e.rule
	return Match{Rule: r, Vendor: r.Vendor, Level: s.best.level, Confidence: s.confidence(), Others: s.ties}
}

// How many literal characters make a name specific: beside a domain or setter
// that agrees, and alone.
const (
	specificBeside = 5
	specificStated = 4 // where the rule names the place itself: _ga_* from Google's tag
	specificAlone  = 8
)

func (s *search) confidence() string {
	c, e := s.best, s.best.e
	sure := Likely
	switch {
	case e.rule.Match.Host != nil, c.evidence.any() && (e.literals >= specificBeside || c.evidence.stated && (e.exact || e.literals >= specificStated)):
		sure = Certain
	case e.literals >= specificAlone && !s.shared && !e.generic:
		sure = Certain
	}
	if c.level == LevelPossible {
		sure = Inferred
	}
	if c.against {
		sure = less(sure)
	}
	if len(s.ties) > 0 {
		sure = less(sure)
	}
	return sure
}

// less is one step less confident.
func less(confidence string) string {
	switch confidence {
	case Certain:
		return Likely
	case Likely:
		return Inferred
	}
	return None
}
