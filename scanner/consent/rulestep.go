package consent

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// ruleStep is one step of a rule. All that it names must be true.
type ruleStep struct {
	stepJSON
	problems []string
}

type stepJSON struct {
	Exists           *target    `json:"exists"`
	Visible          *target    `json:"visible"`
	WaitFor          *target    `json:"waitFor"`
	WaitForVisible   *target    `json:"waitForVisible"`
	Click            *target    `json:"click"`
	WaitForThenClick *target    `json:"waitForThenClick"`
	Hide             *target    `json:"hide"`
	CookieContains   string     `json:"cookieContains"`
	Eval             string     `json:"eval"`
	Wait             int        `json:"wait"`    // milliseconds
	Timeout          int        `json:"timeout"` // milliseconds
	Check            string     `json:"check"`   // any, all, none
	All              bool       `json:"all"`
	Negated          bool       `json:"negated"`
	Optional         bool       `json:"optional"`
	If               *ruleStep  `json:"if"`
	Then             []ruleStep `json:"then"`
	Else             []ruleStep `json:"else"`
	Any              []ruleStep `json:"any"`

	// Of no meaning here: notes, and what only changes looks.
	Comment     string  `json:"comment"`
	Text        string  `json:"text"`
	Method      string  `json:"method"`
	RemoveClass string  `json:"removeClass"`
	SetStyle    string  `json:"setStyle"`
	AddStyle    string  `json:"addStyle"`
	Selector    *target `json:"selector"`
}

// UnmarshalJSON keeps what is not understood as problems of the step, so that
// one bad step does not lose the file.
func (st *ruleStep) UnmarshalJSON(data []byte) error {
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(&st.stepJSON); err != nil {
		st.problems = append(st.problems, err.Error())
		_ = json.Unmarshal(data, &st.stepJSON)
	}
	for _, t := range []*target{st.Exists, st.Visible, st.WaitFor, st.WaitForVisible, st.Click, st.WaitForThenClick, st.Hide} {
		if t != nil && t.bad != nil {
			st.problems = append(st.problems, t.bad.Error())
		}
	}
	if !slices.Contains([]string{"", "any", "all", "none"}, st.Check) {
		st.problems = append(st.problems, fmt.Sprintf("check is %q: want any, all or none", st.Check))
	}
	if st.empty() && len(st.problems) == 0 {
		st.problems = append(st.problems, fmt.Sprintf("a step that says nothing to do: %s", data))
	}
	return nil
}

// empty tells whether a step names nothing at all.
func (st *ruleStep) empty() bool {
	return st.Exists == nil && st.Visible == nil && st.WaitFor == nil && st.WaitForVisible == nil && st.Click == nil &&
		st.WaitForThenClick == nil && st.Hide == nil && st.CookieContains == "" && st.Eval == "" && st.Wait == 0 &&
		st.If == nil && st.Any == nil && st.RemoveClass == "" && st.SetStyle == "" && st.AddStyle == ""
}

// presses tells whether a step, or one in it, clicks.
func (st ruleStep) presses() bool {
	if st.Click != nil || st.WaitForThenClick != nil || st.Eval != "" {
		return true
	}
	inner := slices.Concat(st.Then, st.Else, st.Any)
	return slices.ContainsFunc(inner, func(i ruleStep) bool { return i.presses() })
}

// target is a chain of selectors: each is looked for in the shadow root or
// frame of the element that the one before finds.
type target struct {
	text  []string
	chain []selector
	bad   error
}

// UnmarshalJSON reads a selector or an array of them.
func (t *target) UnmarshalJSON(data []byte) error {
	var one string
	if err := json.Unmarshal(data, &one); err == nil {
		t.text = []string{one}
	} else if err := json.Unmarshal(data, &t.text); err != nil {
		return fmt.Errorf("a selector must be a string or a list of them: %w", err)
	}
	for _, text := range t.text {
		sel, err := parseSelector(text)
		if err != nil {
			t.bad = err
			return nil
		}
		t.chain = append(t.chain, sel)
	}
	return nil
}

func parseSelector(text string) (selector, error) {
	if x, ok := strings.CutPrefix(text, "xpath/"); ok {
		return parseXPath(x)
	}
	return parseCSS(text)
}

// find lists the elements that a target means in the tree below root.
func (t *target) find(s *Snapshot, root int) []int {
	if t.bad != nil {
		return nil
	}
	var found []int
	for k, sel := range t.chain {
		found = sel.find(s, root)
		if len(found) == 0 || k == len(t.chain)-1 {
			break
		}
		root = found[0]
		if in := s.inner(root); in >= 0 {
			root = in
		}
	}
	return found
}
