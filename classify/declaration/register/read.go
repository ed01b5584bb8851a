package register

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"

	"cookiescan/classify/lifetime"
	"cookiescan/classify/words"
	"cookiescan/classify/yamltree"
)

// Limits of extends.
const (
	mostFiles = 50
	mostDeep  = 10
)

// Open reads another file that one extends.
type Open func(name string) ([]byte, error)

// Read reads a cookies.yaml with the files it extends, which open fetches by
// names relative to where name is. What is wrong in any of them is an *Error.
func Read(name string, src []byte, open Open) (*File, error) {
	r, err := newReader(open)
	if err != nil {
		return nil, err
	}
	return r.read(name, src)
}

// read reads a file anew; what it needs for that stays.
func (r *reader) read(name string, src []byte) (*File, error) {
	r.faults, r.files, r.decoders = nil, 0, map[string]*decoder{}
	f := r.file(name, src, nil)
	if len(r.faults) == 0 {
		r.references(f)
	}
	if len(r.faults) > 0 {
		return nil, &Error{r.faults}
	}
	return f, nil
}

// reader reads a file and those that it extends.
type reader struct {
	open     Open
	life     *lifetime.Reader
	english  *words.Lang
	purposes []string
	faults   []Fault
	files    int
	decoders map[string]*decoder // by file, for excerpts
}

func newReader(open Open) (*reader, error) {
	life, err := lifetime.New()
	if err != nil {
		return nil, err
	}
	english, err := words.Language("en")
	if err != nil {
		return nil, err
	}
	return &reader{open: open, life: life, english: english, purposes: english.Purposes()}, nil
}

// file reads one file; above are those that extend it.
func (r *reader) file(name string, src []byte, above []string) *File {
	r.files++
	d := newDecoder(name, src)
	d.life, d.purposes = r.life, r.purposes
	r.decoders[name] = d
	own, extends := d.document(src)
	own.Name = name
	above = append(above, filepath.Clean(name))
	merged := &File{}
	for _, node := range extends {
		text, _ := yamltree.Scalar(node)
		if parent := r.parent(d, node, text, above); parent != nil {
			merged.merge(parent)
		}
	}
	d.removed(merged, own)
	r.faults = append(r.faults, d.faults...)
	merged.merge(own)
	merged.Name = name
	return merged
}

// parent reads a file that another extends.
func (r *reader) parent(d *decoder, node ast.Node, text string, above []string) *File {
	at := d.place(node)
	path := filepath.FromSlash(text)
	if !filepath.IsAbs(path) {
		path = filepath.Join(filepath.Dir(d.file), path)
	}
	ext := filepath.Ext(path)
	switch {
	case text == "":
		d.fault(at, "", "each of extends must be the name of a file")
	case strings.Contains(text, "://"):
		d.fault(at, "save it beside this file", "extends takes files, not addresses")
	case ext != ".yaml" && ext != ".yml":
		d.fault(at, "", "extends takes files that end in .yaml or .yml")
	case slices.Contains(above, filepath.Clean(path)):
		d.fault(at, "", "%s extends itself: %s", path, strings.Join(append(above, filepath.Clean(path)), " -> "))
	case len(above) > mostDeep || r.files >= mostFiles:
		d.fault(at, "", "more than %d files, or more than %d on top of each other", mostFiles, mostDeep)
	default:
		src, err := r.open(path)
		if err != nil {
			d.fault(at, "", "%v", err)
			return nil
		}
		return r.file(path, src, slices.Clip(above))
	}
	return nil
}

// removed takes out of what is inherited what a file does not want.
func (d *decoder) removed(inherited, own *File) {
	for _, x := range own.remove {
		before := len(inherited.Entries) + len(inherited.Vendors)
		inherited.Entries = slices.DeleteFunc(inherited.Entries, func(e *Entry) bool { return e.ID == x.id })
		inherited.Vendors = slices.DeleteFunc(inherited.Vendors, func(v *Vendor) bool { return v.ID == x.id })
		if len(inherited.Entries)+len(inherited.Vendors) == before {
			d.fault(x.at, "", "there is nothing to remove: no file it extends has an entry or a vendor %.60q", x.id)
		}
	}
}

