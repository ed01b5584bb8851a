package main

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"cookiescan/scanner/sitehost"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"cookiescan": main})
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
//
// $SITES is testdata/sites, and $SOON a day on which a waiver of today has not
// expired.
func TestScripts(t *testing.T) {
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
			e.Setenv("SOON", time.Now().AddDate(0, 0, 30).Format(time.DateOnly))
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"site": serveSite, "code": exitsWith, "sametimes": sameButTimes, "pipeline": writePipeline,
			"running": startRunning,
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
