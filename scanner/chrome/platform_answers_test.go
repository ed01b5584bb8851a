package chrome_test

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"testing"
	"testing/fstest"

	"cookiescan/scanner/chrome"
	"cookiescan/scanner/chrome/process"
	"cookiescan/scanner/consent"
	"cookiescan/scanner/sitehost"
	"cookiescan/scanner/sitehost/sitehosttest"
	"cookiescan/scanner/walk"
	"cookiescan/testdata/platforms"
)

// answersTruth is what a page with a real consent platform is and does,
// written by hand.
type answersTruth struct {
	bannerTruth
	// Files are the platform's: where the host serves them, and where they are
	// in node_modules. A folder stands for all that is in it.
	Files  map[string]string `json:"files"`
	Bundle string            `json:"bundle"` // file of the site that is bundled with what it imports
	Memory string            `json:"memory"` // an expression: what the platform knows of the choice
	Both   bool              `json:"both"`   // with both engines

	None     kept                   `json:"none"` // before any choice
	Answers  map[string]answerAfter `json:"answers"`
	Withdraw *answerAfter           `json:"withdraw"` // the refusal after an acceptance
}

// answerAfter is what comes of an answer.
type answerAfter struct {
	Result    consent.Result `json:"result"`
	Method    consent.Method `json:"method,omitempty"`
	Text      string         `json:"text,omitempty"`
	Layer     int            `json:"layer,omitempty"`
	Clicks    int            `json:"clicks,omitempty"`
	Preticked []string       `json:"preticked,omitempty"`
	Reopen    string         `json:"reopen,omitempty"`
	Memory    any            `json:"memory"`
	kept
}

// kept is what a browser keeps for a site: names, sorted.
type kept struct {
	Cookies []string `json:"cookies"`
	Storage []string `json:"storage"` // local KEY, session KEY
}

// TestPlatformAnswers gives every answer to the banners of more platforms, and
// takes an acceptance back where the page has a way to: what TestPlatforms does
// not see is what the page's storage holds and how a choice is changed.
func TestPlatformAnswers(t *testing.T) {
	packages := platforms.File(t, "")
	truths, files := map[string]answersTruth{}, fstest.MapFS{}
	dirs, err := filepath.Glob("../../testdata/platforms/more/[a-z]*")
	if err != nil || len(dirs) == 0 {
		t.Fatal("no pages", err)
	}
	for _, dir := range dirs {
		truths[filepath.Base(dir)] = answersSite(t, packages, files, dir)
	}
	s := sitehosttest.ServeFS(t, files)
	for _, engine := range engines {
		t.Run(string(engine), func(t *testing.T) {
			b := startBrowser(t, engine, s, nil)
			for _, name := range slices.Sorted(maps.Keys(truths)) {
				if truth := truths[name]; engine == process.Shell || truth.Both {
					t.Run(name, func(t *testing.T) { truth.check(t, b, s) })
				}
			}
		})
	}
}

// answersSite reads the truth of a page and adds the page, its scripts and the
// platform's files to what is served.
func answersSite(t *testing.T, packages string, files fstest.MapFS, dir string) answersTruth {
	t.Helper()
	truth := readTruthOf[answersTruth](t, dir)
	host := filepath.Base(dir) + ".test"
	addFiles(t, files, host+"/index.html", filepath.Join(dir, "index.html"))
	addFiles(t, files, host, filepath.Join(filepath.Dir(dir), "_shared"))
	for at, file := range truth.Files {
		addFiles(t, files, path.Join(host, at), filepath.Join(packages, filepath.FromSlash(file)))
	}
	if truth.Bundle != "" {
		addFiles(t, files, host, bundle(t, packages, filepath.Join(dir, truth.Bundle)))
	}
	return truth
}

// addFiles serves a file, or a folder with all that is in it.
func addFiles(t *testing.T, files fstest.MapFS, at, from string) {
	t.Helper()
	err := filepath.WalkDir(from, func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := os.ReadFile(name)
		rel, _ := filepath.Rel(from, name)
		files[path.Join(at, filepath.ToSlash(rel))] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// check looks at the page, then gives each answer in a profile of its own.
func (tr answersTruth) check(t *testing.T, b *chrome.Browser, s *sitehost.Server) {
	p, tab, page := openPage(t, b, s, tr.bannerTruth)
	banner, err := consent.Find(t.Context(), page, consent.Options{})
	if err != nil {
		t.Fatal(err)
	}
	checkBanner(t, banner, tr.bannerTruth)
	same(t, "none", keptIn(t, p, page), tr.None)
	tab.Close(t.Context())
	for _, action := range slices.Sorted(maps.Keys(tr.Answers)) {
		p, tab, page := openPage(t, b, s, tr.bannerTruth)
		out := answer(t, page, consent.Action(action))
		same(t, action, tr.after(t, p, page, out), tr.Answers[action])
		if action == string(consent.Accept) && tr.Withdraw != nil {
			out, err := consent.Withdraw(t.Context(), page, consent.Options{})
			if err != nil {
				t.Fatal(err)
			}
			same(t, "withdraw", tr.after(t, p, page, out), *tr.Withdraw)
		}
		tab.Close(t.Context())
	}
}

func answer(t *testing.T, page consent.Page, action consent.Action) consent.Outcome {
	t.Helper()
	banner, err := consent.Find(t.Context(), page, consent.Options{})
	if err != nil {
		t.Fatal(err)
	}
	out, err := banner.Answer(t.Context(), page, action)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// after describes an outcome as the truth does.
func (tr answersTruth) after(t *testing.T, p walk.Profile, page consent.Page, out consent.Outcome) answerAfter {
	t.Helper()
	got := answerAfter{
		Result: out.Result, Method: out.Method, Text: out.Text, Layer: out.Layer, Clicks: out.Clicks, Preticked: out.Preticked,
		kept: keptIn(t, p, page),
	}
	if out.Reopen != nil {
		got.Reopen = out.Reopen.Text
	}
	v, err := page.Evaluate(t.Context(), "", true, tr.Memory)
	if err != nil {
		t.Fatalf("asking for the choice: %v", err)
	}
	if err := json.Unmarshal(v, &got.Memory); err != nil {
		t.Fatal(err)
	}
	return got
}

// keptIn lists what the profile and the page keep.
func keptIn(t *testing.T, p walk.Profile, page consent.Page) kept {
	t.Helper()
	k := kept{Cookies: []string{}, Storage: []string{}}
	jar, err := p.Jar(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range jar {
		k.Cookies = append(k.Cookies, c.Key.Name)
	}
	v, err := page.Evaluate(t.Context(), "", false,
		`[...Object.keys(localStorage).map(k => "local " + k), ...Object.keys(sessionStorage).map(k => "session " + k)]`)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(v, &k.Storage); err != nil {
		t.Fatal(err)
	}
	slices.Sort(k.Cookies)
	slices.Sort(k.Storage)
	return k
}

// same compares as JSON.
func same(t *testing.T, what string, have, want any) {
	t.Helper()
	h, err := json.Marshal(have)
	if err != nil {
		t.Fatal(err)
	}
	w, err := json.Marshal(want)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(h, w) {
		t.Errorf("%s:\nhave %s\nwant %s", what, h, w)
	}
}
