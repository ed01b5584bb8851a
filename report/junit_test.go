package report

import (
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"cookiescan/classify/gate"
	"cookiescan/scanner"
)

// checkJUnit holds what readers rely on: known elements with known attributes
// in known places, and counts that are true. No schema is shared by all.
func checkJUnit(t testing.TB, out string) junitSuites {
	t.Helper()
	checkJUnitElements(t, out)
	var all junitSuites
	if err := xml.Unmarshal([]byte(out), &all); err != nil {
		t.Fatalf("%v\n%.500s", err, out)
	}
	var sum junitSuites
	for i, s := range all.Suites {
		if slices.ContainsFunc(all.Suites[:i], func(o junitSuite) bool { return o.Name == s.Name }) {
			t.Errorf("two suites are called %q", s.Name)
		}
		var n junitSuite
		for _, c := range s.Cases {
			if c.Name == "" || c.Class == "" {
				t.Errorf("a case without a name: %+v", c)
			}
			n.Tests++
			n.Failures += len(c.Failures)
			n.Errors += len(c.Errors)
			if c.Skipped != nil {
				n.Skipped++
			}
		}
		if n.Tests != s.Tests || n.Failures != s.Failures || n.Errors != s.Errors || n.Skipped != s.Skipped {
			t.Errorf("the suite %q counts %d, %d, %d, %d, but has %d, %d, %d, %d", s.Name,
				s.Tests, s.Failures, s.Errors, s.Skipped, n.Tests, n.Failures, n.Errors, n.Skipped)
		}
		sum.add(s)
	}
	if sum.Tests != all.Tests || sum.Failures != all.Failures || sum.Errors != all.Errors {
		t.Errorf("the sums are %d, %d, %d", all.Tests, all.Failures, all.Errors)
	}
	return all
}

func checkJUnitElements(t testing.TB, out string) {
	t.Helper()
	attributes := map[string][]string{
		"/testsuites":                               {"name", "tests", "failures", "errors"},
		"/testsuites/testsuite":                     {"name", "tests", "failures", "errors", "skipped", "timestamp", "time"},
		"/testsuites/testsuite/properties":          {},
		"/testsuites/testsuite/properties/property": {"name", "value"},
		"/testsuites/testsuite/testcase":            {"name", "classname", "file", "time"},
		"/testsuites/testsuite/testcase/skipped":    {"message"},
		"/testsuites/testsuite/testcase/error":      {"message", "type"},
		"/testsuites/testsuite/testcase/failure":    {"message", "type"},
		"/testsuites/testsuite/testcase/system-out": {},
	}
	path := []string{""}
	d := xml.NewDecoder(strings.NewReader(out))
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		switch e := token.(type) {
		case xml.StartElement:
			path = append(path, e.Name.Local)
			known, ok := attributes[strings.Join(path, "/")]
			if !ok {
				t.Errorf("unknown element %s", strings.Join(path, "/"))
			}
			for _, a := range e.Attr {
				if !slices.Contains(known, a.Name.Local) {
					t.Errorf("unknown attribute %s of %s", a.Name.Local, e.Name.Local)
				}
			}
		case xml.EndElement:
			path = path[:len(path)-1]
		}
	}
}

func TestJUnit(t *testing.T) {
	scans, g := gateCase(t)
	suite := checkJUnit(t, renderCheck(t, "junit", g, scans...)).Suites[0]
	tested, untested := len(scans[0].Checks.Tested), len(scans[0].Checks.NotTested)
	// A check that found something has a case for each finding instead of its own.
	found := map[string]bool{}
	for _, f := range scans[0].Findings {
		if slices.Contains(scans[0].Checks.Tested, f.ID) {
			found[f.ID] = true
		}
	}
	if want := 6 + tested - len(found) + untested; suite.Tests != want || suite.Failures != 2 || suite.Errors != 0 || suite.Skipped != 2+untested {
		t.Errorf("%d tests instead of %d, %d failures, %d errors, %d skipped", suite.Tests, want, suite.Failures, suite.Errors, suite.Skipped)
	}
	again := *scans[0]
	if all := checkJUnit(t, renderCheck(t, "junit", g, scans[0], &again)); len(all.Suites) != 2 {
		t.Errorf("%d suites of two scans of one site", len(all.Suites))
	}
	scans[0].Findings[0].Class = scanner.ClassUnable
	g.Statuses[0][0] = gate.AtGate
	couldNotLook(scans[0], g)
	all := checkJUnit(t, renderCheck(t, "junit", g, scans...))
	if all.Errors != 3 || all.Failures != 2 || len(all.Suites) != 2 {
		t.Errorf("what could not be seen is an error: %d errors, %d failures, %d suites", all.Errors, all.Failures, len(all.Suites))
	}
}
