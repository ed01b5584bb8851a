package checks

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"cookiescan/scanner"
)

const dir = "../../testdata/checks"

var update = flag.Bool("update", false, "write the golden messages again")

// fixture reads a document and judges it under the profile it names, with what
// is declared beside it.
func fixture(t *testing.T, id, name string) *scanner.Scan {
	t.Helper()
	doc := document(t, id, name)
	judgeAs(t, doc, Profile(doc.Checks.Profile), doc.Checks.Chosen, declares(t, id, name))
	return doc
}

func document(t *testing.T, id, name string) *scanner.Scan {
	t.Helper()
	path := filepath.Join(dir, id, name+".json")
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	docs, err := scanner.Read(f)
	if err != nil || len(docs) != 1 {
		t.Fatalf("%s: %d documents, %v", path, len(docs), err)
	}
	return docs[0]
}

func judge(t *testing.T, doc *scanner.Scan, p Profile, chosen bool) {
	t.Helper()
	judgeAs(t, doc, p, chosen, Options{})
}

func judgeAs(t *testing.T, doc *scanner.Scan, p Profile, chosen bool, o Options) {
	t.Helper()
	o.Profile, o.Chosen = p, chosen
	if err := Judge(doc, o); err != nil {
		t.Fatal(err)
	}
}

func of(doc *scanner.Scan, id string) []scanner.Finding {
	return slices.DeleteFunc(slices.Clone(doc.Findings), func(f scanner.Finding) bool { return f.ID != id })
}

// Every check has a document in which it must find something and one in which
// it looks and must not.
func TestFixtures(t *testing.T) {
	for _, check := range All() {
		t.Run(check.ID, func(t *testing.T) {
			must, not := fixture(t, check.ID, "must"), fixture(t, check.ID, "mustnot")
			for _, doc := range []*scanner.Scan{must, not} {
				if !slices.Contains(doc.Checks.Tested, check.ID) {
					t.Errorf("not tested: %+v", doc.Checks.NotTested)
				}
			}
			found := of(must, check.ID)
			if len(found) == 0 {
				t.Error("found nothing where it must")
			}
			for _, f := range of(not, check.ID) {
				t.Errorf("found where it must not: %s", f.Message)
			}
			checkGolden(t, filepath.Join(dir, check.ID, "golden.txt"), messages(found))
		})
	}
}

func messages(list []scanner.Finding) string {
	var b strings.Builder
	for _, f := range list {
		fmt.Fprintf(&b, "%s %s %s %s %q\n  %s\n", f.ID, f.Severity, f.Confidence, f.Kind, f.Subject, f.Message)
		for _, e := range f.Evidence {
			fmt.Fprintf(&b, "  - %s\n", strings.Join(strings.Fields(strings.Join([]string{e.Pass, e.State, e.Item, e.Receiver, e.Detail}, " ")), " "))
		}
	}
	return b.String()
}

func checkGolden(t *testing.T, path, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs: run go test ./classify/checks -update and look at the change.\n%s", path, got)
	}
}

// No fixture belongs to a check that does not exist.
func TestNoStrayFixture(t *testing.T) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		if _, ok := Lookup(entry.Name()); !ok {
			t.Errorf("%s is of no check", entry.Name())
		}
	}
}

func TestChecks(t *testing.T) {
	id := regexp.MustCompile(`^[BDGSUX][0-9]{3}$`)
	seen := map[string]bool{}
	for _, c := range All() {
		if !id.MatchString(c.ID) || seen[c.ID] || c.Title == "" || c.Slug == "" || c.Run == nil || len(c.Needs) == 0 {
			t.Errorf("%s: %+v", c.ID, c)
		}
		seen[c.ID] = true
		page, err := c.Page()
		if err != nil {
			t.Error(err)
		}
		if want := c.ID + ": " + c.Title; page.Title != want {
			t.Errorf("%s: the page is headed %q, want %q", c.ID, page.Title, want)
		}
		if len(page.Examples) < 2 {
			t.Errorf("%s: its page needs an example that is reported and one that is not", c.ID)
		}
	}
	if !slices.IsSortedFunc(All(), func(a, b Check) int { return strings.Compare(a.ID, b.ID) }) {
		t.Error("the checks are not in the order of their ids")
	}
}

// An error needs a source that somebody read and that counts under the profile.
func TestErrorsHaveReadSources(t *testing.T) {
	date := regexp.MustCompile(`^20[0-9]{2}-[0-9]{2}-[0-9]{2}$`)
	for _, c := range All() {
		if (c.Class == scanner.ClassUnable) != (len(c.Sources) == 0) {
			t.Errorf("%s: class %s with %d sources", c.ID, c.Class, len(c.Sources))
		}
		for _, s := range c.Sources {
			if s.Text == "" || !strings.HasPrefix(s.Address, "https://") || s.Kind == "" || s.Verified != Unverified && !date.MatchString(s.Verified) {
				t.Errorf("%s: source %+v", c.ID, s)
			}
		}
		for _, p := range Profiles() {
			if c.Levels.In(p) == asError && !slices.ContainsFunc(c.Sources, func(s Source) bool {
				return s.Verified != Unverified && s.Kind != Proposal && (s.Profiles == nil || slices.Contains(s.Profiles, p))
			}) {
				t.Errorf("%s is an error under %s without a source that was read", c.ID, p)
			}
		}
	}
}

