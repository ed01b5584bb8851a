package chrome_test

import (
	"bytes"
	"encoding/json"
	"image/png"
	"os"
	"slices"
	"testing"

	"cookiescan/scanner"
	"cookiescan/scanner/sitehost/sitehosttest"
	"cookiescan/scanner/walk"
)

// choiceTruth is what each answer to a banner sets free.
type choiceTruth struct {
	Start  []string `json:"start"`
	Pages  []string `json:"pages"`
	Passes map[string]struct {
		Banner        bool
		Text          string
		Layer, Clicks int
	} `json:"passes"`
	Cookies map[string]struct {
		Phases, Present []string
		First           string // trigger of the first write
	} `json:"cookies"`
}

// TestChoice walks in three passes over a site with a banner: which cookie was
// written in which consent state, and which is there in the end.
func TestChoice(t *testing.T) {
	const dir = "../../testdata/sites/choice"
	b, err := os.ReadFile(dir + "/truth.json")
	if err != nil {
		t.Fatal(err)
	}
	var tr choiceTruth
	if err := json.Unmarshal(b, &tr); err != nil {
		t.Fatal(err)
	}
	for _, engine := range engines {
		t.Run(string(engine), func(t *testing.T) {
			s := sitehosttest.Serve(t, dir)
			o := walkOptions(t, startBrowser(t, engine, s, nil), s, tr.Start)
			o.Phases = []string{"none", "accept", "reject"}
			var pictures []string
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
			if want := []string{"none before", "accept before", "accept after", "reject before", "reject after"}; !slices.Equal(pictures, want) {
				t.Errorf("pictures %q, want %q", pictures, want)
			}
			for _, p := range doc.Passes {
				tr.checkPass(t, p)
			}
			tr.checkCookies(t, doc.Cookies)
			validate(t, doc)
		})
	}
}

func (tr choiceTruth) checkPass(t *testing.T, p scanner.Pass) {
	t.Helper()
	var urls []string
	for _, page := range p.Pages {
		urls = append(urls, page.URL)
	}
	if slices.Sort(urls); !slices.Equal(urls, tr.Pages) {
		t.Errorf("%s: pages %v", p.Phase, urls)
	}
	want := tr.Passes[p.Phase]
	c := p.Consent
	if c == nil || c.Banner != want.Banner || c.Text != want.Text || c.Layer != want.Layer || c.Clicks != want.Clicks || c.Failure != "" || c.Language != "de" {
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
