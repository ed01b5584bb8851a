package report

import (
	"encoding/json"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"cookiescan/classify/checks"
	"cookiescan/scanner"
)

// compileSchema reads a schema that is JSON.
func compileSchema(t testing.TB, text string) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource("file:///schema.json", doc); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile("file:///schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

func sarifSchema(t testing.TB) *jsonschema.Schema {
	t.Helper()
	text, err := os.ReadFile("../testdata/schemas/sarif-2.1.0.json")
	if err != nil {
		t.Fatal(err)
	}
	// References within it are relative to what it calls itself.
	return compileSchema(t, regexp.MustCompile(`(?m)^    "id": .*\n`).ReplaceAllString(string(text), ""))
}

func checkSchema(t testing.TB, schema *jsonschema.Schema, out string) {
	t.Helper()
	value, err := jsonschema.UnmarshalJSON(strings.NewReader(out))
	if err == nil {
		err = schema.Validate(value)
	}
	if err != nil {
		t.Errorf("%v\n%.500s", err, out)
	}
}

// checkSARIF holds what the schema cannot say: what GitHub refuses, and that
// what a result names is there.
func checkSARIF(t testing.TB, schema *jsonschema.Schema, out string) sarifRun {
	t.Helper()
	checkSchema(t, schema, out)
	var log sarifLog
	if err := json.Unmarshal([]byte(out), &log); err != nil || len(log.Runs) != 1 {
		t.Fatalf("%d runs, %v", len(log.Runs), err)
	}
	run := log.Runs[0]
	for i, rule := range run.Tool.Driver.Rules {
		if slices.ContainsFunc(run.Tool.Driver.Rules[:i], func(r sarifRule) bool { return r.ID == rule.ID }) {
			t.Errorf("two rules %q", rule.ID)
		}
		if slices.Contains(rule.Properties.Tags, "security") {
			t.Errorf("rule %q claims to be about security", rule.ID)
		}
	}
	if strings.Contains(out, "security-severity") {
		t.Error("a severity of security is given")
	}
	for _, r := range run.Results {
		if r.Index >= len(run.Tool.Driver.Rules) || run.Tool.Driver.Rules[r.Index].ID != r.Rule {
			t.Errorf("result of rule %q at %d", r.Rule, r.Index)
		}
		uri := r.Locations[0].Physical.Artifact.URI
		u, err := url.Parse(uri)
		if err != nil || u.IsAbs() || u.Host != "" || strings.HasPrefix(uri, "/") || uri == "" || strings.ContainsAny(uri, " \n") {
			t.Errorf("the location %q is none in a repository: %v", uri, err)
		}
		for _, print := range r.Fingerprints {
			if print == "" || print == ":1" {
				t.Errorf("a result of %q has no fingerprint", r.Rule)
			}
		}
	}
	return run
}

func TestSARIF(t *testing.T) {
	schema := sarifSchema(t)
	scans, g := gateCase(t)
	run := checkSARIF(t, schema, renderCheck(t, "sarif", g, scans...))
	if len(run.Results) != 6 || !run.Invocations[0].Successful || run.Invocations[0].ExitCode != 1 {
		t.Errorf("%d results, %+v", len(run.Results), run.Invocations)
	}
	if r := run.Results[5]; len(r.Suppressions) != 1 || !strings.Contains(r.Suppressions[0].Justification, "2027-01-31") {
		t.Errorf("the waived result is last: %+v", r)
	}
	g.Baseline = nil
	if out := renderCheck(t, "sarif", g, scans...); strings.Contains(out, "baselineState") {
		t.Error("without a baseline nothing is new")
	}

	couldNotLook(scans[0], g)
	run = checkSARIF(t, schema, renderCheck(t, "sarif", g, scans...))
	if n := run.Invocations[0].Notifications; run.Invocations[0].Successful || n[0].Level != "error" || n[0].Descriptor.ID != "start-failed" || n[1].Descriptor.ID != "not-scanned" {
		t.Errorf("what could not be seen is no part of %+v", n[:2])
	}
	checkSARIF(t, schema, renderCheck(t, "sarif", nil, scans...))
	checkSARIF(t, schema, renderCheck(t, "sarif", g))
}

// Two documents, as of two logins, are one run: GitHub refuses two of a category.
func TestSARIFOfSeveralScans(t *testing.T) {
	schema := sarifSchema(t)
	scans, g := gateCase(t)
	again, _ := gateCase(t)
	g.Statuses = append(g.Statuses, g.Statuses[0])
	two := append(scans, again...)
	if run := checkSARIF(t, schema, renderCheck(t, "sarif", g, two...)); run.Automation.ID != "cookiescan/shop.test/de/" || len(run.Results) != 12 {
		t.Errorf("%q has %d results", run.Automation.ID, len(run.Results))
	}
	again[0].Target.Site, again[0].Checks.Profile = "b.test", "fr"
	if run := checkSARIF(t, schema, renderCheck(t, "sarif", g, two...)); run.Automation.ID != "cookiescan/" {
		t.Errorf("the category of two sites is %q", run.Automation.ID)
	}
}

func TestSARIFLeavesOutWhatGitHubRefuses(t *testing.T) {
	scans, g := gateCase(t)
	f := scans[0].Findings[0]
	f.Evidence = nil
	scans[0].Findings = slices.Repeat([]scanner.Finding{f}, mostResults+7)
	run, err := sarifRunOf(scans, g)
	if err != nil {
		t.Fatal(err)
	}
	last := run.Invocations[0].Notifications[0]
	if len(run.Results) != mostResults || !strings.HasPrefix(last.Message.Text, "7 more findings") {
		t.Errorf("%d results, %+v", len(run.Results), last)
	}
}

// Every check that there is makes a rule.
func TestSARIFRules(t *testing.T) {
	schema := sarifSchema(t)
	s := readScan(t, "small")
	for _, c := range checks.All() {
		s.Findings = append(s.Findings, scanner.Finding{ID: c.ID, Class: c.Class, Severity: scanner.SeverityNote, Message: "x"})
	}
	run := checkSARIF(t, schema, renderCheck(t, "sarif", &Gate{}, s))
	if len(run.Tool.Driver.Rules) != len(checks.All()) {
		t.Errorf("%d rules for %d checks", len(run.Tool.Driver.Rules), len(checks.All()))
	}
	for _, r := range run.Tool.Driver.Rules {
		if r.Name == "" || !strings.Contains(r.Help.Markdown, "**What to do**") || !strings.Contains(r.Help.Text, "What to do: ") {
			t.Errorf("the rule %s has no page: %+v", r.ID, r)
		}
	}
}

func TestSARIFMessage(t *testing.T) {
	for in, want := range map[string]string{
		"plain": "plain", "[x](1)": `\[x\](1)`, `\[x](1)`: `\\\[x\](1)`, "{0}": "{{0}}", `\x1b`: `\\x1b`,
	} {
		if got := sarifMessage(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}
