package process

import (
	"errors"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

const agent = "--user-agent=Mozilla/5.0 (X11; it's) $(id) `id` Chrome/156.0.0.0"

// lineOf is the command line that a shell makes of a start line, as Chromium
// tells it: arguments joined by spaces.
func lineOf(t *testing.T, e Engine, extra ...string) string {
	t.Helper()
	line, err := StartLine(Binary{Path: "/bin/echo", Engine: e}, extra)
	if err != nil {
		t.Fatal(err)
	}
	_, run, _ := strings.Cut(line, "/bin/echo ")
	out, err := exec.CommandContext(t.Context(), "/bin/sh", "-c", `d=/tmp/d; printf '%s\n' `+run).Output()
	if err != nil {
		t.Fatalf("%s: %v", line, err)
	}
	args := strings.Split(strings.TrimSuffix(string(out), "\n"), "\n")
	for _, want := range append([]string{"--remote-debugging-port=9222", "--user-data-dir=/tmp/d"}, extra...) {
		if !slices.Contains(args, want) {
			t.Errorf("the shell does not make %q of %s", want, line)
		}
	}
	return strings.Join(args, " ")
}

// TestStartLineSuffices starts with the line what is then accepted.
func TestStartLineSuffices(t *testing.T) {
	for _, e := range []Engine{Shell, Full} {
		line := lineOf(t, e, agent)
		if strings.Contains(line, "remote-debugging-pipe") {
			t.Errorf("a pipe that nobody holds ends the browser: %s", line)
		}
		for _, behind := range []string{"", " about:blank", " --flag-switches-begin --flag-switches-end https://x.test/?a=--b"} {
			if err := CheckSwitches("/usr/bin/chromium "+line+behind, e, []string{agent}); err != nil {
				t.Error(err)
			}
		}
	}
}

// TestSwitchesThatMiss takes each needed switch away, and each item of a list.
func TestSwitchesThatMiss(t *testing.T) {
	full := lineOf(t, Shell, agent)
	take := map[string]string{"IsolateOrigins,": "--disable-features", agent: "--user-agent", "--window-size=1920,1080": "--window-size"}
	for _, f := range flagsFor(Shell) {
		if f.Needed && !isList(f.Name) {
			take[commandLine([]Flag{f})[0]] = "--" + f.Name
		}
	}
	for text, name := range take {
		less := strings.Replace(full, text, "", 1)
		err := CheckSwitches(less, Shell, []string{agent})
		if !errors.Is(err, ErrSwitches) || !strings.HasSuffix(err.Error(), ": "+name) || !strings.Contains(hintOf(err), name) {
			t.Errorf("without %s: %v", text, err)
		}
	}
}

func TestSwitchesThatHarm(t *testing.T) {
	full := lineOf(t, Full)
	for _, more := range []string{"--site-per-process", "--ignore-certificate-errors", "--single-process --x", "--renderer-process-limit=4", "--blink-settings=imagesEnabled=false"} {
		name, _, _ := strings.Cut(strings.Fields(more)[0], "=")
		if err := CheckSwitches(full+" "+more, Full, nil); !errors.Is(err, ErrSwitches) || !strings.Contains(err.Error(), name) {
			t.Errorf("with %s: %v", more, err)
		}
	}
	// Chromium takes the last of several.
	if err := CheckSwitches(full+" --disable-features=Other", Full, nil); !errors.Is(err, ErrSwitches) {
		t.Errorf("a list that takes the place of ours: %v", err)
	}
	if err := CheckSwitches("", Full, nil); !errors.Is(err, ErrSwitches) {
		t.Errorf("a browser that does not tell: %v", err)
	}
}

// FuzzCheckSwitches wants each line refused that lacks a needed switch.
func FuzzCheckSwitches(f *testing.F) {
	f.Add("chromium --disable-features=A,B --x about:blank")
	f.Add("--user-agent=a b --c")
	f.Fuzz(func(t *testing.T, line string) {
		err := CheckSwitches(line, Shell, nil)
		if err == nil && !strings.Contains(line, "--disable-site-isolation-trials") {
			t.Errorf("accepted: %q", line)
		}
	})
}
