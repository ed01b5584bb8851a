package register

import (
	"bytes"
	"flag"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"cookiescan/scanner"
)

var update = flag.Bool("update", false, "write the golden files")

func seconds(n int64) *int64 { return &n }

// visited is a scan of a shop; a second one has more.
func visited() *scanner.Scan {
	ga := &scanner.Classification{
		Category: "statistics", Confidence: "certain", Purpose: "distinguish-visitors", Vendor: "Google Analytics", VendorID: "google-analytics", Pattern: "_ga_*",
	}
	return &scanner.Scan{
		Target: scanner.Target{Site: "shop.test"}, Finished: time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC),
		Cookies: []scanner.Cookie{
			{Name: "_ga_1", Domain: "shop.test", Party: "first", Stored: true, Phases: []string{"accept"}, Lifetime: scanner.Lifetime{DeclaredSeconds: seconds(34187400), StoredSeconds: seconds(34187400)}, Classification: ga, Writes: []scanner.Write{{URL: "https://g.test/gtag.js?id=1"}, {Action: scanner.Refresh}}},
			{Name: "_ga_2", Domain: "www.shop.test", Party: "first", Stored: true, Phases: []string{"none"}, Classification: ga, Lifetime: scanner.Lifetime{StoredSeconds: seconds(60)}},
			{Name: "sid*\u202e\"é", Domain: "shop.test", Party: "first", Stored: true, Session: true, Phases: []string{"none"}},
			{Name: "", Domain: "shop.test", Party: "first", Stored: true, Session: true, Phases: []string{"none"}},
			{Name: "refused", Domain: "shop.test", Party: "first"},
			{Name: "mine", Domain: "shop.test", Party: "first", Stored: true, Writes: []scanner.Write{{Via: scanner.ViaUser}}},
			{Name: "uid", Domain: "ads.test", Party: "third", Stored: true, Phases: []string{"accept"}, Lifetime: scanner.Lifetime{StoredSeconds: seconds(100)}, SentTo: []scanner.SentTo{{Host: "x.test", How: "url"}}},
			{Name: "uid", Domain: "x.ads.test", Party: "third", Stored: true, Phases: []string{"accept"}, Lifetime: scanner.Lifetime{StoredSeconds: seconds(100)}},
		},
		Storage: []scanner.StorageItem{{Kind: scanner.LocalStorage, Key: "sid", Origin: "https://www.shop.test", Party: "first", Phases: []string{"none"}}},
		Trackers: []scanner.Tracker{
			{Kind: scanner.Pixel, URL: "https://px.ads.test/tr", Host: "px.ads.test", Party: "third", Phases: []string{"none"}},
			{Kind: scanner.RequestTo, URL: "https://cdn.test/", Host: "cdn.test", Party: "third", Phases: []string{"none"}},
		},
	}
}

func google(id string) (Vendor, bool) {
	return Vendor{Name: "Google Ireland Ltd", Country: "IE", Policy: "https://policies.google.com/privacy"}, id == "google-analytics"
}

func drafted(t *testing.T, src string, scans ...*scanner.Scan) (string, *Update) {
	t.Helper()
	var in []byte
	if src != "" {
		in = []byte(src)
	}
	u, err := Draft("cookies.yaml", in, scans, DraftOptions{Open: openFile, Vendor: google, Ruleset: "2026.11"})
	if err != nil {
		t.Fatalf("%v\n%s", err, src)
	}
	return string(u.Text), u
}

