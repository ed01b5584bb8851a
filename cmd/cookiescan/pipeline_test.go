package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/rogpeppe/go-internal/testscript"
)

// The templates for pipelines, from the folder of this package.
const (
	gitHubAction   = "../../.github/actions/cookiescan/action.yml"
	gitLabTemplate = "../../.github/gitlab/cookiescan.gitlab-ci.yml"
)

// pipelineLines are the commands of both templates.
func pipelineLines() (gitHub, gitLab []string, err error) {
	var action struct {
		Runs struct {
			Steps []struct{ Name, Run string }
		}
	}
	var template struct {
		Cookiescan struct{ Script []string }
	}
	for name, into := range map[string]any{gitHubAction: &action, gitLabTemplate: &template} {
		text, err := os.ReadFile(filepath.FromSlash(name))
		if err != nil {
			return nil, nil, err
		}
		if err := yaml.Unmarshal(text, into); err != nil {
			return nil, nil, err
		}
	}
	for _, step := range action.Runs.Steps {
		if step.Name == "Check" {
			gitHub = lines(step.Run)
		}
	}
	return gitHub, template.Cookiescan.Script, nil
}

// Both templates do the same.
func TestPipelines(t *testing.T) {
	gitHub, gitLab, err := pipelineLines()
	if err != nil || len(gitHub) != 2 || !slices.Equal(gitHub, gitLab) {
		t.Errorf("%v: GitHub runs %q, GitLab %q", err, gitHub, gitLab)
	}
}

// writePipeline writes the commands of a template as a script of a shell, as
// the runners call it.
func writePipeline(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: pipeline github|gitlab FILE")
	}
	gitHub, gitLab, err := pipelineLines()
	ts.Check(err)
	list := map[string][]string{"github": gitHub, "gitlab": gitLab}[args[0]]
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), []byte("set -e\n"+strings.Join(list, "\n")+"\n"), 0o600))
}
