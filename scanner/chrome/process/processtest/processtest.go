// Package processtest starts browsers as a person does, for tests of what drives
// a browser that runs already.
package processtest

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"
)

// Browser is a browser that nobody ends but its test.
type Browser struct {
	Address string // of its DevTools, as 127.0.0.1:PORT
	Path    string // of its WebSocket there, with the browser's id

	cmd *exec.Cmd
	dir string
}

// Waits for what cannot be told to the one who waits: a file that the browser
// writes, processes that end. A slow machine has long finished when they give up.
const (
	pause  = 50 * time.Millisecond
	pauses = 5 * 60 * 20 // five minutes
)

// Run starts a browser by a line for a shell, as process.StartLine gives it, but
// at a free port; switches follow the line's own. End ends it.
func Run(line string, switches ...string) (*Browser, error) {
	dir, err := os.MkdirTemp("", "run")
	if err != nil {
		return nil, err
	}
	line = strings.NewReplacer("$(mktemp -d)", dir, "--remote-debugging-port=9222", "--remote-debugging-port=0").Replace(line) + ` "$@"`
	b := &Browser{dir: dir, cmd: exec.Command("/bin/sh", slices.Concat([]string{"-c", line, "sh"}, switches)...)} //nolint:gosec,noctx // End ends its group
	b.cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := b.cmd.Start(); err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	for range pauses {
		text, err := os.ReadFile(filepath.Join(dir, "DevToolsActivePort"))
		if port, path, ok := strings.Cut(string(text), "\n"); err == nil && ok {
			b.Address, b.Path = "127.0.0.1:"+port, strings.TrimSpace(path)
			return b, nil
		}
		time.Sleep(pause)
	}
	return nil, errors.Join(errors.New("the browser does not start"), b.End())
}

// End ends the browser, and waits until the last of its processes has written its
// last file and is gone.
func (b *Browser) End() error {
	_ = syscall.Kill(-b.cmd.Process.Pid, syscall.SIGKILL) // it may have ended already
	_ = b.cmd.Wait()                                      // it was killed
	for range pauses {
		if os.RemoveAll(b.dir) == nil && !used(b.dir) {
			return nil
		}
		time.Sleep(pause)
	}
	return errors.New("the browser of the test does not end")
}

// used tells whether the command line of a process names the folder; where there
// is no /proc, no process is known.
func used(dir string) bool {
	lines, _ := filepath.Glob("/proc/[0-9]*/cmdline")
	return slices.ContainsFunc(lines, func(name string) bool {
		text, err := os.ReadFile(name)
		return err == nil && strings.Contains(string(text), dir)
	})
}
