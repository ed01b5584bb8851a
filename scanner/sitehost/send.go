package sitehost

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"net/http"
	"time"
)

// tail is what follows the fixed body of a response.
type tail int

const (
	tailNone    tail = iota
	tailBig          // so many more octets
	tailEndless      // octets until the client leaves
	tailBomb         // gzip of so many zeros
	tailOpen         // nothing, but the response does not end
)

const endlessPause = 10 * time.Millisecond // between chunks, to spare the processor

// tail says what the route sends after its fixed body, and how much of it.
func (rt *route) tail() (tail, int64) {
	spec := rt.spec
	switch {
	case rt.bigBody > 0:
		return tailBig, rt.bigBody
	case spec.Endless:
		return tailEndless, 0
	case rt.gzipBomb > 0:
		return tailBomb, rt.gzipBomb
	case spec.HangAfterHeaders, spec.EventStream != nil && !spec.EventStream.Close:
		return tailOpen, 0
	}
	return tailNone, 0
}

// errClientLeft also stands for the end of the server.
var errClientLeft = errors.New("the client left")

// send writes the response. A write fails only when the client has left, which
// ends the response and is nobody's error.
func (e *exchange) send(out reply, c content, lines []header) {
	out.head(c.status, lines, c.size())
	if e.r.Method == http.MethodHead {
		return
	}
	if c.send(e.r.Context(), out) != nil {
		abandon()
	}
}

// size is the length of the whole body, -1 if unknown.
func (c content) size() int64 {
	switch c.tail {
	case tailNone:
		return int64(len(c.body))
	case tailBig:
		return int64(len(c.body)) + c.tailSize
	case tailEndless, tailBomb, tailOpen:
	}
	return -1
}

func (c content) send(ctx context.Context, out reply) error {
	var w io.Writer = out
	if c.delay > 0 || c.drip > 0 || c.tail != tailNone {
		if err := out.flush(); err != nil {
			return err
		}
	}
	if !pause(ctx, c.delay) {
		return errClientLeft
	}
	if c.drip > 0 {
		w = &dripper{ctx: ctx, out: out, gap: c.drip}
	}
	if len(c.body) > 0 {
		if _, err := w.Write(c.body); err != nil {
			return err
		}
	}
	return c.sendTail(ctx, out, w)
}

func (c content) sendTail(ctx context.Context, out reply, w io.Writer) error {
	switch c.tail {
	case tailNone:
	case tailBig:
		_, err := io.CopyN(w, repeated('x'), c.tailSize)
		return err
	case tailBomb:
		return bomb(out, c.tailSize)
	case tailEndless:
		return endless(ctx, out, w)
	case tailOpen:
		if err := out.flush(); err != nil {
			return err
		}
		<-ctx.Done()
		return errClientLeft
	}
	return nil
}

func endless(ctx context.Context, out reply, w io.Writer) error {
	chunk := bytes.Repeat([]byte{'x'}, 1000)
	for {
		if _, err := w.Write(chunk); err != nil {
			return err
		}
		if err := out.flush(); err != nil {
			return err
		}
		if !pause(ctx, endlessPause) {
			return errClientLeft
		}
	}
}

// bomb compresses while sending, so that only the client needs the memory.
func bomb(w io.Writer, size int64) error {
	z := gzip.NewWriter(w)
	if _, err := io.CopyN(z, repeated(0), size); err != nil {
		return err
	}
	return z.Close()
}

// repeated reads as one octet for ever.
type repeated byte

func (b repeated) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = byte(b)
	}
	return len(p), nil
}

// dripper sends single octets with a pause before each but the first.
type dripper struct {
	ctx     context.Context // of the one request it serves
	out     reply
	gap     time.Duration
	started bool
}

func (d *dripper) Write(p []byte) (int, error) {
	for i := range p {
		if d.started && !pause(d.ctx, d.gap) {
			return i, errClientLeft
		}
		d.started = true
		if _, err := d.out.Write(p[i : i+1]); err != nil {
			return i, err
		}
		if err := d.out.flush(); err != nil {
			return i, err
		}
	}
	return len(p), nil
}
