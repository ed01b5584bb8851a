package checks

import (
	"cmp"
	"slices"
	"strings"
	"sync"

	"cookiescan/classify"
	"cookiescan/classify/declaration"
	"cookiescan/classify/declaration/register"
	"cookiescan/classify/lifetime"
	"cookiescan/classify/words"
	"cookiescan/scanner"
)

// A view is what the site declares, from wherever it was given. The register
// decides if there is one; else what is published does.
type view struct {
	register  *source
	published []*source
	hosts     *register.Index // the site's own hosts and their aliases
	named     *named          // whom the declaration names; made when it is first asked
	names     []string        // declared ones, sorted; made when they are first asked for
	site      string
}

// A source is one register, one policy page, or one declaration in the form of
// others.
type source struct {
	name     string
	file     *register.File           // nil: it is no register
	page     *declaration.Declaration // nil: it is the register
	entries  []*entry
	byEntry  map[*register.Entry]*entry
	found    []*register.Entry // what the index holds
	index    *register.Index
	anywhere *register.Index // the same without the places, made when it is first asked
}

// An entry is one thing that a source declares.
type entry struct {
	source             *source
	own                *register.Entry    // of the register, or nil
	row                *declaration.Entry // of another source, or nil
	kind, name, domain string             // the domain as it is declared
	category, vendor   string             // "" what is not said
	lifetime           register.Lifetime
}

// What takes a moment to load and never changes.
var (
	lifetimes = sync.OnceValues(lifetime.New)
	english   = sync.OnceValues(func() (*words.Lang, error) { return words.Language("en") })
)

// newView makes the declarations ready to be asked.
func newView(o Options, site string) (*view, error) {
	v := &view{site: site}
	frame := &register.File{Site: site}
	if f := o.Register; f != nil {
		v.site = cmp.Or(f.Site, site)
		frame = &register.File{Site: v.site, Own: f.Own, Hosts: f.Hosts}
		v.register = ofRegister(f)
	}
	v.hosts = frame.Index()
	for _, d := range o.Published {
		var life *lifetime.Reader
		if slices.ContainsFunc(d.Entries, unreadLifetime) {
			var err error
			if life, err = lifetimes(); err != nil {
				return nil, err
			}
		}
		v.published = append(v.published, v.ofPage(d, frame, life))
	}
	return v, nil
}

func ofRegister(f *register.File) *source {
	s := &source{name: f.Name, file: f, found: f.Entries, index: f.Index(), byEntry: map[*register.Entry]*entry{}}
	vendors := map[string]string{}
	for _, v := range f.Vendors {
		vendors[v.ID] = cmp.Or(v.Name, v.ID)
	}
	for _, e := range f.Entries {
		x := &entry{
			source: s, own: e, kind: e.Match.Kind, name: e.Match.Name.Text, domain: e.Match.Domain, category: e.Category,
			vendor: cmp.Or(vendors[e.Vendor], e.Vendor), lifetime: e.Lifetime,
		}
		s.entries, s.byEntry[e] = append(s.entries, x), x
	}
	return s
}

// unreadLifetime tells whether the words of a row may mean that it stays until
// it is deleted, which the form of a declaration has no field for.
func unreadLifetime(e declaration.Entry) bool {
	return e.Lifetime.Raw != "" && e.Lifetime.Seconds == nil && !e.Lifetime.Session
}

// ofPage reads the rows of a page as entries that a person reviewed. A row that
// names no kind can be about whatever has a name.
func (v *view) ofPage(d *declaration.Declaration, frame *register.File, life *lifetime.Reader) *source {
	s := &source{name: d.Source, page: d, byEntry: map[*register.Entry]*entry{}}
	file := *frame
	for i := range d.Entries {
		row := &d.Entries[i]
		kind := cmp.Or(row.Kind, "cookie")
		if kind == "cookie" && strings.Contains(row.Name, storeOf) {
			kind = "indexedDB"
		}
		x := &entry{
			source: s, row: row, kind: kind, name: row.Name, domain: row.Domain, category: row.Category, vendor: row.Provider,
			lifetime: register.Lifetime{Raw: row.Lifetime.Raw, Session: row.Lifetime.Session},
		}
		if row.Lifetime.Seconds != nil {
			x.lifetime.Seconds = *row.Lifetime.Seconds
		} else if unreadLifetime(*row) {
			x.lifetime.UntilCleared = life.Read(row.Lifetime.Raw, d.Language).UntilCleared
		}
		s.entries = append(s.entries, x)
		kinds := []string{kind}
		if row.Kind == "" {
			kinds = []string{"cookie", "localStorage", "sessionStorage", "indexedDB"}
		}
		for _, kind := range kinds {
			if e := v.matching(row, kind); e != nil {
				file.Entries, s.byEntry[e] = append(file.Entries, e), x
			}
		}
	}
	s.found, s.index = file.Entries, file.Index()
	return s
}

// storeOf stands between a database and a store in it, as Cookiebot writes them.
const storeOf = "||"

