//go:build linux || darwin

package process

import (
	"bytes"
	"errors"
	"os"
	"strings"
	"sync"
	"syscall"
	"time"
)

// defaultTail is how much of the end of standard error is kept.
const defaultTail = 16 << 10

// lineLimit is the longest line that is looked at.
const lineLimit = 4 << 10

// tail reads the browser's standard error: it keeps the end, and the first line
// that explains a failure even if a stack trace follows.
type tail struct {
	r     *os.File
	limit int
	done  chan struct{}

	mu     sync.Mutex
	kept   []byte
	line   []byte
	reason *reason
	detail string
}

func newTail(r *os.File, limit int) *tail {
	if limit <= 0 {
		limit = defaultTail
	}
	return &tail{r: r, limit: limit, done: make(chan struct{})}
}

// run reads to the end. It owns r.
func (t *tail) run() {
	defer close(t.done)
	defer t.r.Close()
	buf := make([]byte, 4096)
	for {
		n, err := t.r.Read(buf)
		t.add(buf[:n])
		if errors.Is(err, os.ErrDeadlineExceeded) {
			t.drain(buf)
		}
		if err != nil {
			t.add([]byte("\n"))
			return
		}
	}
}

// drains bounds the reads for that: a pipe holds no more.
const drains = 64

// drain reads what is there already. Once the deadline of finish is over, Read
// does not even look, and on a busy machine that may be before this program has
// read the last words.
func (t *tail) drain(buf []byte) {
	conn, err := t.r.SyscallConn()
	if err != nil {
		return
	}
	_ = conn.Control(func(fd uintptr) {
		for range drains { // somebody may write without end
			n, err := syscall.Read(int(fd), buf) // does not wait: a pipe of os is non-blocking
			if errors.Is(err, syscall.EINTR) {
				continue
			}
			if err != nil || n <= 0 {
				return
			}
			t.add(buf[:n])
		}
	})
}

// finish waits until everything was read that was written. The browser is dead,
// but a helper outside its group may hold the other end: hence the deadline.
func (t *tail) finish() {
	_ = t.r.SetReadDeadline(time.Now().Add(200 * time.Millisecond))
	<-t.done
}

func (t *tail) add(p []byte) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.kept = append(t.kept, p...)
	if over := len(t.kept) - t.limit; over > 0 {
		t.kept = append(t.kept[:0], t.kept[over:]...)
	}
	for {
		i := bytes.IndexByte(p, '\n')
		if i < 0 {
			t.grow(p)
			return
		}
		t.grow(p[:i])
		t.judge(string(t.line))
		t.line = t.line[:0]
		p = p[i+1:]
	}
}

func (t *tail) grow(p []byte) {
	if room := lineLimit - len(t.line); room > 0 {
		t.line = append(t.line, p[:min(room, len(p))]...)
	}
}

func (t *tail) judge(line string) {
	if t.reason != nil {
		return
	}
	if r := explain(line); r != nil {
		t.reason, t.detail = r, printable(line, 200)
	}
}

// last is the last line that is not routine, safe to print, or empty.
func (t *tail) last() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	found := ""
	for line := range strings.Lines(string(t.kept)) {
		if line = printable(line, 200); line != "" && !isRoutine(line) {
			found = line
		}
	}
	return found
}

// why is the first line that explains a failure and its reason, or nil.
func (t *tail) why() (*reason, string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.reason, t.detail
}
