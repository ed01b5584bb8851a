package register

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// openFile is what the program does.
func openFile(name string) ([]byte, error) { return os.ReadFile(name) }

func readFile(t *testing.T, name string) *File {
	t.Helper()
	src, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	f, err := Read(name, src, openFile)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func readText(t *testing.T, src string) *File {
	t.Helper()
	f, err := Read("cookies.yaml", []byte(src), openFile)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestRead(t *testing.T) {
	f := readFile(t, "testdata/full.yaml")
	var ids []string
	for _, e := range f.Entries {
		ids = append(ids, e.ID)
	}
	if diff := cmp.Diff([]string{"basket", "matomo", "ga-client", "cache", "pixel", "old"}, ids); diff != "" {
		t.Errorf("entries, those of the group first, without what is removed: %s", diff)
	}
	if got := f.Entries[0].Place.String(); !strings.HasPrefix(got, "testdata/full.yaml:") {
		t.Errorf("basket is at %s, not in the file that extends", got)
	}
	if got := f.Entries[1].Place.String(); got != filepath.FromSlash("testdata/group/cookies.yaml")+":9:5" {
		t.Errorf("matomo is at %s", got)
	}
	want := &Entry{
		ID: "ga-client", Category: "statistics", Purpose: Text{Key: "distinguish-visitors"}, Vendor: "google",
		Match:    Match{Name: Name{Text: "_ga_*"}, Kind: "cookie", Domain: Site},
		Lifetime: Lifetime{Raw: "13 months", Seconds: 34187400, Refreshed: true}, When: "consent",
		Basis:        []Basis{{"de", "consent"}, {"fr", "exempt:audience"}},
		ExemptReason: Text{Texts: map[string]string{"de": "nur für eigene Zahlen", "en": "only for our own numbers"}},
		Recipients:   []string{"google"}, Data: []string{"online identifier"},
		Reach: Reach{Paths: []string{"/shop/*"}, Region: "eu"}, Retention: Lifetime{Raw: "14 months", Seconds: 36817200},
		Status: Status{Reviewed, "dpo@example.com", "2026-11-20"},
	}
	if diff := cmp.Diff(want, f.Entries[2], cmpopts.IgnoreUnexported(Entry{}, Name{}), cmpopts.IgnoreFields(Entry{}, "Place")); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]*Vendor{
		{
			ID: "google", Name: "Google Ireland Ltd", Country: "IE", Policy: "https://policies.google.com/privacy", Role: "processor",
			Domains: []string{"google-analytics.com"}, Transfers: []Transfer{{"US", "DPF"}},
		},
		{ID: "matomo", Name: "InnoCraft Ltd", Country: "NZ", Policy: "https://matomo.org/privacy-policy/"},
	}, f.Vendors, cmpopts.IgnoreFields(Vendor{}, "Place")); diff != "" {
		t.Error(diff)
	}
	if f.Controller.Name != "Example GmbH" || f.Consent.ChoiceKept.Seconds != 6*2629800 || !f.Consent.ExpectBanner || f.Policy.Version != "7" {
		t.Errorf("%+v %+v %+v", f.Controller, f.Consent, f.Policy)
	}
}

// entryWith is a file of one entry with a line more.
func entryWith(line string) string {
	return "version: 1\nentries:\n  - id: a\n    match: {name: a}\n    " + line + "\n"
}

