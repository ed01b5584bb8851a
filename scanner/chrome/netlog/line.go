package netlog

import (
	"bufio"
	"bytes"
	"errors"
	"io"
)

// maxLine bounds one line of the log. A header block has up to 256 KiB and a URL
// up to 2 MiB before escaping; longer lines are skipped and counted.
const maxLine = 4 << 20

// lineBuffer is what is read at once; a line that fits is not copied.
const lineBuffer = 256 << 10

// lineReader splits a log into lines without ever holding more than max octets
// of one; max is at least lineBuffer.
type lineReader struct {
	src     *bufio.Reader
	max     int
	long    []byte // a line that did not fit the buffer of src
	bytes   int64  // read so far
	skipped int64  // lines longer than max
}

func newLineReader(src io.Reader, limit int) *lineReader {
	return &lineReader{src: bufio.NewReaderSize(src, lineBuffer), max: limit}
}

// next returns the next complete line without its end; it is valid until the
// following call. A last line without an end is not complete: the browser died
// while writing it.
func (r *lineReader) next() ([]byte, error) {
	for {
		line, err := r.src.ReadSlice('\n')
		r.bytes += int64(len(line))
		switch {
		case err == nil:
			return line[:len(line)-1], nil
		case !errors.Is(err, bufio.ErrBufferFull):
			return nil, err
		default:
			line, fits, err := r.rest(line)
			if err != nil {
				return nil, err
			}
			if fits {
				return line, nil
			}
			r.skipped++
		}
	}
}

// rest reads on to the end of a line that did not fit the buffer, dropping what
// is over the limit.
func (r *lineReader) rest(start []byte) (line []byte, fits bool, err error) {
	r.long = append(r.long[:0], start...)
	fits = true
	for {
		part, err := r.src.ReadSlice('\n')
		r.bytes += int64(len(part))
		if fits = fits && len(r.long)+len(part) <= r.max+1; fits {
			r.long = append(r.long, part...)
		}
		if err == nil {
			return bytes.TrimSuffix(r.long, []byte("\n")), fits, nil
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return nil, false, err
		}
	}
}

// eventType finds the type of an event line without decoding it. Chromium writes
// an object's keys in order, so "type" is the last; inside a string its quotes
// would be escaped. Not ok means: the line is not of that form.
func eventType(line []byte) (n int, ok bool) {
	i := bytes.LastIndex(line, []byte(`"type":`))
	if i < 0 {
		return 0, false
	}
	rest := line[i+len(`"type":`):]
	digits := 0
	for digits < len(rest) && digits < 6 && '0' <= rest[digits] && rest[digits] <= '9' {
		n = n*10 + int(rest[digits]-'0')
		digits++
	}
	tail := bytes.TrimSuffix(bytes.TrimRight(rest[digits:], "\r"), []byte(","))
	return n, digits > 0 && string(tail) == "}"
}
