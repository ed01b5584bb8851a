//go:build !linux

package netlog

import (
	"errors"
	"fmt"
)

// fifo exists only on Linux: elsewhere Go cannot interrupt a read from a FIFO
// (Darwin's kqueue does not report the end of its last writer) or there is none.
type fifo struct{ path string }

func newFIFO(string) (*fifo, error) {
	return nil, fmt.Errorf("NetLog through a pipe: %w on this system", errors.ErrUnsupported)
}

func (f *fifo) Read([]byte) (int, error) { return 0, errors.ErrUnsupported }
func (f *fifo) interrupt()               {}
func (f *fifo) close()                   {}
