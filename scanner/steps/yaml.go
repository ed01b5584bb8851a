package steps

import (
	"bytes"
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"cookiescan/scanner/consent"
)

// fields are those that a step of each kind may have.
var fields = map[Kind][]string{
	Fill:   {"selector", "role", "name", "env", "value"},
	Press:  {"selector", "role", "name"},
	Select: {"selector", "role", "name", "env", "value"},
	Check:  {"selector", "role", "name", "on"},
	Wait:   {"selector", "role", "name", "text", "url"},
	Expect: {"selector", "role", "name", "text", "url"},
}

// kinds are those of the YAML form, for messages.
const kinds = "open, fill, press, select, check, wait, expect"

// yamlReader reads the tree of a file.
type yamlReader struct {
	file string
	src  []byte
}

func readYAML(file string, src []byte) (*Script, error) {
	r := yamlReader{file, src}
	if nested(src) {
		return nil, fmt.Errorf("%s: it is nested too deep", file)
	}
	f, err := parser.ParseBytes(src, 0)
	if err != nil {
		var e yaml.Error
		if errors.As(err, &e) && e.GetToken() != nil && e.GetToken().Position != nil {
			p := e.GetToken().Position
			return nil, r.failAt(p.Line, p.Column, "%s", e.GetMessage())
		}
		return nil, fmt.Errorf("%s: it is no YAML", file)
	}
	if len(f.Docs) != 1 || f.Docs[0].Body == nil {
		return nil, fmt.Errorf("%s: it must be one YAML document with the key steps", file)
	}
	top, err := r.pairs(f.Docs[0].Body)
	if err != nil {
		return nil, err
	}
	s := &Script{File: file}
	for _, p := range top {
		switch key := keyOf(p); key {
		case "steps":
			err = r.steps(s, p.Value)
		case "hosts":
			err = r.hosts(s, p.Value)
		default:
			err = r.fail(p.Key, "unknown field %.40q, the fields are steps and hosts", key)
		}
		if err != nil {
			return nil, err
		}
	}
	return s, nil
}

// nested tells whether a text goes deeper than any file of steps: the parser
// goes down into itself for each level.
func nested(src []byte) bool {
	const most = 200
	if bytes.Count(src, []byte("["))+bytes.Count(src, []byte("{")) > 20*maxSteps {
		return true
	}
	for line := range bytes.Lines(src) {
		if len(line)-len(bytes.TrimLeft(line, " \t-?:")) > most || bytes.Count(line, []byte("["))+bytes.Count(line, []byte("{")) > most {
			return true
		}
	}
	return false
}

// fail is an error at a node.
func (r yamlReader) fail(n ast.Node, format string, args ...any) error {
	if t := n.GetToken(); t != nil && t.Position != nil {
		return r.failAt(t.Position.Line, t.Position.Column, format, args...)
	}
	return fmt.Errorf("%s: "+format, append([]any{r.file}, args...)...)
}

// failAt is an error at a place, with the line and a caret below it. Of what
// follows a value's key nothing is shown.
func (r yamlReader) failAt(line, column int, format string, args ...any) error {
	return fmt.Errorf("%s:%d:%d: %s%s", r.file, line, column, fmt.Sprintf(format, args...), caret(r.src, line, column))
}

// What is not shown of a line: values, in either form, and who is named in an
// address.
var (
	literal = regexp.MustCompile(`(["']?value["']?\s*:\s*).*`)
	user    = regexp.MustCompile(`//[^/\s]*@`)
)

// longestLine bounds what is shown of a line.
const longestLine = 120

func caret(src []byte, line, column int) string {
	lines := bytes.Split(src, []byte("\n"))
	if line < 1 || line > len(lines) || column < 1 {
		return ""
	}
	shown := literal.ReplaceAllString(strings.TrimRight(string(lines[line-1]), "\r"), "${1}...")
	text := []rune(user.ReplaceAllString(shown, "//...@"))
	if column > len(text)+1 || column > longestLine {
		return ""
	}
	for i, c := range text {
		if c < ' ' || c == 0x7f {
			text[i] = ' '
		}
	}
	return "\n  " + string(text[:min(len(text), longestLine)]) + "\n  " + strings.Repeat(" ", column-1) + "^"
}

func (r yamlReader) pairs(n ast.Node) ([]*ast.MappingValueNode, error) {
	switch n := n.(type) {
	case *ast.MappingNode:
		return n.Values, nil
	case *ast.MappingValueNode:
		return []*ast.MappingValueNode{n}, nil
	}
	return nil, r.fail(n, "fields are needed here, such as selector: \"#user\"")
}

func keyOf(p *ast.MappingValueNode) string {
	if t := p.Key.GetToken(); t != nil {
		return t.Value
	}
	return ""
}

