package main

import (
	"context"
	"encoding/json"
	"net/http"
	"os"
	"slices"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"cookiescan/scanner/chrome/process"
	"cookiescan/scanner/chrome/process/processtest"
)

// startRunning is the command running of scripts.
func startRunning(ts *testscript.TestScript, neg bool, args []string) {
	if neg {
		ts.Fatalf("usage: running [plain] [SWITCH...]")
	}
	b, err := runBrowser(context.Background(), ts.Getenv, args)
	ts.Check(err)
	ts.Defer(func() { ts.Check(b.End()) })
	ts.Setenv("BROWSER_URL", "http://"+b.Address)
	ts.Setenv("BROWSER_WS", "ws://"+b.Address+b.Path)
}

// runBrowser starts a headless shell as doctor --switches says, with further
// switches, or, if the first is "plain", as a person does who knows nothing of that.
func runBrowser(ctx context.Context, getenv func(string) string, switches []string) (*processtest.Browser, error) {
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
	return processtest.Run(line, switches...)
}

// pagesOf are what is open in the browser: the id of each, and its address.
func pagesOf(t *testing.T, b *processtest.Browser) []string {
	t.Helper()
	answer, err := http.Get("http://" + b.Address + "/json/list") //nolint:noctx // on this machine
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
	defer func() {
		if err := b.End(); err != nil {
			t.Error(err)
		}
	}()
	t.Setenv("COOKIESCAN_BROWSER_URL", "http://"+b.Address)
	before := pagesOf(t, b)
	for name, end := range map[string]os.Signal{"interrupt": os.Interrupt, "kill": os.Kill} {
		t.Run(name, func(t *testing.T) {
			temp, s := shortTemp(t), hangingSite(t)
			cmd := startScan(t, bin, temp, "https://hang.test/", "--resolve", "*="+s.Addr(), "--insecure", "-f", "json")
			until(t, "the slow page is asked for", func() bool { return asked(s, "/slow") })
			if len(pagesOf(t, b)) <= len(before) {
				t.Error("no page is there to be left behind: the test looks in the wrong place")
			}
			if err := cmd.Process.Signal(end); err != nil {
				t.Fatal(err)
			}
			_ = cmd.Wait()
			until(t, "nothing of the scan is in the browser", func() bool { return slices.Equal(pagesOf(t, b), before) })
		})
	}
}
