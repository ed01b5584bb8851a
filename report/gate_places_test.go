package report

import (
	"testing"

	"cookiescan/scanner"
)

func TestRepositoryFile(t *testing.T) {
	for in, want := range map[string]string{
		"": "cookies.yaml", "cookies.yaml": "cookies.yaml", "./a/../b/c.yaml": "b/c.yaml", "/home/me/c.yaml": "c.yaml", "../c.yaml": "c.yaml",
		"..": "cookies.yaml", "/": "cookies.yaml", ".": "cookies.yaml", "a//b.yaml": "a/b.yaml",
	} {
		if got := repositoryFile(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
	for in, want := range map[string]string{"cookies.yaml": "cookies.yaml", "my file.yaml": "my%20file.yaml", "a:b.yaml": "./a:b.yaml", "ä/%.yaml": "%C3%A4/%25.yaml"} {
		if got := fileURI(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

func TestPlaces(t *testing.T) {
	for name, row := range map[string]struct {
		at   *scanner.Declared
		want place
	}{
		"nothing":  {nil, place{"c.yaml", 3, 0}},
		"page":     {&scanner.Declared{Source: "https://a.test/x", Line: 7}, place{"c.yaml", 3, 0}},
		"no line":  {&scanner.Declared{Source: "policy.md"}, place{"policy.md", 1, 0}},
		"entry":    {&scanner.Declared{Source: "vendors/common.yaml", Line: 7, Column: 5}, place{"vendors/common.yaml", 7, 5}},
		"hostile":  {&scanner.Declared{Source: "a\n::error::x", Line: 7}, place{"c.yaml", 3, 0}},
		"negative": {&scanner.Declared{Source: "c.yaml", Line: -7, Column: -1}, place{"c.yaml", 1, 0}},
	} {
		g := &Gate{Declaration: "c.yaml", Text: []byte("version: 1\n# entries:\nentries:\n")}
		got := g.judged([]*scanner.Scan{{Findings: []scanner.Finding{{Declared: row.at}}}})[0].at
		if got != row.want {
			t.Errorf("%s: got %+v, want %+v", name, got, row.want)
		}
	}
}

// What fails comes first, of that what weighs most.
func TestOrderOfFindings(t *testing.T) {
	scans, g := gateCase(t)
	var got string
	for _, row := range g.judged(scans) {
		got += row.ID + " " + string(row.status) + "\n"
	}
	if want := "U001 at-gate\nU004 at-gate\nB001 known\nU020 below\nS001 below\nU004 waived\n"; got != want {
		t.Errorf("got %s", got)
	}
}
