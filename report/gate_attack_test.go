package report

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"cookiescan/scanner"
)

// poisonedCheck is a check in which every text is an attack, also those that
// look like words of ours.
func poisonedCheck(t testing.TB, attack string) ([]*scanner.Scan, *Gate) {
	t.Helper()
	scans, g := gateCase(t)
	couldNotLook(scans[0], g)
	poisonAll(scans[0], attack)
	poisonAll(&g.Unscanned, attack)
	g.Unseen = [][]scanner.Incomplete{scans[0].Incomplete}
	return scans, g
}

type gateSchemas struct{ sarif, gitlab *jsonschema.Schema }

// checkGates holds what is true of every output of every check.
func checkGates(t *testing.T, schemas gateSchemas, scans []*scanner.Scan, g *Gate) {
	t.Helper()
	for _, f := range gateFormats() {
		if f.Name == "patch" { // checked on its own
			continue
		}
		out := renderCheck(t, f.Name, g, scans...)
		checkText(t, f.Name, out)
		switch f.Name {
		case "sarif":
			checkSARIF(t, schemas.sarif, out)
		case "junit":
			checkJUnit(t, out)
		case "gitlab":
			checkGitLab(t, schemas.gitlab, out)
		case "markdown":
			checkComment(t, out)
		case "github":
			workflowCommands(t, out)
		case "summary":
			if strings.Count(out, "\n") != 1 || !json.Valid([]byte(out)) {
				t.Errorf("summary: not one line of JSON: %q", out)
			}
		}
	}
}

func TestAttacksOnChecks(t *testing.T) {
	schemas := gateSchemas{sarifSchema(t), compileSchema(t, gitlabSchema)}
	more := []string{"%0A::error::x", "##[error]x", "a:b,c", "]]>", "&#x1b;<![CDATA[", "{0} {{", `[a](1) \[`, "</details>", "../../x", "C:\\x", "2027-01-31"}
	for _, attack := range append(attacks(), more...) {
		scans, g := poisonedCheck(t, attack)
		checkGates(t, schemas, scans, g)
		g.Declaration = attack
		checkGates(t, schemas, scans, g)
	}
}

// A patch is made of the declaration, which the site does not write, and of
// names, which it does: these must not end what they stand in.
func TestAttacksOnPatches(t *testing.T) {
	for _, attack := range attacks() {
		s := readClassified(t, "typical")
		for i := range s.Cookies {
			s.Cookies[i].Name = attack + s.Cookies[i].Name
		}
		for i := range s.Storage {
			s.Storage[i].Key = attack
		}
		out := renderCheck(t, "patch", &Gate{Text: []byte(declared)}, s)
		checkText(t, "patch", out)
		if got := applyHunks(t, declared, out); !strings.HasPrefix(got, declared) {
			t.Errorf("%q: the patch changes more than it adds:\n%s", attack, out)
		}
	}
}

func FuzzChecks(f *testing.F) {
	for _, attack := range attacks() {
		f.Add(attack)
	}
	schemas := gateSchemas{sarifSchema(f), compileSchema(f, gitlabSchema)}
	scans, g := poisonedCheck(f, "")
	s := scans[0] // less of it is as good, and quicker
	s.Findings, s.Checks.Tested, s.Checks.NotTested = s.Findings[:3], s.Checks.Tested[:1], s.Checks.NotTested[:1]
	f.Fuzz(func(t *testing.T, attack string) {
		poisonAll(s, attack)
		poisonAll(&g.Unscanned, attack)
		checkGates(t, schemas, scans, g)
	})
}

func FuzzWorkflow(f *testing.F) {
	f.Add("a:b,c%0A\r\n::error::x")
	f.Fuzz(func(t *testing.T, in string) {
		property, data := workflowProperty(in), workflowData(in)
		if strings.ContainsAny(property, "\r\n:,") || strings.ContainsAny(data, "\r\n") {
			t.Errorf("%q becomes %q and %q", in, property, data)
		}
		back := strings.NewReplacer("%3A", ":", "%2C", ",", "%0D", "\r", "%0A", "\n", "%25", "%")
		if back.Replace(property) != in || back.Replace(data) != in {
			t.Errorf("%q comes back as %q and %q", in, back.Replace(property), back.Replace(data))
		}
	})
}