// text is a scalar as it is written: a password may look like a number.
func (r yamlReader) text(p *ast.MappingValueNode) (string, error) {
	switch n := p.Value.(type) {
	case *ast.StringNode:
		return n.Value, nil
	case *ast.LiteralNode:
		if n.Value != nil {
			return n.Value.Value, nil
		}
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode:
		return n.GetToken().Value, nil
	}
	return "", r.fail(p.Key, "%.40s needs a text", keyOf(p))
}

func (r yamlReader) hosts(s *Script, n ast.Node) error {
	list, ok := n.(*ast.SequenceNode)
	if !ok {
		return r.fail(n, "hosts must be a list of host names")
	}
	for _, v := range list.Values {
		name, ok := v.(*ast.StringNode)
		if !ok || strings.ContainsAny(name.Value, "/: @") || siteOf("https://"+name.Value) == "" {
			return r.fail(v, "this is no host name, such as login.example.com")
		}
		s.allow("https://" + name.Value)
	}
	return nil
}

func (r yamlReader) steps(s *Script, n ast.Node) error {
	list, ok := n.(*ast.SequenceNode)
	if !ok {
		return r.fail(n, "steps must be a list")
	}
	for i, v := range list.Values {
		pairs, err := r.pairs(v)
		if err != nil {
			return err
		}
		if len(pairs) != 1 {
			return r.fail(v, "a step is one of %s", kinds)
		}
		st := Step{Number: i + 1, Kind: Kind(keyOf(pairs[0]))}
		if t := pairs[0].Key.GetToken(); t != nil && t.Position != nil {
			st.Line = t.Position.Line
		}
		if err := r.step(&st, pairs[0]); err != nil {
			return err
		}
		s.Steps = append(s.Steps, st)
	}
	return nil
}

func (r yamlReader) step(st *Step, p *ast.MappingValueNode) error {
	if st.Kind == Open {
		address, err := r.text(p)
		if err != nil {
			return err
		}
		if st.URL = address; !isAddress(address) {
			return r.fail(p.Value, "this is no address, such as https://www.example.com/login")
		}
		return nil
	}
	allowed, ok := fields[st.Kind]
	if !ok {
		return r.fail(p.Key, "there is no step %.40q, the steps are %s", st.Kind, kinds)
	}
	pairs, err := r.pairs(p.Value)
	if err != nil {
		return err
	}
	given := map[string]string{}
	for _, f := range pairs {
		key := keyOf(f)
		if !slices.Contains(allowed, key) {
			return r.fail(f.Key, "unknown field %.40q, %s takes %s", key, st.Kind, strings.Join(allowed, ", "))
		}
		if _, twice := given[key]; twice {
			return r.fail(f.Key, "%s is given twice", key)
		}
		if given[key], err = r.text(f); err != nil {
			return err
		}
	}
	if why := st.take(given); why != "" {
		return r.fail(p.Key, "%s", why)
	}
	return nil
}

// take fills a step from its fields. What is wrong with them comes back.
func (st *Step) take(given map[string]string) string {
	if why := st.aim(given); why != "" {
		return why
	}
	env, fromEnv := given["env"]
	value, literal := given["value"]
	switch {
	case st.Kind != Fill && st.Kind != Select:
	case fromEnv == literal:
		return fmt.Sprintf("%s needs one of env and value", st.Kind)
	case fromEnv && env == "":
		return "env needs the name of a variable"
	}
	st.Env, st.Value = env, value
	if on, ok := given["on"]; ok {
		if on != "true" && on != "false" {
			return "on is true or false"
		}
		st.Off = on == "false"
	}
	return ""
}

// aim takes what a step is about: one element, text or address.
func (st *Step) aim(given map[string]string) string {
	var what []string
	for _, f := range [...]string{"selector", "name", "text", "url"} {
		if v, ok := given[f]; ok {
			if strings.TrimSpace(v) == "" {
				return f + " is empty"
			}
			what = append(what, f)
		}
	}
	role, hasRole := given["role"]
	switch {
	case len(what) != 1, hasRole && what[0] != "name":
		if st.Kind == Wait || st.Kind == Expect {
			return fmt.Sprintf("%s needs one of selector, role and name, text, url", st.Kind)
		}
		return fmt.Sprintf("%s needs a selector, or a role and a name", st.Kind)
	case what[0] == "url":
		st.URL, st.Target = given["url"], given["url"]
	case what[0] == "name":
		st.Ways, st.Target = []consent.Way{consent.WayByRole(role, given["name"])}, strings.TrimSpace(fmt.Sprintf("%s %q", role, given["name"]))
	default:
		text := given[what[0]]
		st.Target = fmt.Sprintf("%q", text)
		if what[0] == "text" {
			st.Target, text = "text "+st.Target, "text/"+text
		}
		w, err := consent.ParseWay(text)
		if err != nil {
			return err.Error()
		}
		st.Ways = []consent.Way{w}
	}
	return ""
}

// isAddress tells whether a text is the address of a page.
func isAddress(text string) bool {
	u, err := url.Parse(text)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Hostname() != "" && u.User == nil
}