func TestDraftNew(t *testing.T) {
	got, u := drafted(t, "", visited())
	if *update {
		if err := os.WriteFile("testdata/drafted.yaml", []byte(got), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile("testdata/drafted.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Error(diff)
	}
	if u.Added != 6 || u.Todo != 6 || u.Entries != 6 {
		t.Errorf("%d added, %d met, %d to review, %d in all", u.Added, u.Observed, u.Todo, u.Entries)
	}
	again, u := drafted(t, got, visited())
	if again != got || u.Added != 0 || u.Observed != 6 {
		t.Errorf("drafting again: %d added, %d met, %s", u.Added, u.Observed, cmp.Diff(got, again))
	}
	// Every item has an entry now.
	if x := readText(t, got).Index(); len(x.Unused([]*scanner.Scan{visited()})) > 0 {
		t.Error("an entry that its own scan does not use")
	}
}

// written is what a person made of it.
const written = `# The register of the shop.
version: 1   # of the format
site: shop.test

# who we are
controller: {name: Shop}   # contact follows

entries:

  # our analytics: never touch the pattern
  - id: ga   # asked by marketing
    match:
      name: '_ga_*'
    category: marketing   # after long discussion
    observed:   # by the program
      on: 2020-01-01

    # approved
    status: {state: reviewed, by: "dpo", on: 2026-01-01}
    exemptReason: |
      # this is text

      of several lines
  # the third party's

  - {id: uid, match: {name: uid, domain: ads.test}, category: "statistics",   }
  - match: {name: sid, kind: localStorage}   # nothing else
    id: sid
  # nothing yet below
# after the list
x-end: true
`

const rewritten = `# The register of the shop.
version: 1   # of the format
site: shop.test

# who we are
controller: {name: Shop}   # contact follows

entries:

  # our analytics: never touch the pattern
  - id: ga   # asked by marketing
    match:
      name: '_ga_*'
    category: marketing   # after long discussion
    observed:
      on: 2026-11-22
      category: statistics
      confidence: certain
      purpose: distinguish-visitors
      vendor: Google Analytics
      lifetime: {value: 13 months, refreshed: true}
      states: [accept, none]
      domains: [shop.test, www.shop.test]
      names: [_ga_1, _ga_2]
      setBy: ["https://g.test/gtag.js"]

    # approved
    status: {state: reviewed, by: "dpo", on: 2026-01-01}
    exemptReason: |
      # this is text

      of several lines
  # the third party's

  - {id: uid, match: {name: uid, domain: ads.test}, category: "statistics",observed: {on: 2026-11-22, category: unclassified, lifetime: 100 seconds, states: [accept], domains: [ads.test, x.ads.test], names: [uid], sentTo: [x.test]}}
  - match: {name: sid, kind: localStorage}   # nothing else
    id: sid
    observed:
      on: 2026-11-22
      category: unclassified
      lifetime: until-cleared
      states: [none]
      domains: [www.shop.test]
      names: [sid]
  # nothing yet below
NEW
# after the list
x-end: true
`

func TestDraftKeeps(t *testing.T) {
	got, u := drafted(t, written, visited())
	// What is new is in one place; all else is as it was.
	fresh := got[strings.Index(got, "  - id: sid-"):strings.Index(got, "# after the list")]
	rest := strings.Replace(got, fresh, "NEW\n", 1)
	if diff := cmp.Diff(rewritten, rest); diff != "" {
		t.Error(diff)
	}
	if u.Added != 3 || u.Observed != 3 || u.Todo != 5 {
		t.Errorf("%d added, %d met, %d to review, %d in all", u.Added, u.Observed, u.Todo, u.Entries)
	}
	again, _ := drafted(t, got, visited())
	if diff := cmp.Diff(got, again); diff != "" {
		t.Error(diff)
	}
	crlf, _ := drafted(t, strings.ReplaceAll(written, "\n", "\r\n"), visited())
	if diff := cmp.Diff(strings.ReplaceAll(got, "\n", "\r\n"), crlf); diff != "" {
		t.Errorf("with the line ends of Windows: %s", diff)
	}
	marked, _ := drafted(t, "\ufeff"+written, visited())
	if diff := cmp.Diff("\ufeff"+got, marked); diff != "" {
		t.Errorf("with the mark that editors of Windows begin a file with: %s", diff)
	}
}

// Which page wrote first is chance, and a file under review must not change by it.
func TestDraftOrder(t *testing.T) {
	write := func(page string) scanner.Write { return scanner.Write{URL: "https://www.shop.test/" + page} }
	scan := func(pages ...string) []*scanner.Scan {
		doc := &scanner.Scan{Target: scanner.Target{URL: "https://www.shop.test/", Site: "shop.test"}}
		c := scanner.Cookie{Name: "seen", Domain: "www.shop.test", Stored: true, Party: scanner.First}
		x := scanner.StorageItem{Kind: scanner.LocalStorage, Origin: "https://www.shop.test", Key: "seen"}
		for _, p := range pages {
			c.Writes, x.Writes = append(c.Writes, write(p)), append(x.Writes, scanner.StorageWrite{URL: write(p).URL})
		}
		doc.Cookies, doc.Storage = []scanner.Cookie{c}, []scanner.StorageItem{x}
		return []*scanner.Scan{doc}
	}
	one, _ := drafted(t, "", scan("", "b", "a", "f", "e", "d", "c")...)
	other, _ := drafted(t, "", scan("", "f", "c", "e", "b", "a", "d")...)
	if diff := cmp.Diff(one, other); diff != "" {
		t.Error(diff)
	}
}

func TestDraftForms(t *testing.T) {
	for name, src := range map[string]string{
		"no entries":        "version: 1\nsite: shop.test\n",
		"no line end":       "version: 1\nsite: shop.test",
		"empty list":        "version: 1\nentries: []   # none yet\nsite: shop.test\n",
		"nothing":           "version: 1\nsite: shop.test\nentries:\nvendors:\n",
		"vendors":           "version: 1\nsite: shop.test\nvendors:\n    a: {}\n    # last\nentries:\n",
		"vendors in a row":  "version: 1\nsite: shop.test\nvendors: {a: {}}\nentries:\n",
		"not indented":      "version: 1\nsite: shop.test\nentries:\n- id: a\n  match: {name: a}\n- id: ga\n  match: {name: \"_ga_*\"}\n",
		"deeply indented":   "version: 1\nsite: shop.test\nentries:\n      -   id: ga\n          match: {name: \"_ga_*\"}\n",
		"dash alone":        "version: 1\nsite: shop.test\nentries:\n  -\n    id: ga\n    match: {name: \"_ga_*\"}\n  -\n    id: b\n    match: {name: b}\n",
		"observed first":    "version: 1\nsite: shop.test\nentries:\n  - observed: {on: 2026-01-01}\n    id: ga\n    match: {name: \"_ga_*\"}\n",
		"comment in braces": "version: 1\nsite: shop.test\nentries:\n  - {id: ga, # a\n     match: {name: \"_ga_*\"} # b\n    }\n",
	} {
		t.Run(name, func(t *testing.T) {
			got, u := drafted(t, src, visited())
			if u.Added+u.Observed != 6 {
				t.Errorf("%d added, %d met\n%s", u.Added, u.Observed, got)
			}
			if again, _ := drafted(t, got, visited()); again != got {
				t.Error(cmp.Diff(got, again))
			}
			for line := range strings.Lines(src) {
				if line = strings.TrimRight(line, "\n"); strings.Contains(line, "#") && !strings.Contains(got, line[strings.Index(line, "#"):]) {
					t.Errorf("lost: %s\n%s", line, got)
				}
			}
		})
	}
}

func TestDraftRefuses(t *testing.T) {
	for src, want := range map[string]string{
		"version: 1\nsite: shop.test\nentries: [{id: a, match: {name: a}}]\n": "line 3: the list entries is written in brackets, write each item on lines of its own",
		"version: 1\nsite: other.test\n":                                      "the scan is of shop.test, but cookies.yaml is about other.test",
		"{version: 1, site: shop.test}\n":                                     "the file is written in braces, write it as a list of keys",
		"version: 1\nentries:\n":                                              "cookies.yaml does not say which site it is about, write site: shop.test",
		"version: 1\nsight: shop.test\n":                                      `cookies.yaml:2:1: unknown key "sight"`,
	} {
		if _, err := Draft("cookies.yaml", []byte(src), []*scanner.Scan{visited()}, DraftOptions{Open: openFile, Vendor: google}); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%q: %v", src, err)
		}
	}
}

// TestDraftExtended leaves alone what other files declare.
func TestDraftExtended(t *testing.T) {
	open := func(string) ([]byte, error) {
		return []byte("version: 1\nentries:\n  - {id: group-uid, match: {name: uid}}\n  - {id: ga, match: {name: \"_ga_*\"}}\n"), nil
	}
	src := "version: 1\nsite: shop.test\nextends: [group.yaml]\nentries:\n  - {id: ga, match: {name: \"_ga_*\"}}\n"
	u, err := Draft("cookies.yaml", []byte(src), []*scanner.Scan{visited()}, DraftOptions{Open: open, Vendor: google})
	if err != nil {
		t.Fatal(err)
	}
	if u.Added != 4 || u.Observed != 1 || !strings.Contains(string(u.Text), "  - {id: ga, match: {name: \"_ga_*\"}, observed: {on: ") {
		t.Errorf("%d added, %d met\n%s", u.Added, u.Observed, u.Text)
	}
}

// TestDraftPreview takes a scan of a host that stands for the site.
func TestDraftPreview(t *testing.T) {
	s := visited()
	s.Target = scanner.Target{Site: "preview.test", URL: "https://pr-7.preview.test/"}
	s.Cookies = []scanner.Cookie{{Name: "sid", Domain: "pr-7.preview.test", Party: "first", Stored: true, Session: true}}
	src := "version: 1\nsite: shop.test\nhosts:\n  www.shop.test: {aliases: [\"*.preview.test\"]}\n"
	got, u := drafted(t, src, s)
	if u.Added != 3 || !strings.Contains(got, "match: {name: sid, domain: \"{site}\"}") {
		t.Errorf("%d added\n%s", u.Added, got)
	}
	if again, _ := drafted(t, got, s); again != got {
		t.Error(cmp.Diff(got, again))
	}

	// The same without a word in the file, and as a new file: of the real site.
	s.Target.As = "https://www.shop.test/"
	for _, src := range []string{"", "version: 1\nsite: shop.test\n"} {
		got, u := drafted(t, src, s)
		if u.Added != 3 || !strings.Contains(got, "site: shop.test\n") || !strings.Contains(got, "domains: [www.shop.test]") {
			t.Errorf("%d added\n%s", u.Added, got)
		}
		if again, u := drafted(t, got, s); again != got || u.Added != 0 {
			t.Errorf("%d added again\n%s", u.Added, cmp.Diff(got, again))
		}
	}
}

func FuzzQuoted(f *testing.F) {
	for _, s := range []string{"_ga_*", "no", "1.5", "a: b", "\x00\u202e\U0001F36A\u0085\ufeff", `\"`, "- a", "2026-01-01", "a #b", " a", "é", "<<", "="} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		s = strings.ToValidUTF8(s, "\ufffd")
		for _, form := range []string{"site: a.test\ncontroller:\n  name: " + quoted(s) + "\n", "controller: {name: " + quoted(s) + ", dpo: x}\n"} {
			d := newDecoder("", []byte(form))
			file, _ := d.document([]byte("version: 1\n" + form))
			if len(d.faults) > 0 || file.Controller.Name != s {
				t.Fatalf("%q as %s: %q %v", s, form, file.Controller.Name, d.faults)
			}
		}
	})
}

