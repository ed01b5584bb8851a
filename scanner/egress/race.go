package egress

import (
	"context"
	"net"
	"net/netip"
	"time"
)

type attempt struct {
	conn net.Conn
	addr netip.Addr
	err  error
}

// race dials addrs in order, each next one when the one before has failed or
// after delay, and returns the first connection. It waits for the losers. With
// one address it only dials.
func race(ctx context.Context, addrs []netip.AddrPort, delay time.Duration,
	dial func(context.Context, netip.AddrPort) (net.Conn, error),
) (net.Conn, netip.Addr, error) {
	if len(addrs) == 1 {
		conn, err := dial(ctx, addrs[0])
		return conn, addrs[0].Addr(), err
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	results := make(chan attempt, len(addrs))
	start := func(a netip.AddrPort) {
		go func() {
			conn, err := dial(ctx, a)
			results <- attempt{conn, a.Addr(), err}
		}()
	}
	timer := time.NewTimer(delay)
	defer timer.Stop()
	var worst error
	next, running := 0, 0
	for next < len(addrs) || running > 0 {
		if running == 0 {
			start(addrs[next])
			next, running = next+1, running+1
			timer.Reset(delay)
		}
		select {
		case r := <-results:
			running--
			if r.err == nil {
				cancel()
				closeLosers(results, running)
				return r.conn, r.addr, nil
			}
			worst = tellingError(worst, r.err)
		case <-timer.C:
			if next < len(addrs) {
				start(addrs[next])
				next, running = next+1, running+1
			}
			timer.Reset(delay)
		}
	}
	return nil, netip.Addr{}, worst
}

func closeLosers(results <-chan attempt, running int) {
	for range running {
		if r := <-results; r.err == nil {
			_ = r.conn.Close()
		}
	}
}

// tellingError prefers what the host itself said to "no route", which is what a
// machine without IPv6 says of every IPv6 address.
func tellingError(a, b error) error {
	if a == nil || isUnreachable(a) {
		return b
	}
	return a
}
