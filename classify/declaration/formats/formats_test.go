package formats

import (
	"bytes"
	"cmp"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"cookiescan/classify/declaration"
	"cookiescan/classify/words"
)

func seconds(n int64) *int64 { return &n }

// full is a declaration with every field, kind and category, and with texts that
// would act where they are opened.
func full() *declaration.Declaration {
	return &declaration.Declaration{
		Source: "full", Language: "de", Updated: "2026-11-20",
		Entries: []declaration.Entry{
			{
				Name: "_ga_*", Kind: "cookie", Domain: "example.com", Provider: "Google Ireland Ltd", Category: "statistics",
				Purpose: "Unterscheidet Besucher, \"anonym\".", Lifetime: declaration.Lifetime{Raw: "13 Monate", Seconds: seconds(34_187_400)}, Party: "first",
			},
			{Name: "PHPSESSID", Kind: "cookie", Domain: "www.example.com", Category: "necessary", Lifetime: declaration.Lifetime{Raw: "session", Session: true}, Party: "first"},
			{
				Name: "IDE", Kind: "cookie", Domain: "doubleclick.net", Provider: "Google", Category: "marketing",
				Purpose: "=HYPERLINK(\"https://evil.test\");+1", Lifetime: declaration.Lifetime{Seconds: seconds(34_560_000)}, Party: "third",
			},
			{Name: "lang", Kind: "cookie", Category: "preferences", Lifetime: declaration.Lifetime{Raw: "bis Sie sie löschen"}},
			{Name: "^a.b$/c|(d)-\\e", Kind: "cookie", Provider: "</script><b>'\"`", Purpose: "<img src=x onerror=alert(1)> & 🍪 ${x} */", Category: "marketing"},
			{Name: "x?y*z", Kind: "cookie", Category: "unclassified", Lifetime: declaration.Lifetime{Seconds: seconds(1800)}},
			{Name: "plain", Kind: "cookie"},
			{Name: "theme", Kind: "localStorage", Domain: "example.com", Category: "preferences", Purpose: "Farben", Lifetime: declaration.Lifetime{Raw: "unbegrenzt"}},
			{Name: "tab", Kind: "sessionStorage", Category: "necessary"},
			{Name: "firebase*", Kind: "indexedDB", Provider: "Google", Category: "statistics"},
			{Name: "collect", Kind: "pixel", Domain: "facebook.com", Category: "marketing", Party: "third"},
			{Name: "cdn.example.net", Kind: "request", Domain: "cdn.example.net", Category: "necessary", Purpose: "Schriften", Party: "third"},
		},
	}
}

// changes say how an entry comes back, apart from the fields that the format
// does not keep: what the comment of the format says in words.
var changes = map[string]func(e *declaration.Entry){
	"csv":  func(*declaration.Entry) {},
	"xlsx": func(*declaration.Entry) {},
	"ocd": func(e *declaration.Entry) {
		if e.Category == "unclassified" {
			e.Category = ""
		}
	},
	"cookiebot": func(e *declaration.Entry) {
		e.Name = strings.ReplaceAll(e.Name, "?", "*")
		if e.Provider != "" {
			e.Domain = ""
		}
	},
	"onetrust": func(e *declaration.Entry) {
		e.Party, e.Category = firstOf(e.Party, "first"), firstOf(e.Category, "unclassified")
		if e.Party == "first" {
			e.Provider = ""
		}
		switch s := e.Lifetime.Seconds; {
		case s != nil && *s < 43_200, s == nil && !e.Lifetime.Session:
			e.Lifetime = declaration.Lifetime{}
		case s != nil:
			e.Lifetime = inSeconds((*s + 43_200) / 86_400 * 86_400)
		}
	},
	"disclosure": func(e *declaration.Entry) {
		if e.Category == "preferences" || e.Category == "" {
			e.Category = "unclassified"
		}
		switch {
		case e.Kind == "request":
		case e.Kind != "cookie":
			e.Kind, e.Confidence, e.Lifetime = "localStorage", declaration.Likely, declaration.Lifetime{}
		case e.Lifetime.Seconds != nil:
			e.Lifetime = inSeconds(*e.Lifetime.Seconds)
		case !e.Lifetime.Session:
			e.Lifetime = declaration.Lifetime{}
		}
	},
	"edpb": func(e *declaration.Entry) {
		if e.Kind == "localStorage" {
			e.Domain = ""
		}
	},
	"klaro": func(e *declaration.Entry) {
		e.Category = firstOf(e.Category, "unclassified")
		if e.Provider == "" {
			e.Provider = map[string]string{"PHPSESSID": "necessary", "lang": "preferences", "x?y*z": "unclassified", "plain": "plain"}[e.Name]
		}
	},
	"vanilla-cookieconsent": func(e *declaration.Entry) { e.Category = firstOf(e.Category, "unclassified") },
	"tarteaucitron": func(e *declaration.Entry) {
		e.Category = firstOf(e.Category, "unclassified")
		if e.Provider == "" {
			e.Provider = map[string]string{
				"PHPSESSID": "declared_necessary", "lang": "declared_preferences", "x?y*z": "declared_unclassified", "plain": "declared_service",
			}[e.Name]
		}
	},
}

