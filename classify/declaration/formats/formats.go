// Package formats reads and writes declarations in the forms that others use:
// spreadsheets, the interfaces of consent platforms, the settings of open
// source ones, and lists of what vendors store. It runs no script and asks no
// network. Nothing that it writes acts where it is opened: cells are no
// formulas, texts no markup and no end of a script.
package formats

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"cookiescan/classify/declaration"
)

// Largest is how many octets a file may have.
const Largest = 50 << 20

// recognised is how much of a file is looked at to tell its format.
const recognised = 64 << 10

// A Format is a form of declarations.
type Format struct {
	Name        string // as in -f
	Description string
	Extensions  []string // of files, with dot, the usual one first
	Binary      bool     // no text: nothing for a terminal

	// Keeps are the fields of a declaration (language, updated) and of its
	// entries that the format holds, by their names in JSON. The others are
	// lost when it is written. No format holds what was stated about all
	// entries and what was not understood; places are those in the file that
	// was read.
	Keeps []string

	// Kinds are those of the entries that it holds, nil for all. Others are
	// left out when it is written.
	Kinds []string

	recognise func(name, head string) bool
	read      func(r *reading, data []byte) error
	write     func(w io.Writer, d *declaration.Declaration) error
}

// All are the formats, those that are told by more before those by less.
func All() []Format {
	return []Format{scan, xlsx, cookiebot, onetrust, disclosure, edpb, vanilla, klaro, tarteaucitron, ocd, csvFormat}
}

// Named is the format of a name.
func Named(name string) (Format, error) {
	var names []string
	for _, f := range All() {
		if f.Name == name {
			return f, nil
		}
		names = append(names, f.Name)
	}
	return Format{}, fmt.Errorf("format %.40q is unknown, the formats are %s", name, strings.Join(names, ", "))
}

// Detect is the format of a file by its name and its content, or false if it
// has none of them.
func Detect(name string, data []byte) (Format, bool) {
	data = data[:min(len(data), recognised)]
	for _, f := range All() {
		if f.Recognise(name, data) {
			return f, true
		}
	}
	return Format{}, false
}

// Recognise tells whether a file is of the format by its name and its
// beginning, of which 64 KB are enough.
func (f Format) Recognise(name string, head []byte) bool {
	return f.recognise(strings.ToLower(name), decodeHead(head[:min(len(head), recognised)]))
}

// Read reads a file. Its name is the source of the declaration. The error says
// in one sentence, without the name, what is wrong and where. Parts that are
// not understood are no errors: the declaration lists them.
func (f Format) Read(name string, data []byte) (*declaration.Declaration, error) {
	if len(data) > Largest {
		return nil, fmt.Errorf("reading it as %s: it has more than %d MB", f.Description, Largest>>20)
	}
	r, err := newReading(name)
	if err != nil {
		return nil, err
	}
	if err := f.read(r, data); err != nil {
		return nil, fmt.Errorf("reading it as %s: %w", f.Description, err)
	}
	if len(r.into.Entries) > mostEntries || len(r.into.NotUnderstood) > mostEntries {
		return nil, fmt.Errorf("reading it as %s: %w", f.Description, errTooMany)
	}
	return r.into, nil
}

// CanWrite tells whether the format can be written.
func (f Format) CanWrite() bool { return f.write != nil }

// Write writes a declaration. The same declaration gives the same bytes.
func (f Format) Write(w io.Writer, d *declaration.Declaration) error {
	if f.write == nil {
		return fmt.Errorf("%s cannot be written", f.Description)
	}
	held := *d
	held.Entries = nil
	for _, e := range d.Entries {
		if f.holds(e) {
			held.Entries = append(held.Entries, e)
		}
	}
	if err := f.write(w, &held); err != nil {
		return fmt.Errorf("writing %s: %w", f.Description, err)
	}
	return nil
}

// holds tells whether an entry can be written. One of no kind is a cookie.
func (f Format) holds(e declaration.Entry) bool {
	return f.Kinds == nil || slices.Contains(f.Kinds, firstOf(e.Kind, "cookie"))
}

// Lost says what of a declaration the format does not hold, one thing a line:
// fields, in the order of their names, and entries by their kinds.
func (f Format) Lost(d *declaration.Declaration) []string {
	var lost []string
	has := map[string]int{}
	count := func(field, text string) {
		if text != "" && !slices.Contains(f.Keeps, field) {
			has[field]++
		}
	}
	count("language", d.Language)
	count("updated", d.Updated)
	out := map[string]int{}
	for _, e := range d.Entries {
		if !f.holds(e) {
			out[firstOf(e.Kind, "cookie")]++
			continue
		}
		for _, field := range columns {
			count(field, *fieldOf(&e, field))
		}
	}
	for _, field := range append(slices.Clone(columns), "language", "updated") {
		if has[field] > 0 {
			lost = append(lost, field)
		}
	}
	for _, kind := range kinds {
		if n := out[kind]; n > 0 {
			lost = append(lost, fmt.Sprintf("entries of the kind %s: %d", kind, n))
		}
	}
	if n := len(d.Statements); n > 0 {
		lost = append(lost, fmt.Sprintf("statements: %d", n))
	}
	return lost
}

// fieldOf is a text of an entry; for the lifetime it is how the source words it.
func fieldOf(e *declaration.Entry, column string) *string {
	switch column {
	case "name":
		return &e.Name
	case "kind":
		return &e.Kind
	case "domain":
		return &e.Domain
	case "provider":
		return &e.Provider
	case "category":
		return &e.Category
	case "purpose":
		return &e.Purpose
	case "lifetime":
		return &e.Lifetime.Raw
	default:
		return &e.Party
	}
}
