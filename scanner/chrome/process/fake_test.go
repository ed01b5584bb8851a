//go:build linux

package process

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// script writes an executable shell script.
func script(t testing.TB, path, body string) string {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte("#!/bin/sh\n"+body+"\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	return path
}

// fake is a browser that is a shell script.
func fake(t testing.TB, body string) Binary {
	return Binary{Path: script(t, filepath.Join(t.TempDir(), "fake-browser"), body), Engine: Full}
}

// answer is what a fake prints to have started well; stubborn is how it then
// goes on, whatever it is told.
const (
	answer   = `printf '{"id":%d,"result":{"product":"Chrome/130.0.1.2"}}\000' 2147483647 >&4` + "\n"
	stubborn = `trap '' HUP INT QUIT TERM PIPE; while :; do sleep 60; done`
)

func TestBrowserThatEndsAtTheStartIsExplained(t *testing.T) {
	for _, c := range []struct{ name, body, want, hint string }{
		{
			"no sandbox", `echo '[7:7:0101/000000.1:FATAL:zygote_host_impl_linux.cc(128)] No usable sandbox! If you are ...' >&2; echo '#0 0x55d0 stack' >&2; exit 1`,
			"user namespaces are not allowed", "cookiescan doctor",
		},
		{
			"root", `echo '[7:7:0101/000000.1:ERROR:zygote_host_impl_linux.cc(101)] Running as root without --no-sandbox is not supported.' >&2; exit 1`,
			"root cannot have the sandbox", "ordinary user",
		},
		{
			"library", `echo 'fake: error while loading shared libraries: libnss3.so: cannot open shared object file: No such file or directory' >&2; exit 127`,
			"status 127: fake: error while loading shared libraries: libnss3.so", "install the missing library",
		},
		{
			"shm", `echo '[7:9:ERROR:platform_shared_memory_region_posix.cc(217)] Creating shared memory in /dev/shm/.org.chromium failed: No space left on device (28)' >&2; exit 5`,
			"shared memory is used up", "--shm-size",
		},
		{"crash", `kill -SEGV $$`, "crashed (segmentation fault)", "update the browser"},
		{"silent", `exit 3`, "ended with status 3", "cookiescan doctor"},
		{"hostile output", `printf 'bad \033[31mred\007 \377 thing\n' >&2; exit 4`, "ended with status 4: bad [31mred  thing", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			temp := tempDir(t)
			p, err := Start(testContext(t), Options{Binary: fake(t, c.body), TempDir: temp})
			if p != nil || !errors.Is(err, ErrExited) {
				t.Fatalf("Start = %v, %v, want ErrExited", p, err)
			}
			var e *Error
			if !errors.As(err, &e) || !strings.Contains(err.Error(), c.want) || !strings.Contains(e.Hint(), c.hint) {
				t.Errorf("error %q, hint %q; want %q and %q in them", err, e.Hint(), c.want, c.hint)
			}
			assertNothingLeft(t, temp)
		})
	}
}

func TestBrowserThatDoesNotSpeakDevTools(t *testing.T) {
	for _, c := range []struct {
		name, body string
		kind       error
		patience   time.Duration
	}{
		{"never answers", stubborn, ErrNoAnswer, 3 * time.Second},
		{"closes its pipe and lives", "exec 3<&- 4>&-\n" + stubborn, ErrNoAnswer, 3 * time.Second},
		// What these say must have come before the time is over.
		{"babbles", `printf 'hello, world\000' >&4` + "\n" + stubborn, ErrNotABrowser, limit},
		{"babbles without end", `trap '' PIPE; while printf 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' >&4 2>/dev/null; do :; done` + "\n" + stubborn, ErrNotABrowser, limit},
	} {
		t.Run(c.name, func(t *testing.T) {
			temp := tempDir(t)
			ctx, cancel := context.WithTimeout(t.Context(), c.patience)
			defer cancel()
			_, err := Start(ctx, Options{Binary: fake(t, c.body), TempDir: temp})
			if !errors.Is(err, c.kind) {
				t.Errorf("Start: %v, want kind %v", err, c.kind)
			}
			assertNothingLeft(t, temp)
		})
	}
}

func TestCancelledStartLeavesNothing(t *testing.T) {
	temp := tempDir(t)
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() {
		_, err := Start(ctx, Options{Binary: fake(t, stubborn), TempDir: temp})
		done <- err
	}()
	eventually(testContext(t), t, func() string {
		if len(browsersIn(temp)) == 0 {
			return "no browser process yet"
		}
		return ""
	})
	cancel()
	if err := <-done; !errors.Is(err, context.Canceled) {
		t.Errorf("Start: %v, want context.Canceled", err)
	}
	assertNothingLeft(t, temp)
}

