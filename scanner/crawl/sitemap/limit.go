package sitemap

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"fmt"
	"io"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// limit reads up to a number of bytes and fails beyond.
type limit struct {
	r    io.Reader
	left int64
	read int64
	err  error // beyond the limit
}

func (l *limit) Read(b []byte) (int, error) {
	if l.left <= 0 {
		var one [1]byte
		if n, err := l.r.Read(one[:]); n == 0 {
			return 0, err
		}
		return 0, l.err
	}
	n, err := l.r.Read(b[:min(int64(len(b)), l.left)])
	l.left -= int64(n)
	l.read += int64(n)
	return n, err
}

// unpack undoes gzip, twice if need be: a file may be compressed for the
// transport too. What goes in and what comes out is bounded alike.
func unpack(body io.Reader, size int64, beyond error) (*limit, error) {
	out := &limit{r: body, left: size, err: beyond}
	for range 2 {
		r := bufio.NewReader(out)
		out = &limit{r: r, left: size, err: beyond}
		magic, _ := r.Peek(2)
		if !bytes.Equal(magic, []byte{0x1f, 0x8b}) {
			break
		}
		z, err := gzip.NewReader(r)
		if err != nil {
			return nil, fmt.Errorf("it is broken: %w", err)
		}
		out.r = z
	}
	return out, nil
}

// decoded is text in UTF-8, whatever the byte order mark says it was.
func decoded(r io.Reader) *bufio.Reader {
	return bufio.NewReader(transform.NewReader(r, unicode.BOMOverride(transform.Nop)))
}

// pieces bounds what is read between two calls of reset.
type pieces struct {
	r    *bufio.Reader
	left int
}

// maxPiece is the length of the longest element or text, in bytes.
const maxPiece = 1 << 20

func (p *pieces) reset() { p.left = maxPiece }

func (p *pieces) ReadByte() (byte, error) {
	if p.left--; p.left < 0 {
		return 0, errToken
	}
	return p.r.ReadByte()
}

func (p *pieces) Read(b []byte) (int, error) {
	if p.left < 0 {
		return 0, errToken
	}
	n, err := p.r.Read(b[:min(len(b), 4096)])
	p.left -= n
	return n, err
}
