package sitehost

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"sync"
)

// reply is the way a response leaves: through net/http or written by hand.
type reply interface {
	io.Writer
	// hints sends an informational 103 response (RFC 8297).
	hints(lines []header) error
	// head sends status line and headers; size is the length of the body in
	// octets, -1 if unknown.
	head(status int, lines []header, size int64)
	// flush sends what has been written so far.
	flush() error
	// close ends the response.
	close()
}

// httpReply leaves the wire format, h2 or HTTP/1.1, to net/http.
type httpReply struct{ w http.ResponseWriter }

func (h httpReply) Write(p []byte) (int, error) { return h.w.Write(p) }
func (h httpReply) flush() error                { return http.NewResponseController(h.w).Flush() }
func (h httpReply) close()                      {}

func (h httpReply) hints(lines []header) error {
	h.put(lines)
	h.w.WriteHeader(http.StatusEarlyHints) // sent at once; Flush would end the headers
	clear(h.w.Header())
	return nil
}

func (h httpReply) head(status int, lines []header, size int64) {
	h.put(lines)
	// A nil value keeps net/http from adding a header of its own.
	for _, name := range []string{"Date", "Content-Type"} {
		if _, ok := h.w.Header()[name]; !ok {
			h.w.Header()[name] = nil
		}
	}
	if size >= 0 && hasBody(status) {
		h.w.Header()["Content-Length"] = []string{strconv.FormatInt(size, 10)}
	}
	h.w.WriteHeader(status)
}

// put sets headers under their names as written: Header.Add would change case.
func (h httpReply) put(lines []header) {
	m := h.w.Header()
	for _, l := range lines {
		m[l.name] = append(m[l.name], l.value)
	}
}

// rawReply writes HTTP/1.1 by hand on a connection taken from net/http. The
// end of the body is the end of the connection (RFC 9112, section 6.3, rule 8).
type rawReply struct {
	conn     net.Conn
	w        *bufio.Writer
	headOnly bool // the request was HEAD
	watch    sync.WaitGroup
}

// newRawReply takes over the connection. The request that it returns has a
// context that ends when the client leaves: net/http no longer watches.
func newRawReply(w http.ResponseWriter, r *http.Request) (*rawReply, *http.Request, error) {
	conn, rw, err := http.NewResponseController(w).Hijack()
	if err != nil {
		return nil, nil, fmt.Errorf("taking over the connection: %w", err)
	}
	ctx, cancel := context.WithCancel(r.Context())
	h := &rawReply{conn: conn, w: rw.Writer, headOnly: r.Method == http.MethodHead}
	h.watch.Go(func() {
		defer cancel()
		_, _ = io.Copy(io.Discard, conn) // its end is the news, not its reason
	})
	return h, r.WithContext(ctx), nil
}

func (h *rawReply) Write(p []byte) (int, error) {
	if h.headOnly {
		return 0, http.ErrBodyNotAllowed
	}
	return h.w.Write(p)
}

func (h *rawReply) flush() error { return h.w.Flush() }

// close's errors mean that the client is gone, which ends the response too.
func (h *rawReply) close() {
	_ = h.w.Flush()
	_ = h.conn.Close()
	h.watch.Wait()
}

func (h *rawReply) hints(lines []header) error {
	h.lines(http.StatusEarlyHints, lines)
	return h.flush()
}

func (h *rawReply) head(status int, lines []header, _ int64) {
	own := false
	for _, l := range lines {
		own = own || strings.EqualFold(l.name, "Connection")
	}
	if !own {
		lines = append(lines, field("Connection", "close"))
	}
	h.lines(status, lines)
}

// lines writes into the buffer, which keeps the first error until Flush.
func (h *rawReply) lines(status int, lines []header) {
	_, _ = fmt.Fprintf(h.w, "HTTP/1.1 %d %s\r\n", status, http.StatusText(status))
	for _, l := range lines {
		_, _ = h.w.WriteString(l.text + "\r\n")
	}
	_, _ = h.w.WriteString("\r\n")
}
