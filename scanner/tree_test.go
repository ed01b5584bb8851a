package scanner_test

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// parts are of what foreign matches: most files have none, and looking for them
// takes a hundredth of the time.
var parts = []string{"wo" + "rk/", "sha" + "red/", "." + "md", "golang" + ".org", "npmjs" + ".org"}

// foreign matches what is true on the machine of whoever wrote a file and on no
// other: paths, notes that are not published, a mirror's address. Each is in two
// halves so that this file does not match.
var foreign = regexp.MustCompile(strings.Join([]string{
	`(?m)(^|[^\w.-])/wo` + `rk/`,
	`\.\./sha` + `red/`,
	`\b(DESIGN|STYLE|WALKTHROUGH|cdp)\.` + `md\b`,
	`\bproxy\.` + `golang\.org\b`,
	`\bregistry\.` + `npmjs\.org\b`,
}, "|"))

func TestNothingForeign(t *testing.T) {
	seen := false
	for _, name := range treeFiles(t) {
		text, err := os.ReadFile(filepath.Join("..", name))
		if errors.Is(err, fs.ErrNotExist) {
			continue // removed, but not yet from the index
		}
		if err != nil {
			t.Fatal(err)
		}
		seen = seen || filepath.ToSlash(name) == "scanner/tree_test.go"
		if !slices.ContainsFunc(parts, func(p string) bool { return bytes.Contains(text, []byte(p)) }) {
			continue
		}
		if found := foreign.Find(text); found != nil {
			t.Errorf("%s has %q", name, found)
		}
	}
	if !seen {
		t.Error("this file is not among those looked at")
	}
}

func TestForeignMatches(t *testing.T) {
	for text, want := range map[string]bool{
		"see /wo" + "rk/main/x":                 true,
		"/wo" + "rk/x":                          true,
		"as in ../sha" + "red/a":                true,
		"section 2 of STYLE." + "md":            true,
		"https://shop.test/wo" + "rk/":          false,
		"out/wo" + "rk/x":                       false,
		"GOPROXY=https://proxy." + "golang.org": true,
	} {
		if got := foreign.MatchString(text); got != want {
			t.Errorf("%q: matches %t, want %t", text, got, want)
		}
	}
}

// treeFiles lists the project's files: those that git knows or would add, or,
// in a copy without git, all but what a build leaves.
func treeFiles(t *testing.T) []string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
	cmd.Dir = ".."
	if out, err := cmd.Output(); err == nil {
		return strings.Split(strings.TrimRight(string(out), "\x00"), "\x00")
	}
	var files []string
	root := os.DirFS("..")
	err := fs.WalkDir(root, ".", func(name string, d fs.DirEntry, err error) error {
		built := []string{".git", "bin", "chrome", "chrome-headless-shell", "node_modules"}
		switch {
		case err != nil:
			return err
		case d.IsDir() && slices.Contains(built, name):
			return fs.SkipDir
		case d.Type().IsRegular():
			files = append(files, name)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}
