package netlog

import (
	"fmt"
	"os"
	"syscall"
	"time"
)

// fifo is the reading end of a named pipe that never blocks at opening and that
// knows the end of a writer it has not seen come.
//
// Three traps. Opening a FIFO for reading blocks until a writer comes, so it is
// opened non-blocking, which also gives it to Go's poller and makes deadlines
// work. Without any writer a read would at once say EOF, so a writing end of our
// own, the keeper, holds the pipe open until the browser has come. But as long as
// the keeper lives there is no EOF at all, so it goes as soon as the first octet
// was read: it proves that the browser has its own end open.
type fifo struct {
	path   string
	reader *os.File
	keeper *os.File
}

func newFIFO(path string) (*fifo, error) {
	if err := syscall.Mkfifo(path, 0o600); err != nil {
		return nil, &os.PathError{Op: "mkfifo", Path: path, Err: err}
	}
	f := &fifo{path: path}
	var err error
	if f.reader, err = os.OpenFile(path, os.O_RDONLY|syscall.O_NONBLOCK, 0); err == nil {
		f.keeper, err = os.OpenFile(path, os.O_WRONLY|syscall.O_NONBLOCK, 0)
	}
	if err == nil {
		err = f.reader.SetReadDeadline(time.Time{}) // a pipe that cannot be interrupted is no use
	}
	if err != nil {
		f.close()
		return nil, fmt.Errorf("opening the NetLog pipe: %w", err)
	}
	return f, nil
}

func (f *fifo) Read(p []byte) (int, error) {
	n, err := f.reader.Read(p)
	if n > 0 && f.keeper != nil {
		f.keeper.Close() //nolint:errcheck // nothing was written through it
		f.keeper = nil
	}
	return n, err
}

// interrupt ends a running and every later Read with os.ErrDeadlineExceeded. It
// may be called at any time from any goroutine.
func (f *fifo) interrupt() {
	f.reader.SetReadDeadline(time.Unix(1, 0)) //nolint:errcheck // closed already is fine
}

// close closes both ends and removes the file. A browser that still writes gets
// EPIPE, stops logging and runs on.
func (f *fifo) close() {
	if f.keeper != nil {
		f.keeper.Close() //nolint:errcheck // see Read
		f.keeper = nil
	}
	if f.reader != nil {
		f.reader.Close() //nolint:errcheck // only read from
	}
	os.Remove(f.path) //nolint:errcheck // its folder is removed by its owner
}
