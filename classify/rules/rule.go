package rules

import (
	"strings"

	"cookiescan/classify/yamltree"
)

// A Kind is a kind of thing that a rule is about, or that is looked up.
type Kind string

// The kinds of which rules can be. All but the last two go by name.
const (
	Cookie         Kind = "cookie"
	LocalStorage   Kind = "localStorage"
	SessionStorage Kind = "sessionStorage"
	IndexedDB      Kind = "indexedDB"
	CacheStorage   Kind = "cacheStorage"
	FileSystem     Kind = "fileSystem"
	Pixel          Kind = "pixel"   // any request that measures, whatever its form
	Request        Kind = "request" // any other request
)

// Kinds lists the kinds of which rules can be.
func Kinds() []Kind {
	return []Kind{Cookie, LocalStorage, SessionStorage, IndexedDB, CacheStorage, FileSystem, Pixel, Request}
}

// kindSet is a set of kinds, for speed.
type kindSet uint8

const (
	setCookie kindSet = 1 << iota
	setLocal
	setSession
	setIndexed
	setCache
	setFile
	setRequest

	setNamed = setCookie | setLocal | setSession | setIndexed | setCache | setFile
)

// set is the kinds of rules that are right for k; none for a kind that no rule
// is about. No kind is any that goes by name. What a request looks like
// (pixel, beacon, fetch) is chance: they are one.
func (k Kind) set() kindSet {
	switch k {
	case Cookie:
		return setCookie
	case "":
		return setNamed
	case LocalStorage:
		return setLocal
	case SessionStorage:
		return setSession
	case IndexedDB:
		return setIndexed
	case CacheStorage:
		return setCache
	case FileSystem:
		return setFile
	case Pixel, Request, "beacon", "fingerprint":
		return setRequest
	}
	return 0
}

// A Vendor is who offers the service or the software that stores something.
type Vendor struct {
	ID       string
	Name     string   // the brand, as a reader knows it
	Legal    string   // the company, as its privacy policy names it; "" unknown
	Country  string   // ISO 3166-1 alpha-2, of the company; "" unknown
	Role     string   // service (the vendor runs it and gets data) or software (the operator of the site runs it)
	Policy   string   // address of the privacy policy
	OptOut   string   // address of a page on which a visitor can object
	Domains  []string // that belong to the service, each with all below
	Category string   // what requests to these domains are normally for
	Purpose  string   // of the service as a whole, a key

	at    places
	layer int
}

// The roles of a vendor.
const (
	RoleService  = "service"
	RoleSoftware = "software"
)

// A Rule says what one name, or the names of one pattern, is for.
type Rule struct {
	ID        string // vendor/rule
	Vendor    *Vendor
	Kinds     []Kind
	Match     Matcher
	Category  string // necessary, preferences, statistics, marketing
	Exemption Exemption
	Condition string // under which it is exempt, in English
	Purpose   string // a key, "" unknown
	Lifetime  string // usual: session, until-cleared, or like "2 years"; "" unknown
	Party     string // where it is normally seen: first, third, any
	Source    string // where the fact can be checked
	Examples  []string
	Not       []string // names that must not match

	at    places
	layer int // 0 ours, then the files of the user, later ones above
}

// Place is where the rule is written; without a line if it was embedded.
func (r *Rule) Place() Place { return r.at.of("id") }

// User tells whether the rule comes from a file of the user.
func (r *Rule) User() bool { return r.layer > 0 }

// The categories of a rule.
const (
	Necessary   = "necessary"
	Preferences = "preferences"
	Statistics  = "statistics"
	Marketing   = "marketing"
)

// Categories lists the categories of a rule, the most harmless first.
func Categories() []string { return []string{Necessary, Preferences, Statistics, Marketing} }

// The exemptions from consent.
const (
	Settled     = "settled"
	Conditional = "conditional"
	Contested   = "contested"
	NoExemption = "none"
)

func exemptions() []string { return []string{Settled, Conditional, Contested, NoExemption} }

// An Exemption says whether storing needs consent (ePrivacy directive, Article
// 5(3)), and where that differs by the law that applies.
type Exemption struct {
	Default  string
	Profiles []ProfileExemption // in order of the profiles
}

// A ProfileExemption is the exemption under one law.
type ProfileExemption struct{ Profile, Exemption string }

// For is the exemption under the law of a profile such as fr or uk.
func (e Exemption) For(profile string) string {
	for _, p := range e.Profiles {
		if p.Profile == profile {
			return p.Exemption
		}
	}
	return e.Default
}

// has tells whether any of the wanted holds somewhere.
func (e Exemption) has(wanted ...string) bool {
	for _, w := range wanted {
		if e.Default == w {
			return true
		}
		for _, p := range e.Profiles {
			if p.Exemption == w {
				return true
			}
		}
	}
	return false
}

// A Matcher says which names a rule is about. Exactly one of Exact, Glob,
// Regexp and Host is set.
type Matcher struct {
	Exact   string
	Glob    string   // on the whole name; * is any run, ? one character
	Regexp  string   // RE2, on the whole name
	Pattern string   // how names of the regexp are shown together
	Domain  []string // the cookie's domain is one of these or below
	Setter  []string // the host that sets it is one of these or below
	Require string   // domain or setter if that is a condition, "" if only evidence
	Host    []string // of a request: one of these or below
	Path    string   // of a request: a glob, "" any
}

// Shown is the name or pattern, as it is shown for all names of it.
func (m *Matcher) Shown() string {
	switch {
	case m.Exact != "":
		return m.Exact
	case m.Glob != "":
		return m.Glob
	case m.Regexp != "":
		if m.Pattern == "" {
			return m.Regexp
		}
		return m.Pattern
	}
	return strings.Join(m.Host, ",") + m.Path
}

// A Place is where something stands in a file.
type Place = yamltree.Place

// places says where each key of something stands; "" is the whole.
type places map[string]Place

// of is the place of a key, or of the whole if the key is not given.
func (p places) of(key string) Place {
	if at, ok := p[key]; ok {
		return at
	}
	return p[""]
}
