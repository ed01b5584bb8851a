package main

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"cookiescan/scanner"
	"cookiescan/scanner/sitehost"
	"cookiescan/scanner/sitehost/sitehosttest"
)

// buildProgram builds the program as its user has it.
func buildProgram(t *testing.T) string {
	t.Helper()
	bin := filepath.Join(t.TempDir(), "cookiescan")
	if out, err := exec.CommandContext(t.Context(), "go", "build", "-o", bin, ".").CombinedOutput(); err != nil {
		t.Fatalf("building: %v\n%s", err, out)
	}
	return bin
}

// startScan scans the hanging page of a site and returns once the page was
// asked for: the scan is then in the middle of a visit.
func startScan(t *testing.T, bin, temp, out string) *exec.Cmd {
	t.Helper()
	dir := t.TempDir()
	host := filepath.Join(dir, "hang.test")
	if err := os.Mkdir(host, 0o700); err != nil {
		t.Fatal(err)
	}
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("hang.test/index.html", "<!doctype html><title>first</title><script>document.cookie='seen=1'</script><a href=/slow>slow</a>")
	write("site.yaml", "routes:\n  - {path: /slow, hang: true}\n")
	s := sitehosttest.Serve(t, dir)
	cmd := exec.Command(bin, "scan", "https://hang.test/", "--resolve", "*="+s.Addr(), "--trust-spki", s.SPKI(), "-o", out, "-f", "json") //nolint:noctx // the test ends it by signal
	cmd.Env = append(os.Environ(), "TMPDIR="+temp)
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Stderr = os.Stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	until(t, "the slow page is asked for", func() bool { return asked(s, "/slow") })
	return cmd
}

func asked(s *sitehost.Server, path string) bool {
	for _, r := range s.Requests() {
		if r.Path == path {
			return true
		}
	}
	return false
}

// until waits for a condition, within a bound that only a failure reaches.
func until(t *testing.T, what string, done func() bool) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 60*time.Second)
	defer cancel()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for !done() {
		select {
		case <-tick.C:
		case <-ctx.Done():
			t.Fatalf("never: %s", what)
		}
	}
}

// leftovers lists processes and folders that name the temporary folder.
func leftovers(temp string) []string {
	left, _ := filepath.Glob(filepath.Join(temp, "*"))
	cmdlines, _ := filepath.Glob("/proc/[0-9]*/cmdline")
	for _, p := range cmdlines {
		if b, err := os.ReadFile(p); err == nil && strings.Contains(string(b), temp+"/") {
			left = append(left, p)
		}
	}
	return left
}

// TestKillLeavesNothing kills the program in the middle of a scan, as the
// kernel or an impatient pipeline does.
func TestKillLeavesNothing(t *testing.T) {
	temp := shortTemp(t)
	cmd := startScan(t, buildProgram(t), temp, filepath.Join(t.TempDir(), "out"))
	if len(leftovers(temp)) == 0 {
		t.Fatal("no browser was there to be left behind: the test looks in the wrong place")
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); err == nil {
		t.Fatal("the program ended by itself")
	}
	until(t, "processes and folders are gone", func() bool { return len(leftovers(temp)) == 0 })
}

// TestInterruptKeepsWhatWasSeen ends a scan as Ctrl-C does.
func TestInterruptKeepsWhatWasSeen(t *testing.T) {
	temp, out := shortTemp(t), filepath.Join(t.TempDir(), "out")
	cmd := startScan(t, buildProgram(t), temp, out)
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	var exit *exec.ExitError
	if err := cmd.Wait(); !errors.As(err, &exit) || exit.ExitCode() != exitInterrupted {
		t.Fatalf("ended with %v, want exit code %d", err, exitInterrupted)
	}
	b, err := os.ReadFile(filepath.Join(out, "scan.json"))
	if err != nil {
		t.Fatal(err)
	}
	var doc scanner.Scan
	if err := json.Unmarshal(b, &doc); err != nil {
		t.Fatal(err)
	}
	if len(doc.Cookies) != 1 || doc.Cookies[0].Name != "seen" || doc.Complete {
		t.Errorf("the document holds %d cookies, complete %v", len(doc.Cookies), doc.Complete)
	}
	if len(doc.Incomplete) == 0 || doc.Incomplete[len(doc.Incomplete)-1].Code != scanner.Interrupted {
		t.Errorf("incomplete says %v", doc.Incomplete)
	}
	until(t, "processes and folders are gone", func() bool { return len(leftovers(temp)) == 0 })
}

// shortTemp is a folder of our own; t.TempDir has names too long for sockets.
func shortTemp(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "csk") //nolint:usetesting // see above
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	return dir
}
