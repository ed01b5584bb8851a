package steps

import (
	"fmt"
	"strings"
	"testing"
)

const loginYAML = `hosts: [login.example.net]
steps:
  - open: https://www.example.com/login
  - fill: {selector: "#user", env: SHOP_USER}
  - fill: {selector: "#pin", value: 0123}
  - select: {role: combobox, name: Country, value: DE}
  - check: {selector: "#stay", on: false}
  - press: {role: button, name: "Log in"}
  - wait: {url: "https://www.example.com/*"}
  - expect: {text: Welcome}
  - open: https://shop.example.com/basket
`

// outline writes what steps do, a line each.
func outline(s *Script) string {
	var out []string
	for _, st := range s.Steps {
		what := []string{fmt.Sprint(st.Number), fmt.Sprint("line ", st.Line), string(st.Kind)}
		for _, t := range []string{st.URL, st.Target, st.Value, st.Env, st.Key} {
			if t != "" {
				what = append(what, t)
			}
		}
		if st.Off || st.Up {
			what = append(what, "off")
		}
		if st.Count.Operator != "" {
			what = append(what, st.Count.Operator, fmt.Sprint(st.Count.Number))
		}
		out = append(out, strings.Join(what, " "))
	}
	return strings.Join(out, "\n")
}

func TestReadYAML(t *testing.T) {
	s, err := Read("login.yaml", []byte(loginYAML))
	if err != nil {
		t.Fatal(err)
	}
	const want = `1 line 3 open https://www.example.com/login
2 line 4 fill "#user" SHOP_USER
3 line 5 fill "#pin" 0123
4 line 6 select combobox "Country" DE
5 line 7 check "#stay" off
6 line 8 press button "Log in"
7 line 9 wait https://www.example.com/* https://www.example.com/*
8 line 10 expect text "Welcome"
9 line 11 open https://shop.example.com/basket`
	if have := outline(s); have != want {
		t.Errorf("have\n%s\nwant\n%s", have, want)
	}
	if have := strings.Join(s.Hosts, " "); have != "example.com example.net" {
		t.Errorf("hosts %q", have)
	}
	if p := s.Parts(); len(p) != 2 || len(p[0]) != 8 || len(p[1]) != 1 {
		t.Errorf("parts %v", p)
	}
	if marked, err := Read("login.yaml", []byte("\ufeff"+loginYAML)); err != nil || outline(marked) != want {
		t.Errorf("with a byte order mark: %v", err)
	}
	if p := s.Probe(); p == nil || p.Number != 8 {
		t.Errorf("probe %v", p)
	}
	for address, want := range map[string]bool{
		"https://www.example.com/login": true, "https://www.example.com/login/?next=%2Faccount#x": true, "https://www.example.com/": false,
	} {
		if s.Opens(address) != want {
			t.Errorf("%s: opened %t", address, !want)
		}
	}
}

