package importer

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"cookiescan/classify/rules"
)

var update = flag.Bool("update", false, "write the expected rule files")

const folder = "../../../testdata/rules/import/"

// TestImport compares what is made of each list with a file that was read by a
// person.
func TestImport(t *testing.T) {
	for file, format := range map[string]string{
		"ocd.csv": "ocd", "ocd.json": "ocd", "disclosure.json": "disclosure", "gvl.json": "gvl",
		"trackerdb.json": "trackerdb", "disconnect.json": "disconnect", "edpb.json": "edpb",
	} {
		t.Run(file, func(t *testing.T) {
			src, err := os.ReadFile(folder + file)
			if err != nil {
				t.Fatal(err)
			}
			r, err := Import(src, file, "")
			if err != nil {
				t.Fatal(err)
			}
			if r.Format.Name != format {
				t.Errorf("taken for %s", r.Format.Name)
			}
			got := written(t, r)
			golden := folder + strings.ReplaceAll(file, ".", "-") + ".yaml"
			if *update {
				if err := os.WriteFile(golden, got, 0o666); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(got, want) {
				t.Errorf("%s differs (go test -update writes it):\n%s", golden, got)
			}
		})
	}
}

// written is the rule file of a result, with what was left out as a comment.
// It must load, and each rule must match its example.
func written(t *testing.T, r Result) []byte {
	t.Helper()
	comment := fmt.Sprintf("%d rules", r.Rules)
	for _, s := range r.Skipped {
		comment += fmt.Sprintf("\nleft out: %d %s", s.Count, s.Why)
	}
	var out bytes.Buffer
	if err := rules.Write(&out, comment, r.Sets); err != nil {
		t.Fatal(err)
	}
	db, err := rules.Load(nil, "imported.yaml", out.Bytes())
	if err != nil {
		t.Fatalf("%v in:\n%s", err, out.Bytes())
	}
	for rule := range db.Rules() {
		for _, example := range rule.Examples {
			if m := db.Match(rule.Query(example)); m.Rule == nil {
				t.Errorf("%s: nothing matches %q", rule.ID, example)
			}
		}
	}
	return out.Bytes()
}

func TestImportRefuses(t *testing.T) {
	tests := []struct{ name, src, from, want string }{
		{"empty", " \n", "", "the file is empty"},
		{"binary", "PK\x03\x04\x00", "", "no text in UTF-8"},
		{"latin-1", "caf\xe9", "", "no text in UTF-8"},
		{"anything", "hello\nworld\n", "", "none of the lists that are known"},
		{"any JSON", `{"a": 1}`, "", "none of the lists"},
		{"any list", `[1]`, "", "none of the lists"},
		{"broken JSON", "{\"vendors\":\n  {]}", "", "line 2, column 4: invalid character"},
		{"cut off", `{"disclosures": [`, "", "line 1, column 17: unexpected end"},
		{"no such format", `{}`, "xml", `format "xml" is unknown, the formats are ocd,`},
		{"another format", "{\n\"vendors\": []}", "gvl", "line 2, column"},
		{"wrong columns", "Platform,Name\n", "ocd", `column "Category" is missing`},
		{"nothing to take", `{"disclosures": []}`, "", "holds nothing that can be taken"},
		{"wrong type", `{"disclosures": [{"identifier": "a", "type": "cookie", "purposes": "1"}]}`, "", "field disclosures.purposes has a value of another type"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := Import([]byte(test.src), "x", test.from)
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("%v; want %q", err, test.want)
			}
		})
	}
}

func TestMatchOfNames(t *testing.T) {
	tests := []struct {
		item item
		want string
	}{
		{item{name: "_hjSession_{site_id}"}, "_hjSession_*"},
		{item{name: "_gat_UA-XXXXXX-X"}, "_gat_UA-*"},
		{item{name: "wp-settings-%INTEGER%"}, "wp-settings-*"},
		{item{name: "mp_#_mixpanel"}, "mp_*_mixpanel"},
		{item{name: "a_prefix_", prefix: true}, "a_prefix_*"},
		{item{name: "a_prefix_*", prefix: true}, "a_prefix_*"},
		{item{name: " plain_name "}, "plain_name"},
		{item{name: "box"}, "box"},
		{item{name: "ab", prefix: true, domains: []string{"a.test"}}, "ab* domain"},
		{item{name: "ab", prefix: true}, tooShort},
		{item{name: "id"}, tooGeneral},
		{item{name: "**"}, noName},
		{item{name: "one, two"}, noName},
		{item{}, noName},
	}
	for _, test := range tests {
		m, why := match(test.item)
		got := strings.TrimSpace(m.Exact + m.Glob + " " + m.Require)
		if why != "" {
			got = why
		}
		if got != test.want {
			t.Errorf("%+v is %q, want %q", test.item, got, test.want)
		}
	}
}

func TestSlug(t *testing.T) {
	for name, want := range map[string]string{"Acme, Inc.": "acme-inc", "_ga_*": "ga", "AT&T": "at-t", "ééé": slug("ééé"), "日本": slug("日本")} {
		got := slug(name)
		if got != want || got == "" || strings.ContainsAny(got, " _") {
			t.Errorf("%q is %q, want %q", name, got, want)
		}
	}
}

// FuzzImport looks for lists on which an importer panics or makes a file that
// does not load.
func FuzzImport(f *testing.F) {
	files, err := filepath.Glob(folder + "*.[cj]s*")
	if err != nil || len(files) == 0 {
		f.Fatalf("no seeds: %v", err)
	}
	for _, file := range files {
		src, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(src)
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		for _, format := range Names() {
			r, err := Import(src, "fuzz.json", format)
			if err != nil {
				continue
			}
			var out bytes.Buffer
			if err := rules.Write(&out, "fuzz", r.Sets); err != nil {
				t.Fatal(err)
			}
			if _, err := rules.Load(nil, "imported.yaml", out.Bytes()); err != nil {
				t.Errorf("%s: %v in:\n%s", format, err, out.Bytes())
			}
		}
	})
}