// FuzzDraft changes no line of a person's.
func FuzzDraft(f *testing.F) {
	full, err := os.ReadFile("testdata/full.yaml")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(full)
	f.Add([]byte(strings.Replace(written, "    observed:   # by the program\n      on: 2020-01-01\n", "", 1)))
	f.Add([]byte("version: 1\nsite: shop.test\nentries:\n- {id: a, match: {name: \"a*\"}}\n"))
	open := func(string) ([]byte, error) { return []byte("version: 1\n"), nil }
	r, err := newReader(open)
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		u, err := r.draft("cookies.yaml", src, []*scanner.Scan{visited()}, DraftOptions{Open: open, Vendor: google})
		if err != nil || bytes.Contains(src, []byte(observedKey)) || bytes.ContainsAny(src, "\r") {
			return
		}
		lines := strings.Split(string(u.Text), "\n")
		for old := range strings.Lines(string(src)) {
			if strings.ContainsAny(old, "[{") { // an entry in braces, or a list without items
				continue
			}
			i := slices.Index(lines, strings.TrimSuffix(old, "\n"))
			if i < 0 {
				t.Fatalf("lost %q of\n%s\nin\n%s", old, src, u.Text)
			}
			lines = lines[i+1:]
		}
	})
}

// TestDuration writes a lifetime as a person would, and never another one.
func TestDuration(t *testing.T) {
	r, err := newReader(nil)
	if err != nil {
		t.Fatal(err)
	}
	w := &wording{r.english, r.life}
	for seconds, want := range map[int64]string{
		30 * 60: "30 minutes", 86400: "1 day", 30 * 86400: "30 days", 180 * 86400: "180 days", 365 * 86400: "1 year",
		395 * 86400: "13 months", 100 * 3600: "4 days and 4 hours", 101 * 60: "101 minutes", 4567: "76 minutes", 45: "45 seconds",
	} {
		got := w.duration(seconds)
		if got != want {
			t.Errorf("%d s: got %q, want %q", seconds, got, want)
		}
		if read := r.life.Read(got, "en").Seconds; (read-seconds)*100 > seconds || (seconds-read)*100 > seconds {
			t.Errorf("%q is read as %d s, not %d", got, read, seconds)
		}
	}
}

