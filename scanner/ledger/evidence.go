package ledger

import (
	"maps"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

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

// add files an event at its time. Most come in order; what only the browser's
// log knows comes late.
func (t *track) add(e event) {
	i := len(t.events)
	for i > 0 && t.events[i-1].time().After(e.time()) {
		i--
	}
	t.events = slices.Insert(t.events, i, e)
}

// note adds evidence, unless it repeats the event before: most snapshots and
// most requests say the same again.
func (t *track) note(e *evidence) {
	if e.kind != wasSent {
		t.final = e.kind == inJar && e.final
	}
	if n := len(t.events); n > 0 {
		if last := t.events[n-1].evidence; last != nil && last.kind == e.kind && last.value == e.value && sameExpiry(last.jar, e.jar) {
			return
		}
	}
	t.add(event{evidence: e})
}

func sameExpiry(a, b *JarCookie) bool {
	return a == nil || b == nil || a.Expires.Equal(b.Expires)
}

func (l *Ledger) sent(o Sent) {
	for _, c := range o.Cookies {
		t := l.track(l.known(c.Key))
		t.note(&evidence{kind: wasSent, at: o.At, value: c.Value, pages: l.ranSorted()})
		l.entry(l.known(c.Key)).sentTo(scanner.SentTo{Host: o.Host, How: "cookie", Pass: l.pass, State: l.state(o.Time)})
	}
}

// jar takes a snapshot: what is there and, for what was known, what is not.
func (l *Ledger) jar(o Jar) {
	for _, p := range o.Pages {
		l.ran[p] = true
	}
	pages := l.ranSorted()
	clear(l.ran)
	there := make(map[Key]bool, len(o.Cookies))
	for i := range o.Cookies {
		j := &o.Cookies[i]
		j.Key = l.known(j.Key)
		there[j.Key] = true
		l.needles.add(j.Value, j.Key)
		l.track(j.Key).note(&evidence{kind: inJar, at: o.At, value: j.Value, jar: j, pages: pages, final: o.Final})
	}
	for k, t := range l.tracks {
		if !there[k] {
			t.note(&evidence{kind: notInJar, at: o.At, pages: pages})
		}
	}
}

// logEntry takes what the browser's own log says. It has no partition key, so
// an entry speaks of every identity that it fits.
func (l *Ledger) logEntry(o LogEntry) {
	kind := map[LogEvent]finding{LogStored: loggedStored, LogDeleted: loggedDeleted, LogRefused: loggedRefused}[o.What]
	e := &evidence{kind: kind, at: o.At, value: o.Value, cause: o.Cause, blocked: o.Blocked}
	o.Key.Name = strings.ToValidUTF8(o.Key.Name, "\uFFFD")
	var fits []*track
	for _, k := range l.alike[alike(o.Key)] {
		if sameCookie(k, o.Key) {
			fits = append(fits, l.tracks[k])
		}
	}
	switch {
	case len(fits) == 0 && kind == loggedStored:
		fits = append(fits, l.track(o.Key))
	case len(fits) > 1: // partitioned twins
		knows := slices.DeleteFunc(slices.Clone(fits), func(t *track) bool { return !t.hasCandidate(o.Value) && !t.seenInJar(o.Value) })
		if len(knows) > 0 {
			fits = knows
		} else if kind == loggedStored {
			return // one has it, and nobody can say which
		}
	}
	for _, t := range fits {
		t.add(event{evidence: e})
	}
}

// ranSorted lists the pages that ran since the last look at the jar.
func (l *Ledger) ranSorted() []string { return slices.Sorted(maps.Keys(l.ran)) }

// alike is what equal cookies of different sources have in common: a page may
// make thousands, which are not to be compared one by one.
func alike(k Key) Key {
	return Key{Name: plainText(k.Name), Domain: k.Domain, HostOnly: k.HostOnly, Path: k.Path}
}

func sameCookie(a, b Key) bool {
	return a.Domain == b.Domain && a.HostOnly == b.HostOnly && a.Path == b.Path && sameText(a.Name, b.Name)
}

func (e event) time() time.Time {
	if e.candidate != nil {
		return e.candidate.at.Time
	}
	return e.evidence.at.Time
}

// sameText compares texts from different sources: octets that are not ASCII
// come through some of them as U+FFFD or one character each, and names lose
// those that are not UTF-8.
func sameText(a, b string) bool {
	if a == b {
		return true
	}
	if plainText(a) != plainText(b) {
		return false
	}
	return damaged(a) || damaged(b) || readsAs(a, b) || readsAs(b, a)
}

func damaged(s string) bool { return !utf8.ValidString(s) || strings.ContainsRune(s, utf8.RuneError) }

// readsAs tells whether text is octets read as Latin-1 or Windows-1252.
func readsAs(text, octets string) bool {
	i := 0
	for _, r := range text {
		if i >= len(octets) {
			return false
		}
		o := octets[i]
		if windows := o >= 0x80 && o < 0xa0 && r > 0xff; r != rune(o) && !windows {
			return false
		}
		i++
	}
	return i == len(octets)
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
	best := k
	for odd := range l.odd {
		if sameCookie(odd, k) && odd.Partition == k.Partition && odd.CrossSite == k.CrossSite &&
			(best == k || compareKeys(odd, best) < 0) {
			best = odd
		}
	}
	return best
}
