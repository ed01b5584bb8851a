package report

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/google/go-cmp/cmp"

	"cookiescan/scanner"
)

// wecTemplate lists what the collector's own template (assets/template.pug of
// version 2.1) reads of an inspection, with the kind that it must be of: text,
// number, bool, list, map. What may be absent begins with a question mark. [] is
// each item of a list, {} each value of a map.
var wecTemplate = []string{
	"title text", "uri_ins text", "uri_dest text", "host text", "start_time text", "end_time text", "uri_refs list", "uri_refs[] text",
	"script.host text", "script.version.npm text", "script.version.commit null",
	"browser.name text", "browser.version text", "browser.platform.name text", "browser.platform.version text", "browser.extra_headers map",
	"secure_connection.https_support bool", "secure_connection.https_redirect bool", "secure_connection.redirects list", "testSSL null",
	"links.social list", "browsing_history list", "browsing_history[] text",
	"hosts.requests.firstParty list", "hosts.requests.thirdParty list", "hosts.requests.thirdParty[] text",
	"hosts.beacons.firstParty list", "hosts.beacons.thirdParty list", "hosts.beacons.thirdParty[] text", "unsafeForms list",
	"cookies list", "cookies[].firstPartyStorage bool", "cookies[].domain text", "cookies[].path text", "cookies[].name text", "cookies[].session bool", "cookies[].expiresDays ?number",
	"localStorage map", "localStorage{} map", "localStorage{}{}.value null",
	"beacons list", "beacons[].listName text", "beacons[].url text", "beacons[].occurrances number", "beacons[].query null",
}

// inspections are the files of a scan by their path.
func inspections(t testing.TB, o Options, scans ...*scanner.Scan) map[string]string {
	t.Helper()
	list, err := wecFiles(scans, o)
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, f := range list {
		if !fs.ValidPath(f.Path) || files[f.Path] != "" {
			t.Errorf("file %q is outside of the folder, or there twice", f.Path)
		}
		files[f.Path] = string(f.Data)
	}
	return files
}

func TestWECShape(t *testing.T) {
	s := readClassified(t, "typical")
	files := inspections(t, withSources(Options{}), s)
	for _, name := range []string{"none/inspection.json", "none/inspection.yml", "none/cookies.yml", "none/local-storage.yml", "none/beacons.yml", "none/requests.har", "gpc/inspection.json"} {
		if files[name] == "" {
			t.Errorf("%s is missing", name)
		}
	}
	var inspection any
	if err := json.Unmarshal([]byte(files["none/inspection.json"]), &inspection); err != nil {
		t.Fatal(err)
	}
	for _, field := range wecTemplate {
		at, kind, _ := strings.Cut(field, " ")
		found := reach(inspection, at)
		if len(found) == 0 {
			t.Errorf("nothing is at %s", at)
		}
		for _, v := range found {
			if got := kindOf(v); got != strings.TrimPrefix(kind, "?") && (got != "null" || kind[0] != '?') {
				t.Errorf("%s is %s: %v", field, got, v)
			}
		}
	}
	for file, at := range map[string]string{"inspection.yml": "", "cookies.yml": "cookies", "local-storage.yml": "localStorage", "beacons.yml": "beacons"} {
		var got any
		if err := yaml.Unmarshal([]byte(files["none/"+file]), &got); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		if d := cmp.Diff(asJSON(t, reach(inspection, at)[0]), asJSON(t, got)); d != "" {
			t.Errorf("%s is not what the inspection says (-inspection +file):\n%s", file, d)
		}
	}
	for _, e := range readHAR(t, files["none/requests.har"]).Log.Entries {
		if !strings.HasPrefix(e.Pageref, "none/") {
			t.Errorf("a request of %s is in the pass none", e.Pageref)
		}
	}
}

