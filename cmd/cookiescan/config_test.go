package main

import (
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/spf13/cobra"
)

// scanFlags are flags of scan as they are with a configuration, an environment
// and a command line.
func scanFlags(t *testing.T, configuration string, env map[string]string, args ...string) (map[string]string, error) {
	t.Helper()
	t.Chdir(t.TempDir())
	if configuration != "" {
		if err := os.WriteFile(configName, []byte(configuration), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	p, _ := testProgram()
	p.getenv = func(name string) string { return env[name] }
	root := p.newRoot()
	got := map[string]string{}
	for _, c := range root.Commands() {
		if c.Name() == "scan" {
			c.RunE = func(c *cobra.Command, _ []string) error {
				for _, name := range []string{"max-pages", "phases", "exclude", "settle", "verbose"} {
					got[name] = c.Flag(name).Value.String()
				}
				return nil
			}
		}
	}
	root.SetArgs(append([]string{"scan", "www.example.com"}, args...))
	return got, root.Execute()
}

const configured = `version: 1
flags: {max-pages: 7, exclude: [/a, /b], settle: 9s}
runs:
  pr:
    max-pages: 3
    phases: [none, accept]
    verbose: true
x-owner: us
`

func TestConfig(t *testing.T) {
	tests := []struct {
		name, config string
		env          map[string]string
		args         []string
		want         map[string]string
	}{
		{"no file", "", nil, nil, map[string]string{"max-pages": "400", "phases": "[none,accept,reject]", "exclude": "[]", "settle": "45s", "verbose": "false"}},
		{"what holds for all", configured, nil, nil, map[string]string{"max-pages": "7", "phases": "[none,accept,reject]", "exclude": "[/a,/b]", "settle": "9s", "verbose": "false"}},
		{"a run", configured, nil, []string{"--run", "pr"}, map[string]string{"max-pages": "3", "phases": "[none,accept]", "exclude": "[/a,/b]", "settle": "9s", "verbose": "true"}},
		{
			"environment and command line win", configured,
			map[string]string{"COOKIESCAN_RUN": "pr", "COOKIESCAN_EXCLUDE": "/c", "COOKIESCAN_MAX_PAGES": "5"},
			[]string{"--phases", "gpc", "--max-pages", "6"},
			map[string]string{"max-pages": "6", "phases": "[gpc]", "exclude": "[/c]", "settle": "9s", "verbose": "true"},
		},
		{"with a byte order mark", "\ufeff" + configured, nil, nil, map[string]string{"max-pages": "7", "phases": "[none,accept,reject]", "exclude": "[/a,/b]", "settle": "9s", "verbose": "false"}},
		{"as init writes it", startConfig, nil, []string{"--run", "nightly"}, map[string]string{"max-pages": "400", "phases": "[none,accept,reject]", "exclude": "[]", "settle": "45s", "verbose": "false"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := scanFlags(t, test.config, test.env, test.args...)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestConfigFaults(t *testing.T) {
	tests := []struct {
		config, want, hint string
		args               []string
	}{
		{"version: 1\nflags:\n  max-page: 3\n", `cookiescan.yaml:3:3: there is no flag "max-page"`, "did you mean max-pages?", nil},
		{"version: 1\nflags: {max-pages: many}\n", `cookiescan.yaml:2:9: max-pages: "many" is not a whole number`, "", nil},
		{"version: 1\nflags: {max-pages: [1, 2]}\n", `cookiescan.yaml:2:9: max-pages takes one value, not a list`, "", nil},
		{"version: 1\nflags: {max-pages: {a: 1}}\n", `cookiescan.yaml:2:9: max-pages must be a value or a list of values`, "", nil},
		{"version: 1\nflags: {run: pr}\n", `cookiescan.yaml:2:9: run cannot stand in the file`, "", nil},
		{"version: 1\nflags: {zzzzzz: 1}\n", `cookiescan.yaml:2:9: there is no flag "zzzzzz"`, "cookiescan scan --help lists the flags", nil},
		{"version: 1\nrun: {}\n", `cookiescan.yaml:2:1: unknown key "run", the keys are version, flags, runs`, "", nil},
		{"version: 1\nruns: [a]\n", `cookiescan.yaml:2:7: it must be a mapping`, "", nil},
		{"flags: {}\n", `cookiescan.yaml: it must say version: 1`, "", nil},
		{"flags: {\n", `cookiescan.yaml:`, "", nil},
		{"version: 1\nflags:\n\tmax-pages: 3\n", `cookiescan.yaml:3:1: a tab cannot stand here; indent with spaces`, "", nil},
		{configured, `--run: cookiescan.yaml has no run "night", the runs are pr`, "", []string{"--run", "night"}},
		{"", `--run: there is no cookiescan.yaml here`, "cookiescan init writes a first one", []string{"--run", "pr"}},
		{"", `reading other.yaml: no such file`, "", []string{"--config", "other.yaml"}},
	}
	for _, test := range tests {
		_, err := scanFlags(t, test.config, nil, test.args...)
		code, hint := codeOf(err)
		if err == nil || code != exitUsage || !strings.HasPrefix(err.Error(), test.want) || test.hint != "" && hint != test.hint {
			t.Errorf("%q: %v (%d, %q), want %s", test.config, err, code, hint, test.want)
		}
	}
}

func FuzzConfig(f *testing.F) {
	f.Add([]byte(configured))
	f.Add([]byte(startConfig))
	f.Fuzz(func(t *testing.T, src []byte) {
		if cfg, err := parseConfig("c.yaml", src); err == nil && len(cfg.names) < len(cfg.runs) {
			t.Error("a run without a name")
		}
	})
}