func TestFaults(t *testing.T) {
	tests := []struct{ name, src, want string }{
		{"unknown key", entryWith("categry: statistics"), `cookies.yaml:5:5: unknown key "categry" in an entry; did you mean category?
    5 |     categry: statistics
      |     ^`},
		{"a tab", "version: 1\nsite: a.test\nvendors:\n\ta: {name: A}\n", `cookies.yaml:4:1: a tab cannot stand here; indent with spaces`},
		{"unknown key, nothing near", "version: 1\nzzzzzz: 1\n", `cookies.yaml:2:1: unknown key "zzzzzz" in cookies.yaml; known are consent, controller, entries, extends, hosts,`},
		{"wrong type", entryWith("recipients: google"), `cookies.yaml:5:17: recipients must be a list`},
		{"wrong type", entryWith("reach: {login: maybe}"), `cookies.yaml:5:20: login must be true or false`},
		{"number for a name", "version: 1\nentries:\n  - id: a\n    match: {name: 12}\n", `cookies.yaml:4:19: name must be a text; what looks like a number, true, false or null needs quotes`},
		{"category", entryWith("category: statistic"), `cookies.yaml:5:15: category is "statistic"; did you mean statistics?`},
		{"kind", "version: 1\nentries:\n  - id: a\n    match: {name: a, kind: localstorage}\n", `cookies.yaml:4:28: kind is "localstorage"; did you mean localStorage?`},
		{"purpose", entryWith("purpose: distinguish-visitor"), `cookies.yaml:5:14: there is no purpose "distinguish-visitor"; did you mean distinguish-visitors?`},
		{"own purpose", entryWith("purpose: We count you."), `cookies.yaml:5:14: there is no purpose "We count you."; a text of your own needs its language`},
		{"language", entryWith("purpose: {deutsch: x}"), `cookies.yaml:5:15: "deutsch" is no language`},
		{"duration", entryWith("lifetime: 13 moons"), `cookies.yaml:5:15: lifetime is "13 moons", which is not understood; write a number and a unit such as 13 months, or session, or until-cleared`},
		{"duration without unit", entryWith(`lifetime: "3600"`), `cookies.yaml:5:15: lifetime is "3600", which is not understood`},
		{"duration as number", entryWith(`lifetime: 3600`), `cookies.yaml:5:15: lifetime must be a mapping of keys to values`},
		{"date", entryWith("status: {state: reviewed, by: me, on: 2026-02-30}"), `cookies.yaml:5:43: on is no date; write year-month-day, such as 2026-11-22`},
		{"glob about nearly all", "version: 1\nentries:\n  - id: a\n    match: {name: \"*_*\"}\n", `cookies.yaml:4:19: name: the pattern has one character beside its stars`},
		{"own half the web", "version: 1\nhosts:\n  own: [com]\n", `cookies.yaml:3:9: everybody can have a domain below com`},
		{"alias of half the web", "version: 1\nhosts:\n  www.shop.test: {aliases: [\"*.co.uk\"]}\n", `cookies.yaml:3:29: everybody can have a domain below co.uk`},
		{"vendor of half the web", "version: 1\nvendors:\n  v: {name: V, domains: [net]}\n", `cookies.yaml:3:26: everybody can have a domain below net`},
		{"site of half the web", "version: 1\nsite: com\n", `cookies.yaml:2:7: everybody can have a domain below com`},
		{"entry of half the web", "version: 1\nentries:\n  - id: a\n    match: {name: uid, domain: com}\n", `cookies.yaml:4:32: everybody can have a domain below com`},
		{"glob about all", "version: 1\nentries:\n  - id: a\n    match: {name: \"*\"}\n", `cookies.yaml:4:19: name: the pattern is about every name`},
		{"two stars", "version: 1\nentries:\n  - id: a\n    match: {name: \"a**\"}\n", `cookies.yaml:4:19: name: two stars follow each other`},
		{"no match", "version: 1\nentries:\n  - id: a\n", `cookies.yaml:3:5: the entry "a" has no match`},
		{"no name", "version: 1\nentries:\n  - id: a\n    match: {kind: cookie}\n", `cookies.yaml:4:13: match has no name`},
		{"twice", "version: 1\nentries:\n  - id: a\n    match: {name: a}\n  - id: a\n    match: {name: b}\n", `cookies.yaml:5:5: the id "a" is taken by the entry in line 3`},
		{"key twice", "version: 1\nsite: a.test\nsite: b.test\n", `cookies.yaml:3:1: `},
		{"syntax", "version: 1\nsite: [a\n", `cookies.yaml:2:`},
		{"no version", "site: a.test\n", `cookies.yaml:1:1: version is missing`},
		{"version", "version: 2\n", `cookies.yaml:1:1: version is "2"; this program reads version 1`},
		{"vendor", entryWith("vendor: googel") + "vendors:\n  google: {name: Google}\n", `cookies.yaml:5:5: there is no vendor "googel"; did you mean google?`},
		{"site", "version: 1\nsite: https://a.test\n", `cookies.yaml:2:7: "https://a.test" is no host`},
		{"basis", entryWith("basis: {de: consnt}"), `cookies.yaml:5:17: basis is "consnt"; did you mean consent?`},
		{"ruleset", "version: 1\nruleset: 2026.1\n", `cookies.yaml:2:10: "2026.1" is no ruleset`},
		{"jurisdiction", "version: 1\njurisdictions: [DE]\n", `cookies.yaml:2:17: "DE" is no jurisdiction`},
		{"remove", "version: 1\nremove: [x]\n", `cookies.yaml:2:10: there is nothing to remove`},
		{"missing file", "version: 1\nextends: [nothing.yaml]\n", `cookies.yaml:2:11: open nothing.yaml: no such file`},
		{"address", "version: 1\nextends: [https://a.test/c.yaml]\n", `cookies.yaml:2:11: extends takes files, not addresses; save it beside this file`},
		{"other file", "version: 1\nextends: [/etc/passwd]\n", `cookies.yaml:2:11: extends takes files that end in .yaml or .yml`},
		{"alias", "version: 1\nx-a: &a {}\nvendors: *a\n", `cookies.yaml:3:10: vendors must be a mapping of keys to values; anchors, aliases and tags are not read, write it out`},
		{"empty", "# nothing\n", `cookies.yaml: the file is empty`},
		{"two documents", "version: 1\n---\nversion: 1\n", `cookies.yaml:3:`},
		{"binary", "version: 1\x00", `cookies.yaml: the file is no text in UTF-8`},
		{"deep", "a: " + strings.Repeat("[", 5000), `cookies.yaml: brackets are nested more than 32 levels deep`},
	}
	for _, test := range tests {
		_, err := Read("cookies.yaml", []byte(test.src), openFile)
		var e *Error
		if !errors.As(err, &e) || !strings.HasPrefix(err.Error(), test.want) {
			t.Errorf("%s: got  %v\nwant %s", test.name, err, test.want)
		}
	}
}