// forbidden are words that judge where only a person or a court can.
var forbidden = regexp.MustCompile(`(?i)complian|illegal|violat|breach|unlawful|\b(un)?safe|\bsafe`)

func TestWords(t *testing.T) {
	entries, err := pages.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		text, err := pages.ReadFile(entry.Name())
		if err != nil {
			t.Fatal(err)
		}
		if found := forbidden.Find(text); found != nil {
			t.Errorf("%s says %q", entry.Name(), found)
		}
	}
	for _, c := range All() {
		for _, f := range fixture(t, c.ID, "must").Findings {
			text := strings.Join(append([]string{f.Message, f.Why, f.Wrong, f.Fix, c.Title}, f.Steps...), " ")
			if found := forbidden.FindString(text); found != "" {
				t.Errorf("%s says %q: %s", f.ID, found, text)
			}
			if f.Message == "" || f.Why == "" || f.Wrong == "" || f.Fix == "" || f.Fingerprint == "" || f.Subject == "" {
				t.Errorf("%s lacks a text: %+v", f.ID, f)
			}
		}
	}
	for _, c := range All() {
		for _, s := range c.Sources {
			if found := forbidden.FindString(s.Text); found != "" {
				t.Errorf("a source of %s says %q", c.ID, found)
			}
		}
	}
}

// Whatever a document says, no error comes of a law that nobody chose, of what
// is not certain, or of what is off under the profile.
func TestSeveritiesAreBounded(t *testing.T) {
	for _, check := range All() {
		o := declares(t, check.ID, "must")
		for _, p := range Profiles() {
			for _, chosen := range []bool{false, true} {
				doc := document(t, check.ID, "must")
				judgeAs(t, doc, p, chosen, o)
				for _, f := range doc.Findings {
					c, _ := Lookup(f.ID)
					switch level := c.Levels.In(p); {
					case level == Off:
						t.Errorf("%s under %s, which does not have it", f.ID, p)
					case slices.Index(severities, f.Severity) < slices.Index(severities, level):
						t.Errorf("%s under %s is %s, more than %s", f.ID, p, f.Severity, level)
					case f.Severity == asError && (f.Confidence != scanner.SureCertain || c.Class == scanner.ClassLaw && !chosen):
						t.Errorf("%s under %s: an error that is %s, profile chosen: %t", f.ID, p, f.Confidence, chosen)
					}
				}
				for _, id := range doc.Checks.Tested {
					if slices.ContainsFunc(doc.Checks.NotTested, func(u scanner.Untested) bool { return u.ID == id }) {
						t.Errorf("%s is tested and not tested", id)
					}
				}
			}
		}
	}
}

// A check without the pass that it needs says so, and finds nothing.
func TestNotTested(t *testing.T) {
	doc := fixture(t, "B005", "must")
	doc.Passes = doc.Passes[:1]
	judge(t, doc, DE, true)
	if len(of(doc, "B005")) > 0 {
		t.Error("B005 found something without the pass reject")
	}
	i := slices.IndexFunc(doc.Checks.NotTested, func(u scanner.Untested) bool { return u.ID == "B005" })
	if i < 0 || !slices.Equal(doc.Checks.NotTested[i].Needs, []string{"reject"}) || doc.Checks.NotTested[i].Reason != "the pass reject was not made" {
		t.Errorf("not tested: %+v", doc.Checks.NotTested)
	}
	doc = fixture(t, "X001", "must")
	i = slices.IndexFunc(doc.Checks.NotTested, func(u scanner.Untested) bool { return u.ID == "B005" })
	if i < 0 || !strings.HasSuffix(doc.Checks.NotTested[i].Reason, ": the button reacts to nothing") {
		t.Errorf("a banner that was not operated: %+v", doc.Checks.NotTested)
	}
	doc = fixture(t, "D001", "must")
	for _, p := range doc.Passes {
		for k := range p.Pages {
			p.Pages[k].Status, p.Pages[k].Error = 404, "the server answered with status 404 (not found) in place of the page"
		}
	}
	judge(t, doc, DE, true)
	i = slices.IndexFunc(doc.Checks.NotTested, func(u scanner.Untested) bool { return u.ID == "D002" })
	if i < 0 || doc.Checks.NotTested[i].Reason != "no page on which a consent banner was looked for could be loaded" {
		t.Errorf("a page that was not loaded: %+v", doc.Checks.NotTested)
	}
}

