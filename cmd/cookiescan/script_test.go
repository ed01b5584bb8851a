package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"cookiescan/scanner/sitehost"
)

func TestMain(m *testing.M) {
	testscript.Main(tests{m}, map[string]func(){"cookiescan": main})
}

// tests have a folder for the program, which goes with them.
type tests struct{ *testing.M }

var programFolder string

// Run implements testscript.TestingM.
func (m tests) Run() int {
	dir, err := os.MkdirTemp("", "cookiescan-program")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(dir) //nolint:errcheck // a folder of the system's
	programFolder = dir
	return m.M.Run()
}

// build builds the program once for all tests, as its user has it.
var build = sync.OnceValues(func() (string, error) {
	bin := filepath.Join(programFolder, "cookiescan")
	out, err := exec.Command("go", "build", "-o", bin, ".").CombinedOutput() //nolint:noctx // it ends by itself
	if err != nil {
		return "", fmt.Errorf("building: %w\n%s", err, out)
	}
	return bin, nil
})

func buildProgram(t *testing.T) string {
	t.Helper()
	bin, err := build()
	if err != nil {
		t.Fatal(err)
	}
	return bin
}

// TestScripts runs the program as a user does. Beside the commands of
// testscript there are:
//
//	site FOLDER        serves a site folder of the script, the demo site, or
//	                   one of testdata/sites; sets $RESOLVE, $SPKI, $ADDR, $PORT
//	                   and writes ca.pem
//	running [plain] [SWITCH...]
//	                   starts a browser that scans may use; sets $BROWSER_URL
//	                   and $BROWSER_WS
//	code N PROGRAM...  runs a program that must exit with N
//	pipeline NAME FILE writes the commands of the template for github or gitlab
//	sametimes A B      compares JSON files, but for what differs in each scan
//	raced              takes the program as the tests were built from here on
//
// Where the tests have the race detector, the program has it in scripts that say
// so only: every command takes a second and more longer with it. $SITES is
// testdata/sites, and $SOON a day on which a waiver of today has not expired.
func TestScripts(t *testing.T) {
	program := filepath.Dir(buildProgram(t))
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(e *testscript.Env) error {
			// Browsers are found in folders of the user too.
			for _, name := range []string{"HOME", "PUPPETEER_CACHE_DIR"} {
				e.Setenv(name, os.Getenv(name))
			}
			sites, err := filepath.Abs(filepath.Join("..", "..", "testdata", "sites"))
			if err != nil {
				return err
			}
			e.Setenv("SITES", sites)
			e.Setenv("PATH", program+string(filepath.ListSeparator)+e.Getenv("PATH"))
			e.Setenv("SOON", time.Now().AddDate(0, 0, 30).Format(time.DateOnly))
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"site": serveSite, "code": exitsWith, "sametimes": sameButTimes, "pipeline": writePipeline,
			"raced": raced, "running": startRunning,
		},
	})
}

func serveSite(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: site FOLDER")
	}
	server, err := sitehost.Start(context.Background(), os.DirFS(siteFolder(ts.MkAbs(args[0]), args[0])))
	ts.Check(err)
	ts.Defer(server.Close)
	ts.Setenv("RESOLVE", "*="+server.Addr())
	ts.Setenv("SPKI", server.SPKI())
	ts.Setenv("ADDR", server.Addr())
	ts.Setenv("PORT", strings.TrimPrefix(server.Addr(), "127.0.0.1:"))
	ts.Check(os.WriteFile(ts.MkAbs("ca.pem"), server.CAPEM(), 0o600))
}

// siteFolder is the script's own folder, the demo site, or one of the module's
// testdata; tests run in their package's folder.
func siteFolder(own, name string) string {
	for _, dir := range []string{own, name} {
		if _, err := os.Stat(dir); err == nil {
			return dir
		}
	}
	return filepath.Join("..", "..", "testdata", "sites", name)
}

func exitsWith(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: code N PROGRAM...")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	var exit *exec.ExitError
	switch err := ts.Exec(args[1], args[2:]...); {
	case errors.As(err, &exit):
		got = exit.ExitCode()
	case err != nil:
		ts.Fatalf("%v", err)
	}
	if got != want {
		ts.Fatalf("%s ended with %d, want %d", strings.Join(args[1:], " "), got, want)
	}
}

func raced(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 0 {
		ts.Fatalf("usage: raced")
	}
	_, path, _ := strings.Cut(ts.Getenv("PATH"), string(filepath.ListSeparator))
	ts.Setenv("PATH", path)
}

func sameButTimes(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: sametimes A B")
	}
	a, err := timeless([]byte(ts.ReadFile(args[0])))
	ts.Check(err)
	b, err := timeless([]byte(ts.ReadFile(args[1])))
	ts.Check(err)
	if (a == b) == neg {
		ts.Fatalf("%s and %s: same is %v\n%s", args[0], args[1], a == b, firstDifference(a, b))
	}
}
