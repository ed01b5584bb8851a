package chrome_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"go.uber.org/goleak"
)

// TestMain proves that the tests leave nothing behind: no goroutine, no browser
// process, no profile folder. Browsers of other programs do not count: ours
// have their folder in a temporary folder that only this run uses.
func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "cst")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	if err := os.Setenv("TMPDIR", dir); err != nil { //nolint:usetesting // for the whole run
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	code := m.Run()
	if err := goleak.Find(); err != nil && code == 0 {
		fmt.Fprintln(os.Stderr, "goroutines left:", err)
		code = 1
	}
	if left := append(processesIn(dir), foldersIn(dir)...); len(left) > 0 {
		fmt.Fprintln(os.Stderr, "left behind:", strings.Join(left, "\n"))
		code = 1
	}
	_ = os.RemoveAll(dir)
	os.Exit(code)
}

// processesIn lists processes whose command line names the folder.
func processesIn(dir string) []string {
	var out []string
	lines, _ := filepath.Glob("/proc/[0-9]*/cmdline")
	for _, l := range lines {
		b, err := os.ReadFile(l)
		if err == nil && strings.Contains(string(b), dir+"/") && !strings.Contains(l, fmt.Sprint("/", os.Getpid(), "/")) {
			out = append(out, l+": "+strings.ReplaceAll(string(b), "\x00", " ")[:min(len(b), 200)])
		}
	}
	return out
}

func foldersIn(dir string) []string {
	var out []string
	left, _ := filepath.Glob(filepath.Join(dir, "cookiescan-*"))
	return append(out, left...)
}
