package main

import (
	"context"
	"crypto/tls"
	"fmt"
	"net"
	"strconv"
	"time"

	"cookiescan/scanner/egress"
)

// dialer connects as the pages will: with --resolve, --proxy and the guard.
type dialer func(ctx context.Context, network, address string) (net.Conn, error)

// retryEvery is the pause between two attempts at a host that is starting.
const retryEvery = 500 * time.Millisecond

// waitFor waits until the hosts of the start addresses answer, for at most
// limit. What does not answer by then is left to the scan, which says why.
func waitFor(ctx context.Context, dial dialer, starts []string, limit time.Duration) {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	for _, start := range starts {
		for !answers(ctx, dial, start) {
			select {
			case <-ctx.Done():
				return
			case <-time.After(retryEvery):
			}
		}
	}
}

// answers tells whether a host takes a connection and, for https, speaks TLS.
// Whom it speaks for is judged later.
func answers(ctx context.Context, dial dialer, start string) bool {
	ctx, cancel := context.WithTimeout(ctx, egress.DefaultDialTimeout)
	defer cancel()
	host, port := endpoint(start)
	conn, err := dial(ctx, "tcp", net.JoinHostPort(host, strconv.Itoa(int(port))))
	if err != nil {
		return false
	}
	defer conn.Close() //nolint:errcheck // nothing was said on it
	if !isTLS(start) {
		return true
	}
	t := tls.Client(conn, &tls.Config{ServerName: host, InsecureSkipVerify: true}) //nolint:gosec // nothing is sent; the certificate is judged by the scan
	return t.HandshakeContext(ctx) == nil
}

func isTLS(start string) bool { return len(start) > 8 && start[:8] == "https://" }

// withExit runs f with a dialer that goes the way of the scan.
func withExit(ctx context.Context, o egress.Options, f func(dialer) error) error {
	exit, err := egress.Listen(ctx, o)
	if err != nil {
		return fmt.Errorf("opening the way out: %w", err)
	}
	err = f(exit.DialContext)
	if closing := exit.Close(); err == nil && closing != nil {
		err = fmt.Errorf("closing the way out: %w", closing)
	}
	return err
}
