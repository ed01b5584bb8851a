package control

import (
	"os"
	"slices"
	"strings"
	"testing"
)

// testNames reads testdata/names.txt: names by language and kind.
func testNames(t *testing.T) map[string]map[string][]string {
	t.Helper()
	text, err := os.ReadFile("testdata/names.txt")
	if err != nil {
		t.Fatal(err)
	}
	names := map[string]map[string][]string{}
	for line := range strings.Lines(string(text)) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		head, list, _ := strings.Cut(line, ":")
		lang, kind, _ := strings.Cut(head, " ")
		if names[lang] == nil {
			names[lang] = map[string][]string{}
		}
		for name := range strings.SplitSeq(list, "|") {
			names[lang][kind] = append(names[lang][kind], strings.TrimSpace(name))
		}
	}
	return names
}

func load(t testing.TB) *Lexicon {
	t.Helper()
	l, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestNames(t *testing.T) {
	l := load(t)
	names := testNames(t)
	for _, lang := range Languages {
		danger, safe := names[lang]["danger"], names[lang]["safe"]
		if len(danger) < 30 || len(safe) < 7 {
			t.Errorf("%s: %d dangerous names and %d safe ones", lang, len(danger), len(safe))
		}
		for _, name := range danger {
			for _, mode := range []Mode{Safe, Full} {
				for _, spelling := range []string{name, strings.ToUpper(name), strings.ToLower(name), "» " + name + " «"} {
					// What speaks for pressing does not help.
					c := Control{Name: spelling, Role: "button", Expanded: "false", Controls: "x", Class: "accordion"}
					if v := l.Decide(mode, c); v.Press || v.Reason != Dangerous || v.Word == "" {
						t.Errorf("%s: %s, %s: %+v", lang, spelling, mode, v)
					}
				}
			}
		}
		for _, name := range safe {
			if v := l.Decide(Safe, Control{Name: name, Role: "button", Tag: "DIV"}); !v.Press || v.Reason != ShowsByWord {
				t.Errorf("%s: %s: %+v", lang, name, v)
			}
		}
	}
	if len(names) != len(Languages) || !slices.IsSorted(Languages) {
		t.Errorf("names of %d languages", len(names))
	}
}

// TestHarmless guards against words that mean something else in another
// language: a stem that is too short makes half the web dangerous.
func TestHarmless(t *testing.T) {
	l := load(t)
	text, err := os.ReadFile("testdata/harmless.txt")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(text)) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		for name := range strings.SplitSeq(line, "|") {
			if v := l.Decide(Safe, Control{Name: name, Role: "button"}); v.Reason == Dangerous {
				t.Errorf("%s: %+v", strings.TrimSpace(name), v)
			}
		}
	}
}
