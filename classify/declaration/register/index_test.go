package register

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"cookiescan/classify/words"
	"cookiescan/scanner"
)

const indexed = `version: 1
site: shop.test
hosts:
  www.shop.test: {aliases: [staging.other.test, "*.preview.test"]}
  own: [shop-static.test]
entries:
  - {id: any-domain, match: {name: uid}}
  - {id: own, match: {name: uid, domain: "{site}"}}
  - {id: third, match: {name: uid, domain: ads.test}}
  - {id: long, match: {name: "_ga_long_*", domain: "{site}"}}
  - {id: short, match: {name: "_ga_*", domain: "{site}"}}
  - {id: exact, match: {name: _ga_long_1, domain: "{site}"}}
  - {id: suffix, match: {name: "*_suffix"}}
  - {id: local, match: {name: uid, kind: localStorage}}
  - {id: retired, match: {name: was}, status: {state: retired}}
  - {id: pattern, match: {name: "wa*"}}
  - {id: beacons, match: {kind: pixel, domain: px.ads.test}}
  - {id: tr, match: {kind: beacon, name: "/tr/*", domain: px.ads.test}}
  - {id: canvas, match: {kind: fingerprint, name: canvas, domain: ads.test}}
`

func TestFind(t *testing.T) {
	x := readText(t, indexed).Index()
	tests := []struct{ kind, name, domain, want string }{
		{"cookie", "uid", "www.shop.test", "own any-domain"},
		{"cookie", "uid", ".shop.test", "own any-domain"},
		{"cookie", "uid", "shop-static.test", "own any-domain"},
		{"cookie", "uid", "staging.other.test", "own any-domain"},
		{"cookie", "uid", "pr-7.preview.test", "own any-domain"},
		{"cookie", "uid", "preview.test", "any-domain"},
		{"cookie", "uid", "x.ads.test", "third any-domain"},
		{"cookie", "uid", "xads.test", "any-domain"},
		{"localStorage", "uid", "shop.test", "local"},
		{"sessionStorage", "uid", "shop.test", ""},
		{"cookie", "_ga_long_1", "shop.test", "exact long short"},
		{"cookie", "_ga_long_2", "shop.test", "long short"},
		{"cookie", "_ga_", "shop.test", "short"},
		{"cookie", "_ga_", "other.test", ""},
		{"cookie", "x_suffix", "other.test", "suffix"},
		{"cookie", "was", "other.test", "pattern retired"},
		{"beacon", "/x", "px.ads.test", "beacons"},
		{"request", "/tr/1", "px.ads.test", "tr beacons"},
		{"pixel", "/tr/1", "ads.test", ""},
		{"fingerprint", "canvas", "x.ads.test", "canvas"},
	}
	for _, test := range tests {
		var ids []string
		for _, e := range x.Find(test.kind, test.name, test.domain) {
			ids = append(ids, e.ID)
		}
		if got := strings.Join(ids, " "); got != test.want {
			t.Errorf("%s %s at %s: %q, want %q", test.kind, test.name, test.domain, got, test.want)
		}
	}
	if !x.Own("pr-7.preview.test") || x.Own("ads.test") {
		t.Error("own hosts")
	}
}

func TestUnused(t *testing.T) {
	x := readText(t, indexed).Index()
	var ids []string
	for _, e := range x.Unused([]*scanner.Scan{{
		Cookies:  []scanner.Cookie{{Name: "uid", Domain: "shop.test"}, {Name: "was", Domain: "shop.test"}, {Name: "none", Domain: "shop.test"}},
		Storage:  []scanner.StorageItem{{Kind: scanner.LocalStorage, Key: "uid", Origin: "https://www.shop.test:8443"}},
		Trackers: []scanner.Tracker{{Kind: scanner.Pixel, URL: "https://px.ads.test/tr/1", Host: "px.ads.test"}, {Kind: scanner.Fingerprint, API: "canvas", Host: "ads.test"}},
	}}) {
		ids = append(ids, e.ID)
	}
	if diff := cmp.Diff([]string{"any-domain", "third", "long", "short", "exact", "suffix", "retired", "beacons"}, ids); diff != "" {
		t.Error(diff)
	}
}

