package rules

import (
	"bytes"
	"errors"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// head is the start of a rule file with one rule that lacks nothing.
const head = `vendor:
  id: acme
  name: Acme
rules:
  - id: one
    match: {exact: acme_id}
    category: statistics
    exemption: none
`

func TestLoadFaults(t *testing.T) {
	tests := []struct{ name, src, want string }{
		{"empty", " \n", "rule file x.yaml: the file is empty"},
		{"binary", "vendor\x00", "rule file x.yaml: the file is no text in UTF-8"},
		{"only a comment", "# nothing\n", "rule file x.yaml: the file holds no rules"},
		{"not YAML", "vendor: {id: [\n", "line 1, column"},
		{"a list", "- vendor\n", "line 1, column 1: a rule file must be a mapping"},
		{"a text", "vendor", "line 1, column 1: a rule file must be a mapping"},
		{"unknown key", strings.Replace(head, "name:", "nmae:", 1), `line 3, column 3: unknown key "nmae" in vendor, the keys are category, country,`},
		{"unknown key of a rule", head + "    examles: [a]\n", `line 9, column 5: unknown key "examles" in a rule`},
		{"a key twice", head + "    category: marketing\n", "line 9, column 5:"},
		{"wrong type", strings.Replace(head, "Acme", "[Acme]", 1), "line 3, column 9: name must be a text"},
		{"a number", strings.Replace(head, "acme_id", "12", 1), "line 6, column 20: exact must be a text"},
		{"no list", head + "    examples: acme_id\n", "line 9, column 15: examples must be a list"},
		{"no vendor", "rules: []\n", "line 1, column 1: vendor is missing"},
		{"no name", strings.Replace(head, "  name: Acme\n", "", 1), "line 2, column 3: the vendor has no name"},
		{"bad id", strings.Replace(head, "id: acme", "id: Acme!", 1), `line 2, column 7: the id "Acme!" of the vendor`},
		{"bad role", strings.Replace(head, "rules:", "  role: owner\nrules:", 1), `line 4, column 9: role is "owner", it must be one of service, software`},
		{"no category", strings.Replace(head, "    category: statistics\n", "", 1), `line 5, column 9: rule "one" has no category`},
		{"bad category", strings.Replace(head, "statistics", "analytics", 1), `line 7, column 15: category is "analytics"`},
		{"bad kind", head + "    kind: [cookies]\n", `line 9, column 12: kind "cookies" is unknown`},
		{"two forms", strings.Replace(head, "acme_id", `acme_id, glob: "a*"`, 1), "line 6, column 13: match must have exactly one"},
		{"no form", strings.Replace(head, "exact: acme_id", "domain: [acme.test]", 1), "match must have exactly one"},
		{"bad regexp", strings.Replace(head, "exact: acme_id", `regexp: "(a"`, 1), "line 6, column 21: missing closing )"},
		{"required but not given", strings.Replace(head, "acme_id", "acme_id, require: domain", 1), "domain is required, but not given"},
		{"host of a cookie", strings.Replace(head, "exact: acme_id", "host: [acme.test]", 1), "a rule of kind cookie must match a name"},
		{"name of a request", head + "    kind: [pixel]\n", "a rule of kind pixel must match a host"},
		{"path without host", strings.Replace(head, "acme_id", "acme_id, path: /x", 1), "a path belongs to a host"},
		{"exemption without default", strings.Replace(head, "exemption: none", "exemption: {fr: none}", 1), "exemption has no default"},
		{"exemption of a long name", strings.Replace(head, "exemption: none", "exemption: {default: none, france: none}", 1), `profile "france"`},
		{"alias", strings.Replace(head, "name: Acme", "name: &x Acme", 1), "name must be a text"},
		{"several faults", strings.NewReplacer("statistics", "x", "none", "y").Replace(head), "(and 1 more)"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := Load(nil, "x.yaml", []byte(test.src))
			var e *FileError
			if !errors.As(err, &e) || !strings.Contains(err.Error(), test.want) {
				t.Errorf("%v; want %q", err, test.want)
			}
		})
	}
}

func TestLoadSeveralVendors(t *testing.T) {
	src := head + "---\n# the second\n" + strings.ReplaceAll(strings.ReplaceAll(head, "acme", "other"), "Acme", "Other")
	db, err := Load(nil, "x.yaml", []byte(src))
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for r := range db.Rules() {
		ids = append(ids, r.ID)
	}
	if diff := cmp.Diff([]string{"acme/one", "other/one"}, ids); diff != "" {
		t.Error(diff)
	}
	if m := db.Match(Query{Kind: Cookie, Name: "other_id"}); m.Vendor == nil || m.Vendor.Name != "Other" || !m.Rule.User() {
		t.Errorf("other_id is %+v", m)
	}
	if at := db.Match(Query{Kind: Cookie, Name: "other_id"}).Rule.Place(); at.Line != 15 {
		t.Errorf("the second rule is at %s", at)
	}
}

// TestWrite writes what is embedded, and names that are hard to write, and
// reads it again.
func TestWrite(t *testing.T) {
	odd := "vendor:\n  id: odd\n  name: \"\\u0085 \\\\ \\\" é # x: \\uFEFF\"\nrules:\n"
	for i, name := range []string{"null", "~", "1", "true", "- a", "a: b", "#a", "%41", "\\u2028", "&a", "*", "!x", "@", "é", "a b ", "<&>", "{a}", "on"} {
		odd += "  - id: r" + string(rune('a'+i)) + "\n    match: {exact: \"" + name + "\"}\n    category: marketing\n    exemption: {default: none, no: conditional}\n"
	}
	docs, faults := parse("odd.yaml", []byte(odd))
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	docs = append(docs, embeddedDocuments(t)...)
	var sets []Set
	for _, doc := range docs {
		set := Set{Vendor: *doc.vendor}
		for _, r := range doc.rules {
			written := *r
			written.ID = strings.TrimPrefix(r.ID, doc.vendor.ID+"/")
			set.Rules = append(set.Rules, written)
		}
		sets = append(sets, set)
	}
	var out bytes.Buffer
	if err := Write(&out, "made\nby a test", sets); err != nil {
		t.Fatal(err)
	}
	again, faults := parse("again.yaml", out.Bytes())
	for _, f := range faults {
		t.Errorf("%s: %s", f.Place, f.Message)
	}
	if diff := cmp.Diff(string(encodeCompiled(t, docs)), string(encodeCompiled(t, again))); diff != "" {
		t.Errorf("what is read differs from what was written (-written +read):\n%s", diff)
	}
}

// FuzzLoad looks for files on which loading panics, and for rules that load
// but break a search.
func FuzzLoad(f *testing.F) {
	f.Add([]byte(head))
	f.Add([]byte(expand(sample)))
	if text, err := os.ReadFile("data/google-analytics.yaml"); err == nil {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		db, err := Load(nil, "fuzz.yaml", src)
		if err != nil {
			var e *FileError
			if !errors.As(err, &e) || len(e.Faults) == 0 {
				t.Errorf("%v is no *FileError", err)
			}
			return
		}
		for r := range db.Rules() {
			for _, example := range r.provable() {
				if q := r.Query(example); len(db.Candidates(q)) == 0 {
					t.Errorf("%q finds nothing, not even %s", q, r.ID)
				}
			}
		}
	})
}
