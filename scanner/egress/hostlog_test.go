package egress

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

func TestHostsAreSortedAndComplete(t *testing.T) {
	clock := time.Unix(1000, 0)
	now := func() time.Time { clock = clock.Add(time.Second); return clock }
	l := newHostLog(10, now)
	ok := l.begin(newTarget("Shop.example.", 443), fromBrowser)
	ok.end(addr(publicV4), nil)
	ok.addBytes(10, 20)
	again := l.begin(newTarget("shop.example", 80), fromTool)
	again.end(addr(publicV6), nil)
	again.addBytes(1, 2)
	refused := l.begin(newTarget("10.1", 80), fromBrowser)
	refused.end(netip.Addr{}, &DialError{Host: "10.0.0.1", Port: 80, Reason: ReasonGuard, Err: errors.New("private")})
	failed := l.begin(newTarget("b\x1b[2Jd", 80), fromBrowser)
	failed.end(netip.Addr{}, &DialError{Reason: ReasonConnect, Err: syscall.ECONNREFUSED})
	l.begin(newTarget("waits.example", 80), fromBrowser)

	var got []string
	for _, r := range l.snapshot() {
		got = append(got, fmt.Sprintf("%s %v %d %s %d/%d/%d %d+%d %v %q %v %d/%d",
			r.Host, r.Ports, r.FirstSeen.Unix(), r.Outcome, r.Connections, r.Refused, r.Failed,
			r.FromBrowser, r.FromTool, r.Reasons, r.Detail, r.Addrs, r.BytesSent, r.BytesReceived))
	}
	want := []string{
		`"b\x1b[2Jd" [80] 1003 failed 0/0/1 1+0 map[connect:1] "connection refused" [] 0/0`,
		`10.0.0.1 [80] 1002 refused 0/1/0 1+0 map[guard:1] "private" [] 0/0`,
		`shop.example [80 443] 1001 ok 2/0/0 1+1 map[] "" [` + publicV4 + ` ` + publicV6 + `] 11/22`,
		`waits.example [80] 1004 pending 0/0/0 1+0 map[] "" [] 0/0`,
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestLogIsCapped(t *testing.T) {
	e := listen(t, Options{MaxHosts: 2, Resolver: fixed("10.0.0.1")})
	for i := range 5 {
		for range 2 {
			_, err := e.DialContext(t.Context(), "tcp", fmt.Sprintf("h%d.example:80", i))
			wantReason(t, err, ReasonGuard) // the guard holds beyond the cap
		}
	}
	if hosts, s := e.Hosts(), e.Stats(); len(hosts) != 2 || hosts[1].Refused != 2 || s.Unlogged != 6 {
		t.Errorf("hosts %+v, stats %+v", hosts, s)
	}
}

func TestPortsAndAddressesAreCapped(t *testing.T) {
	l := newHostLog(1, time.Now)
	for i := range 1000 {
		entry := l.begin(newTarget("a.example", uint16(1000-i)), fromBrowser)
		entry.end(netip.AddrFrom4([4]byte{8, 8, byte(i >> 8), byte(i)}), nil)
	}
	rec, _ := l.host("a.example")
	if len(rec.Ports) != maxPortsLogged || len(rec.Addrs) != maxAddrsLogged || rec.Connections != 1000 || !slices.IsSorted(rec.Ports) {
		t.Errorf("%d ports, %d addresses, %d connections", len(rec.Ports), len(rec.Addrs), rec.Connections)
	}
}

// What the caller does with a record does not reach the log.
func TestRecordsAreCopies(t *testing.T) {
	l := newHostLog(1, time.Now)
	l.begin(newTarget("a.example", 80), fromBrowser).end(addr(publicV4), nil)
	l.begin(newTarget("a.example", 80), fromBrowser).end(netip.Addr{}, &DialError{Reason: ReasonTimeout, Err: errors.New("late")})
	rec := l.snapshot()[0]
	rec.Ports[0], rec.Addrs[0], rec.Reasons[ReasonTimeout] = 1, addr(publicV6), 99
	rec, _ = l.host("a.example")
	if rec.Ports[0] != 80 || rec.Addrs[0] != addr(publicV4) || rec.Reasons[ReasonTimeout] != 1 {
		t.Errorf("log %+v", rec)
	}
}

func TestUnknownHost(t *testing.T) {
	e := listen(t, Options{dialAddr: func(context.Context, netip.AddrPort) (net.Conn, error) { return nil, syscall.ECONNREFUSED }})
	if rec, ok := e.Host("never.example"); ok {
		t.Errorf("found %+v", rec)
	}
	if rec, ok := e.Host("not a host"); ok {
		t.Errorf("found %+v", rec)
	}
	_, err := e.DialContext(t.Context(), "tcp", "not a host:80")
	wantReason(t, err, ReasonInvalid)
	if _, ok := e.Host("not a host"); !ok {
		t.Error("an attempt at what is no host is not in the log")
	}
}
