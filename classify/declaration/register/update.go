package register

import (
	"cmp"
	"errors"
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"

	"cookiescan/classify"
	"cookiescan/scanner"
)

// Update is what Draft did to a file.
type Update struct {
	Text     []byte
	Added    int // entries, all of them to review
	Observed int // entries that were there and were met
	Entries  int // in all
	Todo     int // of them to review
}

// DraftOptions say what Draft needs to know. Vendor finds the facts about a
// vendor by its id in the rules; Open is as for Read.
type DraftOptions struct {
	Open    Open
	Vendor  func(id string) (Vendor, bool)
	Ruleset string // of the checks, for a new file
}

// Draft writes into a cookies.yaml what scans of its site hold; without src it
// makes a new one. What no entry is about gets an entry to review. Of one that
// is there, whatever its state, only the observed block is set: all else,
// comments and order included, stays as it is.
func Draft(name string, src []byte, scans []*scanner.Scan, o DraftOptions) (*Update, error) {
	if len(scans) == 0 {
		return nil, errors.New("there is no scan")
	}
	r, err := newReader(o.Open)
	if err != nil {
		return nil, err
	}
	if src == nil {
		src = newFile(classify.Site(classify.RealHost(scans[0], scans[0].Target.Site)), o.Ruleset)
	}
	return r.draft(name, src, scans, o)
}

func (r *reader) draft(name string, src []byte, scans []*scanner.Scan, o DraftOptions) (*Update, error) {
	before, err := r.read(name, src)
	if err != nil {
		return nil, err
	}
	if before.Site == "" {
		return nil, fmt.Errorf("%s does not say which site it is about, write site: %s", name, quoted(scans[0].Target.Site))
	}
	x := before.Index()
	for _, s := range scans {
		if !x.Own(s.Target.Site) && !x.Own(hostOf(s.Target.URL)) && !x.Own(hostOf(s.Target.As)) {
			return nil, fmt.Errorf("the scan is of %s, but %s is about %s", s.Target.Site, name, before.Site)
		}
	}
	there := make([]*scanner.Scan, len(scans))
	for i, s := range scans {
		there[i] = x.InPlace(s)
	}
	d := &draft{file: before, name: name, wording: &wording{r.english, r.life}, options: o}
	text, err := d.edit(src, there)
	if err != nil {
		return nil, err
	}
	after, err := r.read(name, text)
	if err != nil {
		return nil, fmt.Errorf("the file cannot be added to as it is written: %w", err)
	}
	if !d.kept(after) {
		return nil, errors.New("the file cannot be added to as it is written: something in it would be lost")
	}
	u := &Update{Text: text, Added: d.added, Observed: d.observed, Entries: len(after.Entries)}
	for _, e := range after.Entries {
		if e.Status.State == Todo {
			u.Todo++
		}
	}
	return u, nil
}

// newFile is a register without entries.
func newFile(site, ruleset string) []byte {
	text := "# What this site stores in its visitors' browsers. Made from scans: whoever answers\n" +
		"# for it completes each entry and sets its status to {state: reviewed, by: ..., on: ...}.\n" +
		"version: " + Version + "\n"
	if ruleset != "" {
		text += "ruleset: " + quoted(ruleset) + "\n"
	}
	return []byte(text + "site: " + quoted(site) + "\nlanguages: [en]\n" +
		"controller:\n  name: \"\"\n  address: \"\"\n  contact: \"\"\n")
}

type draft struct {
	file            *File
	name            string
	wording         *wording
	options         DraftOptions
	added, observed int
}

func (d *draft) edit(src []byte, scans []*scanner.Scan) ([]byte, error) {
	l, err := newLayout(src)
	if err != nil {
		return nil, err
	}
	known, fresh := collect(d.file.Index(), scans, d.options.Vendor)
	own := 0
	for _, e := range d.inFile() {
		if f := known[e]; f != nil {
			f.kind = e.Match.Kind
			if err := l.observe(own, f.observed(d.wording)); err != nil {
				return nil, err
			}
			d.observed++
		}
		own++
	}
	fresh = joined(fresh)
	d.added = len(fresh)
	vendors := d.vendors(l, fresh)
	taken := map[string]bool{}
	for _, e := range d.file.Entries {
		taken[e.ID] = true
	}
	var items [][]string
	for _, f := range fresh {
		items = append(items, d.entry(f, newID(f, taken), vendors))
	}
	if err := l.addItems("entries", items); err != nil {
		return nil, err
	}
	return l.bytes(), nil
}

// inFile are the entries of the file itself, in its order.
func (d *draft) inFile() []*Entry {
	var list []*Entry
	for _, e := range d.file.Entries {
		if e.Place.File == d.name {
			list = append(list, e)
		}
	}
	slices.SortFunc(list, func(a, b *Entry) int {
		return cmp.Or(cmp.Compare(a.Place.Line, b.Place.Line), cmp.Compare(a.Place.Column, b.Place.Column))
	})
	return list
}

// joined lets an entry for a domain stand for what is below it.
func joined(list []*found) []*found {
	slices.SortStableFunc(list, func(a, b *found) int { return cmp.Compare(strings.Count(a.domain, "."), strings.Count(b.domain, ".")) })
	var out []*found
	for _, f := range list {
		i := slices.IndexFunc(out, func(o *found) bool {
			return group(o.kind) == group(f.kind) && o.name == f.name && strings.HasSuffix(f.domain, "."+o.domain)
		})
		if i < 0 {
			out = append(out, f)
		} else {
			out[i].absorb(f)
		}
	}
	return out
}

