package egress

import (
	"io"
	"net"
	"testing"
	"time"

	"golang.org/x/net/proxy"
)

// The benchmarks report the exit's cost as a ratio to a direct connection
// measured in the same run.

const chunk = 64 << 10

// sink takes everything and answers each connection's end with its own.
func sink(conn *net.TCPConn) { _, _ = io.Copy(io.Discard, conn) }

func BenchmarkThroughput(b *testing.B) {
	server := serve(b, sink)
	e := listen(b, Options{dialAddr: (&internet{server: server}).dial, Resolver: fixed(publicV4)})
	direct := func() net.Conn { return dialDirect(b, server.String()) }
	through := func() net.Conn { return dialThrough(b, e) }
	var base time.Duration
	b.Run("direct", func(b *testing.B) { b.SetBytes(chunk); base = perOp(b, pour(b, direct)) })
	b.Run("exit", func(b *testing.B) {
		b.SetBytes(chunk)
		b.ReportMetric(float64(perOp(b, pour(b, through)))/float64(base), "x-direct")
	})
}

func BenchmarkConnect(b *testing.B) {
	server := serve(b, sink)
	e := listen(b, Options{dialAddr: (&internet{server: server}).dial, Resolver: fixed(publicV4)})
	var base time.Duration
	b.Run("direct", func(b *testing.B) {
		base = perOp(b, func() { dialDirect(b, server.String()).Close() })
	})
	b.Run("exit", func(b *testing.B) {
		b.ReportMetric(float64(perOp(b, func() { dialThrough(b, e).Close() }))/float64(base), "x-direct")
	})
}

func perOp(b *testing.B, op func()) time.Duration {
	for b.Loop() {
		op()
	}
	return b.Elapsed() / time.Duration(b.N)
}

func pour(b *testing.B, dial func() net.Conn) func() {
	conn := dial()
	b.Cleanup(func() { conn.Close() })
	buf := make([]byte, chunk)
	return func() {
		if _, err := conn.Write(buf); err != nil {
			b.Fatal(err)
		}
	}
}

func dialDirect(b *testing.B, address string) net.Conn {
	var d net.Dialer
	conn, err := d.DialContext(b.Context(), "tcp", address)
	if err != nil {
		b.Fatal(err)
	}
	return conn
}

func dialThrough(b *testing.B, e *Exit) net.Conn {
	client, err := proxy.SOCKS5("tcp", e.Addr(), nil, nil)
	if err != nil {
		b.Fatal(err)
	}
	conn, err := client.(proxy.ContextDialer).DialContext(b.Context(), "tcp", "shop.example:443")
	if err != nil {
		b.Fatal(err)
	}
	return conn
}
