package rules

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the compiled form of data/*.yaml")

// TestCompiled keeps compiled.tsv the same as data/*.yaml; go generate writes it.
func TestCompiled(t *testing.T) {
	docs := embeddedDocuments(t)
	want := encodeCompiled(t, docs)
	if *update {
		if err := os.WriteFile("compiled.tsv", want, 0o666); err != nil {
			t.Fatal(err)
		}
		compiled = string(want)
	}
	if compiled != string(want) {
		t.Fatal("compiled.tsv is not current: go generate ./classify/rules")
	}
	got, _, err := decodeCompiled(compiled)
	if err != nil {
		t.Fatal(err)
	}
	if again := encodeCompiled(t, got); !bytes.Equal(again, want) {
		t.Errorf("what is read is not what was written:\n%s", cmp.Diff(string(want), string(again)))
	}
}

// embeddedDocuments are the files as they are now. Nobody changes them.
func embeddedDocuments(t testing.TB) []document {
	t.Helper()
	docs, err := parsedOnce()
	if err != nil {
		t.Fatal(err)
	}
	return docs
}

// parsedOnce spares each test the second that it takes.
var parsedOnce = sync.OnceValues(parseEmbedded)

func parseEmbedded() ([]document, error) {
	sources, err := EmbeddedSources()
	if err != nil {
		return nil, err
	}
	var docs []document
	var all []Fault
	for _, s := range sources {
		more, faults := parse(s.Name, s.Text)
		docs, all = append(docs, more...), append(all, faults...)
	}
	if len(all) > 0 {
		return nil, &FileError{all}
	}
	return docs, nil
}

func encodeCompiled(t testing.TB, docs []document) []byte {
	t.Helper()
	var body bytes.Buffer
	rules := 0
	for _, doc := range docs {
		v := doc.vendor
		encodeRecord(t, &body, "v", v.ID, v.Name, v.Legal, v.Country, v.Role, v.Policy, v.OptOut, v.Domains, v.Category, v.Purpose)
		for _, r := range doc.rules {
			rules++
			var kinds, profiles []string
			for _, k := range r.Kinds {
				kinds = append(kinds, string(k))
			}
			for _, p := range r.Exemption.Profiles {
				profiles = append(profiles, p.Profile+"="+p.Exemption)
			}
			m := r.Match
			encodeRecord(t, &body, "r", r.ID, kinds,
				m.Exact, m.Glob, m.Regexp, m.Pattern, m.Domain, m.Setter, m.Require, m.Host, m.Path,
				r.Category, r.Exemption.Default, profiles, r.Condition, r.Purpose, r.Lifetime, r.Party, r.Source, r.Examples, r.Not)
		}
	}
	head := fmt.Sprintf("%s\t%s\t%d\t%d\n", compiledFormat, digest(body.Bytes()), len(docs), rules)
	return append([]byte(head), body.Bytes()...)
}

func encodeRecord(t testing.TB, to *bytes.Buffer, fields ...any) {
	t.Helper()
	var texts []string
	for _, f := range fields {
		items, ok := f.([]string)
		if !ok {
			items = []string{f.(string)}
		}
		for _, item := range items {
			if strings.ContainsAny(item, fieldSep+itemSep+"\n") || item == "" && len(items) > 1 {
				t.Fatalf("%q of %v cannot be compiled", item, fields[1])
			}
		}
		texts = append(texts, strings.Join(items, itemSep))
	}
	to.WriteString(strings.Join(texts, fieldSep) + "\n")
}

func TestDecodeCompiledRefuses(t *testing.T) {
	head := compiledFormat + "\tx\t1\t1\n"
	for _, src := range []string{"", "x", compiledFormat + "\tx\t-1\t0\n", head + "r\n", head + "v\ta\n", head + "w\n", head + strings.Repeat("v"+strings.Repeat("\t", 10)+"\n", 2)} {
		if _, _, err := decodeCompiled(src); err == nil {
			t.Errorf("%q is taken", src)
		}
	}
}
