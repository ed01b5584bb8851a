//go:build linux || darwin

package process

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"sync"
	"time"
)

// closeLimit is how long a browser may take to end by itself once its pipe is
// closed; both engines need 0.03 to 0.2 s.
const closeLimit = time.Second

// killLimit is how long to wait for a killed process to be gone. Longer means
// that the kernel holds it.
const killLimit = 5 * time.Second

// Process is a running browser. Its methods may be called from any goroutine.
type Process struct {
	binary  Binary
	hello   Hello
	cmd     *exec.Cmd
	folder  *folder
	watcher *watcher
	stderr  *tail
	r, w    *os.File

	// exited is closed when the program is dead, its group killed and its
	// standard error read. state is set before, unless Close was the cause.
	exited chan struct{}
	state  *os.ProcessState

	mu      sync.Mutex
	closing bool

	once     sync.Once
	closeErr error
}

// Binary is the browser's program, with the engine that it turned out to have.
func (p *Process) Binary() Binary { return p.binary }

// Hello is what the browser said of itself at the start.
func (p *Process) Hello() Hello { return p.hello }

// Pipe is our side of the DevTools pipe: replies and events are read from r,
// commands written to w, each message JSON ended by a NUL byte. Both are closed
// by Close and the same on every call.
func (p *Process) Pipe() (r io.ReadCloser, w io.WriteCloser) { return p.r, p.w }

// ProfileDir is the user data folder, absolute. It is gone after Close.
func (p *Process) ProfileDir() string { return p.folder.profile() }

// PID is the id of the browser process and of its process group.
func (p *Process) PID() int { return p.cmd.Process.Pid }

// Exited is closed when the browser has ended, by itself or by Close.
func (p *Process) Exited() <-chan struct{} { return p.exited }

// Err is why the browser ended, an *Error of kind ErrExited with one sentence;
// nil while it runs and if it ended because of Close.
func (p *Process) Err() error {
	select {
	case <-p.exited:
	default:
		return nil
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.exitError()
}

// wait is the goroutine that owns the program's end. Close waits for it.
func (p *Process) wait() {
	defer close(p.exited)
	waitAndKillGroup(p.cmd)
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.closing {
		p.state = p.cmd.ProcessState
	}
	p.stderr.finish()
}

// Close ends the browser and removes all that it left. It closes the pipe,
// waits up to a second (or until ctx is done) for the browser to end, kills its
// process group, and has the watcher kill what left the group and remove the
// folder. ctx shortens the waiting, never the cleaning. Calling it again gives
// the same result. An error means that something was left.
func (p *Process) Close(ctx context.Context) error {
	p.once.Do(func() { p.closeErr = p.close(ctx) })
	return p.closeErr
}

func (p *Process) close(ctx context.Context) error {
	p.mu.Lock()
	p.closing = true
	p.mu.Unlock()
	p.w.Close()
	p.r.Close()
	p.await(ctx, closeLimit)
	var errs []error
	if !p.hasExited() {
		if err := killGroup(p.PID()); err != nil {
			errs = append(errs, fmt.Errorf("killing the browser: %w", err))
		}
		p.await(context.WithoutCancel(ctx), killLimit)
	}
	if p.hasExited() {
		p.watcher.tell("gone")
	} else {
		errs = append(errs, fmt.Errorf("browser process %d does not end", p.PID()))
	}
	errs = append(errs, p.folder.removeIfLeft(p.watcher.finish()))
	p.folder.unlock()
	reapOrphans(p.PID())
	return errors.Join(errs...)
}

func (p *Process) await(ctx context.Context, limit time.Duration) {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	select {
	case <-p.exited:
	case <-ctx.Done():
	}
}

func (p *Process) hasExited() bool {
	select {
	case <-p.exited:
		return true
	default:
		return false
	}
}
