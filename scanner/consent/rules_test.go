package consent

import (
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"cookiescan/testdata/platforms"
)

func TestBuiltinRules(t *testing.T) {
	r, err := Builtin()
	if err != nil {
		t.Fatal(err)
	}
	if len(r.List) < 60 {
		t.Errorf("%d rules, want at least 60", len(r.List))
	}
	for _, p := range r.Problems {
		t.Error(p)
	}
	names := map[string]bool{}
	for _, rule := range r.List {
		if names[rule.Name] || rule.Broken {
			t.Errorf("rule %s is twice or broken", rule.Name)
		}
		names[rule.Name] = true
	}
}

func TestLoadRulesProblems(t *testing.T) {
	for _, bad := range []string{"", "{", "{}", `"x"`, `[{"name": 1}`} {
		if _, err := LoadRules("bad.json", []byte(bad)); err == nil || !strings.Contains(err.Error(), "bad.json") {
			t.Errorf("%q: error %v", bad, err)
		}
	}
	r, err := LoadRules("own.json", []byte(`[
	{"name": "good", "detectCmp": [{"exists": "#x"}], "detectPopup": [{"visible": "#x"}], "optIn": [], "optOut": [{"eval": "EVAL_X"}]},
	{"name": "odd", "detectCmp": [{"exists": "#x"}], "detectPopup": [{"visible": "#x"}], "optIn": [{"jump": 1}], "optOut": []},
	{"name": "bad", "detectCmp": [{"exists": "#x["}], "detectPopup": [{"visible": "#x"}], "optIn": [], "optOut": [], "fresh": true}]`))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, p := range r.Problems {
		got = append(got, p.String())
	}
	want := []string{
		"rule good: needs the code EVAL_X, which the file only names",
		`rule odd: json: unknown field "jump"`,
		`rule bad: json: unknown field "fresh"`,
		`rule bad: selector "#x[": bad attribute at 3`,
	}
	if !slices.Equal(got, want) {
		t.Errorf("problems %q", got)
	}
	if r.List[0].Broken || r.List[1].Broken || !r.List[2].Broken {
		t.Error("the wrong rules are broken")
	}
}

// stepsOf reads the steps of a rule.
func stepsOf(t *testing.T, text string) []ruleStep {
	t.Helper()
	var steps []ruleStep
	if err := json.Unmarshal([]byte(text), &steps); err != nil {
		t.Fatal(err)
	}
	for _, p := range stepProblems(steps) {
		if !p.Code {
			t.Fatal(p)
		}
	}
	return steps
}

func TestSteps(t *testing.T) {
	page := `<div id="box" class="c"><button id="yes">Yes</button><button id="no" hidden>No</button><input id="t1" type="checkbox" checked><input id="t2" type="checkbox" checked></div>`
	for _, test := range []struct {
		steps   string
		want    bool
		clicked []string
		passed  time.Duration
	}{
		{`[{"exists": "#box"}]`, true, nil, 0},
		{`[{"exists": ["#box", "#yes"]}]`, true, nil, 0},
		{`[{"exists": "#none", "negated": true}]`, true, nil, 0},
		{`[{"exists": "#none", "optional": true}, {"exists": "#box"}]`, true, nil, 0},
		{`[{"visible": "button"}]`, false, nil, 0},
		{`[{"visible": "button", "check": "any"}]`, true, nil, 0},
		{`[{"visible": "#no", "check": "none"}]`, true, nil, 0},
		{`[{"click": "#yes"}]`, true, []string{"yes"}, settling},
		{`[{"click": "#no"}]`, false, nil, 0},
		{`[{"click": "input", "all": true}]`, true, []string{"t1", "t2"}, 2 * settling},
		{`[{"if": {"exists": "#none"}, "then": [{"click": "#no"}], "else": [{"click": "#yes"}]}]`, true, []string{"yes"}, settling},
		{`[{"if": {"exists": "#none"}, "then": [{"click": "#no"}]}]`, true, nil, 0},
		{`[{"any": [{"exists": "#none"}, {"click": "#t2"}]}]`, true, []string{"t2"}, settling},
		{`[{"waitFor": "#late"}]`, true, nil, 3500 * time.Millisecond},
		{`[{"waitForThenClick": "#late"}]`, true, []string{"late"}, 3500*time.Millisecond + settling},
		{`[{"waitForThenClick": "#no", "timeout": 1000}]`, false, nil, 1500 * time.Millisecond},
		{`[{"waitFor": "#never", "timeout": 1000}]`, false, nil, 1500 * time.Millisecond},
		{`[{"wait": 500}]`, true, nil, 500 * time.Millisecond},
		{`[{"cookieContains": "a=1"}]`, true, nil, 0},
		{`[{"cookieContains": "b=1", "negated": true}]`, true, nil, 0},
		{`[{"eval": "window.yes"}]`, true, nil, 0},
		{`[{"eval": "window.no"}]`, false, nil, 0},
		{`[{"eval": "EVAL_UNKNOWN"}, {"click": "#yes"}]`, true, []string{"yes"}, settling},
		{`[{"hide": "#box"}]`, true, nil, 0},
		{`[{"exists": "xpath///button[contains(., 'Yes')]"}]`, true, nil, 0},
	} {
		p := &fakePage{t: t, markup: page, later: page + `<p id="late">late</p>`, delay: 3 * time.Second, cookie: "a=1"}
		r := &runner{presser: newPresser(p, Options{}), rule: &Rule{}, frame: "top", role: RoleAccept, layer: 1}
		got, err := r.run(t.Context(), stepsOf(t, test.steps))
		if err != nil {
			t.Fatal(err)
		}
		if got != test.want || !slices.Equal(p.clicked, test.clicked) || p.passed != test.passed {
			t.Errorf("%s: %v, clicked %v, passed %v", test.steps, got, p.clicked, p.passed)
		}
	}
}

