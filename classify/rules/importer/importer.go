// Package importer makes rule files from lists that others publish: which
// cookies there are, whose they are and what they are for. It takes facts only
// (names, domains, categories, lifetimes), no descriptions, and leaves out what
// would be about too much or says nothing; what it left out is counted.
package importer

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"cookiescan/classify/rules"
)

// A Format is a list that can be taken.
type Format struct {
	Name        string // as in --from
	Description string

	fits func(probe) bool
	read func(src []byte, c *collector) error
}

// Formats are the lists that can be taken.
func Formats() []Format {
	return []Format{
		{"ocd", "Open Cookie Database, CSV or JSON", fitsOCD, readOCD},
		{"disclosure", "IAB device storage disclosure, JSON", hasKeys("disclosures"), readDisclosure},
		{"gvl", "IAB Global Vendor List, version 2 or 3, JSON", hasKeys("gvlSpecificationVersion", "vendors"), readGVL},
		{"trackerdb", "Ghostery TrackerDB, its JSON export", hasKeys("patterns", "organizations"), readTrackerDB},
		{"disconnect", "Disconnect services.json", hasKeys("categories"), readDisconnect},
		{"edpb", "knowledge base of the EDPB Website Auditing Tool, JSON", fitsEDPB, readEDPB},
	}
}

// Names are the names of the formats.
func Names() []string {
	var names []string
	for _, f := range Formats() {
		names = append(names, f.Name)
	}
	return names
}

// A Result is what was taken from a list.
type Result struct {
	Format  Format
	Sets    []rules.Set // in order of the names of the vendors
	Rules   int
	Skipped []Skip
}

// A Skip says how much was left out for one reason.
type Skip struct {
	Why   string
	Count int
}

// Import reads a list. The name of its file stands for the vendor where the
// list itself does not name one. Without a format, it is found out.
func Import(src []byte, file, format string) (Result, error) {
	src = bytes.TrimPrefix(src, []byte("\ufeff"))
	if err := readable(src); err != nil {
		return Result{}, err
	}
	f, err := choose(src, format)
	if err != nil {
		return Result{}, err
	}
	c := newCollector(f, file)
	if err := f.read(src, c); err != nil {
		return Result{}, fmt.Errorf("reading it as %s: %w", f.Description, located(src, err))
	}
	return c.result()
}

func readable(src []byte) error {
	switch {
	case len(bytes.TrimSpace(src)) == 0:
		return errors.New("the file is empty")
	case bytes.IndexByte(src, 0) >= 0, !utf8.Valid(src):
		return errors.New("the file is no text in UTF-8")
	}
	return nil
}

func choose(src []byte, name string) (Format, error) {
	p := newProbe(src)
	for _, f := range Formats() {
		if f.Name == name || name == "" && f.fits(p) {
			return f, nil
		}
	}
	if name != "" {
		return Format{}, fmt.Errorf("format %.40q is unknown, the formats are %s", name, strings.Join(Names(), ", "))
	}
	if p.err != nil {
		return Format{}, located(src, p.err)
	}
	return Format{}, fmt.Errorf("the content is none of the lists that are known: %s", strings.Join(Names(), ", "))
}

// A probe is as much of a file as is needed to tell the formats apart.
type probe struct {
	head   string                     // the first line, of CSV
	object map[string]json.RawMessage // of JSON that is an object
	list   []json.RawMessage          // of JSON that is a list
	err    error                      // of JSON that cannot be read
}

func newProbe(src []byte) (p probe) {
	switch text := bytes.TrimSpace(src); text[0] {
	case '{':
		p.err = json.Unmarshal(src, &p.object)
	case '[':
		p.err = json.Unmarshal(src, &p.list)
	default:
		head, _, _ := bytes.Cut(text, []byte("\n"))
		p.head = string(head)
	}
	return p
}

func (p probe) has(key string) bool { return len(p.object[key]) > 0 }

func hasKeys(keys ...string) func(probe) bool {
	return func(p probe) bool {
		for _, key := range keys {
			if !p.has(key) {
				return false
			}
		}
		return true
	}
}

// located says where in a file JSON is wrong.
func located(src []byte, err error) error {
	var offset int64
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax):
		offset = syntax.Offset
	case errors.As(err, &kind):
		offset = kind.Offset
		err = fmt.Errorf("%s has a value of another type", strings.TrimSpace("field "+kind.Field))
	default:
		return err
	}
	before := src[:min(max(offset-1, 0), int64(len(src)))]
	line := bytes.Count(before, []byte("\n")) + 1
	column := len(before) - bytes.LastIndexByte(before, '\n')
	return fmt.Errorf("line %d, column %d: %w", line, column, err)
}
