// Package journal writes a log of events and reads it back: one JSON object a
// line, numbered, each with the hash of the line before, so that a line that was
// changed, removed or added in between shows. What events mean is their
// writer's affair. A journal has one writer; a line that was torn by a sudden
// end is recognised and cut.
package journal

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"time"
)

// Line is one event.
type Line struct {
	Seq   int64           `json:"seq"`  // from 1
	Time  time.Time       `json:"time"` // UTC
	Prev  string          `json:"prev"` // SHA-256 of the line before without its end, hexadecimal; empty in the first
	Event string          `json:"event"`
	Data  json.RawMessage `json:"data,omitempty"`
}

// maxLine bounds a line that is read.
const maxLine = 64 << 20

// Writer appends to a journal. Its methods are called by one goroutine.
type Writer struct {
	file *os.File
	now  func() time.Time
	seq  int64
	prev string
}

// Create begins a new journal in place of one that is there.
func Create(path string, now func() time.Time) (*Writer, error) {
	f, err := os.Create(path)
	if err != nil {
		return nil, fmt.Errorf("beginning the journal: %w", err)
	}
	return &Writer{file: f, now: now}, nil
}

// Continue goes on with a journal. A torn last line is cut off; torn is its
// length in bytes, 0 if there is none.
func Continue(path string, now func() time.Time) (w *Writer, torn int64, err error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o666)
	if err != nil {
		return nil, 0, fmt.Errorf("opening the journal: %w", err)
	}
	w = &Writer{file: f, now: now}
	end, err := w.catchUp()
	if err == nil {
		torn, err = w.cut(end)
	}
	if err != nil {
		return nil, 0, errors.Join(err, f.Close())
	}
	return w, torn, nil
}

// catchUp reads to the last whole line and returns where it ends.
func (w *Writer) catchUp() (end int64, err error) {
	return scan(w.file, func(l Line, raw []byte) error {
		w.seq, w.prev = l.Seq, hash(raw)
		return nil
	})
}

func (w *Writer) cut(end int64) (torn int64, err error) {
	size, err := w.file.Seek(0, io.SeekEnd)
	if err != nil {
		return 0, fmt.Errorf("reading the journal: %w", err)
	}
	if size == end {
		return 0, nil
	}
	if err := w.file.Truncate(end); err != nil {
		return 0, fmt.Errorf("cutting the journal's torn line: %w", err)
	}
	if _, err := w.file.Seek(end, io.SeekStart); err != nil {
		return 0, fmt.Errorf("cutting the journal's torn line: %w", err)
	}
	return size - end, nil
}

// Write appends an event. The line is with the operating system when it
// returns: it outlives the program, though not the machine.
func (w *Writer) Write(event string, data any) error {
	l := Line{Seq: w.seq + 1, Time: w.now().UTC(), Prev: w.prev, Event: event}
	if data != nil {
		b, err := json.Marshal(data)
		if err != nil {
			return fmt.Errorf("writing the journal: event %s: %w", event, err)
		}
		l.Data = b
	}
	raw, err := json.Marshal(l)
	if err != nil {
		return fmt.Errorf("writing the journal: event %s: %w", event, err)
	}
	if _, err := w.file.Write(append(raw, '\n')); err != nil {
		return fmt.Errorf("writing the journal: %w", err)
	}
	w.seq, w.prev = l.Seq, hash(raw)
	return nil
}

// Close ends the journal for this time.
func (w *Writer) Close() error {
	if err := errors.Join(w.file.Sync(), w.file.Close()); err != nil {
		return fmt.Errorf("closing the journal: %w", err)
	}
	return nil
}

// Read gives each event to f, in order, and checks that the journal is whole:
// numbers without a gap, hashes that fit. A torn last line is no error.
func Read(r io.Reader, f func(Line) error) error {
	_, err := scan(r, func(l Line, _ []byte) error { return f(l) })
	return err
}

// scan returns where the last whole line ends.
func scan(r io.Reader, f func(l Line, raw []byte) error) (end int64, err error) {
	lines := bufio.NewReaderSize(r, 64<<10)
	var seq int64
	var prev string
	for n := 1; ; n++ {
		raw, whole, err := readLine(lines)
		if err != nil {
			return end, fmt.Errorf("journal line %d: %w", n, err)
		}
		if !whole {
			return end, nil // torn, or the end
		}
		var l Line
		if err := json.Unmarshal(raw, &l); err != nil {
			return end, fmt.Errorf("journal line %d is no event: %w", n, err)
		}
		if l.Seq != seq+1 || l.Prev != prev {
			return end, fmt.Errorf("journal line %d does not follow the line before it: the journal was changed", n)
		}
		if err := f(l, raw); err != nil {
			return end, err
		}
		seq, prev, end = l.Seq, hash(raw), end+int64(len(raw))+1
	}
}

// readLine reads a line without its end; whole is false at the end of the file
// and for a line that has none.
func readLine(r *bufio.Reader) (line []byte, whole bool, err error) {
	for {
		part, err := r.ReadSlice('\n')
		line = append(line, part...)
		switch {
		case err == nil:
			return bytes.TrimSuffix(line, []byte("\n")), true, nil
		case errors.Is(err, io.EOF):
			return line, false, nil
		case !errors.Is(err, bufio.ErrBufferFull):
			return nil, false, err
		case len(line) > maxLine:
			return nil, false, fmt.Errorf("it is longer than %d bytes", maxLine)
		}
	}
}

func hash(raw []byte) string {
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:])
}