func TestChanges(t *testing.T) {
	entry := func(more, on string) string {
		return entryWith(more+"\n    status: {state: reviewed, by: me, on: "+on+"}") + "vendors:\n  v: {}\n"
	}
	base := "lifetime: 1 year\n    recipients: [v]\n    purpose: {en: x}\n    category: statistics"
	tests := []struct{ name, older, newer, want string }{
		{"nothing", entry(base, "2026-01-01"), entry(base, "2026-01-01"), ""},
		{"other words", entry(base, "2026-01-01"), entry(strings.Replace(base, "1 year", "365 days", 1), "2026-01-01"), ""},
		{"all", entry(base, "2026-01-01"), strings.Replace(entry("category: marketing", "2026-01-01"), "name: a", "name: b", 1), "name category lifetime recipients purpose"},
		{"lifetime, older date", entry(base, "2026-01-02"), entry(strings.Replace(base, "1 year", "2 years", 1), "2026-01-01"), "lifetime"},
		{"reviewed again", entry(base, "2026-01-01"), entry("category: marketing", "2026-01-02"), ""},
		{"not reviewed any more", entry(base, "2026-01-01"), strings.Replace(entry("category: marketing", "2026-01-01"), "reviewed", "todo", 1), ""},
		{"new", "version: 1\n", entry(base, "2026-01-01"), ""},
	}
	for _, test := range tests {
		var got []string
		for _, c := range Changes(readText(t, test.older), readText(t, test.newer)) {
			got = append(got, strings.Join(c.Keys, " "))
		}
		if strings.Join(got, ";") != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}

func TestLint(t *testing.T) {
	var lines []string
	for _, g := range readFile(t, "testdata/full.yaml").Lint() {
		lines = append(lines, g.String())
	}
	want := []string{
		"testdata/full.yaml:61:5: cache: to review, category, purpose, when and basis are missing",
		"testdata/full.yaml:65:5: pixel: to review, category, purpose, when, basis and vendor are missing",
		"testdata/group/cookies.yaml:9:5: matomo: to review, category, purpose, lifetime, when and basis are missing",
	}
	if diff := cmp.Diff(want, lines); diff != "" {
		t.Error(diff)
	}
	lines = nil
	for _, g := range readText(t, "version: 1\ncontroller: {name: X}\nlanguages: [de]\nvendors:\n  v: {}\nentries:\n"+
		"  - {id: a, match: {name: a}, vendor: v, purpose: {en: x}, status: {state: reviewed}}\n").Lint() {
		lines = append(lines, g.String())
	}
	want = []string{
		"cookies.yaml: site is missing",
		"cookies.yaml: policy.updated is missing",
		"cookies.yaml:2:1: controller.address is missing",
		"cookies.yaml:2:1: controller.contact is missing",
		"cookies.yaml:5:3: vendor v: name and policy are missing",
		"cookies.yaml:7:6: a: category, purpose in de, lifetime, when, basis, status.by and status.on are missing",
	}
	if diff := cmp.Diff(want, lines); diff != "" {
		t.Error(diff)
	}
}

func TestDeclaration(t *testing.T) {
	german, err := words.Language("de")
	if err != nil {
		t.Fatal(err)
	}
	d := readFile(t, "testdata/full.yaml").Declaration(german)
	var rows []string
	for _, e := range d.Entries {
		seconds := int64(-1)
		if e.Lifetime.Seconds != nil {
			seconds = *e.Lifetime.Seconds
		}
		rows = append(rows, fmt.Sprintf("%s|%s|%s|%s|%s|%s|%s|%d|%v|%s", e.Name, e.Kind, e.Domain, e.Provider, e.Party, e.Category, e.Purpose, seconds, e.Lifetime.Session, e.Confidence))
	}
	want := []string{
		"basket|cookie|www.example.com||first|necessary|Merkt sich den Warenkorb.|-1|true|certain",
		"_pk_id.*|cookie|example.com|InnoCraft Ltd|first|||-1|false|inferred",
		"_ga_*|cookie|example.com|Google Ireland Ltd|first|statistics|Google Ireland Ltd unterscheidet Besucher voneinander, um sie zu zählen.|34187400|false|certain",
		"app:*|localStorage|example.com||first|||-1|false|inferred",
		"/tr/*|pixel|px.ads.test||third|||-1|false|inferred",
	}
	if diff := cmp.Diff(want, rows); diff != "" {
		t.Error(diff)
	}
	if d.Updated != "2026-11-22" || d.Language != "de" || len(d.Statements) != 4 || d.Statements[1].Text != "privacy@example.com" {
		t.Errorf("%+v", d)
	}
}

func TestRecognise(t *testing.T) {
	head, err := os.ReadFile("testdata/full.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct {
		head string
		want bool
	}{
		"cookies.yaml": {string(head), true}, "a.yml": {"version: 1\r\nsite: a.test\r\n", true}, "a.csv": {string(head), false},
		"compose.yaml": {"version: 1\nservices:\n", false}, "": {"version: 1\nentries:\n", true},
	} {
		if got := Recognise(name, []byte(test.head)); got != test.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

// BenchmarkIndex asks for 5,000 cookies in a register of 3,000 entries, of
// which a third are patterns.
func BenchmarkIndex(b *testing.B) {
	f := &File{Site: "shop.test"}
	for i := range 3000 {
		text := fmt.Sprintf("name_%d", i)
		if i%3 == 0 {
			text = fmt.Sprintf("name_%d_*", i)
		}
		n, err := ParseName(text)
		if err != nil {
			b.Fatal(err)
		}
		f.Entries = append(f.Entries, &Entry{ID: text, Match: Match{Name: n, Kind: "cookie", Domain: Site}})
	}
	cookies := make([]scanner.Cookie, 5000)
	for i := range cookies {
		cookies[i] = scanner.Cookie{Name: fmt.Sprintf("name_%d_%d", i, i), Domain: "www.shop.test"}
	}
	for b.Loop() {
		x := f.Index()
		found := 0
		for i := range cookies {
			if x.Cookie(&cookies[i]) != nil {
				found++
			}
		}
		if found != 1000 {
			b.Fatalf("%d found", found)
		}
	}
}

// BenchmarkRead reads a register of 3,000 entries.
func BenchmarkRead(b *testing.B) {
	src := []byte("version: 1\nsite: shop.test\nentries:\n")
	for i := range 3000 {
		src = fmt.Appendf(src, "  - id: e%d\n    match: {name: \"name_%d_*\", domain: \"{site}\"}\n    category: statistics\n"+
			"    purpose: distinguish-visitors\n    lifetime: 13 months\n    when: consent\n    basis: consent\n    status: {state: reviewed, by: me, on: 2026-11-20}\n", i, i)
	}
	for b.Loop() {
		if _, err := Read("cookies.yaml", src, nil); err != nil {
			b.Fatal(err)
		}
	}
}
