package rules

import (
	"strings"
	"testing"
)

// load makes a database of rules in a short notation: a line is
//
//	vendor/id category match...
//
// with the match in YAML's flow style. Vendor v has the domain v.test.
func load(t testing.TB, db *DB, name, lines string) *DB {
	t.Helper()
	db, err := Load(db, name, []byte(expand(lines)))
	if err != nil {
		t.Fatal(err)
	}
	return db
}

func expand(lines string) string {
	byVendor := map[string]string{}
	var order []string
	for line := range strings.Lines(lines) {
		fields := strings.SplitN(strings.TrimSpace(line), " ", 3)
		if len(fields) < 3 {
			continue
		}
		vendor, id, _ := strings.Cut(fields[0], "/")
		if byVendor[vendor] == "" {
			order = append(order, vendor)
			purpose := "  category: marketing\n"
			switch vendor {
			case "tags":
				purpose += "  purpose: load-tags\n"
			case "cdn":
				purpose = "  category: necessary\n"
			}
			byVendor[vendor] = "vendor:\n  id: " + vendor + "\n  name: The " + vendor + "\n  domains: [" + vendor + ".test]\n" + purpose + "rules:\n"
		}
		kind, party := "cookie", "any"
		match := fields[2]
		if strings.Contains(match, "host:") {
			kind = "request"
		}
		if rest, ok := strings.CutSuffix(match, " third"); ok {
			match, party = rest, "third"
		}
		byVendor[vendor] += "  - id: " + id + "\n    kind: [" + kind + "]\n    match: {" + match + "}\n    category: " + fields[1] + "\n    exemption: none\n    party: " + party + "\n"
	}
	var docs []string
	for _, v := range order {
		docs = append(docs, byVendor[v])
	}
	return strings.Join(docs, "---\n")
}

const sample = `
	a/exact statistics exact: visitor_count
	a/domain marketing exact: uid, domain: [a.test], require: domain
	b/domain statistics exact: uid, domain: [b.test], require: domain
	a/setter statistics exact: _st, setter: [cdn.test]
	a/pattern statistics glob: "_sp_*", setter: [cdn.test]
	a/short statistics glob: "_x_*"
	b/long marketing glob: "_x_long_*"
	c/placed preferences glob: "_x_*", domain: [c.test]
	a/regexp statistics regexp: "_re_[0-9]+", pattern: "_re_*"
	a/tail statistics glob: "*_tail_of_a"
	a/middle statistics glob: "*middle_of_a*"
	a/third marketing exact: third_of_a, domain: [a.test] third
	a/tied statistics exact: tied_name
	b/tied marketing exact: tied_name
	a/same statistics exact: same_name
	b/same statistics exact: same_name
	a/by-setter statistics exact: sid, setter: [cdn.a.test], require: setter
	a/host marketing host: [a.test]
	a/path statistics host: [a.test], path: "/collect*"
	a/sub preferences host: [sub.a.test]
	tags/none statistics exact: tags_own
	cdn/none statistics exact: own_of_cdn
	c/by-c statistics exact: only_c_sets_it, setter: [s.c.test]
	a/generic statistics exact: session_token
`

