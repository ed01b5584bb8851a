package report

import (
	"slices"
	"strings"
	"testing"

	"cookiescan/classify/checks"
	"cookiescan/classify/words"
	"cookiescan/scanner"
)

// readAudited is the scan typical as if it had passes for three answers, judged
// under a law: what each category does in them is made up here.
func readAudited(t testing.TB) *scanner.Scan {
	t.Helper()
	s := readClassified(t, "typical")
	first := s.Passes[0]
	for i, phase := range []string{"accept", "reject"} {
		pass := scanner.Pass{Phase: phase, Cookies: first.Cookies}
		pass.Consent = &scanner.Consent{
			Banner: true, CMP: "Consentor", Action: []scanner.ConsentAction{scanner.ActionAccept, scanner.ActionReject}[i],
			Method: scanner.ByRule, Text: []string{"Allow all", "Only necessary"}[i], Layer: i + 1, Clicks: i + 1, AcceptClicks: 1, RejectClicks: 2, Language: "en",
		}
		for _, p := range first.Pages {
			p.ID = strings.Replace(p.ID, "none/", phase+"/", 1)
			pass.Pages = append(pass.Pages, p)
		}
		s.Passes = append(s.Passes, pass)
	}
	s.Settings.Phases, s.Settings.Region = []string{"none", "accept", "reject"}, "DE"
	for i := range s.Cookies {
		c := &s.Cookies[i]
		states := []string{"none", "accept", "reject"}
		switch {
		case c.Classification.Category == scanner.Necessary:
		case i%4 == 0:
			states = []string{"none", "accept"}
		default:
			states = []string{"accept"}
		}
		if i%11 == 10 {
			states = append(states, "reject")
		}
		inStates(c, states)
	}
	if err := checks.Judge(s, checks.Options{Profile: "de", Chosen: true}); err != nil {
		t.Fatal(err)
	}
	return s
}

// inStates copies what a cookie did in the pass none to other passes.
func inStates(c *scanner.Cookie, states []string) {
	states = slices.Compact(states)
	var writes []scanner.Write
	var sent []scanner.SentTo
	for _, state := range states {
		for _, w := range c.Writes {
			w.Pass, w.State, w.Page = state, state, strings.Replace(w.Page, "none/", state+"/", 1)
			writes = append(writes, w)
		}
		for _, to := range c.SentTo {
			to.Pass, to.State = state, state
			sent = append(sent, to)
		}
	}
	c.Writes, c.SentTo, c.Phases = writes, sent, states
	if c.Stored {
		c.Present = states
	}
}

func TestGoldensOfHTML(t *testing.T) {
	s := readAudited(t)
	checkGolden(t, "audited.html", render(t, "html", Options{}, s))
	if page := render(t, "html", Options{Evidence: true}, s); !strings.Contains(page, "first seen: load; certain: its name") {
		t.Error("with evidence no cookie says when it was first seen and why it is classified so")
	}
	german, err := words.Language("de")
	if err != nil {
		t.Fatal(err)
	}
	checkGolden(t, "audited.de.html", render(t, "html", Options{Lang: german}, s))
}