func TestAllFaultsAreTold(t *testing.T) {
	_, err := Read("cookies.yaml", []byte("version: 1\nsite: 7\nlanguges: [de]\nentries: {}\n"), openFile)
	var e *Error
	if !errors.As(err, &e) || len(e.Faults) != 3 || !strings.HasSuffix(err.Error(), "(and 2 more)") {
		t.Errorf("%v", err)
	}
}

// TestCycle has the way in its error.
func TestCycle(t *testing.T) {
	files := map[string]string{
		"a.yaml": "version: 1\nextends: [b.yaml]\n", "b.yaml": "version: 1\nextends: [./a.yaml]\n",
	}
	open := func(name string) ([]byte, error) { return []byte(files[name]), nil }
	_, err := Read("a.yaml", []byte(files["a.yaml"]), open)
	if want := "b.yaml:2:11: a.yaml extends itself: a.yaml -> b.yaml -> a.yaml"; err == nil || !strings.HasPrefix(err.Error(), want) {
		t.Errorf("%v", err)
	}
}

func TestNames(t *testing.T) {
	tests := []struct {
		pattern   string
		yes, no   string
		literals  int
		begins    string
		isPattern bool
	}{
		{"_ga_*", "_ga_X", "_ga", 4, "_ga_", true},
		{"_ga_*", "_ga_", "x_ga_", 4, "_ga_", true},
		{"*_id", "x_id", "x_idx", 3, "", true},
		{"a*b*c", "aXbXbYc", "aXcXb", 3, "a", true},
		{"aa*aa", "aaaa", "aaa", 4, "aa", true},
		{`a\*b`, "a*b", "axb", 3, "a*b", false},
		{`a\b`, `a\b`, "ab", 3, `a\b`, false},
		{"a?b", "a?b", "axb", 3, "a?b", false},
	}
	for _, test := range tests {
		n, err := ParseName(test.pattern)
		if err != nil || !n.Match(test.yes) || n.Match(test.no) || n.literals() != test.literals || n.literal() != test.begins || n.IsPattern() != test.isPattern {
			t.Errorf("%s: %v %+v, %q is %v, %q is %v", test.pattern, err, n, test.yes, n.Match(test.yes), test.no, n.Match(test.no))
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, name := range []string{"testdata/full.yaml", "testdata/vendors/common.yaml"} {
		src, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(src)
	}
	f.Add([]byte("version: 1\nentries:\n  - {id: a, match: {name: \"a*\"}, lifetime: 1 day}\n"))
	open := func(string) ([]byte, error) { return []byte("version: 1\n"), nil }
	r, err := newReader(open) // reading the words takes longer than all else
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		start := time.Now()
		defer func() {
			if took := time.Since(start); took > 2*time.Second {
				t.Errorf("%d octets took %v", len(src), took)
			}
		}()
		file, err := r.read("cookies.yaml", src)
		if err != nil {
			var e *Error
			if !errors.As(err, &e) || err.Error() == "" {
				t.Fatal(err)
			}
			return
		}
		file.Lint()
		file.Index().Find("cookie", "_ga_1", "example.com")
	})
}

