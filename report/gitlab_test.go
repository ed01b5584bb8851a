package report

import (
	"encoding/json"
	"slices"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// gitlabSchema is what GitLab says of a code quality report. It publishes no
// schema: this is written by hand from its documentation (Code Quality report
// format).
const gitlabSchema = `{
  "type": "array",
  "items": {
    "type": "object",
    "required": ["description", "check_name", "fingerprint", "severity", "location"],
    "additionalProperties": false,
    "properties": {
      "description": {"type": "string", "minLength": 1},
      "check_name": {"type": "string", "minLength": 1},
      "fingerprint": {"type": "string", "minLength": 1},
      "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
      "location": {
        "type": "object",
        "required": ["path", "lines"],
        "additionalProperties": false,
        "properties": {
          "path": {"type": "string", "pattern": "^[^/]"},
          "lines": {"type": "object", "required": ["begin"], "properties": {"begin": {"type": "integer", "minimum": 1}}}
        }
      }
    }
  }
}`

func checkGitLab(t testing.TB, schema *jsonschema.Schema, out string) []gitlabIssue {
	t.Helper()
	checkSchema(t, schema, out)
	var list []gitlabIssue
	if err := json.Unmarshal([]byte(out), &list); err != nil {
		t.Fatal(err)
	}
	for i, issue := range list {
		if slices.ContainsFunc(list[:i], func(other gitlabIssue) bool { return other.Fingerprint == issue.Fingerprint }) {
			t.Errorf("two entries have the fingerprint %s", issue.Fingerprint)
		}
	}
	return list
}

func TestGitLab(t *testing.T) {
	schema := compileSchema(t, gitlabSchema)
	scans, g := gateCase(t)
	if n := len(checkGitLab(t, schema, renderCheck(t, "gitlab", g, scans...))); n != 5 {
		t.Errorf("%d entries: all but what is waived", n)
	}
	again, _ := gateCase(t)
	g.Statuses = append(g.Statuses, g.Statuses[0])
	if n := len(checkGitLab(t, schema, renderCheck(t, "gitlab", g, append(scans, again...)...))); n != 5 {
		t.Errorf("%d entries of two scans with the same findings", n)
	}
	couldNotLook(scans[0], g)
	list := checkGitLab(t, schema, renderCheck(t, "gitlab", g, scans...))
	if len(list) != 7 || list[0].Severity != "blocker" || list[0].Check != "start-failed" {
		t.Errorf("what could not be seen does not stand out: %d entries, %+v", len(list), list[0])
	}
	for i := range scans[0].Findings {
		scans[0].Findings[i].Fingerprint = ""
	}
	if n := len(checkGitLab(t, schema, renderCheck(t, "gitlab", g, scans...))); n != 7 {
		t.Errorf("%d entries of findings without fingerprints", n)
	}
}
