//go:build linux || darwin

package process

import (
	"context"
	_ "embed"
	"fmt"
	"io"
	"os"
	"os/exec"
	"syscall"
	"time"
)

//go:embed watcher.sh
var watcherScript string

// watcherLimit is how long a watcher may take to clean up: it gives up by
// itself after 40 rounds.
const watcherLimit = 10 * time.Second

// watcher is the shell that outlives this process if need be.
type watcher struct {
	cmd  *exec.Cmd
	pipe io.WriteCloser
}

// startWatcher starts the shell in a session of its own, so that neither Ctrl-C
// nor the end of a terminal reaches it. The write end of its pipe is
// close-on-exec: no child, and no other browser's watcher, holds it open.
func startWatcher() (*watcher, error) {
	r, w, err := os.Pipe()
	if err != nil {
		return nil, fmt.Errorf("starting the watcher: %w", err)
	}
	// The shell's lifetime is that of the pipe and not of a context: it has to
	// outlive every cancellation.
	cmd := exec.CommandContext(context.Background(), "/bin/sh", "-c", watcherScript)
	cmd.Stdin = r
	cmd.Dir = "/"
	cmd.Env = []string{"PATH=/usr/bin:/bin:/usr/sbin:/sbin", "LC_ALL=C"}
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	err = cmd.Start()
	r.Close()
	if err != nil {
		w.Close()
		return nil, fmt.Errorf("starting the watcher: %w", err)
	}
	return &watcher{cmd: cmd, pipe: w}, nil
}

// tell sends one line. A watcher that is gone cannot be told; that shows in
// finish.
func (w *watcher) tell(format string, args ...any) {
	_, _ = fmt.Fprintf(w.pipe, format+"\n", args...)
}

// finish lets the watcher clean up and waits for it. It reports whether nothing
// was left.
func (w *watcher) finish() error {
	w.pipe.Close()
	late := time.AfterFunc(watcherLimit, func() { _ = w.cmd.Process.Kill() })
	defer late.Stop()
	if err := w.cmd.Wait(); err != nil {
		return fmt.Errorf("cleaning up after the browser: processes or files are left: watcher: %w", err)
	}
	return nil
}
