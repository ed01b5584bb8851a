package chrome_test

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"cookiescan/scanner"
	"cookiescan/scanner/chrome"
	"cookiescan/scanner/chrome/process"
	"cookiescan/scanner/consent"
	"cookiescan/scanner/sitehost"
	"cookiescan/scanner/sitehost/sitehosttest"
	"cookiescan/scanner/walk"
)

// bannerTruth is what a fixture site of a consent banner is and does, written
// by hand.
type bannerTruth struct {
	Start  string `json:"start"`
	Banner struct {
		Shown    bool      `json:"shown"`
		CMP      string    `json:"cmp"`
		Method   string    `json:"method"` // default heuristic
		Language string    `json:"language"`
		Frame    string    `json:"frame"`
		Policy   *string   `json:"policy"`
		Offers   *[]string `json:"offers"` // roles on the first layer, sorted
	} `json:"banner"`
	Answers map[consent.Action]answerTruth `json:"answers"`
	Italy   *answerTruth                   `json:"italy"` // reject, where the X refuses
	// Withdraw is the refusal after an acceptance.
	Withdraw *answerTruth `json:"withdraw"`
	// Signals are what the page tells its partners, by pass.
	Signals map[string]*scanner.SignalChange `json:"signals"`
}

// answerTruth is what comes of an answer.
type answerTruth struct {
	Result    consent.Result `json:"result"`
	Method    consent.Method `json:"method"`
	Text      string         `json:"text"`
	Layer     int            `json:"layer"`
	Clicks    int            `json:"clicks"`
	Cookies   []string       `json:"cookies"` // in the jar afterwards
	Preticked []string       `json:"preticked"`
	Interests []string       `json:"interests"` // on as a legitimate interest
	Reopen    string         `json:"reopen"`
}

