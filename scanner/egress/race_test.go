package egress

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"slices"
	"syscall"
	"testing"
	"testing/synctest"
	"time"
)

// fakeConn notes its close.
type fakeConn struct {
	net.Conn
	closed bool
}

func (c *fakeConn) Close() error { c.closed = true; return nil }

// plan is what dialling an address does: after a time, succeed or fail.
type plan struct {
	after time.Duration
	err   error
	stays bool // does not heed the context
}

func TestRace(t *testing.T) {
	slow := time.Hour
	a, b, c := publicV4, publicV6, publicV4b
	tests := []struct {
		name   string
		order  []string
		plans  map[string]plan
		winner string
		took   time.Duration
		err    error
	}{
		{"first at once", []string{a, b}, map[string]plan{a: {}, b: {}}, a, 0, nil},
		{"first fails", []string{a, b}, map[string]plan{a: {err: syscall.ECONNREFUSED}, b: {}}, b, 0, nil},
		{"first hangs", []string{a, b}, map[string]plan{a: {after: slow}, b: {}}, b, attemptDelay, nil},
		{"two hang", []string{a, b, c}, map[string]plan{a: {after: slow}, b: {after: slow}, c: {}}, c, 2 * attemptDelay, nil},
		{"first is late but first", []string{a, b}, map[string]plan{a: {after: 300 * time.Millisecond}, b: {after: slow}}, a, 300 * time.Millisecond, nil},
		{"all fail", []string{a, b}, map[string]plan{a: {err: syscall.ECONNREFUSED}, b: {err: syscall.ECONNREFUSED}}, "", 0, syscall.ECONNREFUSED},
		{"the telling error", []string{b, a}, map[string]plan{b: {err: syscall.ENETUNREACH}, a: {err: syscall.ECONNREFUSED}}, "", 0, syscall.ECONNREFUSED},
		{"the telling error first", []string{a, b}, map[string]plan{a: {err: syscall.ECONNREFUSED}, b: {err: syscall.ENETUNREACH}}, "", 0, syscall.ECONNREFUSED},
		{"all hang", []string{a, b}, map[string]plan{a: {after: slow}, b: {after: slow}}, "", 10 * time.Second, context.DeadlineExceeded},
		{"alone", []string{a}, map[string]plan{a: {after: time.Second}}, a, time.Second, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
				defer cancel()
				start := time.Now()
				conn, got, err := race(ctx, withPort(addrs(tt.order...), 80), attemptDelay, dialPlan(tt.plans, nil))
				if took := time.Since(start); took != tt.took || !errors.Is(err, tt.err) {
					t.Errorf("after %s: %v; want %s, %v", took, err, tt.took, tt.err)
				}
				if tt.err == nil && (conn == nil || got != addr(tt.winner)) {
					t.Errorf("winner %s, want %s", got, tt.winner)
				}
			})
		})
	}
}

// A loser that connects all the same is closed before race returns.
func TestRaceClosesLosers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		made := map[string]*fakeConn{publicV4: {}, publicV4b: {}}
		plans := map[string]plan{publicV4: {after: time.Second, stays: true}, publicV4b: {}}
		conn, _, err := race(t.Context(), withPort(addrs(publicV4, publicV4b), 80), attemptDelay, dialPlan(plans, made))
		if err != nil || conn != net.Conn(made[publicV4b]) || made[publicV4b].closed || !made[publicV4].closed {
			t.Errorf("conn %v, %v; made %v", conn, err, made)
		}
	})
}

func dialPlan(plans map[string]plan, made map[string]*fakeConn) func(context.Context, netip.AddrPort) (net.Conn, error) {
	return func(ctx context.Context, a netip.AddrPort) (net.Conn, error) {
		p := plans[a.Addr().String()]
		done := ctx.Done()
		if p.stays {
			done = nil
		}
		select {
		case <-time.After(p.after):
		case <-done:
			return nil, ctx.Err()
		}
		if p.err != nil {
			return nil, p.err
		}
		if conn := made[a.Addr().String()]; conn != nil {
			return conn, nil
		}
		return &fakeConn{}, nil
	}
}

func TestInterleave(t *testing.T) {
	tests := []struct{ in, want []string }{
		{[]string{"1.1.1.1"}, []string{"1.1.1.1"}},
		{[]string{"2::1", "2::2", "1.1.1.1"}, []string{"2::1", "1.1.1.1", "2::2"}},
		{[]string{"1.1.1.1", "1.1.1.2", "2::1", "2::2", "2::3"}, []string{"1.1.1.1", "2::1", "1.1.1.2", "2::2", "2::3"}},
	}
	for _, tt := range tests {
		if got := interleave(addrs(tt.in...)); !slices.Equal(got, addrs(tt.want...)) {
			t.Errorf("interleave(%v) = %v, want %v", tt.in, got, tt.want)
		}
	}
}

// Through the whole exit: the first address refuses, the second serves.
func TestFallbackToNextAddress(t *testing.T) {
	server := serve(t, echo)
	dial := func(ctx context.Context, a netip.AddrPort) (net.Conn, error) {
		if a.Addr() == addr(publicV6) {
			return nil, fmt.Errorf("dialling %s: %w", a, syscall.ENETUNREACH)
		}
		return dialAddr(ctx, server)
	}
	e := listen(t, Options{dialAddr: dial, Resolver: fixed(publicV6, publicV4)})
	conn, code := connectByName(t, e, "a.example", 80)
	if code != repOK || roundTrip(t, conn, "hi") != "hi" {
		t.Fatalf("reply %#x", code)
	}
	if rec, _ := e.Host("a.example"); fmt.Sprint(rec.Addrs) != "["+publicV4+"]" {
		t.Errorf("log %+v", rec)
	}
}
