package main

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"cookiescan/scanner/evidence"
)

// TestTwoScansIntoOneFolder: the second one is refused before it does anything,
// as long as the first one is not done.
func TestTwoScansIntoOneFolder(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("folders are not locked there")
	}
	first := outputOptions{dir: t.TempDir()}
	release, err := first.hold()
	if err != nil {
		t.Fatal(err)
	}
	scan := func(args ...string) (int, string) {
		p, out := testProgram()
		root := p.newRoot()
		root.SetArgs(append(args, "--browser", "/nonexistent/chromium", "-o", first.dir))
		return p.finish(root.ExecuteContext(t.Context())), out.String()
	}
	declared := filepath.Join(t.TempDir(), "cookies.csv")
	if err := os.WriteFile(declared, []byte("name,category\nsid,necessary\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"scan", "shop.test"}, {"check", "https://shop.test", "-d", declared, "--offline"}} {
		if code, said := scan(args...); code != exitUsage || !strings.Contains(said, "another scan is writing into the folder "+first.dir) {
			t.Errorf("%s: exit code %d: %s", args[0], code, said)
		}
	}
	release()
	if code, said := scan("scan", "shop.test"); code != exitIncomplete || !strings.Contains(said, "there is no browser") {
		t.Errorf("after the first: exit code %d: %s", code, said)
	}
}

// TestClearEvidence: results of an earlier scan go with its sums, and nothing
// that is not of a scan, or that somebody changed.
func TestClearEvidence(t *testing.T) {
	dir := t.TempDir()
	files := []string{"scan.json", "cookies.html", "cookies.csv", "wec/none/inspection.json", "mine.txt", "cookies.old"}
	for _, name := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(name), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	sums, err := evidence.Sums(dir, files)
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{evidence.SumsFile: string(sums), "cookies.csv": "a note", "cookies.md": "no file of the scan"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := clearEvidence(dir); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]bool{
		"cookies.html": false, "wec/none/inspection.json": false, evidence.SumsFile: false,
		"scan.json": true, "cookies.csv": true, "cookies.md": true, "cookies.old": true, "mine.txt": true,
	} {
		if _, err := os.Stat(filepath.Join(dir, filepath.FromSlash(name))); (err == nil) != want {
			t.Errorf("%s is there: %v, want %v", name, err == nil, want)
		}
	}
}
