package report

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"cookiescan/classify/checks"
	"cookiescan/scanner"
)

// readJudged is a document that a check is tested with, judged.
func readJudged(t testing.TB, check, name string) *scanner.Scan {
	t.Helper()
	f, err := os.Open(filepath.Join("../testdata/checks", check, name+".json"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	docs, err := scanner.Read(f)
	if err != nil {
		t.Fatal(err)
	}
	doc := docs[0]
	o := checks.Options{Profile: checks.Profile(doc.Checks.Profile), Chosen: doc.Checks.Chosen}
	if err := checks.Judge(doc, o); err != nil {
		t.Fatal(err)
	}
	return doc
}

func TestGoldensOfFindings(t *testing.T) {
	s := readJudged(t, "B005", "must")
	checkGolden(t, "findings.txt", render(t, "table", Options{}, s))
	checkGolden(t, "findings-80.txt", render(t, "table", Options{Width: 80}, s))
	checkGolden(t, "findings-evidence.txt", render(t, "table", Options{Evidence: true}, s))
	checkGolden(t, "findings.md", render(t, "markdown", Options{}, s))
	checkGolden(t, "findings-evidence.md", render(t, "markdown", Options{Evidence: true}, s))
	checkGolden(t, "findings.json", render(t, "json", Options{}, s))
	checkGolden(t, "confirmed.txt", render(t, "table", Options{Evidence: true}, readScan(t, "consent")))
}

// Findings are no cookies: a spreadsheet of cookies stays what it is.
func TestFindingsLeaveCSVAlone(t *testing.T) {
	s := readJudged(t, "B005", "must")
	with := render(t, "csv", Options{}, s)
	s.Checks, s.Findings = nil, nil
	if without := render(t, "csv", Options{}, s); with != without {
		t.Errorf("csv with findings differs:\n%s", firstDifference(without, with))
	}
}

func TestVerdict(t *testing.T) {
	confirmed := readJudged(t, "B001", "must")
	confirmed.Coverage = scanner.Coverage{PagesVisited: 15, PagesFound: 15}
	for i := range confirmed.Findings {
		if f := &confirmed.Findings[i]; f.Severity == scanner.SeverityError {
			f.Confirmed = scanner.ConfirmedYes
		}
	}
	login := readJudged(t, "D004", "mustnot")
	login.Settings.Cookies, login.Settings.Region = []string{"sid"}, ""
	none := readJudged(t, "D004", "mustnot")
	none.Checks = nil
	california := readJudged(t, "G002", "must")
	halfway := readJudged(t, "D004", "mustnot")
	halfway.Settings.Cookies, halfway.Settings.Region = []string{"sid"}, ""
	halfway.Passes[0].Pages = append(halfway.Passes[0].Pages, scanner.Page{URL: "https://www.shop.test/login", Source: "steps", Error: "step 1"})
	blind := readJudged(t, "B005", "must")
	blind.Findings = []scanner.Finding{{ID: "X002", Kind: "page"}}
	for _, p := range blind.Passes {
		for i := range p.Pages {
			p.Pages[i].Status, p.Pages[i].Error = 0, "the host could not be reached"
		}
	}
	cut := readJudged(t, "D004", "mustnot")
	cut.Settings.Region = ""
	for i := range cut.Passes[0].Pages {
		cut.Passes[0].Pages[i].Error = "the page used up its time"
	}
	foreign := readJudged(t, "D004", "mustnot")
	foreign.Passes = append(foreign.Passes, scanner.Pass{Phase: "reject", Consent: &scanner.Consent{Failure: scanner.NoBanner, Detail: "how banners speak in the language of the page, ja, is not known"}})
	for name, row := range map[string]struct {
		scan *scanner.Scan
		want string
	}{
		"a language of which no banners are known": {foreign, "no finding in the tested scope; " +
			"no consent banner was found, but how banners speak in the language of the page, ja, is not known; 1 of 1 page, from DE, logged out"},
		"not to its end": {cut, "no finding in the tested scope; after reject: not tested; 1 of 1 page, logged out"},
		"steps failed":   {halfway, "no finding in the tested scope; after reject: not tested; 1 of 1 page, with access that you gave"},
		"blind":          {blind, "before a choice: no page could be loaded; after reject: no page could be loaded; 0 of 1 page, from DE, logged out"},
		"before": {confirmed, "6 items classified as needing consent were written before a choice (2 confirmed, 1 likely, 3 to review); " +
			"after reject: not tested; 15 of 15 pages, from DE, logged out"},
		"after": {readJudged(t, "B005", "must"), "2 items classified as needing consent were written before a choice (2 certain); " +
			"2 were written after reject, 1 was still sent after reject, 1 was begun before and written after reject, 1 was still there after reject; 1 of 1 page, from DE, logged out"},
		"sent":          {readJudged(t, "B005", "mustnot"), "1 item classified as needing consent was written before a choice (1 certain); none was written after reject; 1 of 1 page, from DE, logged out"},
		"clean":         {login, "no finding in the tested scope; after reject: not tested; 1 of 1 page, with access that you gave"},
		"old":           {none, ""},
		"no B001 there": {california, "after reject: not tested; 1 of 1 page, from US-CA, logged out"},
	} {
		if got := Verdict(row.scan); got != row.want {
			t.Errorf("%s:\ngot  %s\nwant %s", name, got, row.want)
		}
	}
}

func TestMarkdownSentence(t *testing.T) {
	for in, want := range map[string]string{
		"_ga_* (statistics) was written, by https://a.test/x.js:3": "`_ga_*` (statistics) was written, by `https://a.test/x.js:3`",
		"by https://a.test/x.js:3, 0.1 s":                          "by `https://a.test/x.js:3`, 0.1 s",
		"1. item":                                                  "`1`. item",
		"Open https://x.test/. Look for _ga.":                      "Open `https://x.test/`. Look for `_ga`.",
		"... _x":                                                   "`... _x`",
		"- x":                                                      "`-` x",
		"a <b> [c](d) e":                                           "a `<b> [c](d)` e",
		"an “Accept” and 2 names":                                  "an “Accept” and 2 names",
		"see www.evil.test, @everyone":                             "see `www.evil.test`, `@everyone`",
	} {
		if got := mdSentence(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

func TestRanges(t *testing.T) {
	for want, ids := range map[string][]string{
		"":                                 {},
		"B005, B006":                       {"B005", "B006"},
		"B005, U001 to U003, U005":         {"B005", "U001", "U002", "U003", "U005"},
		"B009, D010 to D012":               {"B009", "D010", "D011", "D012"},
		"U001 to U029, a check of no kind": append(numbered(29), "a check of no kind"),
	} {
		if got := ranges(ids); got != want {
			t.Errorf("%v: %q, want %q", ids, got, want)
		}
	}
}

func numbered(n int) (ids []string) {
	for i := range n {
		ids = append(ids, fmt.Sprintf("U%03d", i+1))
	}
	return ids
}
