package consent

import (
	"bytes"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// Rules is a set of rules for consent platforms in the JSON form of the
// autoconsent project.
type Rules struct {
	List     []*Rule
	Problems []Problem // what of the file is not understood
}

// Problem is something in a rule file that is not understood, or is code of
// another program that the file only names.
type Problem struct {
	Rule string
	Text string
	Code bool // a named snippet of code: the rest of the rule runs without it
}

func (p Problem) String() string { return fmt.Sprintf("rule %s: %s", p.Rule, p.Text) }

// Rule knows one consent platform, or the banner of one site.
type Rule struct {
	Name     string
	Cosmetic bool // its refusal only hides the banner: a person cannot do that
	Broken   bool // parts that it cannot do without are not understood

	main, frame bool // where it applies: to the page, to its frames
	url         *regexp.Regexp
	detect      []ruleStep
	shown       []ruleStep
	accept      []ruleStep
	reject      []ruleStep
	open        []ruleStep
}

// ruleJSON is a rule as files write it.
type ruleJSON struct {
	Name       string          `json:"name"`
	Cosmetic   bool            `json:"cosmetic"`
	RunContext *runContextJSON `json:"runContext"`
	DetectCMP  []ruleStep      `json:"detectCmp"`
	Popup      []ruleStep      `json:"detectPopup"`
	OptIn      []ruleStep      `json:"optIn"`
	OptOut     []ruleStep      `json:"optOut"`
	Open       []ruleStep      `json:"openPopup"`
	OpenCMP    []ruleStep      `json:"openCmp"`

	// Of no meaning here: addresses of vendors, notes, what to hide meanwhile,
	// and how the platform itself can be asked what was chosen.
	Test         json.RawMessage `json:"test"`
	Vendor       string          `json:"vendorUrl"`
	Prehide      []string        `json:"prehideSelectors"`
	Intermediate bool            `json:"intermediate"`
	Comment      string          `json:"comment"`
	Minimum      int             `json:"minimumRuleStepVersion"`
	Metadata     json.RawMessage `json:"_metadata"`
}

type runContextJSON struct {
	Main  *bool  `json:"main"`
	Frame *bool  `json:"frame"`
	URL   string `json:"urlPattern"`
}

//go:embed rules/*.json
var ruleFiles embed.FS

// builtin reads the rules of this package once; a test reads them too.
var builtin = sync.OnceValues(func() (*Rules, error) {
	files, err := ruleFiles.ReadDir("rules")
	if err != nil {
		return nil, fmt.Errorf("reading the built-in consent rules: %w", err)
	}
	all := &Rules{}
	for _, f := range files {
		data, err := ruleFiles.ReadFile("rules/" + f.Name())
		if err != nil {
			return nil, fmt.Errorf("reading the built-in consent rules: %w", err)
		}
		r, err := LoadRules(f.Name(), data)
		if err != nil {
			return nil, err
		}
		all.List = append(all.List, r.List...)
		all.Problems = append(all.Problems, r.Problems...)
	}
	return all, nil
})

// Builtin are the rules of this package.
func Builtin() (*Rules, error) { return builtin() }

// LoadRules reads a rule file: one rule, a list of them, or an object whose
// key autoconsent holds the list. A rule that is not understood is left out or
// marked as broken, and is a problem of the set; a file that is no such file is
// an error. name is for messages.
func LoadRules(name string, data []byte) (*Rules, error) {
	raw, err := rawRules(data)
	if err != nil {
		return nil, fmt.Errorf("reading rule file %s: %w", name, err)
	}
	set := &Rules{}
	for k, one := range raw {
		r, problems := readRule(one)
		if r.Name == "" {
			r.Name = fmt.Sprintf("%s, rule %d", name, k+1)
			problems = append(problems, Problem{Text: "it has no name"})
		}
		for _, p := range problems {
			p.Rule = r.Name
			set.Problems = append(set.Problems, p)
		}
		set.List = append(set.List, r)
	}
	return set, nil
}

func rawRules(data []byte) ([]json.RawMessage, error) {
	var list []json.RawMessage
	if t := bytes.TrimSpace(data); len(t) > 0 && t[0] == '[' {
		return list, json.Unmarshal(data, &list)
	}
	var object map[string]json.RawMessage
	if err := json.Unmarshal(data, &object); err != nil {
		return nil, err
	}
	if inner, ok := object["autoconsent"]; ok {
		return list, json.Unmarshal(inner, &list)
	}
	if _, ok := object["name"]; !ok {
		return nil, errors.New("it holds no rules: neither a rule, nor a list, nor the key autoconsent")
	}
	return []json.RawMessage{data}, nil
}

func readRule(data []byte) (*Rule, []Problem) {
	var j ruleJSON
	var problems []Problem
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(&j); err != nil {
		problems = append(problems, Problem{Text: err.Error()})
		// Once more without strictness: what is known of it may be enough.
		j = ruleJSON{}
		if err := json.Unmarshal(data, &j); err != nil {
			return &Rule{Name: j.Name, Broken: true}, problems
		}
	}
	r := &Rule{
		Name: j.Name, Cosmetic: j.Cosmetic, main: true,
		detect: j.DetectCMP, shown: j.Popup, accept: j.OptIn, reject: j.OptOut, open: slices.Concat(j.Open, j.OpenCMP),
	}
	if c := j.RunContext; c != nil {
		if c.Main != nil {
			r.main = *c.Main
		}
		if c.Frame != nil {
			r.frame = *c.Frame
		}
		if c.URL != "" {
			var err error
			if r.url, err = regexp.Compile(c.URL); err != nil {
				problems = append(problems, Problem{Text: fmt.Sprintf("its urlPattern: %v", err)})
				r.Broken = true
			}
		}
	}
	for _, part := range []struct {
		steps  []ruleStep
		needed bool
	}{{r.detect, true}, {r.shown, true}, {r.accept, false}, {r.reject, false}, {r.open, false}} {
		found := stepProblems(part.steps)
		problems = append(problems, found...)
		r.Broken = r.Broken || part.needed && slices.ContainsFunc(found, func(p Problem) bool { return !p.Code })
	}
	if len(r.detect) == 0 || len(r.shown) == 0 {
		problems = append(problems, Problem{Text: "it lacks detectCmp or detectPopup"})
		r.Broken = true
	}
	return r, problems
}

// applies tells whether a rule is meant for a frame.
func (r *Rule) applies(s *Snapshot, frame int) bool {
	if r.Broken || frame == 0 && !r.main || frame > 0 && !r.frame {
		return false
	}
	return r.url == nil || r.url.MatchString(s.Frames[frame].URL)
}

// hides tells whether the steps do nothing but hide.
func hides(steps []ruleStep) bool {
	return !slices.ContainsFunc(steps, func(st ruleStep) bool { return st.presses() })
}

func stepProblems(steps []ruleStep) []Problem {
	var out []Problem
	for _, st := range steps {
		for _, t := range st.problems {
			out = append(out, Problem{Text: t})
		}
		if st.named() {
			out = append(out, Problem{Text: "needs the code " + st.Eval + ", which the file only names", Code: true})
		}
		for _, inner := range [][]ruleStep{st.Then, st.Else, st.Any} {
			out = append(out, stepProblems(inner)...)
		}
		if st.If != nil {
			out = append(out, stepProblems([]ruleStep{*st.If})...)
		}
	}
	return out
}

// named tells whether a step is a snippet of another program's code.
func (st *ruleStep) named() bool { return strings.HasPrefix(st.Eval, "EVAL_") }