func TestMatch(t *testing.T) {
	db := load(t, nil, "sample.yaml", sample)
	tests := []struct {
		name       string
		q          Query
		rule       string
		level      Level
		confidence string
		others     string
	}{
		{"a long name alone", Query{Name: "visitor_count"}, "a/exact", LevelExact, Likely, ""},
		{"the domain decides", Query{Name: "uid", Domain: ".A.test", Party: "third"}, "a/domain", LevelExactDomain, Certain, ""},
		{"a subdomain too", Query{Name: "uid", Domain: "x.b.test"}, "b/domain", LevelExactDomain, Certain, ""},
		{"not what only ends alike", Query{Name: "uid", Domain: "xa.test"}, "", LevelNone, None, ""},
		{"a condition that is not met", Query{Name: "uid", Domain: "shop.test", Party: "first"}, "", LevelNone, None, ""},
		{"a condition that nobody knows", Query{Name: "uid"}, "a/domain", LevelPossible, None, "b/domain"},
		{"short, but the setter agrees", Query{Name: "_st", Domain: "shop.test", Setter: "x.cdn.test"}, "a/setter", LevelExactSetter, Certain, ""},
		{"a short pattern, but the setter agrees", Query{Name: "_sp_1", Domain: "shop.test", Setter: "x.cdn.test"}, "a/pattern", LevelWildcardPlace, Certain, ""},
		{"a short pattern alone", Query{Name: "_sp_1"}, "a/pattern", LevelWildcard, Likely, ""},
		{"short and alone", Query{Name: "_st"}, "a/setter", LevelExact, Likely, ""},
		{"set by another vendor", Query{Name: "_st", Setter: "b.test"}, "a/setter", LevelExact, Inferred, ""},
		{"set by a tag manager", Query{Name: "_st", Setter: "www.tags.test"}, "a/setter", LevelExact, Likely, ""},
		{"long, but set by another vendor", Query{Name: "only_c_sets_it", Setter: "b.test"}, "c/by-c", LevelExact, Likely, ""},
		{"long, set by a network", Query{Name: "only_c_sets_it", Setter: "cdn.test"}, "c/by-c", LevelExact, Certain, ""},
		{"set by the site", Query{Name: "_st", Domain: "shop.test", Setter: "www.shop.test", Party: "first"}, "a/setter", LevelExact, Likely, ""},
		{"the vendor's own domain", Query{Name: "visitor_count", Domain: "a.test"}, "a/exact", LevelExactDomain, Certain, ""},
		{"the longer pattern", Query{Name: "_x_long_1"}, "b/long", LevelWildcard, Likely, ""},
		{"a place beats length", Query{Name: "_x_long_1", Domain: "c.test"}, "c/placed", LevelWildcardPlace, Likely, ""},
		{"a regexp", Query{Name: "_re_12"}, "a/regexp", LevelWildcard, Likely, ""},
		{"a regexp is on the whole name", Query{Name: "_re_12x"}, "", LevelNone, None, ""},
		{"by its end", Query{Name: "x_tail_of_a"}, "a/tail", LevelWildcard, Certain, ""},
		{"by its middle", Query{Name: "x_middle_of_a_y"}, "a/middle", LevelWildcard, Certain, ""},
		{"on the usual domain", Query{Name: "third_of_a", Domain: "a.test", Party: "third"}, "a/third", LevelExactDomain, Certain, ""},
		{"elsewhere than usual", Query{Name: "third_of_a", Domain: "shop.test", Party: "first"}, "a/third", LevelExact, Likely, ""},
		{"a tie of categories", Query{Name: "tied_name"}, "a/tied", LevelExact, Inferred, "b/tied"},
		{"a tie that a domain settles", Query{Name: "tied_name", Domain: "b.test"}, "b/tied", LevelExactDomain, Certain, ""},
		{"two vendors that agree", Query{Name: "same_name"}, "a/same", LevelExact, Likely, ""},
		{"a setter that is a condition", Query{Name: "sid", Domain: "shop.test", Setter: "cdn.a.test"}, "a/by-setter", LevelExactSetter, Certain, ""},
		{"and is not met", Query{Name: "sid", Domain: "shop.test", Setter: "shop.test"}, "", LevelNone, None, ""},
		{"a general name", Query{Name: "session_token"}, "a/generic", LevelExact, Likely, ""},
		{"only the setter is known", Query{Name: "unheard", Domain: "shop.test", Setter: "x.a.test"}, "", LevelVendor, Inferred, ""},
		{"another kind", Query{Kind: LocalStorage, Name: "visitor_count"}, "", LevelNone, None, ""},
		{"any kind", Query{Kind: "", Name: "visitor_count"}, "a/exact", LevelExact, Likely, ""},
		{"a kind without rules", Query{Kind: "serviceWorker", Name: "visitor_count"}, "", LevelNone, None, ""},
		{"a host", Query{Kind: Request, Domain: "x.a.test", Path: "/"}, "a/host", LevelWildcardPlace, Certain, ""},
		{"a host and its path", Query{Kind: Pixel, Domain: "x.a.test", Path: "/collect/1"}, "a/path", LevelExactDomain, Certain, ""},
		{"a longer host", Query{Kind: "beacon", Domain: "sub.a.test", Path: "/"}, "a/sub", LevelWildcardPlace, Certain, ""},
		{"a request to a vendor", Query{Kind: Request, Domain: "x.b.test", Path: "/"}, "", LevelVendor, Inferred, ""},
		{"nothing", Query{}, "", LevelNone, None, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if test.q.Kind == "" && test.name != "any kind" {
				test.q.Kind = Cookie
			}
			m := db.Match(test.q)
			rule, others := "", ""
			if m.Rule != nil {
				rule = m.Rule.ID
			}
			for _, o := range m.Others {
				others += o.ID
			}
			if rule != test.rule || m.Level != test.level || m.Confidence != test.confidence || others != test.others {
				t.Errorf("%+v is %q at level %d, %s, others %q; want %q at level %d, %s, others %q",
					test.q, rule, m.Level, m.Confidence, others, test.rule, test.level, test.confidence, test.others)
			}
		})
	}
}

func TestUserWins(t *testing.T) {
	db := load(t, nil, "ours.yaml", `a/exact statistics exact: some_name, domain: [a.test]`)
	db.docs[0].vendor.layer = 0
	for _, r := range db.docs[0].rules {
		r.layer = 0
	}
	first := load(t, db, "mine.yaml", `m/all necessary glob: "some_*"`)
	second := load(t, first, "more.yaml", `n/all preferences glob: "some*"`)
	q := Query{Kind: Cookie, Name: "some_name", Domain: "a.test"}
	for want, db := range map[string]*DB{"a/exact": db, "m/all": first, "n/all": second} {
		m := db.Match(q)
		if m.Rule.ID != want || len(m.Others) > 0 {
			t.Errorf("%s wins, with %d others; want %s", m.Rule.ID, len(m.Others), want)
		}
	}
	if got := len(second.Candidates(q)); got != 3 {
		t.Errorf("%d candidates, want 3", got)
	}
	if !strings.HasPrefix(second.Version(), first.Version()) || second.Version() == first.Version() {
		t.Errorf("version %q on top of %q", second.Version(), first.Version())
	}
	if _, ok := second.Vendor("m"); !ok {
		t.Error("the user's vendor is not there")
	}
}

func TestVendorOfHost(t *testing.T) {
	db := load(t, nil, "sample.yaml", sample)
	for host, want := range map[string]string{"a.test": "a", "X.a.test.": "a", "b.test": "b", "test": "", "": "", "xa.test": ""} {
		if v, _ := db.VendorOfHost(host); v.ID != want {
			t.Errorf("%q is of %q, want %q", host, v.ID, want)
		}
	}
}

func TestMatchDoesNotAllocate(t *testing.T) {
	db := load(t, nil, "sample.yaml", sample)
	for _, name := range []string{"visitor_count", "_x_long_1", "_re_12", "x_tail_of_a", "x_middle_of_a_y", "unheard"} {
		q := Query{Kind: Cookie, Name: name, Domain: "shop.test", Setter: "www.a.test", Party: "first"}
		if n := testing.AllocsPerRun(100, func() { db.Match(q) }); n > 0 {
			t.Errorf("%s: %v allocations", name, n)
		}
	}
}
