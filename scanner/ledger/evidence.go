package ledger

import (
	"strings"
	"time"

	"cookiescan/scanner"
)

// finding is the kind of a piece of evidence.
type finding int

const (
	inJar finding = iota
	notInJar
	wasSent
	loggedStored
	loggedDeleted
	loggedRefused
)

// evidence is what was seen of a cookie apart from attempts to write it.
type evidence struct {
	kind    finding
	at      At
	value   string
	jar     *JarCookie
	cause   string
	blocked []string
	pages   []string
	final   bool
}

// event is a candidate or a piece of evidence, in the order of time.
type event struct {
	candidate *candidate
	evidence  *evidence
}

// track is everything about one identity within a pass.
type track struct {
	events []event
	final  bool // in the jar at the end of the pass
}

func (t *track) add(e event) { t.events = append(t.events, e) }

// note adds evidence, unless it repeats the event before: most snapshots and
// most requests say the same again.
func (t *track) note(e *evidence) {
	t.final = e.kind == inJar && e.final
	if n := len(t.events); n > 0 {
		if last := t.events[n-1].evidence; last != nil && last.kind == e.kind && last.value == e.value && e.kind != loggedDeleted {
			return
		}
	}
	t.add(event{evidence: e})
}

func (l *Ledger) sent(o Sent) {
	for _, c := range o.Cookies {
		t := l.track(c.Key)
		t.note(&evidence{kind: wasSent, at: o.At, value: c.Value})
		l.entry(c.Key).sentTo(scanner.SentTo{Host: o.Host, How: "cookie", Pass: l.pass, State: l.pass})
	}
}

// jar takes a snapshot: what is there and, for what was known, what is not.
func (l *Ledger) jar(o Jar) {
	there := make(map[Key]bool, len(o.Cookies))
	for i := range o.Cookies {
		j := &o.Cookies[i]
		there[j.Key] = true
		l.needles.add(j.Value, j.Key)
		l.track(j.Key).note(&evidence{kind: inJar, at: o.At, value: j.Value, jar: j, pages: o.Pages, final: o.Final})
	}
	for k, t := range l.tracks {
		if !there[k] {
			t.note(&evidence{kind: notInJar, at: o.At, pages: o.Pages})
		}
	}
}

// logEntry takes what the browser's own log says. It has no partition key, so
// an entry speaks of every identity that it fits.
func (l *Ledger) logEntry(o LogEntry) {
	kind := map[LogEvent]finding{LogStored: loggedStored, LogDeleted: loggedDeleted, LogRefused: loggedRefused}[o.What]
	e := &evidence{kind: kind, at: o.At, value: o.Value, cause: o.Cause, blocked: o.Blocked}
	found := false
	for k, t := range l.tracks {
		if sameCookie(k, o.Key) {
			found = true
			t.insert(e)
		}
	}
	if !found && kind == loggedStored {
		l.track(o.Key).insert(e)
	}
}

func sameCookie(a, b Key) bool {
	return a.Domain == b.Domain && a.HostOnly == b.HostOnly && a.Path == b.Path && sameText(a.Name, b.Name)
}

// insert files late evidence at its time.
func (t *track) insert(e *evidence) {
	i := len(t.events)
	for i > 0 && t.events[i-1].time().After(e.at.Time) {
		i--
	}
	t.events = append(t.events, event{})
	copy(t.events[i+1:], t.events[i:])
	t.events[i] = event{evidence: e}
}

func (e event) time() time.Time {
	if e.candidate != nil {
		return e.candidate.at.Time
	}
	return e.evidence.at.Time
}

// sameText compares values from different sources: octets that are not UTF-8
// come through some of them as U+FFFD or as Latin-1.
func sameText(a, b string) bool {
	return a == b || plainText(a) == plainText(b)
}

func plainText(s string) string {
	return strings.Map(func(r rune) rune {
		if r > 0x7e || r == '\uFFFD' {
			return -1
		}
		return r
	}, s)
}
