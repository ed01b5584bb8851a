package rules

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"iter"
	"slices"
	"strings"
	"unicode/utf8"
)

//go:generate go test -run ^TestCompiled$ -update .

// data is the database as it is written and reviewed.
//
//go:embed data
var data embed.FS

// compiled is the same in the form that Embedded reads; a test tells when it
// is not current.
//
//go:embed compiled.tsv
var compiled string

// Embedded is the database that comes with the program.
func Embedded() (*DB, error) {
	docs, version, err := decodeCompiled(compiled)
	if err != nil {
		return nil, err
	}
	return build(docs, version), nil
}

// Load adds a rule file of the user to a database; db may be nil. Its rules win
// over those that were there, which stay for what it does not know. The error
// is a *FileError if the file is at fault. A file may hold several vendors, as
// YAML documents separated by lines of three hyphens.
func Load(db *DB, name string, src []byte) (*DB, error) {
	if fault, ok := unreadable(name, src); ok {
		return nil, &FileError{[]Fault{fault}}
	}
	docs, faults := parse(name, src)
	if len(faults) > 0 {
		return nil, &FileError{faults}
	}
	if db == nil {
		db = &DB{}
	}
	layer := db.layers() + 1
	for _, doc := range docs {
		doc.vendor.layer = layer
		for _, r := range doc.rules {
			r.layer = layer
		}
	}
	version := strings.TrimPrefix(fmt.Sprintf("%s+%s@%s", db.version, name, digest(src)), "+")
	return build(slices.Concat(db.docs, docs), version), nil
}

func (db *DB) layers() int {
	highest := 0
	for _, doc := range db.docs {
		highest = max(highest, doc.vendor.layer)
	}
	return highest
}

// unreadable finds a file that is no text at all.
func unreadable(name string, src []byte) (Fault, bool) {
	at := Place{File: name}
	switch {
	case len(bytes.TrimSpace(src)) == 0:
		return Fault{at, "the file is empty"}, true
	case bytes.IndexByte(src, 0) >= 0, !utf8.Valid(src):
		return Fault{at, "the file is no text in UTF-8"}, true
	}
	return Fault{}, false
}

// digest is short and tells versions apart.
func digest(src []byte) string {
	sum := sha256.Sum256(src)
	return hex.EncodeToString(sum[:6])
}

// Version tells databases of different content apart: that of the embedded
// one, and name and digest of each file on top.
func (db *DB) Version() string { return db.version }

// Rules are all rules, vendor by vendor; those of later files come last.
func (db *DB) Rules() iter.Seq[*Rule] {
	return func(yield func(*Rule) bool) {
		for _, doc := range db.docs {
			for _, r := range doc.rules {
				if !yield(r) {
					return
				}
			}
		}
	}
}

// A Source is a rule file and what is in it.
type Source struct {
	Name string
	Text []byte
}

// EmbeddedSources are the files of which Embedded was made, by name.
func EmbeddedSources() ([]Source, error) {
	names, err := fs.Glob(data, "data/*.yaml")
	if err != nil {
		return nil, err
	}
	var sources []Source
	for _, name := range names {
		text, err := data.ReadFile(name)
		if err != nil {
			return nil, err
		}
		sources = append(sources, Source{strings.TrimPrefix(name, "data/"), text})
	}
	return sources, nil
}