// merge lets another file win over what is there: entries and vendors by id and
// as a whole, everything else key by key.
func (f *File) merge(child *File) {
	for key, at := range child.at {
		if f.at == nil {
			f.at = places{}
		}
		f.at[key] = at
	}
	set(&f.Ruleset, child.Ruleset)
	set(&f.Site, child.Site)
	if child.Jurisdictions != nil {
		f.Jurisdictions = child.Jurisdictions
	}
	if child.Languages != nil {
		f.Languages = child.Languages
	}
	for _, h := range child.Hosts {
		f.Hosts = slices.DeleteFunc(f.Hosts, func(o Host) bool { return o.Name == h.Name })
		f.Hosts = append(f.Hosts, h)
	}
	if child.Own != nil {
		f.Own = child.Own
	}
	set(&f.Policy.Version, child.Policy.Version)
	set(&f.Policy.Updated, child.Policy.Updated)
	if child.Policy.Published != nil {
		f.Policy.Published = child.Policy.Published
	}
	for name, text := range child.Policy.Sections {
		if f.Policy.Sections == nil {
			f.Policy.Sections = map[string]Text{}
		}
		f.Policy.Sections[name] = text
	}
	a, b := &f.Controller, child.Controller
	for _, pair := range []struct {
		to    *string
		value string
	}{
		{&a.Name, b.Name},
		{&a.Address, b.Address},
		{&a.Contact, b.Contact},
		{&a.DPO, b.DPO},
		{&a.Representative, b.Representative},
		{&a.Authority, b.Authority},
	} {
		set(pair.to, pair.value)
	}
	set(&f.Consent.CMP, child.Consent.CMP)
	set(&f.Consent.Reopen, child.Consent.Reopen)
	if child.Consent.ChoiceKept.Known() {
		f.Consent.ChoiceKept = child.Consent.ChoiceKept
	}
	if _, given := child.at["consent.expectBanner"]; given {
		f.Consent.ExpectBanner = child.Consent.ExpectBanner
	}
	if _, given := child.at["consent.gpc"]; given {
		f.Consent.GPC = child.Consent.GPC
	}
	f.Vendors = byID(f.Vendors, child.Vendors, func(v *Vendor) string { return v.ID })
	f.Entries = byID(f.Entries, child.Entries, func(e *Entry) string { return e.ID })
}

func set(to *string, value string) {
	if value != "" {
		*to = value
	}
}

// byID puts each of more in the place of the one of its id, or at the end.
func byID[T any](list, more []T, id func(T) string) []T {
	at := map[string]int{}
	for i, x := range list {
		at[id(x)] = i
	}
	list = slices.Clone(list)
	for _, x := range more {
		if i, ok := at[id(x)]; ok {
			list[i] = x
		} else {
			list = append(list, x)
		}
	}
	return list
}

// references checks that the vendors exist that entries name.
func (r *reader) references(f *File) {
	var known []string
	for _, v := range f.Vendors {
		known = append(known, v.ID)
	}
	slices.Sort(known)
	check := func(e *Entry, key, id string) {
		if _, ok := slices.BinarySearch(known, id); ok {
			return
		}
		at := e.At(key)
		hint := fmt.Sprintf("add it: vendors: {%s: {name: ...}}", id)
		if near := nearest(id, known); near != "" {
			hint = "did you mean " + near + "?"
		}
		d := r.decoders[at.File]
		before := len(d.faults)
		d.fault(at, hint, "there is no vendor %.60q", id)
		r.faults = append(r.faults, d.faults[before:]...)
	}
	for _, e := range f.Entries {
		if e.Vendor != "" {
			check(e, "vendor", e.Vendor)
		}
		for _, id := range e.Recipients {
			check(e, "recipients", id)
		}
	}
}
