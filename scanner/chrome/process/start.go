//go:build linux || darwin

package process

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"syscall"
)

// Start starts a browser and returns once it has answered a first command. ctx
// bounds the start alone; without a deadline of its own it is 60 seconds. Errors
// are *Error where the user can act: ErrExited (with what the browser said),
// ErrNoAnswer, ErrFlag. After an error nothing is left and nothing need be
// closed; otherwise the caller must call Close.
func Start(ctx context.Context, o Options) (*Process, error) {
	if o.TempDir == "" {
		o.TempDir = os.TempDir()
	}
	sweep(o.TempDir)
	root, err := folderName(o.TempDir)
	if err != nil {
		return nil, err
	}
	p := &Process{binary: o.Binary, exited: make(chan struct{})}
	if _, err := parseFlags(o.Flags); err != nil {
		return nil, err
	}
	prefs, err := preferences(o.Preferences)
	if err != nil {
		return nil, err
	}
	if p.watcher, err = startWatcher(); err != nil {
		return nil, err
	}
	p.watcher.tell("dir %s", root)
	if p.folder, err = makeFolder(root, prefs); err != nil {
		if errors.Is(err, os.ErrExist) {
			p.watcher.tell("forget")
		}
		return nil, errors.Join(err, p.watcher.finish())
	}
	if err := p.prepare(o); err != nil {
		p.folder.unlock()
		return nil, errors.Join(err, p.watcher.finish())
	}
	if err := p.greet(ctx); err != nil {
		return nil, errors.Join(err, p.Close(context.WithoutCancel(ctx)))
	}
	return p, nil
}

// prepare lets the caller prepare the folder, then launches.
func (p *Process) prepare(o Options) error {
	if o.Prepare != nil {
		flags, err := o.Prepare(p.folder.root)
		if err != nil {
			return fmt.Errorf("preparing the browser's folder: %w", err)
		}
		o.Flags = append(slices.Clone(o.Flags), flags...)
	}
	args, err := o.arguments(p.folder.profile())
	if err != nil {
		return err
	}
	return p.launch(o, args)
}

// launch starts the program with its ends of the pipes: what it reads commands
// from is its descriptor 3, what it answers on is 4.
func (p *Process) launch(o Options, args []string) error {
	commands, replies, stderr, err := pipes()
	if err != nil {
		return err
	}
	cmd := exec.CommandContext(context.Background(), o.Binary.Path, args...)
	cmd.Dir = tempOf(p.folder.root)
	cmd.Env = environment(os.Environ(), p.folder.root, o.Env)
	cmd.ExtraFiles = []*os.File{commands.r, replies.w}
	cmd.Stderr = stderr.w
	ownGroup(cmd)
	err = cmd.Start()
	commands.r.Close()
	replies.w.Close()
	stderr.w.Close()
	if err != nil {
		commands.w.Close()
		replies.r.Close()
		stderr.r.Close()
		return startError(o.Binary.Path, err)
	}
	p.watcher.tell("group %d", cmd.Process.Pid)
	limitMemory(cmd.Process.Pid, o.memoryLimit())
	p.cmd, p.r, p.w = cmd, replies.r, commands.w
	p.stderr = newTail(stderr.r, o.StderrLimit)
	go p.stderr.run()
	go p.wait()
	return nil
}

func startError(path string, err error) error {
	e := &Error{Kind: ErrExited, Cause: err, Message: fmt.Sprintf("starting the browser: %v", err)}
	switch {
	case errors.Is(err, os.ErrNotExist):
		e.Kind = ErrNotFound
	case errors.Is(err, os.ErrPermission):
		e.Kind = ErrNotExecutable
	case errors.Is(err, syscall.ENOEXEC):
		e.Kind, e.Advice = ErrNotABrowser, chooseAnother
		e.Message = path + " was built for another kind of processor"
	}
	return e
}

type pipe struct{ r, w *os.File }

// pipes makes the three pipes to the browser, or none.
func pipes() (commands, replies, stderr pipe, err error) {
	var made []pipe
	for range 3 {
		r, w, err := os.Pipe()
		if err != nil {
			for _, p := range made {
				p.r.Close()
				p.w.Close()
			}
			return pipe{}, pipe{}, pipe{}, fmt.Errorf("starting the browser: %w", err)
		}
		made = append(made, pipe{r, w})
	}
	return made[0], made[1], made[2], nil
}
