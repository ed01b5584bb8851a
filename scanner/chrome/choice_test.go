package chrome_test

import (
	"bytes"
	"encoding/json"
	"image/png"
	"os"
	"slices"
	"testing"

	"cookiescan/scanner"
	"cookiescan/scanner/chrome/process"
	"cookiescan/scanner/crawl"
	"cookiescan/scanner/sitehost/sitehosttest"
	"cookiescan/scanner/walk"
)

// choiceTruth is what each answer to a banner sets free.
type choiceTruth struct {
	Start  []string `json:"start"`
	Pages  []string `json:"pages"`
	Passes map[string]struct {
		Banner, Returned bool
		Page, Text       string
		Layer, Clicks    int
	} `json:"passes"`
	Cookies map[string]choiceItem `json:"cookies"`
	Storage map[string]choiceItem `json:"storage"` // by key
}

type choiceItem struct {
	Phases, Present []string
	First           string // trigger of the first write
}

// TestChoice walks over sites with a banner in all passes that answer it: which
// cookie was written in which consent state, and which is there in the end.
func TestChoice(t *testing.T) {
	for _, engine := range engines {
		for _, site := range []struct{ name, language string }{{"choice", "de"}, {"forgets", "en"}, {"choice-worker", "en"}} {
			t.Run(string(engine)+"/"+site.name, func(t *testing.T) {
				var tr choiceTruth
				dir := "../../testdata/sites/" + site.name
				b, err := os.ReadFile(dir + "/truth.json")
				if err != nil {
					t.Fatal(err)
				}
				if err := json.Unmarshal(b, &tr); err != nil {
					t.Fatal(err)
				}
				s := sitehosttest.Serve(t, dir)
				o := walkOptions(t, startBrowser(t, engine, s, nil), s, tr.Start)
				o.Phases = slices.DeleteFunc([]string{"none", "accept", "reject", "withdraw", "return"}, func(p string) bool { _, ok := tr.Passes[p]; return !ok })
				pictures, want := []string{}, []string{}
				o.Screenshot = func(phase string, m walk.Moment, data []byte) error {
					pictures = append(pictures, phase+" "+string(m))
					_, err := png.Decode(bytes.NewReader(data))
					return err
				}
				doc, err := walk.Run(t.Context(), o)
				if err != nil {
					t.Fatal(err)
				}
				if !doc.Complete || len(doc.Passes) != len(tr.Passes) {
					t.Fatalf("incomplete %v, passes %+v", doc.Incomplete, doc.Passes)
				}
				for _, p := range doc.Passes {
					tr.checkPass(t, p, site.language)
					want = append(want, p.Phase+" before")
					if p.Phase != "none" {
						want = append(want, p.Phase+" after")
					}
					if p.Phase == "withdraw" {
						want = append(want, "withdraw withdrawn")
					}
				}
				if !slices.Equal(pictures, want) {
					t.Errorf("pictures %q, want %q", pictures, want)
				}
				tr.checkCookies(t, doc.Cookies)
				tr.checkStorage(t, doc.Storage)
				validate(t, doc)
			})
		}
	}
}

// TestUnanswered: a first pass that cannot give its answer ends with the page of
// the banner, and the passes after it see the whole site all the same.
func TestUnanswered(t *testing.T) {
	s := sitehosttest.Serve(t, "../../testdata/sites/choice")
	o := walkOptions(t, startBrowser(t, process.Shell, s, nil), s, []string{"https://choice.test/"})
	o.Phases = []string{"close", "gpc"}
	doc, err := walk.Run(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	if c := doc.Passes[0].Consent; c == nil || c.Failure != scanner.NoReject || len(doc.Passes[0].Pages) != 1 {
		t.Errorf("the banner has no X: %+v, %d pages", c, len(doc.Passes[0].Pages))
	}
	if n := len(doc.Passes[1].Pages); n != 3 || doc.Coverage.PagesVisited != n {
		t.Errorf("%d of 3 pages, coverage %d", n, doc.Coverage.PagesVisited)
	}
}

// checkPass looks at the pages of a pass and at what it did. One that answers
// sees the page with the banner twice.
func (tr choiceTruth) checkPass(t *testing.T, p scanner.Pass, language string) {
	t.Helper()
	var urls []string
	for i, page := range p.Pages {
		if page.Source == string(crawl.SourceAgain) && i == 1 && page.URL == urls[0] {
			continue
		}
		urls = append(urls, page.URL)
	}
	if again := len(p.Pages) - len(urls); again != 1 && walk.Answers(p.Phase) {
		t.Errorf("%s: the page with the banner was looked at again %d times", p.Phase, again)
	}
	if slices.Sort(urls); !slices.Equal(urls, tr.Pages) {
		t.Errorf("%s: pages %v", p.Phase, urls)
	}
	want := tr.Passes[p.Phase]
	c := p.Consent
	if c == nil || c.Banner != want.Banner || c.Text != want.Text || c.Layer != want.Layer || c.Clicks != want.Clicks || c.Failure != "" || c.Language != language ||
		c.Returned != want.Returned || want.Page != "" && c.Page != want.Page {
		t.Errorf("%s: consent %+v, want %+v", p.Phase, c, want)
	}
}

func (tr choiceTruth) checkCookies(t *testing.T, have []scanner.Cookie) {
	t.Helper()
	seen := map[string]bool{}
	for _, c := range have {
		want, ok := tr.Cookies[c.Name]
		seen[c.Name] = true
		switch {
		case !ok:
			t.Errorf("+ %s %v", c.Name, c.Phases)
		case !slices.Equal(c.Phases, want.Phases) || !slices.Equal(c.Present, want.Present):
			t.Errorf("%s: phases %v, present %v, want %v", c.Name, c.Phases, c.Present, want)
		case want.First != "" && string(c.Writes[0].Trigger) != want.First:
			t.Errorf("%s: first written on %s", c.Name, c.Writes[0].Trigger)
		}
	}
	for name := range tr.Cookies {
		if !seen[name] {
			t.Errorf("- %s", name)
		}
	}
}

func (tr choiceTruth) checkStorage(t *testing.T, have []scanner.StorageItem) {
	t.Helper()
	seen := map[string]bool{}
	for _, i := range have {
		want, ok := tr.Storage[i.Key]
		if seen[i.Key] = true; !ok {
			continue
		}
		if !slices.Equal(i.Phases, want.Phases) || !slices.Equal(i.Present, want.Present) {
			t.Errorf("%s: phases %v, present %v, want %v", i.Key, i.Phases, i.Present, want)
		}
		for _, w := range i.Writes {
			if w.Via == "snapshot" && (w.Trigger == scanner.OnScroll || w.Trigger == scanner.OnInteraction) {
				t.Errorf("%s: found by a look, and said to have come on %s", i.Key, w.Trigger)
			}
		}
		if want.First != "" && string(i.Writes[0].Trigger) != want.First {
			t.Errorf("%s: first written on %s", i.Key, i.Writes[0].Trigger)
		}
	}
	for key := range tr.Storage {
		if !seen[key] {
			t.Errorf("- %s", key)
		}
	}
}
