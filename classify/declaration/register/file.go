package register

// Version is that of the format.
const Version = "1"

// A File is what a cookies.yaml declares, together with the files it extends.
type File struct {
	Name          string   // as it was given to Read
	Ruleset       string   // of the checks that it is kept to, such as 2026.11
	Site          string   // eTLD+1
	Jurisdictions []string // such as de or us-ca
	Languages     []string // BCP 47, of the published policy
	Hosts         []Host
	Own           []string // hosts that belong to the site beside its own domain
	Policy        Policy
	Controller    Controller
	Consent       Consent
	Vendors       []*Vendor
	Entries       []*Entry

	remove []removal
	at     places // of the keys, in whichever file they are
	deeper places // of the keys of parts, such as consent.reopen
}

type removal struct {
	id string
	at Place
}

// Place is where a key of the file stands, such as site, or controller.contact;
// the file as a whole if it is not given.
func (f *File) Place(key string) Place {
	if at, ok := f.at[key]; ok {
		return at
	}
	return Place{File: f.Name}
}

// A Host is one of the site with the hosts that stand for it, such as staging.
type Host struct {
	Name    string
	Aliases []string // *.example.net is any host below example.net
}

// Policy is the published policy.
type Policy struct {
	Version   string
	Updated   string            // YYYY-MM-DD
	Published map[string]string // address by language
	// Sections are texts of the user's own for sections of the policy, by the
	// names that Sections lists: what only a person can say.
	Sections map[string]Text
}

// Sections are those of a policy to which a file can add a text.
func Sections() []string {
	return []string{"scope", "technologies", "choice", "sale", "profiling", "retention", "children", "changes"}
}

// Controller is who answers for the site (GDPR, Articles 13(1)(a), (b) and 27).
type Controller struct {
	Name, Address, Contact, DPO, Representative, Authority string
}

// Consent is how visitors are asked.
type Consent struct {
	CMP          string
	Reopen       string   // CSS selector of what opens the settings again
	ChoiceKept   Lifetime // how long a choice is remembered
	ExpectBanner bool     // only if it is given: see ExpectsBanner
	GPC          bool     // the site heeds the signal Global Privacy Control
}

// ExpectsBanner tells whether a scan must meet a consent banner, as the file says
// or else as there are entries that wait for consent, and how many these are.
func (f *File) ExpectsBanner() (expected bool, waiting int) {
	for _, e := range f.Entries {
		if e.Status.State == Reviewed && e.When == "consent" {
			waiting++
		}
	}
	if _, given := f.at["consent.expectBanner"]; given {
		return f.Consent.ExpectBanner, waiting
	}
	return waiting > 0, waiting
}

// A Vendor is somebody who stores or receives something.
type Vendor struct {
	ID, Name, Country string
	Policy            string // address of the privacy policy
	Role              string // processor, controller, joint-controller
	Domains           []string
	Transfers         []Transfer
	Place             Place
}

// A Transfer is one of personal data to another country (GDPR, Articles 44-49).
type Transfer struct{ To, Mechanism string }

// An Entry declares one item or the items of one pattern.
type Entry struct {
	ID           string
	Match        Match
	Category     string
	Purpose      Text
	Vendor       string // id
	Lifetime     Lifetime
	When         string  // always, consent, user-action
	Basis        []Basis // in order of the jurisdictions
	ExemptReason Text
	Recipients   []string // ids of vendors
	Data         []string // kinds of data
	Reach        Reach
	Retention    Lifetime // of the data, not of the item
	Status       Status
	Place        Place

	at places
}

// At is where a key of the entry stands, or the entry if it is not given.
func (e *Entry) At(key string) Place {
	if at, ok := e.at[key]; ok {
		return at
	}
	return e.Place
}

// Declares tells whether a person has reviewed the entry: one to do does not
// declare.
func (e *Entry) Declares() bool { return e.Status.State == Reviewed }

// Match says which items an entry is about. Of pixels, beacons and requests
// the name is the path, with or without a slash before it.
type Match struct {
	Name   Name
	Any    bool   // no name was given: every item of the kind at the domain
	Kind   string // cookie, localStorage, ...
	Domain string // a host with all below it, {site}, or "" for any
}

// Site in the place of a domain is the site and its own hosts.
const Site = "{site}"

// Basis is why something may be stored, under one law or ("") under all.
type Basis struct{ Jurisdiction, Value string }

// Reach is where on the site something can be met.
type Reach struct {
	Login  bool     // only when logged in
	Paths  []string // globs
	Region string   // only for visitors of there
}

// Status is how far a person has come with an entry.
type Status struct {
	State string
	By    string
	On    string // YYYY-MM-DD
}

// The states of an entry.
const (
	Todo     = "todo"
	Reviewed = "reviewed"
	Retired  = "retired"
)

// Kinds are those of which entries can be.
func Kinds() []string {
	return []string{
		"cookie", "localStorage", "sessionStorage", "indexedDB", "cacheStorage", "fileSystem", "serviceWorker",
		"pixel", "beacon", "request", "fingerprint",
	}
}

// stores tells whether an item of a kind stays, so that it has a lifetime.
func stores(kind string) bool { return group(kind) != "request" && kind != "fingerprint" }

// group makes the kinds one that differ by chance: whether a request is an
// image, a beacon or neither.
func group(kind string) string {
	if kind == "pixel" || kind == "beacon" {
		return "request"
	}
	return kind
}

// Categories are those of which entries can be.
func Categories() []string {
	return []string{"necessary", "preferences", "statistics", "marketing", "unclassified"}
}
