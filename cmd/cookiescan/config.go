package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"cookiescan/classify/yamltree"
)

// configName is the file that says how to scan, in the folder of the user.
const configName = "cookiescan.yaml"

// longestConfig is far more than flags need.
const longestConfig = 1 << 20

// startConfig is that file as init writes it.
const startConfig = `# How to scan: flags by their names. A flag on the command line wins over one in the
# environment, that over a run (--run pr), and that over what holds for all.
version: 1
flags: {}
runs:
  pr:        # on every change: fast, a sample of the pages
    phases: [none, accept, reject]
    max-pages: 25
  nightly:   # all of the site
    phases: [none, accept, reject]
    max-pages: 400
`

// addConfigFlags are for commands that heed the file.
func addConfigFlags(f *pflag.FlagSet) {
	f.String("config", "", "take flags from `FILE` (default "+configName+", if it is there)")
	f.String("run", "", "take the flags of the run `NAME` of this file, such as nightly")
}

// A setting is a flag with its values in a configuration file.
type setting struct {
	name   string
	values []string
	at     string // file:line:column
}

// config is a configuration file.
type config struct {
	flags []setting
	runs  map[string][]setting
	names []string // of the runs, in the order of the file
}

// fromConfig sets the flags that neither the command line nor the environment
// gives from the file, if the command heeds one.
func (p *program) fromConfig(c *cobra.Command) error {
	if c.Flags().Lookup("run") == nil || c.Flags().Lookup("config") == nil {
		return nil
	}
	run := c.Flags().Lookup("run").Value.String()
	cfg, name, err := readConfig(c.Flags().Lookup("config").Value.String())
	switch {
	case err != nil:
		return err
	case cfg == nil && run != "":
		return usage("cookiescan init writes a first one", "--run: there is no %s here", configName)
	case cfg == nil:
		return nil
	}
	settings := cfg.flags
	if run != "" {
		own, ok := cfg.runs[run]
		if !ok {
			return usage("", "--run: %s has no run %.60q, the runs are %s", name, run, strings.Join(cfg.names, ", "))
		}
		for _, s := range own {
			settings = slices.DeleteFunc(slices.Clone(settings), func(o setting) bool { return o.name == s.name })
			settings = append(settings, s)
		}
	}
	for _, s := range settings {
		if err := p.set(c, s); err != nil {
			return err
		}
	}
	return nil
}

func (p *program) set(c *cobra.Command, s setting) error {
	f := c.Flags().Lookup(s.name)
	switch {
	case s.name == "run" || s.name == "config" || s.name == "help":
		return usage("", "%s: %s cannot stand in the file", s.at, s.name)
	case f == nil && !isFlag(c.Root(), s.name):
		hint := c.CommandPath() + " --help lists the flags"
		if near := nearest(c, s.name); near != "" {
			hint = "did you mean " + near + "?"
		}
		return usage(hint, "%s: there is no flag %.60q", s.at, s.name)
	case f == nil, f.Changed, p.getenv(envName(s.name)) != "": // of another command, or given elsewhere
		return nil
	case len(s.values) != 1 && f.Value.Type() != "stringArray" && f.Value.Type() != "stringSlice":
		return usage("", "%s: %s takes one value, not a list", s.at, s.name)
	}
	for _, v := range s.values {
		if err := f.Value.Set(v); err != nil {
			return badValue(s.at+": "+s.name, f, v, err, "")
		}
	}
	return nil
}

// isFlag tells whether any command has a flag: a run is for scan and check, and
// not all flags of one are flags of the other.
func isFlag(c *cobra.Command, name string) bool {
	return c.Flags().Lookup(name) != nil ||
		slices.ContainsFunc(c.Commands(), func(sub *cobra.Command) bool { return isFlag(sub, name) })
}

// readConfig reads the file that is named, or the one that is there.
func readConfig(name string) (*config, string, error) {
	optional := name == ""
	if optional {
		name = configName
	}
	src, err := os.ReadFile(name)
	switch {
	case optional && errors.Is(err, fs.ErrNotExist):
		return nil, name, nil
	case err != nil:
		return nil, name, usage("", "reading %s: %s", name, reason(err))
	case len(src) > longestConfig:
		return nil, name, usage("", "%s is longer than %d MB", name, longestConfig>>20)
	}
	cfg, err := parseConfig(name, src)
	if err != nil {
		return nil, name, usage("", "%w", err)
	}
	return cfg, name, nil
}