func TestProfiles(t *testing.T) {
	for id, want := range map[string]map[Profile]scanner.Severity{
		"B001": {EU: asError, FR: asError, AT: asError, UK: asError, CH: asWarning, USCA: Off},
		"B005": {DE: asError, USCA: asWarning},
		"B007": {EU: asWarning, IT: asError, CH: Off},
		"B009": {FR: asNote, ES: asWarning},
		"B011": {FR: asWarning, EU: Off, DE: Off},
		"B015": {DE: asWarning, EU: asNote},
		"D002": {EU: asWarning, AT: asWarning, FR: asError, IT: asError, UK: asError, USCA: Off},
		"D003": {EU: asWarning, DE: asError, NL: asError, IT: asWarning},
		"D004": {EU: asError, USCA: Off},
		"G001": {USCA: asError, EU: Off, UK: Off},
		"G005": {EU: asError, USCA: asError},
		"G008": {EU: asWarning, USCA: Off},
		"X002": {EU: asWarning, USCA: asWarning},
	} {
		c, ok := Lookup(id)
		if !ok {
			t.Fatalf("no check %s", id)
		}
		for p, severity := range want {
			if got := c.Levels.In(p); got != severity {
				t.Errorf("%s under %s is %q, want %q", id, p, got, severity)
			}
		}
	}
	for name, want := range map[string]Profile{"": EU, "DE": DE, "us-ca": USCA} {
		if got, err := ProfileOf(name); got != want || err != nil {
			t.Errorf("%q: %q, %v", name, got, err)
		}
	}
	if _, err := ProfileOf("mars"); err == nil || !strings.Contains(err.Error(), "us-ca") {
		t.Errorf("an unknown profile: %v", err)
	}
}

// A fingerprint stays when times, addresses and weights change, and a staging
// host counts as the site that it stands for.
func TestFingerprint(t *testing.T) {
	one, other := fixture(t, "B001", "must"), fixture(t, "B001", "must")
	other.Target.Site, other.Target.As = "staging.test", "https://www.shop.test/"
	for i := range other.Cookies {
		c := &other.Cookies[i]
		c.Domain = strings.ReplaceAll(c.Domain, "shop.test", "staging.test")
		c.Classification.Confidence = scanner.Likely
		for k := range c.Writes {
			c.Writes[k].FirstMs, c.Writes[k].Line = 9, 9
		}
	}
	judge(t, other, FR, true)
	prints := func(doc *scanner.Scan) (list []string) {
		for _, f := range of(doc, "B001") {
			list = append(list, f.Fingerprint)
		}
		slices.Sort(list)
		return list
	}
	if a, b := prints(one), prints(other); !slices.Equal(a, b) || len(slices.Compact(a)) != len(b) {
		t.Errorf("fingerprints differ or are not unique:\n%v\n%v", a, b)
	}
}

// Judging twice, or in another order, gives the same bytes.
func TestDeterminism(t *testing.T) {
	doc := fixture(t, "B005", "must")
	var first, second bytes.Buffer
	if err := scanner.WriteJSON(&first, doc); err != nil {
		t.Fatal(err)
	}
	slices.Reverse(doc.Cookies)
	judge(t, doc, DE, true)
	if err := scanner.WriteJSON(&second, doc); err != nil {
		t.Fatal(err)
	}
	if first.String() != second.String() {
		t.Error("another order of cookies gives another document")
	}
}

// What a second look said, and a waiver, outlast another judgement.
func TestKeep(t *testing.T) {
	doc := fixture(t, "B001", "must")
	first := &doc.Findings[0]
	if !Confirmable(*first) {
		t.Fatalf("not worth a second look: %+v", first)
	}
	Confirm(first, scanner.ConfirmedNo)
	first.Waived = &scanner.Waiver{Reason: "known"}
	print := first.Fingerprint
	doc.SecondLook = &scanner.SecondLook{Visits: []scanner.SecondVisit{{Findings: []string{"another", print}}}}
	judge(t, doc, FR, true)
	i := slices.IndexFunc(doc.Findings, func(f scanner.Finding) bool { return f.Fingerprint == print })
	if f := doc.Findings[i]; f.Confirmed != scanner.ConfirmedNo || f.Severity != asWarning || f.Waived == nil || Confirmable(f) {
		t.Errorf("%+v", f)
	}
	for name, look := range map[string]*scanner.SecondLook{
		"no look at all":  nil,
		"one for another": {Visits: []scanner.SecondVisit{{Findings: []string{"another"}}}},
	} {
		doc = fixture(t, "B001", "must")
		Confirm(&doc.Findings[0], scanner.ConfirmedNo)
		doc.SecondLook = look
		judge(t, doc, FR, true)
		if f := doc.Findings[0]; f.Fingerprint != print || f.Confirmed != "" || f.Severity != asError {
			t.Errorf("%s: %+v", name, f)
		}
	}
	doc = fixture(t, "X002", "must")
	doc.Findings[0].Waived = &scanner.Waiver{Reason: "known"}
	judge(t, doc, EU, false)
	if doc.Findings[0].Waived != nil {
		t.Error("a gap stays waived")
	}
}

func TestPageErrors(t *testing.T) {
	for name, text := range map[string]string{
		"no title":        "## What\n\nx\n",
		"unknown section": "# T\n\n## Who\n\nx\n",
		"text outside":    "x\n",
		"no examples":     "# T\n## What\na\n## Why\nb\n## What would make it wrong\nc\n## What to do\nd\n",
	} {
		if _, err := parsePage(text); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}