// matching is a row in the form in which the register finds things, nil if it
// cannot be found by its name. People write a host of the site and mean the
// site, and the page of a provider and mean all its hosts.
func (v *view) matching(row *declaration.Entry, kind string) *register.Entry {
	m := register.Match{Kind: kind, Domain: strings.TrimPrefix(strings.ToLower(row.Domain), "*.")}
	if m.Domain != "" {
		if m.Domain = classify.Site(v.hosts.Canonical(m.Domain)); v.hosts.Own(m.Domain) {
			m.Domain = register.Site
		}
	}
	name := row.Name
	if kind == "indexedDB" {
		name, _, _ = strings.Cut(name, storeOf)
	}
	var err error
	if m.Name, err = register.ParseName(strings.ReplaceAll(name, `\`, `\\`)); err != nil {
		return nil
	}
	if kind == "pixel" || kind == "request" {
		m.Name, m.Any = register.Name{}, true
		if m.Domain == "" {
			return nil
		}
	}
	return &register.Entry{Match: m, Status: register.Status{State: register.Reviewed}}
}

// deciding are the sources that say what is declared.
func (v *view) deciding() []*source {
	if v.register != nil {
		return []*source{v.register}
	}
	return v.published
}

// all are the sources, the register first.
func (v *view) all() []*source {
	if v.register == nil {
		return v.published
	}
	return append([]*source{v.register}, v.published...)
}

// given tells whether anything is declared.
func (v *view) given() bool {
	return slices.ContainsFunc(v.deciding(), func(s *source) bool { return s.file != nil || len(s.entries) > 0 })
}

// about are the entries of a source about an item, the best first.
func (s *source) about(kind, name, domain string) []*entry {
	var list []*entry
	for _, e := range s.index.Find(kind, name, domain) {
		list = append(list, s.byEntry[e])
	}
	return list
}

// elsewhere are the entries of a source for the name of an item at whatever
// place.
func (s *source) elsewhere(kind, name string) []*entry {
	if s.anywhere == nil {
		entries := map[*register.Entry]*entry{}
		file := &register.File{}
		for _, e := range s.found {
			if e.Match.Any {
				continue
			}
			free := *e
			free.Match.Domain = ""
			file.Entries, entries[&free] = append(file.Entries, &free), s.byEntry[e]
		}
		s.anywhere = file.Index()
		for free, e := range entries {
			s.byEntry[free] = e
		}
	}
	var list []*entry
	for _, e := range s.anywhere.Find(kind, name, "") {
		list = append(list, s.byEntry[e])
	}
	return list
}

// state is how far a person has come with an entry; whatever is published is
// taken for reviewed.
func (e *entry) state() string {
	if e.own == nil {
		return register.Reviewed
	}
	return e.own.Status.State
}

// weight is how sure it is that an entry says what is taken from it, and what
// that can carry at most: a row of a page can have been read wrong.
func (e *entry) weight() weight {
	if e.row != nil {
		switch e.row.Confidence {
		case declaration.Likely:
			return weight{scanner.SureLikely, asWarning}
		case declaration.Inferred:
			return weight{scanner.SureReview, asNote}
		case declaration.Certain:
		}
	}
	return weight{sure: scanner.SureCertain}
}

// limit lowers an observation to what entries can carry.
func (o *Observation) limit(entries ...*entry) {
	for _, e := range entries {
		x := weight{o.Sure, o.Most}.atMost(e.weight().sure, e.weight().most)
		o.Sure, o.Most = x.sure, x.most
	}
}

// place is where an entry stands, for a finding. A key is one of its own, such
// as lifetime, or "" for the entry.
func (e *entry) place(key string) *scanner.Declared {
	d := &scanner.Declared{Source: e.source.name, Entry: first(e.name, longestName), Text: e.text()}
	if e.own == nil {
		d.Place = e.row.Place
		return d
	}
	at := e.own.Place
	if key != "" {
		at = e.own.At(key)
	}
	d.Source, d.Line, d.Column, d.Entry = cmp.Or(at.File, d.Source), at.Line, at.Column, e.own.ID
	return d
}

// place is a key of a register, or a source as a whole.
func (s *source) place(key string) *scanner.Declared {
	if s.file == nil {
		return &scanner.Declared{Source: s.name}
	}
	at := s.file.Place(key)
	return &scanner.Declared{Source: cmp.Or(at.File, s.name), Line: at.Line, Column: at.Column}
}

// text is what an entry says, for a person.
func (e *entry) text() string {
	parts := []string{cmp.Or(first(e.category, longestName), "no category")}
	if life := e.lives(); life != "" {
		parts = append(parts, life)
	}
	if e.vendor != "" {
		parts = append(parts, first(e.vendor, longestName))
	}
	return strings.Join(parts, ", ")
}

// lives is the declared lifetime in its own words.
func (e *entry) lives() string {
	text := first(e.lifetime.Raw, longestName)
	if text == "" && e.lifetime.Session {
		text = "session"
	}
	return text
}

// title is what a finding calls an entry.
func (e *entry) title() string {
	name := first(e.name, longestName)
	if e.own != nil {
		name = cmp.Or(name, e.own.ID)
	}
	if e.kind != "cookie" {
		name += " (" + kindWords(e.kind) + ")"
	}
	return name
}

// stores tells whether what an entry is about stays on the device.
func (e *entry) stores() bool {
	return !slices.Contains([]string{"pixel", "beacon", "request", "fingerprint"}, e.kind)
}