// TestReadErrors: every mistake is said with its place, and no value is shown.
func TestReadErrors(t *testing.T) {
	for _, c := range []struct{ src, want string }{
		{"", "f: it must be one YAML document with the key steps"},
		{"steps: []\n", "f: it has no steps"},
		{"- a\n", "f:1:1: fields are needed here, such as selector: \"#user\"\n  - a\n  ^"},
		{"step: []\n", "f:1:1: unknown field \"step\", the fields are steps and hosts\n  step: []\n  ^"},
		{"steps: 3\n", "f:1:8: steps must be a list\n  steps: 3\n         ^"},
		{"steps:\n  - press: {selector: a}\n", "f:2: the first step must open an address"},
		{"steps:\n  - open: /login\n", "f:2:11: this is no address, such as https://www.example.com/login\n    - open: /login\n            ^"},
		{"steps:\n  - open: https://u:secret@x.test/\n", "f:2:11: this is no address, such as https://www.example.com/login"},
		{"steps:\n  - opn: https://x.test/\n", "f:2:5: there is no step \"opn\", the steps are open, fill, press, select, check, wait, expect\n    - opn: https://x.test/\n      ^"},
		{"steps:\n  - fill: {selecter: a, value: secret}\n", "f:2:12: unknown field \"selecter\", fill takes selector, role, name, env, value\n    - fill: {selecter: a, value: ...\n             ^"},
		{"steps:\n  - fill: {selector: a}\n", "f:2:5: fill needs one of env and value"},
		{"steps:\n  - fill: {selector: a, env: A, value: secret}\n", "f:2:5: fill needs one of env and value"},
		{"steps:\n  - fill: {selector: a, env: \"\"}\n", "f:2:5: env needs the name of a variable"},
		{"steps:\n  - fill: {selector: a, value: [secret]}\n", "f:2:25: value needs a text\n"},
		{"steps:\n  - fill: {selector: \"a[\", value: secret}\n", "f:2:5: the selector \"a[\": "},
		{"steps:\n  - press: {}\n", "f:2:5: press needs a selector, or a role and a name"},
		{"steps:\n  - press: {role: button}\n", "f:2:5: press needs a selector, or a role and a name"},
		{"steps:\n  - press: {selector: a, role: button}\n", "f:2:5: press needs a selector, or a role and a name"},
		{"steps:\n  - press: {selector: \" \"}\n", "f:2:5: selector is empty"},
		{"steps:\n  - wait: {selector: a, text: b}\n", "f:2:5: wait needs one of selector, role and name, text, url"},
		{"steps:\n  - check: {selector: a, on: 7}\n", "f:2:5: on is true or false"},
		{"steps:\n  - press: a\n", "f:2:12: fields are needed here"},
		{"steps:\n  - {}\n", "f:2:5: a step is one of open,"},
		{"steps:\n  - open: https://x.test/\n    press: {selector: a}\n", "f:2:9: a step is one of open,"},
		{"hosts: a\nsteps: []\n", "f:1:8: hosts must be a list of host names"},
		{"hosts: [\"https://a.test\"]\nsteps: []\n", "f:1:9: this is no host name, such as login.example.com"},
		{"steps: [\n", "f:1:8: "},
		{"\xff", "f: it is no text in UTF-8"},
		{strings.Repeat("#", MaxFile+1), "f: it is longer than 1 MB"},
		{strings.Repeat("[", 300), "f: it is nested too deep"},
		{"steps:\n" + strings.Repeat("  - open: https://x.test/\n", maxSteps+1), "f: it has 501 steps, more than 500"},

		{`{`, "f:1:2: this is no JSON: it ends too early\n  {\n   ^"},
		{`{"steps": []} 1`, "f:1:16: more follows the recording"},
		{`{"steps": [], "extra": 1}`, `f:1:26: unknown field "extra"`},
		{`{"steps": [{"type": "navigate", "url": "https://x.test/"}, {"type": "customStep"}]}`, "f:1:60: step 2: customStep is not supported\n"},
		{`{"steps": [{"type": "waitForExpression", "expression": "true"}]}`, "f:1:12: step 1: waitForExpression would run code of the file in the page, which is not done; wait for an element instead (waitForElement)\n"},
		{"{\"steps\": [\n {\"type\": \"change\", \"value\": \"secret\", \"selectors\": [3]}]}", "f:2:2: step 1: a selector must be a text or a list of texts\n   {\"type\": \"change\", \"value\": ...\n   ^"},
		{`{"steps": [{"type": "change", "value": 12345678, "selectors": ["a"]}]}`, "step 1: value cannot be a number"},
		{`{"steps": [{"type": "click", "selectors": ["a["]}]}`, "f:1:12: step 1: the selector \"a[\": "},
		{`{"steps": [{"type": "click"}]}`, "f:1:12: step 1: it has no selectors"},
		{`{"steps": [{"type": "click", "button": "secondary", "selectors": ["a"]}]}`, "only the first button"},
		{`{"steps": [{"type": "click", "target": "https://x.test/popup", "selectors": ["a"]}]}`, "it is about another window"},
		{`{"steps": [{"type": "keyDown", "key": "F13"}]}`, `the key "F13" is not supported`},
		{`{"steps": [{"type": "waitForElement", "selectors": ["a"], "operator": "<"}]}`, "operator is"},
		{`{"steps": [{"type": "waitForElement", "selectors": ["a"], "count": -1}]}`, "count is negative"},
		{`{"steps": [{"type": "waitForElement", "selectors": ["a"], "properties": {}}]}`, "not supported"},
		{`{"steps": [{"type": "navigate", "url": "about:blank"}]}`, "url is no address"},
		{`{"steps": [{"type": "dance"}]}`, `there is no step of type "dance"`},
		{`{"steps": [{}]}`, "it has no type"},
	} {
		_, err := Read("f", []byte(c.src))
		if err == nil || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "secret") || strings.Contains(err.Error(), "1234") {
			t.Errorf("%.80q:\nhave %v\nwant %s", c.src, err, c.want)
		}
	}
}

