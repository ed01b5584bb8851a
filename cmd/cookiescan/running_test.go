package main

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"cookiescan/scanner/chrome/process"
)

// startRunning is the command running of scripts.
func startRunning(ts *testscript.TestScript, neg bool, args []string) {
	if neg {
		ts.Fatalf("usage: running [plain] [SWITCH...]")
	}
	b, err := runBrowser(context.Background(), ts.Getenv, args)
	ts.Check(err)
	ts.Defer(b.end)
	ts.Setenv("BROWSER_URL", b.url)
	ts.Setenv("BROWSER_WS", "ws"+strings.TrimPrefix(b.url, "http")+b.path)
}

// A runningBrowser is a headless shell that a test started and not the program.
type runningBrowser struct {
	url, path string // of its DevTools
	end       func()
}

// runBrowser starts one as doctor --switches says, with further switches, or, if
// the first is "plain", as a person does who knows nothing of that.
func runBrowser(ctx context.Context, getenv func(string) string, switches []string) (*runningBrowser, error) {
	bin, err := process.Find(ctx, process.FindOptions{Engine: process.Shell, Getenv: getenv})
	if err != nil {
		return nil, err
	}
	line, err := process.StartLine(bin, defaultScan().visitor.identity(bin.Version).Switches(bin.Engine))
	if err != nil {
		return nil, err
	}
	if len(switches) > 0 && switches[0] == "plain" {
		line, switches = bin.Path+` --no-sandbox --remote-debugging-port=9222 --user-data-dir="$(mktemp -d)"`, switches[1:]
	}
	dir, err := os.MkdirTemp("", "run")
	if err != nil {
		return nil, err
	}
	line = strings.NewReplacer("$(mktemp -d)", dir, "=9222", "=0").Replace(line) + ` "$@"`
	cmd := exec.Command("/bin/sh", slices.Concat([]string{"-c", line, "sh"}, switches)...) //nolint:gosec,noctx // its group is ended below
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	b := &runningBrowser{end: func() {
		_ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL)
		_ = cmd.Wait()
		for range 100 { // until its last process has written its last file
			if os.RemoveAll(dir) == nil {
				return
			}
			time.Sleep(20 * time.Millisecond)
		}
	}}
	for range 600 {
		text, err := os.ReadFile(filepath.Join(dir, "DevToolsActivePort"))
		if port, path, ok := strings.Cut(string(text), "\n"); err == nil && ok {
			b.url, b.path = "http://127.0.0.1:"+port, strings.TrimSpace(path)
			return b, nil
		}
		time.Sleep(50 * time.Millisecond)
	}
	b.end()
	return nil, errors.New("the browser of the test does not start")
}

// pages are what is open in the browser: the id of each, and its address.
func (b *runningBrowser) pages(t *testing.T) []string {
	t.Helper()
	answer, err := http.Get(b.url + "/json/list") //nolint:noctx // on this machine
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	var list []struct{ ID, URL string }
	if err := json.NewDecoder(answer.Body).Decode(&list); err != nil {
		t.Fatal(err)
	}
	var pages []string
	for _, p := range list {
		pages = append(pages, p.ID+" "+p.URL)
	}
	slices.Sort(pages)
	return pages
}

// TestEndsLeaveARunningBrowser ends scans as Ctrl-C does and as an impatient
// pipeline does, and looks for what is left in a browser that nobody ends.
func TestEndsLeaveARunningBrowser(t *testing.T) {
	bin := buildProgram(t)
	b, err := runBrowser(t.Context(), os.Getenv, []string{"about:blank"})
	if err != nil {
		t.Fatal(err)
	}
	defer b.end()
	t.Setenv("COOKIESCAN_BROWSER_URL", b.url)
	before := b.pages(t)
	for name, end := range map[string]os.Signal{"interrupt": os.Interrupt, "kill": os.Kill} {
		t.Run(name, func(t *testing.T) {
			temp, s := shortTemp(t), hangingSite(t)
			cmd := startScan(t, bin, temp, "https://hang.test/", "--resolve", "*="+s.Addr(), "--insecure", "-f", "json")
			until(t, "the slow page is asked for", func() bool { return asked(s, "/slow") })
			if len(b.pages(t)) <= len(before) {
				t.Error("no page is there to be left behind: the test looks in the wrong place")
			}
			if err := cmd.Process.Signal(end); err != nil {
				t.Fatal(err)
			}
			_ = cmd.Wait()
			until(t, "nothing of the scan is in the browser", func() bool { return slices.Equal(b.pages(t), before) })
		})
	}
}