// Who receives the value of an item of the site's own is a recipient: the vendor
// whose hosts they are, as far as that is known. Nobody else is named.
func TestDraftRecipients(t *testing.T) {
	own := &scanner.Classification{Category: "statistics", Purpose: "distinguish-visitors", Vendor: "Stats", VendorID: "stats", Pattern: "_st"}
	sent := func(host, how string) scanner.SentTo { return scanner.SentTo{Host: host, How: how, Pass: "accept"} }
	cookie := func(name string, class *scanner.Classification, to ...scanner.SentTo) scanner.Cookie {
		return scanner.Cookie{Name: name, Domain: "shop.test", Party: "first", Stored: true, Session: true, Phases: []string{"accept"}, Classification: class, SentTo: to}
	}
	of := func(host, id string, bySite bool) scanner.Tracker {
		return scanner.Tracker{Kind: scanner.RequestTo, Host: host, Party: "third", Classification: &scanner.Classification{VendorID: id, BySite: bySite}}
	}
	scan := &scanner.Scan{
		Target: scanner.Target{Site: "shop.test"}, Finished: time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC),
		Cookies: []scanner.Cookie{
			cookie("_st", own, sent("api.stats.test", "url"), sent("www.shop.test", "url")), // by the vendor's domains
			cookie("ad", nil, sent("px.ads.test", "body"), sent("in.stats.test", "url")),    // by requests to them
			cookie("many", nil, sent("a.x.test", "url"), sent("b.x.test", "url"), sent("c.x.test", "url"), // more hosts
				sent("d.x.test", "url"), sent("e.x.test", "url"), sent("px.ads.test", "url")), // than are noted
			cookie("kept", own), // never sent
			cookie("header", own, sent("in.stats.test", "cookie")),          // as any cookie is
			cookie("nobody", nil, sent("unknown.test", "url")),              // whose host it is nobody knows
			cookie("site", nil, sent("cdn.test", "url")),                    // software that the operator runs
			cookie("alike", own, sent("notin.stats.test.evil.test", "url")), // another's host
		},
		Trackers: []scanner.Tracker{of("in.stats.test", "stats", false), of("px.ads.test", "ads", false), of("cdn.test", "ads", true)},
	}
	facts := func(id string) (Vendor, bool) {
		v := map[string]Vendor{"stats": {Name: "Stats", Country: "DE", Domains: []string{"stats.test"}}, "ads": {Name: "Ads", Country: "DE"}}[id]
		return v, v.Name != ""
	}
	u, err := Draft("cookies.yaml", nil, []*scanner.Scan{scan}, DraftOptions{Open: openFile, Vendor: facts})
	if err != nil {
		t.Fatal(err)
	}
	f, err := Read("cookies.yaml", u.Text, openFile)
	if err != nil {
		t.Fatalf("%v\n%s", err, u.Text)
	}
	got := map[string][]string{}
	for _, e := range f.Entries {
		if len(e.Recipients) > 0 {
			got[e.Match.Name.Text] = e.Recipients
		}
	}
	want := map[string][]string{"_st": {"stats"}, "ad": {"ads", "stats"}, "many": {"ads"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s\n%s", diff, u.Text)
	}
	if len(f.Vendors) != 2 {
		t.Errorf("%d vendors, want those of the recipients too\n%s", len(f.Vendors), u.Text)
	}
}
