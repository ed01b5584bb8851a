package rules

import "testing"

// slowly searches without the index: every entry is asked.
func slowly(db *DB, all []*entry, q Query) *Rule {
	s := newSearch(db, q)
	for _, e := range all {
		if e.kinds&s.kinds != 0 && len(e.rule.Match.Host) == 0 && e.rule.about(q.Name) {
			if c, ok := s.weigh(e); ok {
				s.take(c)
			}
		}
	}
	if s.best.e == nil {
		return nil
	}
	return s.best.e.rule
}

// entries are made anew, one a rule.
func entries(db *DB) []*entry {
	var all []*entry
	for r := range db.Rules() {
		e := &entry{rule: r, exact: r.Match.Exact != ""}
		for _, k := range r.Kinds {
			e.kinds |= k.set()
		}
		switch m := r.Match; {
		case m.Exact != "":
			e.literals = len([]rune(m.Exact))
		case m.Glob != "":
			_, e.literals = globLiterals(m.Glob)
		default:
			e.literals = literalsOfRegexp(parsed(m.Regexp)).total
		}
		all = append(all, e)
	}
	return all
}

// FuzzMatch compares the index with a search through all rules.
func FuzzMatch(f *testing.F) {
	db := embedded(f)
	all := entries(db)
	f.Add("_ga_ABC123", "shop.test", "www.googletagmanager.com", true)
	f.Add("uid", "adform.net", "", false)
	f.Add("x_session", "", "", false)
	n := 0
	for r := range db.Rules() {
		if n++; n%200 == 0 && len(r.Examples) > 0 {
			q := r.Query(r.Examples[0])
			f.Add(q.Name, q.Domain, q.Setter, n%2 == 0)
		}
	}
	f.Fuzz(func(t *testing.T, name, domain, setter string, third bool) {
		q := Query{Kind: Cookie, Name: name, Domain: domain, Setter: setter, Party: "first"}
		if third {
			q.Party = "third"
		}
		m := db.Match(q)
		if want := slowly(db, all, q); m.Rule != want {
			t.Errorf("%+v: %v wins, want %v", q, id(m.Rule), id(want))
		}
		if m.Rule != nil && (m.Vendor != m.Rule.Vendor || m.Level < LevelPossible) || m.Rule == nil && m.Level > LevelVendor {
			t.Errorf("%+v: rule and level disagree: %+v", q, m)
		}
	})
}

func id(r *Rule) string {
	if r == nil {
		return "nothing"
	}
	return r.ID
}