// TestClickAllLooksAgain: the switch of a group has switched off its member.
func TestClickAllLooksAgain(t *testing.T) {
	p := &fakePage{
		t: t, markup: `<input id="group" type="checkbox" checked><input id="member" type="checkbox" checked>`,
		scenes: map[string]string{"group": `<input id="group" type="checkbox"><input id="member" type="checkbox">`},
	}
	r := &runner{presser: newPresser(p, Options{}), rule: &Rule{}, frame: "top", layer: 2}
	ok, err := r.run(t.Context(), stepsOf(t, `[{"click": "input:checked", "all": true}]`))
	if err != nil || !ok || !slices.Equal(p.clicked, []string{"group"}) {
		t.Errorf("%v, %v, clicked %v", ok, err, p.clicked)
	}
}

func TestClicksAreBounded(t *testing.T) {
	p := &fakePage{t: t, markup: strings.Repeat(`<input type="checkbox" checked>`, 40)}
	r := &runner{presser: newPresser(p, Options{}), rule: &Rule{}, frame: "top", layer: 1}
	_, err := r.run(t.Context(), stepsOf(t, `[{"click": "input", "all": true}]`))
	if !ended(err) || len(p.clicked) != defaultMaxClicks {
		t.Errorf("%d clicks, error %v", len(p.clicked), err)
	}
}

// TestAutoconsentRules reads the rules of npm's @duckduckgo/autoconsent and runs
// every part of each on a page.
func TestAutoconsentRules(t *testing.T) {
	data, err := os.ReadFile(platforms.File(t, "@duckduckgo/autoconsent/rules/rules.json"))
	if err != nil {
		t.Fatal(err)
	}
	set, err := LoadRules("rules.json", data)
	if err != nil {
		t.Fatal(err)
	}
	unread, code := map[string]bool{}, map[string]bool{}
	for _, p := range set.Problems {
		if t.Log(p); p.Code {
			code[p.Rule] = true
		} else {
			unread[p.Rule] = true
		}
	}
	whole := 0
	for _, r := range set.List {
		p := newPresser(&fakePage{t: t, markup: selectPage}, Options{})
		if _, err := p.detect(t.Context(), r); err != nil {
			t.Errorf("%s: %v", r.Name, err)
		}
		p = newPresser(&fakePage{t: t, markup: "<button>Yes</button>"}, Options{})
		for _, part := range [][]ruleStep{r.accept, r.reject, r.open} {
			run := &runner{presser: p, rule: r, frame: "top", layer: 1}
			if _, err := run.run(t.Context(), part); err != nil && !ended(err) {
				t.Errorf("%s: %v", r.Name, err)
			}
		}
		if !unread[r.Name] && !code[r.Name] {
			whole++
		}
	}
	t.Logf("%d rules: %d run whole, %d are not understood, %d lack code that is not in the file", len(set.List), whole, len(unread), len(code))
	if len(set.List) < 700 || 100*whole < 95*len(set.List) {
		t.Errorf("%d of %d rules run whole, want 95 %% of 700 or more", whole, len(set.List))
	}
}
