package report

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"cookiescan/classify/gate"
	"cookiescan/scanner"
)

type command struct{ name, properties, text string }

// workflowCommands reads lines as the runner does, which takes a command at the
// start of any line.
func workflowCommands(t testing.TB, out string) []command {
	t.Helper()
	form := regexp.MustCompile(`^::([a-z]+) ([^\n]*?)::(.*)$`)
	var list []command
	for line := range strings.Lines(out) {
		line = strings.TrimSuffix(line, "\n")
		m := form.FindStringSubmatch(line)
		if m == nil {
			if !regexp.MustCompile(`^[A-Za-z0-9 ,.:;()-]+$`).MatchString(line) || strings.HasPrefix(line, "::") {
				t.Errorf("a line of others: %q", line)
			}
			continue
		}
		for property := range strings.SplitSeq(m[2], ",") {
			if !regexp.MustCompile(`^(file|line|col|title)=[^:]*$`).MatchString(property) {
				t.Errorf("the property %q", property)
			}
		}
		if strings.ContainsAny(m[3], "\r\n") {
			t.Errorf("the message %q", m[3])
		}
		list = append(list, command{m[1], m[2], m[3]})
	}
	return list
}

func TestWorkflowEscapes(t *testing.T) {
	for in, want := range map[string][2]string{
		"plain":         {"plain", "plain"},
		"50%\r\na:b,c":  {"50%25%0D%0Aa:b,c", "50%25%0D%0Aa%3Ab%2Cc"},
		"%0A::error::x": {"%250A::error::x", "%250A%3A%3Aerror%3A%3Ax"},
	} {
		if got := [2]string{workflowData(in), workflowProperty(in)}; got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

func TestGitHub(t *testing.T) {
	scans, g := gateCase(t)
	g.Declaration = "a,b:c/50%.yaml"
	list := workflowCommands(t, renderCheck(t, "github", g, scans...))
	if want := "file=a%2Cb%3Ac/50%25.yaml,line=4,title=U001 _pk_id.*"; list[0].name != "error" || list[0].properties != want {
		t.Errorf("got %+v, want %s", list[0], want)
	}
	if len(list) != 4 {
		t.Errorf("%d annotations: what is known or waived has none", len(list))
	}
}

// GitHub shows ten of each kind: what fails is among them.
func TestGitHubLimits(t *testing.T) {
	s := readScan(t, "small")
	s.Complete, s.Incomplete = true, nil
	g := &Gate{Statuses: [][]gate.Status{nil}}
	for i := range 40 {
		f := scanner.Finding{ID: "U001", Subject: fmt.Sprint("c", i), Severity: scanner.SeverityError, Message: "x"}
		status := gate.Below
		if i >= 35 {
			status = gate.AtGate
		}
		if i < 12 {
			f.Severity = scanner.SeverityNote
		}
		s.Findings, g.Statuses[0] = append(s.Findings, f), append(g.Statuses[0], status)
	}
	out := renderCheck(t, "github", g, s)
	count := map[string]int{}
	for i, c := range workflowCommands(t, out) {
		count[c.name]++
		if want := fmt.Sprint("title=U001 c", 35+i); i < 5 && !strings.HasSuffix(c.properties, want) {
			t.Errorf("annotation %d has %s", i, c.properties)
		}
	}
	if count["error"] != mostAnnotations || count["notice"] != mostAnnotations {
		t.Errorf("%v annotations", count)
	}
	if want := " More than annotations can show: 18 errors, 2 notices.\nWhat this scan could see: "; !strings.Contains(out, want) {
		t.Errorf("the end is %q", out[max(0, len(out)-400):])
	}
}
