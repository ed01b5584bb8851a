package egress

import (
	"cmp"
	"errors"
	"maps"
	"net/netip"
	"slices"
	"strings"
	"sync"
	"time"
)

// A host that is asked for on very many ports, or that has very many
// addresses, has only the first ones listed.
const (
	maxPortsLogged = 64
	maxAddrsLogged = 16
)

// HostRecord is what the log knows of one host.
type HostRecord struct {
	// Host is canonical: lower case, punycode, no trailing dot, a literal
	// without brackets. What is not a host name is quoted.
	Host string
	// Ports asked for, ascending, at most 64.
	Ports []uint16
	// FirstSeen is the start of the first attempt.
	FirstSeen time.Time
	// Outcome of the host: ok if any attempt was.
	Outcome Outcome
	// Connections made, attempts refused, attempts failed.
	Connections, Refused, Failed int
	// FromBrowser and FromTool count attempts by who made them: the SOCKS
	// listener or DialContext.
	FromBrowser, FromTool int
	// Reasons counts what was refused or failed; nil if nothing was.
	Reasons map[Reason]int
	// Detail is the cause of the latest attempt that did not succeed, for people.
	Detail string
	// Addrs are the addresses connected to, ascending, at most 16; empty where
	// an upstream proxy resolved the name.
	Addrs []netip.Addr
	// BytesSent and BytesReceived are octets of ended connections, TLS included.
	BytesSent, BytesReceived int64
}

type source int

const (
	fromBrowser source = iota
	fromTool
)

// hostLog is safe for concurrent use.
type hostLog struct {
	max int
	now func() time.Time

	mu       sync.Mutex
	hosts    map[string]*HostRecord
	unlogged int64
}

func newHostLog(limit int, now func() time.Time) *hostLog {
	return &hostLog{max: limit, now: now, hosts: make(map[string]*HostRecord)}
}

// begin notes an attempt. The log is full once max hosts are known; then it
// returns an entry that notes nothing.
func (l *hostLog) begin(t target, from source) *logEntry {
	l.mu.Lock()
	defer l.mu.Unlock()
	rec := l.hosts[t.host.name]
	if rec == nil {
		if len(l.hosts) >= l.max {
			l.unlogged++
			return &logEntry{}
		}
		rec = &HostRecord{Host: t.host.name, FirstSeen: l.now()}
		l.hosts[t.host.name] = rec
	}
	rec.Ports = insertSorted(rec.Ports, t.port, maxPortsLogged, cmp.Compare[uint16])
	if from == fromBrowser {
		rec.FromBrowser++
	} else {
		rec.FromTool++
	}
	return &logEntry{log: l, rec: rec}
}

func (l *hostLog) snapshot() []HostRecord {
	l.mu.Lock()
	defer l.mu.Unlock()
	out := make([]HostRecord, 0, len(l.hosts))
	for _, rec := range l.hosts {
		out = append(out, rec.clone())
	}
	slices.SortFunc(out, func(a, b HostRecord) int { return strings.Compare(a.Host, b.Host) })
	return out
}

func (l *hostLog) host(name string) (HostRecord, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	rec := l.hosts[name]
	if rec == nil {
		return HostRecord{}, false
	}
	return rec.clone(), true
}

// logEntry notes what becomes of one attempt.
type logEntry struct {
	log *hostLog
	rec *HostRecord
}

func (e *logEntry) update(f func(*HostRecord)) {
	if e.log == nil {
		return
	}
	e.log.mu.Lock()
	defer e.log.mu.Unlock()
	f(e.rec)
}

// end notes the outcome; addr is invalid where an upstream proxy resolved.
func (e *logEntry) end(addr netip.Addr, err error) {
	e.update(func(rec *HostRecord) {
		if err != nil {
			rec.addError(err)
			return
		}
		rec.Connections++
		if addr.IsValid() {
			rec.Addrs = insertSorted(rec.Addrs, addr, maxAddrsLogged, netip.Addr.Compare)
		}
	})
}

func (e *logEntry) addBytes(sent, received int64) {
	e.update(func(rec *HostRecord) {
		rec.BytesSent += sent
		rec.BytesReceived += received
	})
}

func (r *HostRecord) addError(err error) {
	reason, outcome := ReasonConnect, OutcomeFailed
	var dialErr *DialError
	if errors.As(err, &dialErr) {
		reason, outcome = dialErr.Reason, dialErr.Outcome()
		err = dialErr.Err
	}
	if outcome == OutcomeRefused {
		r.Refused++
	} else {
		r.Failed++
	}
	if r.Reasons == nil {
		r.Reasons = make(map[Reason]int)
	}
	r.Reasons[reason]++
	r.Detail = err.Error()
}

func (r *HostRecord) clone() HostRecord {
	c := *r
	c.Ports, c.Addrs = slices.Clone(r.Ports), slices.Clone(r.Addrs)
	c.Reasons = maps.Clone(r.Reasons)
	c.Outcome = r.outcome()
	return c
}

func (r *HostRecord) outcome() Outcome {
	switch {
	case r.Connections > 0:
		return OutcomeOK
	case r.Refused > 0:
		return OutcomeRefused
	case r.Failed > 0:
		return OutcomeFailed
	}
	return OutcomePending
}

func insertSorted[T any](list []T, v T, limit int, compare func(a, b T) int) []T {
	i, found := slices.BinarySearchFunc(list, v, compare)
	if found || len(list) >= limit {
		return list
	}
	return slices.Insert(list, i, v)
}
