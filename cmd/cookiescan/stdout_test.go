package main

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"cookiescan/scanner/evidence"
)

// full is a file on a disk that has no room.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("no space left on device") }

// TestLostOutput: a result that could not be written is no success.
func TestLostOutput(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "scan.json"), []byte("{}"), 0o600); err != nil {
		t.Fatal(err)
	}
	sums, err := evidence.Sums(dir, []string{"scan.json"})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, evidence.SumsFile), sums, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{
		{"version"}, {"verify", dir}, {"explain", "_ga"}, {"explain", "B001"}, {"explain", "--set-cookie", "a=b", "--url", "shop.test"},
	} {
		p, _ := testProgram()
		p.stdout = full{}
		root := p.newRoot()
		root.SetArgs(args)
		if code := p.finish(root.ExecuteContext(t.Context())); code != exitIncomplete {
			t.Errorf("%v: exit code %d, want %d", args, code, exitIncomplete)
		}
	}
}