// vendors adds those that new entries name, and says which there are then.
func (d *draft) vendors(l *layout, fresh []*found) map[string]bool {
	known := map[string]bool{}
	for _, v := range d.file.Vendors {
		known[v.ID] = true
	}
	var ids []string
	for _, f := range fresh {
		named := f.recipients
		if !f.class.BySite {
			named = append([]string{f.class.VendorID}, named...)
		}
		for _, id := range named {
			if id != "" && !known[id] && !slices.Contains(ids, id) {
				ids = append(ids, id)
			}
		}
	}
	slices.Sort(ids)
	var list [][]string
	for _, id := range ids {
		v, ok := d.options.Vendor(id)
		if !ok {
			continue
		}
		facts := pairsOf(pair{"name", quoted(v.Name)}, pair{"country", quoted(v.Country)}, pair{"policy", quoted(v.Policy)}, pair{"domains", quotedList(v.Domains)})
		if v.Country == "NO" { // a truth value in YAML 1.1
			facts[1].value = `"NO"`
		}
		lines := []string{quoted(id) + ":"}
		for _, p := range facts {
			lines = append(lines, "  "+p.key+": "+p.value)
		}
		list = append(list, lines)
		known[id] = true
	}
	if len(list) > 0 && !l.addKeys("vendors", "entries", list) {
		for _, id := range ids {
			delete(known, id)
		}
	}
	return known
}

// entry is one to review, as lines.
func (d *draft) entry(f *found, id string, vendors map[string]bool) []string {
	match := pairsOf(pair{"name", quoted(f.name)}, pair{"kind", f.kind}, pair{"domain", quoted(f.domain)})
	if f.name == "" && stores(f.kind) {
		match = append([]pair{{"name", `""`}}, match...)
	}
	match = slices.DeleteFunc(match, func(p pair) bool { return p == pair{"kind", "cookie"} })
	vendor := ""
	if vendors[f.class.VendorID] && !f.class.BySite {
		vendor = f.class.VendorID
	}
	recipients := slices.DeleteFunc(slices.Clone(f.recipients), func(id string) bool { return !vendors[id] })
	lines := []string{"id: " + quoted(id)}
	for _, p := range pairsOf(
		pair{"match", inBraces(match)}, pair{"category", quoted(f.class.Category)}, pair{"purpose", quoted(f.purpose(d.wording))},
		pair{"vendor", quoted(vendor)}, pair{"lifetime", f.lifetime(d.wording)}, pair{"when", f.when()},
		pair{"recipients", quotedList(recipients)}, pair{"status", "{state: " + Todo + "}"},
	) {
		lines = append(lines, p.key+": "+p.value)
	}
	lines = append(lines, observedKey+":")
	for _, p := range f.observed(d.wording) {
		lines = append(lines, "  "+p.key+": "+p.value)
	}
	return lines
}

// purpose is the key, if there are words for it: rules of a user may have others.
func (f *found) purpose(w *wording) string {
	if w.english.Purpose(f.class.Purpose, "x") == "" {
		return ""
	}
	return f.class.Purpose
}

// when is what the category speaks for; a person decides.
func (f *found) when() string {
	switch f.class.Category {
	case scanner.Necessary:
		return "always"
	case scanner.Preferences, scanner.Statistics, scanner.Marketing:
		return "consent"
	}
	return ""
}

var idRest = regexp.MustCompile(`[^a-z0-9]+`)

// newID makes an id of a name, and takes it.
func newID(f *found, taken map[string]bool) string {
	const longest = 40
	slug := func(s string) string {
		s = strings.Trim(idRest.ReplaceAllString(strings.ToLower(s), "-"), "-")
		return strings.Trim(s[:min(len(s), longest)], "-")
	}
	base := cmp.Or(slug(f.name), slug(f.kind+" "+f.domain))
	for _, id := range []string{base, base + "-" + slug(f.kind), base + "-" + slug(f.domain)} {
		if !taken[id] {
			taken[id] = true
			return id
		}
	}
	for n := 2; ; n++ {
		if id := fmt.Sprintf("%s-%d", base, n); !taken[id] {
			taken[id] = true
			return id
		}
	}
}

// kept tells whether another version of the file still says all that this one
// does, and nothing more but new vendors and entries at the end.
func (d *draft) kept(after *File) bool {
	a, b := *d.file, *after
	if len(b.Entries) != len(a.Entries)+d.added || len(b.Vendors) < len(a.Vendors) {
		return false
	}
	b.Entries, b.Vendors = b.Entries[:len(a.Entries)], b.Vendors[:len(a.Vendors)]
	return reflect.DeepEqual(withoutPlaces(a), withoutPlaces(b))
}

func withoutPlaces(f File) File {
	f.at, f.deeper, f.remove = nil, nil, nil
	entries := make([]*Entry, len(f.Entries))
	for i, e := range f.Entries {
		c := *e
		c.Place, c.at = Place{}, nil
		entries[i] = &c
	}
	vendors := make([]*Vendor, len(f.Vendors))
	for i, v := range f.Vendors {
		c := *v
		c.Place = Place{}
		vendors[i] = &c
	}
	f.Entries, f.Vendors = entries, vendors
	return f
}
