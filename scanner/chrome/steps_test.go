package chrome_test

import (
	"context"
	"encoding/json"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"

	"cookiescan/scanner"
	"cookiescan/scanner/chrome"
	"cookiescan/scanner/chrome/process"
	"cookiescan/scanner/sitehost"
	"cookiescan/scanner/sitehost/sitehosttest"
	"cookiescan/scanner/steps"
	"cookiescan/scanner/walk"
)

// sessionTruth is what a visitor who logs in sees, and what each answer to the
// banner changes about it.
type sessionTruth struct {
	Start   []string            `json:"start"`
	Pages   map[string][]string `json:"pages"`   // by phase: source path -> final path
	Notes   map[string][]string `json:"notes"`   // by phase, those about steps
	Cookies map[string][]string `json:"cookies"` // name to phase:trigger of the first write
}

var loginValues = map[string]string{"SHOP_USER": "ana@example.org", "SHOP_PASS": "pässwort 4711"}

// loginSteps reads a file of steps.
func loginSteps(t *testing.T, file, text string) *steps.Script {
	t.Helper()
	s, err := steps.Read(file, []byte(text))
	if err == nil {
		err = s.Fetch(func(name string) string { return loginValues[name] })
	}
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// TestLogin logs in behind a banner that covers the form, in each pass: before a
// choice by the keyboard, since the banner is not to be touched.
func TestLogin(t *testing.T) {
	dir := "../../testdata/sites/login"
	var tr sessionTruth
	text, err := os.ReadFile(dir + "/truth.json")
	if err == nil {
		err = json.Unmarshal(text, &tr)
	}
	if err != nil {
		t.Fatal(err)
	}
	file, err := os.ReadFile(dir + "/login.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, engine := range engines {
		t.Run(string(engine), func(t *testing.T) {
			s := sitehosttest.Serve(t, dir)
			b := startBrowser(t, engine, s, nil)
			o := walkOptions(t, b, s, tr.Start)
			o.Phases, o.Workers, o.Steps = []string{"none", "accept", "reject"}, 1, loginSteps(t, "login.yaml", string(file))
			if engine == process.Full { // each pass is the same input
				o.Phases = o.Phases[:1]
			}
			o.Open = withLinkNames(t, b, s)
			doc, err := walk.Run(t.Context(), o)
			if err != nil {
				t.Fatal(err)
			}
			if !doc.Complete || len(doc.Passes) != len(o.Phases) {
				t.Errorf("incomplete: %v, %d passes", doc.Incomplete, len(doc.Passes))
			}
			for _, p := range doc.Passes {
				if have := visitsOf(p); !slices.Equal(have, tr.Pages[p.Phase]) {
					t.Errorf("%s: pages\n%s\nwant\n%s", p.Phase, strings.Join(have, "\n"), strings.Join(tr.Pages[p.Phase], "\n"))
				}
				if have := notesOf(doc, p.Phase); !slices.Equal(have, tr.Notes[p.Phase]) {
					t.Errorf("%s: notes\n%s\nwant\n%s", p.Phase, strings.Join(have, "\n"), strings.Join(tr.Notes[p.Phase], "\n"))
				}
			}
			tr.checkCookies(t, doc.Cookies, o.Phases)
			validate(t, doc)
		})
	}
}

// withLinkNames opens profiles as the command does for a visitor with steps.
func withLinkNames(t *testing.T, b *chrome.Browser, s *sitehost.Server) func(context.Context, string) (walk.Profile, error) {
	out := toServer(t, s)
	return func(ctx context.Context, _ string) (walk.Profile, error) {
		return b.Open(ctx, chrome.ProfileOptions{Egress: out, LinkNames: true})
	}
}

// visitsOf writes the pages of a pass as "source path -> final path".
func visitsOf(p scanner.Pass) []string {
	var out []string
	for _, page := range p.Pages {
		out = append(out, page.Source+" "+pathOf(page.URL)+" -> "+pathOf(page.FinalURL))
	}
	return out
}

func pathOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	return u.RequestURI()
}

// notesOf are those of a pass that steps make, with their pages.
func notesOf(doc *scanner.Scan, phase string) []string {
	var out []string
	for _, n := range doc.Notes {
		if n.Pass == phase && n.Code != "dialog" {
			out = append(out, n.Code+" "+pathOf(n.Page)+": "+n.Detail)
		}
	}
	return out
}

func (tr sessionTruth) checkCookies(t *testing.T, have []scanner.Cookie, phases []string) {
	t.Helper()
	seen := map[string][]string{}
	for _, c := range have {
		for _, w := range c.Writes {
			if !slices.ContainsFunc(seen[c.Name], func(s string) bool { return strings.HasPrefix(s, w.Pass+":") }) {
				seen[c.Name] = append(seen[c.Name], w.Pass+":"+string(w.Trigger))
			}
		}
	}
	for name, want := range tr.Cookies {
		want = slices.DeleteFunc(slices.Clone(want), func(w string) bool { return !slices.Contains(phases, strings.SplitN(w, ":", 2)[0]) })
		if !slices.Equal(seen[name], want) {
			t.Errorf("%s: written %q, want %q", name, seen[name], want)
		}
		delete(seen, name)
	}
	for name, at := range seen {
		t.Errorf("+ %s %q", name, at)
	}
}
