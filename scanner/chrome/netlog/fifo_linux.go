package netlog

import (
	"errors"
	"fmt"
	"io"
	"os"
	"sync/atomic"
	"syscall"
	"time"
)

// fifo is the reading end of a named pipe that never blocks at opening and that
// knows the end of a writer it has not seen come.
//
// Three traps. Opening a FIFO for reading blocks until a writer comes, so it is
// opened non-blocking. Without any writer a read would at once say EOF, so a
// writing end of our own, the keeper, holds the pipe open until the browser has
// come. But as long as the keeper lives there is no EOF at all, so it goes as soon
// as the first octet was read: it proves that the browser has its own end open.
//
// It is looked into at intervals. Chromium writes every event by itself, some
// thousands a page, and each would wake whoever waits for it.
type fifo struct {
	path        string
	fd          int // -1: closed
	keeper      *os.File
	drained     bool // the last read took all there was
	interrupted atomic.Bool
}

// gather is how long the log gathers between two reads. A pipe holds 64 KiB,
// which is some 400 events.
const gather = 4 * time.Millisecond

func newFIFO(path string) (*fifo, error) {
	if err := syscall.Mkfifo(path, 0o600); err != nil {
		return nil, &os.PathError{Op: "mkfifo", Path: path, Err: err}
	}
	f := &fifo{path: path}
	var err error
	if f.fd, err = syscall.Open(path, syscall.O_RDONLY|syscall.O_NONBLOCK|syscall.O_CLOEXEC, 0); err == nil {
		f.keeper, err = os.OpenFile(path, os.O_WRONLY|syscall.O_NONBLOCK, 0)
	}
	if err != nil {
		f.close()
		return nil, fmt.Errorf("opening the NetLog pipe: %w", err)
	}
	return f, nil
}

func (f *fifo) Read(p []byte) (int, error) {
	for {
		if f.drained {
			time.Sleep(gather)
		}
		if f.interrupted.Load() {
			return 0, os.ErrDeadlineExceeded
		}
		n, err := syscall.Read(f.fd, p)
		f.drained = n < len(p)
		switch {
		case n > 0:
			f.release()
			return n, nil
		case err == nil:
			return 0, io.EOF
		case !errors.Is(err, syscall.EAGAIN) && !errors.Is(err, syscall.EINTR):
			return 0, &os.PathError{Op: "read", Path: f.path, Err: err}
		}
	}
}

func (f *fifo) release() {
	if f.keeper != nil {
		f.keeper.Close() //nolint:errcheck // nothing was written through it
		f.keeper = nil
	}
}

// interrupt ends a running and every later Read with os.ErrDeadlineExceeded. It
// may be called at any time from any goroutine.
func (f *fifo) interrupt() { f.interrupted.Store(true) }

// close closes both ends and removes the file. A browser that still writes gets
// EPIPE, stops logging and runs on.
func (f *fifo) close() {
	f.release()
	if f.fd >= 0 {
		syscall.Close(f.fd) //nolint:errcheck // only read from
		f.fd = -1
	}
	os.Remove(f.path) //nolint:errcheck // its folder is removed by its owner
}