// bannerSites reads the fixture sites consent-*, which have hosts of their own
// each, as one.
func bannerSites(t *testing.T) (fstest.MapFS, map[string]bannerTruth) {
	t.Helper()
	all, truths := fstest.MapFS{}, map[string]bannerTruth{}
	dirs, err := filepath.Glob("../../testdata/sites/consent-*")
	if err != nil || len(dirs) == 0 {
		t.Fatal("no fixture sites", err)
	}
	for _, dir := range dirs {
		files := os.DirFS(dir)
		truths[strings.TrimPrefix(filepath.Base(dir), "consent-")] = readTruthOf[bannerTruth](t, dir)
		err := fs.WalkDir(files, ".", func(path string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() || path == "truth.json" {
				return err
			}
			text, err := fs.ReadFile(files, path)
			all[path] = &fstest.MapFile{Data: text}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return all, truths
}

// TestConsent finds and answers every banner of the fixture sites, and presses
// nothing on those that only look as if they had one. The engines differ in how
// a page is drawn and not in what it says, so the slower one takes a part of
// the sites.
func TestConsent(t *testing.T) {
	files, truths := bannerSites(t)
	s := sitehosttest.ServeFS(t, files)
	for _, engine := range engines {
		t.Run(string(engine), func(t *testing.T) {
			b := startBrowser(t, engine, s, nil)
			for n, name := range slices.Sorted(maps.Keys(truths)) {
				if engine == process.Full && n%3 != 0 {
					continue
				}
				t.Run(name, func(t *testing.T) { checkSite(t, b, s, truths[name]) })
			}
		})
	}
}

// TestConsentSettled looks once at a page whose time has passed within a moment,
// as in a scan: its banner fades in two frames after it was put there.
func TestConsentSettled(t *testing.T) {
	files, truths := bannerSites(t)
	s := sitehosttest.ServeFS(t, files)
	b := startBrowser(t, process.Shell, s, nil)
	for range 3 {
		_, tab, page := openPage(t, b, s, truths["frames-fr"])
		if err := tab.Settle(t.Context(), 45*time.Second); err != nil {
			t.Fatal(err)
		}
		banner, err := consent.Find(t.Context(), page, consent.Options{Patience: -1})
		if err != nil {
			t.Fatal(err)
		}
		checkBanner(t, banner, truths["frames-fr"])
	}
}

// checkSite gives every answer, each to a page of its own where it may change
// something.
func checkSite(t *testing.T, b *chrome.Browser, s *sitehost.Server, truth bannerTruth) {
	t.Helper()
	if !truth.Banner.Shown {
		checkNothing(t, b, s, truth)
		return
	}
	for _, action := range slices.Sorted(maps.Keys(truth.Answers)) {
		want := truth.Answers[action]
		t.Run(string(action), func(t *testing.T) { checkAnswer(t, b, s, truth, action, consent.Options{}, want) })
	}
	if truth.Withdraw != nil {
		t.Run("withdraw", func(t *testing.T) { checkWithdraw(t, b, s, truth) })
	}
	if truth.Italy != nil {
		t.Run("italy", func(t *testing.T) {
			checkAnswer(t, b, s, truth, consent.Reject, consent.Options{CloseRefuses: true}, *truth.Italy)
		})
	}
}

// checkNothing gives every answer to a page without banner: it can be one page,
// for nothing may be pressed there.
func checkNothing(t *testing.T, b *chrome.Browser, s *sitehost.Server, truth bannerTruth) {
	t.Helper()
	p, tab, page := openPage(t, b, s, truth)
	banner, err := consent.Find(t.Context(), page, consent.Options{})
	if err != nil {
		t.Fatal(err)
	}
	checkBanner(t, banner, truth)
	outs := map[consent.Action]consent.Outcome{}
	for action := range truth.Answers {
		if outs[action], err = banner.Answer(t.Context(), page, action); err != nil {
			t.Fatal(err)
		}
	}
	for action, want := range truth.Answers {
		checkOutcome(t, p, tab, outs[action], want)
	}
}

// openPage loads the start page of a fixture site in a fresh profile.
func openPage(t *testing.T, b *chrome.Browser, s *sitehost.Server, truth bannerTruth) (walk.Profile, walk.Tab, consent.Page) {
	t.Helper()
	p := openProfile(t, b, s)
	tab := openTab(t, p, truth.Start)
	return p, tab, tab.ConsentPage()
}

func checkAnswer(t *testing.T, b *chrome.Browser, s *sitehost.Server, truth bannerTruth, action consent.Action, o consent.Options, want answerTruth) {
	t.Helper()
	p, tab, page := openPage(t, b, s, truth)
	began := time.Now()
	banner, err := consent.Find(t.Context(), page, o)
	if err != nil {
		t.Fatal(err)
	}
	found := time.Since(began)
	checkBanner(t, banner, truth)
	out, err := banner.Answer(t.Context(), page, action)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("found in %v, answered in %v", found.Round(time.Millisecond), (time.Since(began) - found).Round(time.Millisecond))
	checkOutcome(t, p, tab, out, want)
}

// checkWithdraw accepts, then withdraws.
func checkWithdraw(t *testing.T, b *chrome.Browser, s *sitehost.Server, truth bannerTruth) {
	t.Helper()
	p, tab, page := openPage(t, b, s, truth)
	banner, err := consent.Find(t.Context(), page, consent.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := banner.Answer(t.Context(), page, consent.Accept); err != nil {
		t.Fatal(err)
	}
	out, err := consent.Withdraw(t.Context(), page, consent.Options{})
	if err != nil {
		t.Fatal(err)
	}
	checkOutcome(t, p, tab, out, *truth.Withdraw)
}

// checkOutcome compares what came of an answer, with the jar as it is then.
func checkOutcome(t *testing.T, p walk.Profile, tab walk.Tab, out consent.Outcome, want answerTruth) {
	t.Helper()
	tab.Close(t.Context())
	got := answerTruth{Result: out.Result, Method: out.Method, Text: out.Text, Layer: out.Layer, Clicks: out.Clicks, Preticked: out.Preticked, Interests: out.Interests, Cookies: []string{}}
	if out.Reopen != nil {
		got.Reopen = out.Reopen.Text
	}
	jar, err := p.Jar(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range jar {
		got.Cookies = append(got.Cookies, c.Key.Name+"="+c.Value)
	}
	slices.Sort(got.Cookies)
	if want.Result != consent.Answered {
		got.Clicks = 0
	}
	have, err := json.Marshal(got)
	if err != nil {
		t.Fatal(err)
	}
	wanted, err := json.Marshal(want)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(have, wanted) {
		t.Errorf("have %s\nwant %s\nsteps %+v", have, wanted, out.Steps)
	}
}

func checkBanner(t *testing.T, b *consent.Banner, truth bannerTruth) {
	t.Helper()
	want := truth.Banner
	if b.Shown != want.Shown {
		t.Fatalf("shown is %v: %q with %+v", b.Shown, b.Text, b.Controls)
	}
	if !b.Shown {
		return
	}
	if want.Method == "" {
		want.Method = string(consent.ByHeuristic)
	}
	if string(b.Method) != want.Method || b.CMP != want.CMP || b.Language != want.Language || b.Frame != want.Frame {
		t.Errorf("found by %s, platform %q, language %q, frame %q; want %+v", b.Method, b.CMP, b.Language, b.Frame, want)
	}
	if want.Policy != nil && b.Policy != *want.Policy {
		t.Errorf("policy %q, want %q", b.Policy, *want.Policy)
	}
	if want.Offers == nil {
		return
	}
	var offers []string
	for _, c := range b.Controls {
		if !slices.Contains(offers, string(c.Role)) {
			offers = append(offers, string(c.Role))
		}
	}
	slices.Sort(offers)
	if !slices.Equal(offers, *want.Offers) {
		t.Errorf("offers %v, want %v: %+v", offers, *want.Offers, b.Controls)
	}
}