const recordedJSON = `{
    "title": "Log in",
    "timeout": 5000,
    "steps": [
        {"type": "setViewport", "width": 1200, "height": 800, "deviceScaleFactor": 1, "isMobile": false, "hasTouch": false, "isLandscape": false},
        {
            "type": "navigate",
            "url": "https://www.example.com/login",
            "assertedEvents": [{"type": "navigation", "url": "https://www.example.com/login", "title": "Log in"}]
        },
        {"type": "click", "target": "main", "selectors": [["aria/User name"], ["#user"], ["xpath///*[@id=\"user\"]"], ["pierce/#user"], ["text/User"]], "offsetX": 10, "offsetY": 8, "duration": 90},
        {"type": "change", "value": "ana", "selectors": ["#user"]},
        {"type": "change", "value": "env:SHOP_PASS", "selectors": [["my-form", "#pass"]]},
        {"type": "hover", "selectors": ["a"]},
        {"type": "keyDown", "key": "Enter", "assertedEvents": [{"type": "navigation", "url": "https://id.example.net/", "title": ""}]},
        {"type": "keyUp", "key": "Enter"},
        {"type": "waitForElement", "selectors": [[":unknown("], ["main a"]], "operator": ">=", "count": 2},
        {"type": "waitForElement", "selectors": [".account"], "visible": true},
        {"type": "scroll", "x": 0, "y": 200}
    ]
}`

func TestReadRecording(t *testing.T) {
	s, err := Read("login.json", []byte("\ufeff"+recordedJSON))
	if err != nil {
		t.Fatal(err)
	}
	const want = `2 line 6 open https://www.example.com/login
3 line 11 press "aria/User name"
4 line 12 fill "#user" ana
5 line 13 fill "my-form #pass" SHOP_PASS
7 line 15 key Enter Enter
8 line 16 key Enter Enter off
9 line 17 expect "main a" >= 2
10 line 18 expect ".account" == 1`
	if have := outline(s); have != want {
		t.Errorf("have\n%s\nwant\n%s", have, want)
	}
	if have := strings.Join(s.Passed, " "); have != "setViewport hover scroll" {
		t.Errorf("passed over: %s", have)
	}
	if have := strings.Join(s.Hosts, " "); have != "example.com example.net" {
		t.Errorf("hosts %q", have)
	}
	if n := len(s.Steps[1].Ways); n != 5 {
		t.Errorf("%d ways", n)
	}
}

func TestFetch(t *testing.T) {
	read := func() *Script {
		s, err := Read("login.yaml", []byte(loginYAML))
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	a, b := read(), read()
	if err := a.Fetch(func(string) string { return "" }); err == nil || err.Error() != `login.yaml:4: the environment variable "SHOP_USER" is not set` {
		t.Errorf("not set: %v", err)
	}
	for s, value := range map[*Script]string{a: "ana", b: "ben"} {
		if err := s.Fetch(func(string) string { return value }); err != nil || s.Steps[1].Value != value {
			t.Errorf("%v, value %q", err, s.Steps[1].Value)
		}
	}
	if a.Digest() != b.Digest() {
		t.Error("the digest says something of values")
	}
	b.Steps[5].Target = "another"
	if a.Digest() == b.Digest() {
		t.Error("the digest does not tell scripts apart")
	}
}

func FuzzRead(f *testing.F) {
	for _, src := range []string{loginYAML, recordedJSON, "steps:\n  - {}\n", "steps: [{open: *a}]", "? [a]\n: b\n", `{"steps":[[]]}`, "steps:\n- fill: &x {value: |\n   a\n }"} {
		f.Add([]byte(src))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		s, err := Read("f", src)
		if (s == nil) == (err == nil) && err == nil {
			t.Fatal("neither a script nor an error")
		}
		if err != nil {
			if !strings.HasPrefix(err.Error(), "f:") {
				t.Errorf("an error without a place: %v", err)
			}
			return
		}
		if len(s.Parts()) == 0 || s.Parts()[0][0].Kind != Open {
			t.Error("the first step opens nothing")
		}
		s.Probe()
		s.Digest()
	})
}