// kept is what a format should give back.
func kept(t *testing.T, f Format, d *declaration.Declaration) *declaration.Declaration {
	t.Helper()
	back := &declaration.Declaration{Source: "again", Statements: []declaration.Statement{}, NotUnderstood: []declaration.NotUnderstood{}}
	if slices.Contains(f.Keeps, "language") {
		back.Language = d.Language
	}
	if slices.Contains(f.Keeps, "updated") {
		back.Updated = d.Updated
	}
	for _, e := range d.Entries {
		if f.Kinds != nil && !slices.Contains(f.Kinds, e.Kind) {
			continue
		}
		e.Confidence = declaration.Certain
		raw, err := lifetimeText(e.Lifetime)
		if err != nil {
			t.Fatal(err)
		}
		e.Lifetime.Raw = raw
		changes[f.Name](&e)
		for _, column := range columns {
			if !slices.Contains(f.Keeps, column) {
				*fieldOf(&e, column) = ""
				if column == "lifetime" {
					e.Lifetime = declaration.Lifetime{}
				}
			}
		}
		back.Entries = append(back.Entries, e)
	}
	return back
}

func byName(entries []declaration.Entry) {
	slices.SortFunc(entries, func(a, b declaration.Entry) int { return cmp.Compare(a.Name, b.Name) })
}

func TestRoundTrips(t *testing.T) {
	for _, f := range All() {
		if !f.CanWrite() {
			continue
		}
		t.Run(f.Name, func(t *testing.T) {
			d := full()
			var first, second bytes.Buffer
			if err := f.Write(&first, d); err != nil {
				t.Fatal(err)
			}
			if diff := gocmp.Diff(full(), d); diff != "" {
				t.Errorf("writing changed the declaration:\n%s", diff)
			}
			if err := f.Write(&second, d); err != nil || !bytes.Equal(first.Bytes(), second.Bytes()) {
				t.Errorf("written twice, it differs (%v)", err)
			}
			got, err := f.Read("again", first.Bytes())
			if err != nil {
				t.Fatal(err)
			}
			for i := range got.Entries {
				if got.Entries[i].Place == "" {
					t.Errorf("%s has no place", got.Entries[i].Name)
				}
				got.Entries[i].Place = ""
			}
			want := kept(t, f, d)
			byName(got.Entries)
			byName(want.Entries)
			if diff := gocmp.Diff(want, got); diff != "" {
				t.Errorf("what comes back differs (- wanted, + got):\n%s\n%s", diff, first.Bytes())
			}
			if found, ok := Detect("file"+f.Extensions[0], first.Bytes()); !ok || found.Name != f.Name {
				t.Errorf("taken for %q", found.Name)
			}
		})
	}
}

// TestNothingActs looks for what would act where a file is opened.
func TestNothingActs(t *testing.T) {
	for _, f := range All() {
		if !f.CanWrite() || f.Name == "xlsx" {
			continue
		}
		var out bytes.Buffer
		if err := f.Write(&out, full()); err != nil {
			t.Fatal(err)
		}
		text := out.String()
		if !strings.HasSuffix(f.Extensions[0], "csv") && strings.Contains(text, "</script") {
			t.Errorf("%s: it ends a script element", f.Name)
		}
		// Texts of these are HTML to the programs that show them.
		if html := f.Name == "vanilla-cookieconsent" || f.Name == "onetrust" || f.Name == "tarteaucitron"; html && strings.Contains(text, `\u003cimg`) {
			t.Errorf("%s: it has an element in a text", f.Name)
		}
	}
}

// TestTitlesOfEveryLanguage reads tables that are written in each language.
func TestTitlesOfEveryLanguage(t *testing.T) {
	f, err := Named("csv")
	if err != nil {
		t.Fatal(err)
	}
	for _, tag := range words.Languages() {
		d := full()
		d.Language = tag
		var out bytes.Buffer
		if err := f.Write(&out, d); err != nil {
			t.Fatal(err)
		}
		got, err := f.Read("again", out.Bytes())
		if err != nil {
			t.Fatal(err)
		}
		for i := range got.Entries {
			got.Entries[i].Place = ""
		}
		want := kept(t, f, d)
		if diff := gocmp.Diff(want, got); diff != "" {
			t.Errorf("%s: what comes back differs (- wanted, + got):\n%s", tag, diff)
		}
	}
}

func TestLost(t *testing.T) {
	for name, want := range map[string]string{
		"csv":                   "language, updated",
		"cookiebot":             "entries of the kind sessionStorage: 1, entries of the kind request: 1",
		"tarteaucitron":         "domain, purpose, lifetime, party, language, updated, entries of the kind localStorage: 1, entries of the kind sessionStorage: 1, entries of the kind indexedDB: 1, entries of the kind pixel: 1, entries of the kind request: 1",
		"vanilla-cookieconsent": "updated",
	} {
		f, err := Named(name)
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(f.Lost(full()), ", "); got != want {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
}

// TestFiles reads each file of testdata, which is as its makers write it, and
// compares it with what it should give.
func TestFiles(t *testing.T) {
	files, err := filepath.Glob("testdata/*.*")
	if err != nil || len(files) == 0 {
		t.Fatal("no files", err)
	}
	files = append(files, "../../../testdata/scans/typical.json")
	seen := map[string]bool{}
	for _, file := range files {
		if strings.HasSuffix(file, ".want.txt") {
			continue
		}
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		f, ok := Detect(filepath.Base(file), data)
		if !ok {
			t.Errorf("%s has no format", file)
			continue
		}
		seen[f.Name] = true
		got, err := f.Read(filepath.Base(file), data)
		if err != nil {
			t.Errorf("%s: %v", file, err)
			continue
		}
		compare(t, filepath.Join("testdata", filepath.Base(file)+".want.txt"), f.Name+"\n"+listing(got))
	}
	for _, f := range All() {
		if !seen[f.Name] {
			t.Errorf("no file in testdata is of the format %s", f.Name)
		}
	}
}
