package consent

import (
	"fmt"
	"slices"
	"testing"
)

// TestRuleKeepsNothingOn: what could not be switched off is not kept as a refusal.
func TestRuleKeepsNothingOn(t *testing.T) {
	const stuck = `<div id="box" style="position:fixed">Cookies: <label for="a">Statistics</label><input id="a" type="checkbox" checked><button id="keep">%s</button></div>`
	rules, err := LoadRules("own.json", []byte(`{"name": "own", "detectCmp": [{"exists": "div"}], "detectPopup": [{"visible": "#box"}], "optIn": [{"click": "#keep"}],
		"optOut": [{"click": "input[checked]", "all": true}, {"click": "#keep"}]}`))
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"Save", "Accept selected", "That is it"} {
		for action, want := range map[Action]Result{Reject: NotOperable, Accept: Answered} {
			p := &fakePage{t: t, markup: fmt.Sprintf(stuck, text), scenes: map[string]string{"keep": `<p>kept</p>`}}
			b, err := Find(t.Context(), p, Options{Rules: rules})
			if err != nil {
				t.Fatal(err)
			}
			out, err := b.Answer(t.Context(), p, action)
			if err != nil {
				t.Fatal(err)
			}
			if out.Result != want || slices.Contains(p.clicked, "keep") != (action == Accept) {
				t.Errorf("%s, %s: %+v, clicked %q", text, action, out, p.clicked)
			}
		}
	}
}

// TestRuleTellsWhatItDid: on which layer, and what was on before.
func TestRuleTellsWhatItDid(t *testing.T) {
	const first = `<div id="box" style="position:fixed">We use cookies and store your consent. <button id="open">Cookie settings</button></div>`
	switches := func(checked string) string {
		return fmt.Sprintf(`<div id="box" style="position:fixed">Cookies: <label for="a">Statistics</label><input id="a" type="checkbox" %s><button id="keep">Save</button></div>`, checked)
	}
	rules, err := LoadRules("own.json", []byte(`{"name": "own", "detectCmp": [{"exists": "div"}], "detectPopup": [{"visible": "#box"}], "optIn": [],
		"optOut": [{"click": "#open", "optional": true}, {"click": "input[checked]", "all": true}, {"click": "#keep"}]}`))
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		markup        string
		layer, clicks int
	}{
		{first, 2, 3},
		{switches("checked"), 1, 2}, // the switches are all that there is
	} {
		p := &fakePage{t: t, markup: test.markup, scenes: map[string]string{"open": switches("checked"), "a": switches(""), "keep": `<p>kept</p>`}}
		b, err := Find(t.Context(), p, Options{Rules: rules})
		if err != nil {
			t.Fatal(err)
		}
		out, err := b.Answer(t.Context(), p, Reject)
		if err != nil {
			t.Fatal(err)
		}
		if out.Result != Answered || out.Method != ByRule || out.Layer != test.layer || out.Clicks != test.clicks || !slices.Equal(out.Preticked, []string{"Statistics"}) {
			t.Errorf("outcome %+v, want layer %d, %d clicks", out, test.layer, test.clicks)
		}
	}
}