func FuzzName(f *testing.F) {
	f.Add("_ga_*", "_ga_1")
	f.Add(`a\*b*`, `\`)
	f.Fuzz(func(t *testing.T, pattern, name string) {
		if n, err := ParseName(EscapeName(name)); err == nil && (n.IsPattern() || !n.Match(name)) {
			t.Errorf("%q escaped is not itself", name)
		}
		if n, err := ParseName(pattern); err == nil && n.Match(name) && !strings.HasPrefix(name, n.literal()) {
			t.Errorf("%q matches %q but does not begin so", pattern, name)
		}
	})
}

// TestPolicySections reads what a person adds to the policy, and refuses a
// section that there is not.
func TestPolicySections(t *testing.T) {
	f := readFile(t, "testdata/full.yaml")
	want := map[string]Text{
		"children":  {Texts: map[string]string{"en": "This shop is for adults.", "de": "Dieser Shop ist für Erwachsene."}},
		"profiling": {Own: "No decision is left to a machine."},
	}
	if diff := cmp.Diff(want, f.Policy.Sections); diff != "" || !f.Consent.GPC {
		t.Errorf("gpc %v, sections %s", f.Consent.GPC, diff)
	}
	src := []byte("version: 1\nsite: a.test\npolicy: {sections: {childen: x}}\n")
	var e *Error
	if _, err := Read("cookies.yaml", src, openFile); !errors.As(err, &e) || e.Faults[0].Hint != "did you mean children?" {
		t.Errorf("%v", err)
	}
	if valid(t, compiled(t, Schema()), src) == nil {
		t.Error("the schema takes an unknown section")
	}
}

// TestFixedLifetime keeps apart what is said and what is not.
func TestFixedLifetime(t *testing.T) {
	for text, want := range map[string]Lifetime{
		"1 day":                            {Raw: "1 day", Seconds: 86400},
		"{value: 1 day}":                   {Raw: "1 day", Seconds: 86400},
		"{value: 1 day, refreshed: false}": {Raw: "1 day", Seconds: 86400, Fixed: true},
		"{value: 1 day, refreshed: true}":  {Raw: "1 day", Seconds: 86400, Refreshed: true},
	} {
		f, err := Read("cookies.yaml", []byte(entryWith("lifetime: "+text)), openFile)
		if err != nil {
			t.Fatal(err)
		}
		if got := f.Entries[0].Lifetime; got != want {
			t.Errorf("%s is %+v", text, got)
		}
	}
}
