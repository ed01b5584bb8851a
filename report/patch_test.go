package report

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"cookiescan/classify/declaration/register"
)

// apply gives a patch to git and returns what the file holds then.
func apply(t *testing.T, file, text string, exists bool, patch string) string {
	t.Helper()
	dir := t.TempDir()
	path := filepath.Join(dir, file)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if exists {
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, args := range [][]string{{"init", "-q"}, {"apply", "-"}} {
		c := exec.CommandContext(t.Context(), "git", append([]string{"-c", "core.autocrlf=false"}, args...)...)
		c.Dir, c.Stdin = dir, strings.NewReader(patch)
		c.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_CONFIG_NOSYSTEM=1", "GIT_CEILING_DIRECTORIES="+filepath.Dir(dir))
		if out, err := c.CombinedOutput(); err != nil {
			t.Fatalf("git %v: %v\n%s\n%.1000s", args, err, out, patch)
		}
	}
	after, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(after)
}

func TestPatchIsTakenByGit(t *testing.T) {
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("git is not installed")
	}
	scans, _ := gateCase(t)
	vendor := func(id string) (register.Vendor, bool) {
		return register.Vendor{Name: "Vendor " + id, Country: "DE"}, true
	}
	for name, row := range map[string]struct{ file, text string }{
		"appended":       {"cookies.yaml", declared},
		"in a folder":    {"privacy/my site/cookies.yaml", declared},
		"no end of line": {"cookies.yaml", strings.TrimSuffix(declared, "\n")},
		"CRLF":           {"cookies.yaml", strings.ReplaceAll(declared, "\n", "\r\n")},
		"no entries":     {"cookies.yaml", "version: 1\nsite: shop.test\nlanguages: [en]\n"},
		"empty entries":  {"cookies.yaml", "version: 1\nsite: shop.test\nentries: []\nlanguages: [en]\n"},
		"in the middle":  {"cookies.yaml", declared + "policy: {version: 7}\n# the end\n"},
		"new file":       {"cookies.yaml", ""},
		"new folder":     {"a/b/cookies.yaml", ""},
	} {
		t.Run(name, func(t *testing.T) {
			g := &Gate{Declaration: row.file, Draft: register.DraftOptions{Vendor: vendor}}
			if row.text != "" {
				g.Text = []byte(row.text)
			}
			patch := renderCheck(t, "patch", g, scans...)
			after := apply(t, row.file, row.text, row.text != "", patch)
			file, err := register.Read(row.file, []byte(after), nil)
			if err != nil {
				t.Fatalf("%v\n%s", err, after)
			}
			for _, e := range file.Entries {
				if e.Declares() != (e.ID == "session") {
					t.Errorf("the entry %s is %s", e.ID, e.Status.State)
				}
			}
			// What was added once is not added again.
			g.Text = []byte(after)
			if again := renderCheck(t, "patch", g, scans...); again != "" {
				t.Errorf("there is still something to add:\n%.600s", again)
			}
			if row.text != "" {
				for line := range strings.Lines(patch) {
					if strings.HasPrefix(line, "-") && !strings.HasPrefix(line, "--- ") && line != "-entries: []\n" && name != "no end of line" {
						t.Errorf("a line is taken away: %q", line)
					}
				}
			}
		})
	}
}

func TestPatchOfNothing(t *testing.T) {
	scans, g := gateCase(t)
	s := *scans[0]
	s.Cookies, s.Storage, s.Trackers = nil, nil, nil
	if patch := renderCheck(t, "patch", g, &s); patch != "" {
		t.Errorf("nothing was found, and the patch is\n%s", patch)
	}
}

// What is declared keeps its lines: a patch that touched them all could not be
// reviewed.
func TestPatchOnlyAdds(t *testing.T) {
	scans, g := gateCase(t)
	all, err := register.Draft("cookies.yaml", g.Text, scans, register.DraftOptions{Vendor: func(string) (register.Vendor, bool) { return register.Vendor{}, false }})
	if err != nil {
		t.Fatal(err)
	}
	// Somebody takes one entry out again.
	text := string(all.Text)
	at := strings.Index(text, "  - id: cart\n")
	end := at + 5 + strings.Index(text[at+5:], "  - id: ")
	g.Text = []byte(text[:at] + text[end:])
	patch := renderCheck(t, "patch", g, scans...)
	if strings.Count(patch, "\n+  - id: ") != 1 || !strings.Contains(patch, "\n+  - id: cart\n") || strings.Count(patch, "\n-") != 1 {
		t.Errorf("got\n%s", patch)
	}
}

func TestPatchErrors(t *testing.T) {
	scans, g := gateCase(t)
	for want, change := range map[string]func(g *Gate){
		`writing the patch: a"b.yaml is no name that a patch can hold`: func(g *Gate) { g.Declaration = `a"b.yaml` },
		"cookies.yaml:1:1":                    func(g *Gate) { g.Text = []byte("nonsense: 1\n") },
		"is about b.test":                     func(g *Gate) { g.Text = []byte("version: 1\nsite: b.test\n") },
		"does not say which site it is about": func(g *Gate) { g.Text = []byte("version: 1\n") },
	} {
		broken := *g
		change(&broken)
		if _, err := tryCheck("patch", &broken, scans...); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %s", err, want)
		}
	}
}

func FuzzPatch(f *testing.F) {
	f.Add("a\nb\nc\n", "a\nx\nb\nc\n")
	f.Add("", "a\n")
	f.Add("a", "a\nb")
	f.Add("a\r\nb", "b\r\na\r\n")
	f.Fuzz(func(t *testing.T, before, after string) {
		patch, err := gitPatch("f", []byte(before), []byte(after))
		if before == after {
			if err == nil {
				t.Fatalf("a patch of nothing: %q", patch)
			}
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		if got := applyHunks(t, before, string(patch)); got != after {
			t.Errorf("%q to %q becomes %q by\n%s", before, after, got, patch)
		}
	})
}

// applyHunks does what git does with the hunks of one file.
func applyHunks(t *testing.T, before, patch string) string {
	t.Helper()
	_, hunks, ok := strings.Cut(patch, "\n@@ ")
	if !ok {
		t.Fatalf("no hunk in %q", patch)
	}
	old := strings.SplitAfter(before, "\n")
	var out bytes.Buffer
	at := 0
	lines := strings.SplitAfter("@@ "+hunks, "\n")
	for i, line := range lines {
		text := strings.TrimPrefix(line, line[:min(1, len(line))])
		if i+1 < len(lines) && strings.HasPrefix(lines[i+1], `\ No newline`) {
			text = strings.TrimSuffix(text, "\n")
		}
		switch {
		case strings.HasPrefix(line, "@@ "):
			var start, count int
			scanHunk(t, line, &start, &count)
			if count > 0 {
				start--
			}
			for ; at < start; at++ {
				out.WriteString(old[at])
			}
		case strings.HasPrefix(line, "+"):
			out.WriteString(text)
		case strings.HasPrefix(line, " "), strings.HasPrefix(line, "-"):
			if old[at] != text {
				t.Fatalf("line %d is %q, not %q", at+1, old[at], text)
			}
			if line[0] == ' ' {
				out.WriteString(text)
			}
			at++
		}
	}
	for ; at < len(old); at++ {
		out.WriteString(old[at])
	}
	return out.String()
}

func scanHunk(t *testing.T, line string, start, count *int) {
	t.Helper()
	var newStart, newCount int
	if _, err := fmt.Sscanf(line, "@@ -%d,%d +%d,%d @@", start, count, &newStart, &newCount); err != nil {
		t.Fatalf("%q: %v", line, err)
	}
}
