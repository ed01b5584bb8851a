package classify

import (
	"cmp"
	"fmt"
	"strings"

	"golang.org/x/net/publicsuffix"

	"cookiescan/classify/rules"
	"cookiescan/scanner"
)

// An Item is what is known of a thing to classify. All but the name may be
// empty; a request has a host (Domain) and a path instead of a name.
type Item struct {
	Kind   rules.Kind // no kind: a cookie
	Name   string
	Domain string // of the cookie; for storage the host of its origin; for a request its host
	Setter string // host of the script or response that set it
	Party  string // first or third
	Path   string // of a request
	Site   string // eTLD+1 of the site it was met on

	Session bool  // gone when the browser or the tab is closed
	Lasting bool  // outlives it, for a time that need not be known
	Seconds int64 // how long it stays; 0 not known

	HTTPOnly   bool
	ByHeader   bool   // a response set it
	ValueSize  int    // octets of the value, 0 not known
	Value      string // only if values were kept
	Individual bool   // every fresh profile got another value
}

// How long an item lasts.
const (
	untilClosed = "session"
	longer      = "longer"
)

func (i Item) lasts() string {
	switch {
	case i.Session, i.Kind == rules.SessionStorage:
		return untilClosed
	case i.Seconds > 0, i.Lasting, i.Kind == rules.LocalStorage, i.Kind == rules.IndexedDB, i.Kind == rules.FileSystem:
		return longer
	}
	return ""
}

// own tells whether a host belongs to the site itself.
func (i Item) own(host string) bool {
	return host != "" && i.Site != "" && (host == i.Site || strings.HasSuffix(host, "."+i.Site))
}

// bySite tells whether the site itself set it, as far as is known.
func (i Item) bySite() bool { return i.Party != "third" && (i.Setter == "" || i.own(i.Setter)) }

// Options say how to classify. The zero value is useful.
type Options struct {
	Profile string // law whose exemptions count, such as fr or uk; "" those of the directive
}

// A Classifier classifies with a rule database. It is safe for concurrent use.
type Classifier struct {
	db    *rules.DB
	o     Options
	hints map[string][]*hint
}

// New returns a classifier.
func New(db *rules.DB, o Options) (*Classifier, error) {
	hints, err := loadHints()
	if err != nil {
		return nil, err
	}
	return &Classifier{db: db, o: o, hints: hints}, nil
}

// Item classifies one thing, never nil. A rule for the name is taken before
// the vendor of its setter or host, and that before what its name and shape
// speak for. It does not guess if nothing speaks for a guess.
func (c *Classifier) Item(i Item) *scanner.Classification {
	i.Kind = cmp.Or(i.Kind, rules.Cookie)
	if i.Party == "" {
		i.Party = partyOf(i)
	}
	found := c.byRule(i)
	if found == nil {
		found = c.byVendor(i)
	}
	if found == nil {
		found = c.byHint(i)
	}
	if found == nil {
		found = byShape(i)
	}
	if found == nil {
		found = c.unclassified(i)
	}
	if found.Pattern == "" {
		found.Pattern = foldName(i.Name)
	}
	return found
}

// partyOf compares a domain with the site, if both are known.
func partyOf(i Item) string {
	switch {
	case i.Domain == "" || i.Site == "":
		return ""
	case i.own(hostOf(i.Domain)):
		return string(scanner.First)
	}
	return string(scanner.Third)
}

// hostOf is a domain without the dot before it.
func hostOf(domain string) string { return strings.ToLower(strings.TrimPrefix(domain, ".")) }

// Site is the eTLD+1 of a host, or the host when it has none.
func Site(host string) string {
	site, err := publicsuffix.EffectiveTLDPlusOne(host)
	if err != nil {
		return host
	}
	return site
}

func (i Item) query() rules.Query {
	return rules.Query{Kind: i.Kind, Name: i.Name, Domain: i.Domain, Setter: i.Setter, Party: i.Party, Path: i.Path}
}

// unclassified says that nothing is known, and what could be meant.
func (c *Classifier) unclassified(i Item) *scanner.Classification {
	u := &scanner.Classification{
		Category: scanner.Unclassified, Confidence: scanner.NotClassified, BySite: i.Party == string(scanner.First) && i.bySite(),
		Basis: "no rule knows it, and neither its setter nor its shape says what it is for",
	}
	if m := c.db.Match(i.query()); m.Rule != nil { // it asks for another place
		u.Basis = fmt.Sprintf("only its name fits the rule %s, which is about %s", m.Rule.ID, placeOf(m.Rule))
		u.Alternatives = []string{m.Rule.ID}
	}
	if v, ok := c.vendorOf(i); ok {
		u.Vendor, u.VendorID = v.Name, v.ID
	}
	return u
}