func parseConfig(name string, src []byte) (*config, error) {
	body, err := oneDocument(name, src)
	if err != nil {
		return nil, err
	}
	cfg := &config{runs: map[string][]setting{}}
	r := configReader{name}
	top, err := r.pairs(body)
	if err != nil {
		return nil, err
	}
	version := ""
	for _, p := range top {
		switch key := p.Key.GetToken().Value; {
		case key == "version":
			version = p.Value.GetToken().Value
		case key == "flags":
			if cfg.flags, err = r.settings(p.Value); err != nil {
				return nil, err
			}
		case key == "runs":
			if err := r.runs(cfg, p.Value); err != nil {
				return nil, err
			}
		case !strings.HasPrefix(key, "x-"):
			return nil, fmt.Errorf("%s: unknown key %.60q, the keys are version, flags, runs", r.at(p.Key), key)
		}
	}
	if version != "1" {
		return nil, fmt.Errorf("%s: it must say version: 1", name)
	}
	return cfg, nil
}

// oneDocument parses a file that is one YAML document.
func oneDocument(name string, src []byte) (ast.Node, error) {
	if deepest(src) > 100 {
		return nil, fmt.Errorf("%s: there are too many brackets within brackets", name)
	}
	f, err := yamltree.Parse(src)
	if err != nil {
		var e yaml.Error
		if errors.As(err, &e) && e.GetToken() != nil && e.GetToken().Position != nil {
			at := e.GetToken().Position
			return nil, fmt.Errorf("%s:%d:%d: %s", name, at.Line, at.Column, yamltree.Reason(e))
		}
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if len(f.Docs) != 1 || f.Docs[0].Body == nil {
		return nil, fmt.Errorf("%s: it must be one YAML document", name)
	}
	return f.Docs[0].Body, nil
}

// deepest is how many brackets are open at most, by which the parser recurses.
func deepest(src []byte) int {
	open, most := 0, 0
	for _, c := range src {
		switch c {
		case '[', '{':
			open++
			most = max(most, open)
		case ']', '}':
			open = max(open-1, 0)
		}
	}
	return most
}

// parseSites reads a list of sites.
func parseSites(name string, src []byte) ([]siteItem, error) {
	body, err := oneDocument(name, src)
	if err != nil {
		return nil, err
	}
	r := configReader{name}
	list, ok := body.(*ast.SequenceNode)
	if !ok || len(list.Values) == 0 {
		return nil, fmt.Errorf("%s: it must be a list of sites", r.at(body))
	}
	var items []siteItem
	for _, n := range list.Values {
		item := siteItem{at: r.at(n)}
		if item.settings, err = r.settings(n); err != nil {
			return nil, err
		}
		if len(item.settings) > 0 {
			item.at = item.settings[0].at
		}
		items = append(items, item)
	}
	return items, nil
}

// configReader reads the tree of a file.
type configReader struct{ file string }

func (r configReader) at(n ast.Node) string {
	p := n.GetToken().Position
	return fmt.Sprintf("%s:%d:%d", r.file, p.Line, p.Column)
}

func (r configReader) pairs(n ast.Node) ([]*ast.MappingValueNode, error) {
	switch n := n.(type) {
	case *ast.MappingNode:
		return n.Values, nil
	case *ast.MappingValueNode:
		return []*ast.MappingValueNode{n}, nil
	case *ast.NullNode:
		return nil, nil
	}
	return nil, fmt.Errorf("%s: it must be a mapping of keys to values", r.at(n))
}

func (r configReader) runs(cfg *config, n ast.Node) error {
	list, err := r.pairs(n)
	if err != nil {
		return err
	}
	for _, p := range list {
		name := p.Key.GetToken().Value
		cfg.names = append(cfg.names, name)
		if cfg.runs[name], err = r.settings(p.Value); err != nil {
			return err
		}
	}
	return nil
}

func (r configReader) settings(n ast.Node) ([]setting, error) {
	list, err := r.pairs(n)
	if err != nil {
		return nil, err
	}
	var out []setting
	for _, p := range list {
		s := setting{name: p.Key.GetToken().Value, at: r.at(p.Key)}
		items := []ast.Node{p.Value}
		if sequence, ok := p.Value.(*ast.SequenceNode); ok {
			items = sequence.Values
		}
		for _, item := range items {
			switch item.(type) {
			case *ast.StringNode, *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode:
				s.values = append(s.values, item.GetToken().Value)
			default:
				return nil, fmt.Errorf("%s: %.60s must be a value or a list of values", s.at, s.name)
			}
		}
		out = append(out, s)
	}
	return out, nil
}

// writeConfig writes a first configuration, if there is none.
func (p *program) writeConfig(path string) error {
	if _, err := os.Lstat(path); err == nil {
		return nil
	}
	if err := writeFile(path, writes([]byte(startConfig))); err != nil {
		return usage("", "%w", err)
	}
	p.say("%s: runs pr and nightly", path)
	return nil
}
