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
		t := l.track(l.known(c.Key))
		t.note(&evidence{kind: wasSent, at: o.At, value: c.Value})
		l.entry(l.known(c.Key)).sentTo(scanner.SentTo{Host: o.Host, How: "cookie", Pass: l.pass, State: l.pass})
	}
}

// jar takes a snapshot: what is there and, for what was known, what is not.
func (l *Ledger) jar(o Jar) {
	there := make(map[Key]bool, len(o.Cookies))
	for i := range o.Cookies {
		j := &o.Cookies[i]
		j.Key = l.known(j.Key)
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
	var fits, knows []*track
	for k, t := range l.tracks {
		if sameCookie(k, o.Key) {
			fits = append(fits, t)
			if t.hasCandidate(o.Value) || t.seenInJar(o.Value) {
				knows = append(knows, t)
			}
		}
	}
	if len(knows) > 0 {
		fits = knows // of partitioned twins the one that has this value
	}
	if len(fits) == 0 && kind == loggedStored {
		fits = append(fits, l.track(o.Key))
	}
	for _, t := range fits {
		t.insert(e)
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

// known is the key under which a cookie is filed already: the jar leaves out
// octets of a name that are not UTF-8, the header had them.
func (l *Ledger) known(k Key) Key {
	if _, ok := l.tracks[k]; ok {
		return k
	}
	for odd := range l.odd {
		if sameCookie(odd, k) && odd.Partition == k.Partition && odd.CrossSite == k.CrossSite {
			return odd
		}
	}
	return k
}
