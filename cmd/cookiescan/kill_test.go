package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"cookiescan/scanner"
	"cookiescan/scanner/sitehost"
	"cookiescan/scanner/sitehost/sitehosttest"
)

// hangingSite serves ten pages, each with a cookie, and one that never answers:
// a scan of it does not end by itself.
func hangingSite(t *testing.T) *sitehost.Server {
	t.Helper()
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "hang.test"), 0o700); err != nil {
		t.Fatal(err)
	}
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	links := "<a href=/slow>slow</a>"
	for i := range 10 {
		write(fmt.Sprintf("hang.test/%d.html", i), fmt.Sprintf("<!doctype html><title>%d</title><script>document.cookie='seen_%d=1'</script>", i, i))
		links += fmt.Sprintf(" <a href=/%d.html>%d</a>", i, i)
	}
	write("hang.test/index.html", "<!doctype html><title>first</title><script>document.cookie='seen=1'</script>"+links)
	write("site.yaml", "routes:\n  - {path: /slow, hang: true}\n")
	return sitehosttest.Serve(t, dir)
}

// scanHanging begins a scan of the hanging site.
func scanHanging(t *testing.T, s *sitehost.Server, bin, temp, out string) *exec.Cmd {
	t.Helper()
	return startScan(t, bin, temp, "https://hang.test/", "--resolve", "*="+s.Addr(), "--trust-spki", s.SPKI(), "-o", out, "-f", "json")
}

// startScan begins a scan, with a temporary folder of its own.
func startScan(t *testing.T, bin, temp string, args ...string) *exec.Cmd {
	t.Helper()
	cmd := exec.Command(bin, append([]string{"scan"}, args...)...) //nolint:noctx // the test ends it by signal
	cmd.Env = append(os.Environ(), "TMPDIR="+temp)
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Stderr = os.Stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
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
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
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
	t.Parallel()
	temp, s := shortTemp(t), hangingSite(t)
	cmd := scanHanging(t, s, buildProgram(t), temp, filepath.Join(t.TempDir(), "out"))
	until(t, "the slow page is asked for", func() bool { return asked(s, "/slow") })
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
	t.Parallel()
	temp, out, s := shortTemp(t), filepath.Join(t.TempDir(), "out"), hangingSite(t)
	cmd := scanHanging(t, s, buildProgram(t), temp, out)
	until(t, "the slow page is asked for", func() bool { return asked(s, "/slow") })
	doc := interrupt(t, cmd, out, true)
	if len(doc.Cookies) == 0 || doc.Complete {
		t.Errorf("the document holds %d cookies, complete %v", len(doc.Cookies), doc.Complete)
	}
	until(t, "processes and folders are gone", func() bool { return len(leftovers(temp)) == 0 })
}

// interrupt ends a scan as Ctrl-C does and reads what it leaves. One that had
// not begun to look at pages (begun is false) may leave nothing.
func interrupt(t *testing.T, cmd *exec.Cmd, out string, begun bool) *scanner.Scan {
	t.Helper()
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	var exit *exec.ExitError
	if err := cmd.Wait(); !errors.As(err, &exit) || exit.ExitCode() != exitInterrupted {
		t.Fatalf("ended with %v, want exit code %d", err, exitInterrupted)
	}
	b, err := os.ReadFile(filepath.Join(out, "scan.json"))
	if errors.Is(err, os.ErrNotExist) && !begun {
		return nil
	}
	if err != nil {
		t.Fatal(err)
	}
	validate(t, b)
	var doc scanner.Scan
	if err := json.Unmarshal(b, &doc); err != nil {
		t.Fatal(err)
	}
	if n := len(doc.Incomplete); n == 0 || doc.Incomplete[n-1].Code != scanner.Interrupted {
		t.Errorf("incomplete says %v", doc.Incomplete)
	}
	return &doc
}

// validate checks a document against the published schema.
func validate(t *testing.T, document []byte) {
	t.Helper()
	schema, err := jsonschema.UnmarshalJSON(bytes.NewReader(scanner.JSONSchema()))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("scan.json", schema); err != nil {
		t.Fatal(err)
	}
	compiled, err := compiler.Compile("scan.json")
	if err != nil {
		t.Fatal(err)
	}
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(document))
	if err != nil {
		t.Fatal(err)
	}
	if err := compiled.Validate(value); err != nil {
		t.Error(err)
	}
}

// moment is when a scan is ended: some time after so many requests have come,
// or after the browser's folder is there.
type moment struct {
	requests int
	after    time.Duration
}

// moments are drawn anew in each run, from a seed that is printed; one that
// failed is given back by COOKIESCAN_SEED.
func moments(t *testing.T, n int) []moment {
	t.Helper()
	seed := uint64(time.Now().UnixNano())
	if given, err := strconv.ParseUint(os.Getenv("COOKIESCAN_SEED"), 10, 64); err == nil {
		seed = given
	}
	t.Logf("COOKIESCAN_SEED=%d", seed)
	r := rand.New(rand.NewPCG(seed, 0)) //nolint:gosec // it need not be secret
	list := make([]moment, n)
	for i := range list {
		list[i] = moment{requests: r.IntN(12), after: time.Duration(r.IntN(300)) * time.Millisecond}
	}
	return list
}

// reach waits for the moment.
func (m moment) reach(t *testing.T, s *sitehost.Server, temp string) {
	t.Helper()
	until(t, fmt.Sprintf("%d requests", m.requests), func() bool { return len(s.Requests()) >= m.requests && len(leftovers(temp)) > 0 })
	time.Sleep(m.after) // any moment will do: this is no wait for something
}

// TestInterruptAtAnyMoment ends scans as Ctrl-C does, wherever they are.
func TestInterruptAtAnyMoment(t *testing.T) {
	t.Parallel()
	bin := buildProgram(t)
	for _, m := range moments(t, 5) {
		t.Run(fmt.Sprint(m.requests, m.after), func(t *testing.T) {
			t.Parallel()
			temp, out, s := shortTemp(t), filepath.Join(t.TempDir(), "out"), hangingSite(t)
			cmd := scanHanging(t, s, bin, temp, out)
			m.reach(t, s, temp)
			interrupt(t, cmd, out, m.requests > 0)
			until(t, "processes and folders are gone", func() bool { return len(leftovers(temp)) == 0 })
		})
	}
}

// TestKillAtAnyMoment kills scans, wherever they are.
func TestKillAtAnyMoment(t *testing.T) {
	t.Parallel()
	bin := buildProgram(t)
	for _, m := range moments(t, 5) {
		t.Run(fmt.Sprint(m.requests, m.after), func(t *testing.T) {
			t.Parallel()
			temp, s := shortTemp(t), hangingSite(t)
			cmd := scanHanging(t, s, bin, temp, filepath.Join(t.TempDir(), "out"))
			m.reach(t, s, temp)
			if err := cmd.Process.Kill(); err != nil {
				t.Fatal(err)
			}
			_ = cmd.Wait()
			until(t, "processes and folders are gone", func() bool { return len(leftovers(temp)) == 0 })
		})
	}
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
