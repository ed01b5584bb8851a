package egress

import (
	"errors"
	"io"
	"net"
	"sync"
	"syscall"
	"time"
)

// relay carries octets both ways until both sides have ended, and returns how
// many. An end of one direction is passed on as such (half-close); after it the
// other may last linger. An error ends both. The caller closes.
func relay(client, server net.Conn, linger time.Duration) (sent, received int64) {
	var wg sync.WaitGroup
	wg.Go(func() { sent = pipe(server, client, linger) })
	received = pipe(client, server, linger)
	wg.Wait()
	return sent, received
}

// pipe copies src to dst. Between TCP connections io.Copy splices in the kernel.
func pipe(dst, src net.Conn, linger time.Duration) int64 {
	n, err := io.Copy(dst, src)
	if err == nil {
		err = closeWrite(dst)
	}
	if err == nil {
		err = limitReverse(dst, src, linger)
	}
	if err != nil {
		abort(dst, src, err)
	}
	return n
}

// limitReverse bounds the direction dst to src, whether it waits for octets or
// for somebody to take them.
func limitReverse(dst, src net.Conn, linger time.Duration) error {
	end := time.Now().Add(linger)
	return errors.Join(dst.SetReadDeadline(end), src.SetWriteDeadline(end))
}

// abort ends both connections. A reset is passed on as a reset, because
// Chromium tells it from an empty response.
func abort(a, b net.Conn, cause error) {
	for _, conn := range []net.Conn{a, b} {
		if tcp, ok := conn.(*net.TCPConn); ok && errors.Is(cause, syscall.ECONNRESET) {
			_ = tcp.SetLinger(0)
		}
		_ = conn.Close()
	}
}

// closeWrite ends the sending direction; a connection that cannot do that is
// left open until both directions have ended.
func closeWrite(conn net.Conn) error {
	if half, ok := conn.(interface{ CloseWrite() error }); ok {
		return half.CloseWrite()
	}
	return nil
}