func TestCloseEndsWhatIgnoresIt(t *testing.T) {
	p := start(t, Options{Binary: fake(t, answer+stubborn)})
	if p.Hello().Product != "Chrome/130.0.1.2" {
		t.Errorf("Hello = %+v", p.Hello())
	}
	if err := p.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := p.Err(); err != nil {
		t.Errorf("Err after Close = %v, want nil", err)
	}
	if err := p.Close(t.Context()); err != nil {
		t.Errorf("second Close: %v", err)
	}
}

func TestCloseKillsChildrenThatLeftTheGroup(t *testing.T) {
	temp := tempDir(t)
	p := start(t, Options{TempDir: temp, Binary: fake(t, `setsid /bin/sh -c "trap '' TERM HUP; echo x >escaped; while :; do sleep 60; done" >/dev/null 2>&1 &`+"\n"+answer+"cat <&3 >/dev/null")})
	eventually(testContext(t), t, func() string {
		if _, err := os.Stat(filepath.Join(filepath.Dir(p.ProfileDir()), "tmp", "escaped")); err != nil {
			return err.Error()
		}
		return ""
	})
	outside := alive(func(_, _, pgrp int, _, environ string) bool {
		return pgrp != p.PID() && strings.Contains(environ, marker+"="+temp)
	})
	if len(outside) == 0 {
		t.Fatal("the experiment has no process outside the group")
	}
	if err := p.Close(t.Context()); err != nil {
		t.Error(err)
	}
	assertNothingLeft(t, temp)
}

func TestCloseSurvivesTheDeathOfItsWatcher(t *testing.T) {
	temp := tempDir(t)
	p, err := Start(t.Context(), Options{Binary: fake(t, answer+stubborn), TempDir: temp})
	if err != nil {
		t.Fatal(err)
	}
	if err := p.watcher.cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	if err := p.Close(t.Context()); err != nil {
		t.Errorf("Close: %v", err)
	}
	assertNothingLeft(t, temp)
}

func TestErrTellsOfACrashLater(t *testing.T) {
	p := start(t, Options{Binary: fake(t, answer+`read x <&3; echo 'went away' >&2; exit 9`)})
	if err := p.Err(); err != nil {
		t.Fatalf("Err while it runs = %v", err)
	}
	_, w := p.Pipe()
	fmt.Fprintln(w, "go")
	select {
	case <-p.Exited():
	case <-testContext(t).Done():
		t.Fatal("Exited was not closed")
	}
	if err := p.Err(); !errors.Is(err, ErrExited) || !strings.Contains(err.Error(), "status 9: went away") {
		t.Errorf("Err = %v", err)
	}
	if err := p.Close(t.Context()); err != nil {
		t.Error(err)
	}
	if err := p.Err(); !errors.Is(err, ErrExited) {
		t.Errorf("Err after Close = %v, want the crash still", err)
	}
}

func TestSecretsOfOurEnvironmentStayOurs(t *testing.T) {
	t.Setenv("COOKIESCAN_PASSWORD", "hunter2")
	t.Setenv("http_proxy", "http://proxy.test:3128")
	p := start(t, Options{Env: []string{"EXTRA=yes"}, Binary: fake(t, `env >"$TMPDIR/env"`+"\n"+answer+"cat <&3 >/dev/null")})
	text, err := os.ReadFile(filepath.Join(filepath.Dir(p.ProfileDir()), "tmp", "env"))
	if err != nil {
		t.Fatal(err)
	}
	for _, forbidden := range []string{"hunter2", "proxy.test"} {
		if strings.Contains(string(text), forbidden) {
			t.Errorf("the browser's environment has %q", forbidden)
		}
	}
	for _, wanted := range []string{"PATH=", "EXTRA=yes", "HOME=" + filepath.Dir(p.ProfileDir())} {
		if !strings.Contains(string(text), wanted) {
			t.Errorf("the browser's environment lacks %q", wanted)
		}
	}
}

func TestStartErrorsBeforeTheBrowserRuns(t *testing.T) {
	temp := tempDir(t)
	notRunnable := filepath.Join(t.TempDir(), "other-processor")
	if err := os.WriteFile(notRunnable, []byte("\x7fELF\x02\x01\x01 and nothing that runs here"), 0o755); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name string
		o    Options
		kind error
	}{
		{"missing", Options{Binary: Binary{Path: "/nonexistent/chromium"}, TempDir: temp}, ErrNotFound},
		{"other processor", Options{Binary: Binary{Path: notRunnable}, TempDir: temp}, ErrNotABrowser},
		{"flag", Options{Binary: fake(t, ""), Flags: []string{"--user-data-dir=/x"}, TempDir: temp}, ErrFlag},
		{"no temporary folder", Options{Binary: fake(t, ""), TempDir: filepath.Join(temp, "none")}, os.ErrNotExist},
	} {
		t.Run(c.name, func(t *testing.T) {
			if _, err := Start(testContext(t), c.o); !errors.Is(err, c.kind) {
				t.Errorf("Start: %v, want %v", err, c.kind)
			}
			assertNothingLeft(t, temp)
		})
	}
}
