package rules

import (
	"slices"
	"strings"
)

// wins finds a rule that does not win where it should: some other takes its
// examples, or is as good.
func (l *linter) wins(r *Rule) {
	if l.doubled[r] {
		return
	}
	var lost []string
	takers := map[string]bool{}
	examples := r.provable()
	for _, example := range examples {
		winner, equals := l.db.judge(r.Query(example))
		switch {
		case winner == nil:
		case winner != r && !slices.Contains(equals, r):
			lost = append(lost, example)
			takers[winner.ID] = true
		default:
			l.equals(r, example, equals)
		}
	}
	switch {
	case len(lost) == 0:
	case len(lost) == len(examples):
		l.rule(r, "match", "the rule never wins: its examples are taken by %s", keys(takers))
	default:
		l.rule(r, "examples", "the example %.80q is taken by %s", lost[0], keys(takers))
	}
}

// equals reports, at the later of both, rules that fit an example as well.
func (l *linter) equals(r *Rule, example string, equals []*Rule) {
	for _, other := range equals {
		switch {
		case other == r || !l.later(r, other) && slices.Contains(other.provable(), example):
		case other.Category != r.Category:
			l.rule(r, "category", "%.80q is %s here and %s for %s, with nothing to tell them apart: give both a domain or setter", example, r.Category, other.Category, other.ID)
		default:
			l.rule(r, "match", "%.80q fits %s as well, with nothing to tell them apart: give both a domain or setter, or drop one", example, other.ID)
		}
	}
}

func (l *linter) later(r, other *Rule) bool {
	a, b := r.Place(), other.Place()
	if a.File != b.File {
		return l.files[a.File] > l.files[b.File]
	}
	return a.Line > b.Line
}

// judge finds the winner of a query and all that fit as well, the winner
// among them.
func (db *DB) judge(q Query) (winner *Rule, equals []*Rule) {
	s := newSearch(db, q)
	s.all = &[]candidate{}
	s.run()
	if s.best.e == nil {
		return nil, nil
	}
	for _, c := range *s.all {
		if c.compare(s.best) == 0 && !slices.Contains(equals, c.e.rule) {
			equals = append(equals, c.e.rule)
		}
	}
	return s.best.e.rule, equals
}

// provable are the examples that match, or for a request without any its host
// and path.
func (r *Rule) provable() []string {
	var out []string
	for _, example := range r.Examples {
		if r.about(example) {
			out = append(out, example)
		}
	}
	if len(r.Examples) == 0 && len(r.Match.Host) > 0 {
		out = append(out, r.Match.Host[0]+strings.NewReplacer("*", "", "?", "x").Replace(r.Match.Path))
	}
	return out
}

// Query is how an example of the rule is met in the best case: with the domain
// and the setter that the rule names.
func (r *Rule) Query(example string) Query {
	q := Query{Kind: r.Kinds[0], Name: example}
	if len(r.Match.Host) > 0 {
		q.Name = ""
		q.Domain, q.Path = splitAddress(example)
		return q
	}
	if len(r.Match.Domain) > 0 {
		q.Domain = r.Match.Domain[0]
	}
	if len(r.Match.Setter) > 0 {
		q.Setter = r.Match.Setter[0]
	}
	if r.Party != "any" {
		q.Party = r.Party
	}
	return q
}

func keys(set map[string]bool) string {
	var all []string
	for k := range set {
		all = append(all, k)
	}
	slices.Sort(all)
	return strings.Join(all, ", ")
}