// reach follows a path of wecTemplate.
func reach(v any, at string) []any {
	if at == "" {
		return []any{v}
	}
	var found []any
	switch {
	case strings.HasPrefix(at, "[]"):
		list, _ := v.([]any)
		for _, item := range list {
			found = append(found, reach(item, strings.TrimPrefix(at[2:], "."))...)
		}
	case strings.HasPrefix(at, "{}"):
		fields, _ := v.(map[string]any)
		for _, item := range fields {
			found = append(found, reach(item, strings.TrimPrefix(at[2:], "."))...)
		}
	default:
		end := strings.IndexAny(at, ".[{")
		if end < 0 {
			end = len(at)
		}
		fields, _ := v.(map[string]any)
		return reach(fields[at[:end]], strings.TrimPrefix(at[end:], "."))
	}
	return found
}

func kindOf(v any) string {
	switch v.(type) {
	case nil:
		return "null"
	case string:
		return "text"
	case float64:
		return "number"
	case bool:
		return "bool"
	case []any:
		return "list"
	case map[string]any:
		return "map"
	}
	return fmt.Sprintf("%T", v)
}

func asJSON(t testing.TB, v any) string {
	t.Helper()
	b, err := json.MarshalIndent(v, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestWECStates(t *testing.T) {
	s := readClassified(t, "typical")
	s.Cookies[0].Phases, s.Cookies[0].Present = []string{"gpc"}, []string{"gpc"}
	name := s.Cookies[0].Name
	files := inspections(t, Options{}, s, readScan(t, "small"))
	if files["shop.test-2/none/inspection.json"] == "" {
		t.Error("the second scan of a site has no folder")
	}
	in := func(file string) bool { return strings.Contains(files[file], `name: "`+name+`"`) }
	if in("shop.test/none/cookies.yml") || !in("shop.test/gpc/cookies.yml") {
		t.Error("a cookie is not in the inspection of its own pass alone")
	}
	if files["shop.test/none/requests.har"] != "" {
		t.Error("there are requests without a log")
	}
	s.Cookies[0].Value = "kept"
	if files := inspections(t, Options{}, s); !strings.Contains(files["gpc/inspection.json"], `"value": "kept"`) {
		t.Error("a value that the user wanted to keep is not there")
	}
	o := Options{Requests: func(*scanner.Scan) ([]scanner.Request, error) { return nil, fmt.Errorf("reading: %w", fs.ErrNotExist) }}
	if files := inspections(t, o, s); files["none/inspection.json"] == "" || files["none/requests.har"] != "" {
		t.Error("a document without its log makes no inspection")
	}
}

func TestFileName(t *testing.T) {
	for in, want := range map[string]string{
		"none": "none", "shop.test": "shop.test", "none#2": "none_2", "": "_", "..": "_", "../../etc": "_.._etc", "a/b\\c:d": "a_b_c_d", ".hidden": "hidden", "界\x00": "__",
		strings.Repeat("a", 300): strings.Repeat("a", 100),
	} {
		if got := fileName(in); got != want || !fs.ValidPath(path.Join("x", got)) {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

// FuzzYAML: what is written is read back as it was, as keys and as values.
func FuzzYAML(f *testing.F) {
	for _, s := range []string{"plain", "true", "null", "y", "1.0", "- x", "a: b #c", "'", "\"\\", "\x00\x1b\u0085\u2028\ufeff\U0001F36A\U000e0041", "a\nb\t", "!!js/function x", "&a *a", "<<", "%YAML", "---"} {
		f.Add(s, "x")
		f.Add("x", s)
	}
	f.Fuzz(func(t *testing.T, key, value string) {
		key, value = strings.ToValidUTF8(key, "\ufffd"), strings.ToValidUTF8(value, "\ufffd")
		want := map[string]any{key: value, key + "2": []any{value, map[string]any{key: value}, []any{}, map[string]any{}}}
		var out strings.Builder
		if err := writeYAML(&out, want); err != nil {
			t.Fatal(err)
		}
		checkText(t, "yaml", out.String())
		var got map[string]any
		if err := yaml.Unmarshal([]byte(out.String()), &got); err != nil {
			t.Fatalf("%v\n%s", err, out.String())
		}
		if key == "<<" {
			return // a merge to this reader, quoted or not
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%s\n%s", d, out.String())
		}
	})
}
