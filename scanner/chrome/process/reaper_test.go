//go:build linux

package process

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"syscall"
	"testing"
	"time"
)

// startVictim starts this test binary in the role, in a process group of its
// own, with temp as its folder for temporary files.
func startVictim(t *testing.T, role string, b Binary, temp string) (*exec.Cmd, *bufio.Scanner) {
	t.Helper()
	binary, err := json.Marshal(b)
	if err != nil {
		t.Fatal(err)
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(testContext(t), self)
	cmd.Env = append(os.Environ(), "PROCESS_TEST_VICTIM="+role, "PROCESS_TEST_BINARY="+string(binary), "TMPDIR="+temp)
	cmd.Stderr = os.Stderr
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return cmd, bufio.NewScanner(out)
}

func expectLine(t *testing.T, lines *bufio.Scanner, want string) {
	t.Helper()
	if !lines.Scan() || lines.Text() != want {
		t.Fatalf("victim said %q (%v), want %q", lines.Text(), lines.Err(), want)
	}
}

// TestNothingIsLeftAfterKill kills a process that starts a browser with kill -9
// at every stage of the start and later, and waits until browser, watcher and
// folder are gone.
func TestNothingIsLeftAfterKill(t *testing.T) {
	inFolder := func(pattern string) func(string) string {
		return func(temp string) string {
			if found, _ := filepath.Glob(filepath.Join(temp, prefix+"*", pattern)); len(found) > 0 {
				return ""
			}
			return "no " + pattern
		}
	}
	stages := []struct {
		name    string
		reached func(temp string) string
	}{
		{"folder made", inFolder(".")},
		{"preferences written", inFolder("profile/Default/Preferences")},
		{"process started", func(temp string) string {
			if len(browsersIn(temp)) == 0 {
				return "no process"
			}
			return ""
		}},
		{"running", nil},
	}
	browsers := map[string]Binary{
		"shell": find(t, Shell), "full": find(t, Full),
		"deaf": fake(t, stubborn), "stubborn": fake(t, answer+stubborn),
		"escapes": fake(t, "setsid /bin/sh -c \""+stubborn+"\" >/dev/null 2>&1 &\n"+answer+stubborn),
	}
	for name, b := range browsers {
		for _, stage := range stages {
			if name == "deaf" && stage.name == "running" {
				continue
			}
			t.Run(name+"/"+stage.name, func(t *testing.T) {
				temp := tempDir(t)
				cmd, lines := startVictim(t, "killed", b, temp)
				if stage.reached == nil {
					expectLine(t, lines, stage.name)
				} else {
					eventually(testContext(t), t, func() string { return stage.reached(temp) })
				}
				children := childrenOf(cmd.Process.Pid)
				killed := time.Now()
				if err := cmd.Process.Kill(); err != nil {
					t.Fatal(err)
				}
				_ = cmd.Wait() // it was killed
				eventually(testContext(t), t, func() string {
					if l := left(temp); l != "" {
						return l
					}
					still := alive(func(pid, _, _ int, _, _ string) bool { return slices.Contains(children, pid) })
					if len(still) > 0 {
						return fmt.Sprintf("children %v", describe(still))
					}
					return ""
				})
				t.Logf("clean %d ms after the kill", time.Since(killed).Milliseconds())
			})
		}
	}
}

func TestInterruptDoesNotReachTheBrowser(t *testing.T) {
	for _, e := range []Engine{Shell, Full} {
		t.Run(string(e), func(t *testing.T) {
			temp := tempDir(t)
			cmd, lines := startVictim(t, "interrupted", find(t, e), temp)
			expectLine(t, lines, "running")
			if err := syscall.Kill(-cmd.Process.Pid, syscall.SIGINT); err != nil {
				t.Fatal(err)
			}
			expectLine(t, lines, "browser answers")
			expectLine(t, lines, "closed")
			if err := cmd.Wait(); err != nil {
				t.Error(err)
			}
			assertNothingLeft(t, temp)
		})
	}
}

// TestCloseLeavesNoZombies is the case of a container without an init: the
// browser's orphans become children of ours.
func TestCloseLeavesNoZombies(t *testing.T) {
	for _, e := range []Engine{Shell, Full} {
		t.Run(string(e), func(t *testing.T) {
			temp := tempDir(t)
			cmd, lines := startVictim(t, "subreaper", find(t, e), temp)
			expectLine(t, lines, "running")
			expectLine(t, lines, "children 0")
			if err := cmd.Wait(); err != nil {
				t.Error(err)
			}
			assertNothingLeft(t, temp)
		})
	}
}
