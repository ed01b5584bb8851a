package rules

import "strings"

// A Query is what is known of a thing to look up. All but the name may be
// empty.
type Query struct {
	Kind   Kind
	Name   string
	Domain string // of the cookie; for storage the host of its origin; for a request its host
	Setter string // host of the script or response that set it
	Party  string // first or third
	Path   string // of a request, without query
}

// A Level says what a match rests on. A higher one wins.
type Level int

// The levels, the weakest first.
const (
	LevelNone          Level = iota // nothing known
	LevelVendor                     // only the host or the setter is known
	LevelPossible                   // a name whose rule asks for a domain or setter that the query lacks
	LevelWildcard                   // a pattern
	LevelWildcardPlace              // a pattern, and domain or setter agree; or a host
	LevelExact                      // the name
	LevelExactSetter                // the name, and the setter agrees
	LevelExactDomain                // the name, and the domain agrees; or a host and a path
)

// The confidence in a match.
const (
	Certain  = "certain"
	Likely   = "likely"
	Inferred = "inferred"
	None     = "none"
)

// A Match is what the database knows about a query.
type Match struct {
	Rule       *Rule   // nil if none fits
	Vendor     *Vendor // the rule's; without a rule, whose host it is; nil unknown
	Level      Level
	Confidence string
	Others     []*Rule // that fit as well and have another category
}

// Match finds the rule for a query. It allocates only where several rules of
// different categories fit equally well, or if a host has upper-case letters.
func (db *DB) Match(q Query) Match {
	s := newSearch(db, q)
	s.run()
	return s.result()
}

func newSearch(db *DB, q Query) search {
	q.Domain, q.Setter = cleanHost(q.Domain), cleanHost(q.Setter)
	return search{db: db, q: q, kinds: q.Kind.set()}
}

func cleanHost(host string) string {
	return strings.ToLower(strings.TrimSuffix(strings.TrimPrefix(host, "."), "."))
}

// Candidates are all rules that fit a query, the best first.
func (db *DB) Candidates(q Query) []*Rule {
	s := newSearch(db, q)
	s.all = &[]candidate{}
	s.run()
	return sorted(*s.all)
}

// Vendor finds a vendor by its id.
func (db *DB) Vendor(id string) (Vendor, bool) {
	if v, ok := db.vendors[id]; ok {
		return *v, true
	}
	return Vendor{}, false
}

// VendorOfHost finds whose host it is: the vendor of the longest domain.
func (db *DB) VendorOfHost(host string) (Vendor, bool) {
	if v := db.owner(cleanHost(host)); v != nil {
		return *v, true
	}
	return Vendor{}, false
}

// owner is the vendor of a host, one of the user's before ours.
func (db *DB) owner(host string) *Vendor {
	for at := host; at != ""; at = parent(at) {
		var best *Vendor
		for _, v := range db.owners[at] {
			if best == nil || v.layer > best.layer {
				best = v
			}
		}
		if best != nil {
			return best
		}
	}
	return nil
}

// parent is a host without its first label.
func parent(host string) string {
	_, rest, _ := strings.Cut(host, ".")
	return rest
}

// owns tells whether a vendor has a host among its domains.
func (db *DB) owns(v *Vendor, host string) bool {
	for at := host; at != ""; at = parent(at) {
		for _, owner := range db.owners[at] {
			if owner == v {
				return true
			}
		}
	}
	return false
}

// below tells whether a host is one of some domains or below one.
func below(host string, domains []string) bool {
	for _, d := range domains {
		if n := len(host) - len(d); n >= 0 && host[n:] == d && (n == 0 || host[n-1] == '.') {
			return true
		}
	}
	return false
}
