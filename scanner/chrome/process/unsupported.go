//go:build !linux && !darwin

package process

import (
	"context"
	"errors"
	"io"
	"os/exec"
	"runtime"
)

// Process is a running browser; here there is none.
type Process struct{}

// Start fails with ErrUnsupported: without process groups and a shell nothing
// could promise that the browser is gone in the end.
func Start(context.Context, Options) (*Process, error) { return nil, errUnsupported(runtime.GOOS) }

// Binary is empty.
func (*Process) Binary() Binary { return Binary{} }

// Hello is empty.
func (*Process) Hello() Hello { return Hello{} }

// Pipe is nil.
func (*Process) Pipe() (r io.ReadCloser, w io.WriteCloser) { return nil, nil }

// ProfileDir is empty.
func (*Process) ProfileDir() string { return "" }

// PID is 0.
func (*Process) PID() int { return 0 }

// Exited is nil and never closed.
func (*Process) Exited() <-chan struct{} { return nil }

// Err is nil.
func (*Process) Err() error { return nil }

// Close does nothing.
func (*Process) Close(context.Context) error { return nil }

func ownGroup(*exec.Cmd) {}

func killGroup(int) error { return errors.ErrUnsupported }

func freeSpace(string) (int64, bool) { return 0, false }
