package ledger

import (
	"time"

	"cookiescan/scanner"
)

// expirySlack is how far the jar's expiry may be from the expected one: the
// browser takes the time of receipt, rounded, and virtual time shifts scripts.
const expirySlack = 90 * time.Second

// holding is what the jar is believed to hold of one cookie.
type holding struct {
	there   bool
	value   string
	expires time.Time
}

// settle goes through the events of one identity in order and decides which
// candidates took effect.
func (l *Ledger) settle(k Key, t *track) {
	var now holding
	e := l.entry(k)
	for i, ev := range t.events {
		if c := ev.candidate; c != nil {
			now = l.settleCandidate(e, t, i, c, now)
			continue
		}
		now = l.settleEvidence(e, t, i, ev.evidence, now)
	}
	if t.final {
		e.present = addText(e.present, l.pass)
	}
}

func (l *Ledger) settleCandidate(e *entry, t *track, i int, c *candidate, now holding) holding {
	if now.there && !now.expires.IsZero() && now.expires.Before(c.at.Time) && c.via != scanner.ViaUser {
		e.write(l, ending(At{}, scanner.Expire, now)) // not of the page that found it gone
		now = holding{}
	}
	switch {
	case len(c.blocked) > 0:
		if c.kind == sets || now.there {
			e.write(l, l.refusal(c, c.blocked))
		}
	case c.kind != sets:
		if !now.there {
			return now // a deletion of what never was makes no entry
		}
		if t.survives(i, now.value) {
			e.write(l, l.refusal(c, nil))
			return now
		}
		w := l.writeOf(c)
		w.Action, w.Proof = scanner.Delete, scanner.ProofJar
		e.write(l, w)
		return holding{}
	default:
		return l.settleSet(e, t, i, c, now)
	}
	return now
}

// settleSet weighs an attempt to set a value.
func (l *Ledger) settleSet(e *entry, t *track, i int, c *candidate, now holding) holding {
	proof, jar := t.proof(i, c)
	if unmoved(now, c, jar) || proof == scanner.ProofNone && (l.logged || len(c.model) > 0 || t.contradicted(i, c.value)) {
		e.write(l, l.refusal(c, t.reasons(c)))
		return now
	}
	w := l.writeOf(c)
	w.Proof = proof
	switch {
	case !now.there:
		w.Action = scanner.Set
	case sameText(now.value, c.value):
		w.Action = scanner.Refresh
	default:
		w.Action = scanner.Change
	}
	correct(&w, c, jar)
	if proof != scanner.ProofNone {
		e.stored = true
		e.attributes(l, c, jar)
	}
	e.write(l, w)
	return holding{there: true, value: c.value, expires: expiryOf(c, jar)}
}

// unmoved tells whether the jar shows that an attempt with the same value left
// the cookie alone: it has the expiry of before and not that of the attempt
// (a response without credentials, of which the browser says nothing).
func unmoved(now holding, c *candidate, jar *JarCookie) bool {
	if jar == nil || c.jarred != nil || c.readBack || !now.there || now.value != c.value || !jar.Expires.Equal(now.expires) {
		return false
	}
	return !near(jar.Expires, c.expires)
}

// near tells whether two expiries are the same but for rounding.
func near(a, b time.Time) bool {
	if a.IsZero() || b.IsZero() {
		return a.IsZero() == b.IsZero()
	}
	return a.Sub(b).Abs() < expirySlack
}

// settleEvidence notices changes that no candidate explains.
func (l *Ledger) settleEvidence(e *entry, t *track, i int, ev *evidence, now holding) holding {
	switch ev.kind {
	case inJar:
		if now.there && sameText(now.value, ev.value) {
			if !near(now.expires, ev.jar.Expires) && !t.sampled() && t.explained(i, ev.value) == nil {
				w := l.unknown(ev, now)
				w.Action = scanner.Refresh
				e.write(l, w)
				e.fromJar(l, ev.jar)
			}
			now.expires = ev.jar.Expires
			return now
		}
		if c := t.explained(i, ev.value); c != nil {
			c.early = ev.jar
			return now
		}
		if now.there && t.sampled() {
			now.value, now.expires = ev.value, ev.jar.Expires
			return now
		}
		e.write(l, l.unknown(ev, now))
		e.stored = true
		e.fromJar(l, ev.jar)
		return holding{there: true, value: ev.value, expires: ev.jar.Expires}
	case notInJar:
		if !now.there {
			return now
		}
		action, via := scanner.Delete, scanner.ViaUnknown
		if !now.expires.IsZero() && !now.expires.After(ev.at.Time) {
			action = scanner.Expire
		}
		if logged, ok := t.ended(now.value); ok {
			action = logged
		}
		w := ending(ev.at, action, now)
		w.Via = via
		e.write(l, w)
		return holding{}
	case loggedDeleted:
		action, ended := endings[ev.cause]
		if !ended || !now.there || !sameText(now.value, ev.value) {
			return now
		}
		w := ending(ev.at, action, now)
		w.Proof = scanner.ProofNetLog
		e.write(l, w)
		return holding{}
	case loggedStored:
		if t.sampled() || t.offered(ev.value) || now.there && sameText(now.value, ev.value) || t.seenInJar(ev.value) {
			return now
		}
		w := l.unknown(ev, now)
		w.Proof = scanner.ProofNetLog
		w.Size = len(e.cookie.Name) + len(ev.value)
		e.stored = true
		e.value(l, ev.value)
		e.write(l, w)
		return holding{there: true, value: ev.value}
	case wasSent:
		// What is sent was stored. A value known from elsewhere may only be
		// late: requests that were under way are reported after a change.
		if t.sampled() || t.offered(ev.value) || t.seenInJar(ev.value) || t.logs(ev.value) {
			return now
		}
		w := l.unknown(&evidence{value: ev.value, pages: ev.pages}, now)
		w.Proof, w.Size = scanner.ProofSent, len(e.cookie.Name)+len(ev.value)
		e.stored = true
		e.value(l, ev.value)
		e.write(l, w)
		return holding{there: true, value: ev.value}
	case loggedRefused:
	}
	return now
}

// endings are the ends of a cookie that nobody wrote, by their name in the log.
var endings = map[string]scanner.Action{"expired": scanner.Expire, "evicted": scanner.Evict}

// ended tells how the browser's log says that this value ended. The log has its
// own clock, which may be ahead of the reports of the writes.
func (t *track) ended(value string) (scanner.Action, bool) {
	for _, ev := range t.events {
		if x := ev.evidence; x != nil && x.kind == loggedDeleted && sameText(x.value, value) {
			if action, ok := endings[x.cause]; ok {
				return action, true
			}
		}
	}
	return "", false
}

// proof finds the strongest evidence for candidate i after it was made.
func (t *track) proof(i int, c *candidate) (scanner.Proof, *JarCookie) {
	if c.jarred != nil {
		return scanner.ProofJar, c.jarred
	}
	best := scanner.ProofNone
	if c.early != nil {
		return scanner.ProofJar, c.early
	}
	if c.readBack {
		best = scanner.ProofReadback
	}
	sent, logged, overwritten, first := false, false, false, t.firstOf(i, c.value)
	for j, ev := range t.events {
		x := ev.evidence
		if n := ev.candidate; n != nil && j > i && n.kind == sets && len(n.blocked) == 0 {
			overwritten = true // what the jar shows from here on is of that write
		}
		if x == nil || !sameText(x.value, c.value) {
			continue
		}
		switch {
		case x.kind == inJar && j > i && overwritten:
			return scanner.ProofJar, nil
		case x.kind == inJar && j > i:
			return scanner.ProofJar, x.jar
		case x.kind == wasSent && j > i:
			sent = true
		// The log has the true time, the report may be late: an entry of long
		// before is this write's if no other can have made it.
		case x.kind == loggedStored && (first || x.at.Time.After(c.at.Time.Add(-5*time.Second))):
			logged = true
		}
	}
	switch {
	case sent:
		return scanner.ProofSent, nil
	case best == scanner.ProofNone && logged:
		return scanner.ProofNetLog, nil
	}
	return best, nil
}

// firstOf tells whether no candidate before i can have made this value.
func (t *track) firstOf(i int, value string) bool {
	for _, ev := range t.events[:i] {
		if c := ev.candidate; c != nil && c.kind == sets && len(c.blocked) == 0 && sameText(c.value, value) {
			return false
		}
	}
	return true
}

// contradicted tells whether a look at the jar after candidate i, before any
// other candidate, shows something else.
func (t *track) contradicted(i int, value string) bool {
	for _, ev := range t.events[i+1:] {
		if ev.candidate != nil {
			return false
		}
		if k := ev.evidence.kind; k == notInJar || k == inJar && !sameText(ev.evidence.value, value) {
			return true
		}
	}
	return false
}

// survives tells whether the value is seen again after deletion i without
// having been set again.
func (t *track) survives(i int, value string) bool {
	for _, ev := range t.events[i+1:] {
		if c := ev.candidate; c != nil && c.kind == sets && len(c.blocked) == 0 {
			return false
		}
		// Only the jar tells: a request that was under way is reported as
		// sent after the deletion.
		if x := ev.evidence; x != nil && (x.kind == inJar || x.kind == notInJar) {
			return x.kind == inJar && sameText(x.value, value)
		}
	}
	return false
}

// explained finds the candidate after event i that accounts for a value that
// the jar shows already: reports may arrive after it.
func (t *track) explained(i int, value string) *candidate {
	for _, ev := range t.events[i+1:] {
		if c := ev.candidate; c != nil && c.kind == sets && len(c.blocked) == 0 && sameText(c.value, value) &&
			c.at.Time.Sub(t.events[i].evidence.at.Time) < time.Second {
			return c
		}
	}
	return nil
}

// sampled tells whether scripts wrote this cookie so often that not every write
// is reported: then the log shows values of writes that are counted only.
func (t *track) sampled() bool {
	for _, ev := range t.events {
		if ev.candidate != nil && ev.candidate.count > 1 {
			return true
		}
	}
	return false
}

func (t *track) hasCandidate(value string) bool {
	for _, ev := range t.events {
		if c := ev.candidate; c != nil && c.kind == sets && sameText(c.value, value) {
			return true
		}
	}
	return false
}

// offered tells whether a candidate that the browser did not refuse has this value.
func (t *track) offered(value string) bool {
	for _, ev := range t.events {
		if c := ev.candidate; c != nil && c.kind == sets && len(c.blocked) == 0 && sameText(c.value, value) {
			return true
		}
	}
	return false
}

// logs tells whether the browser's log knows a write of this value.
func (t *track) logs(value string) bool {
	for _, ev := range t.events {
		if x := ev.evidence; x != nil && x.kind == loggedStored && sameText(x.value, value) {
			return true
		}
	}
	return false
}

func (t *track) seenInJar(value string) bool {
	for _, ev := range t.events {
		if x := ev.evidence; x != nil && x.kind == inJar && sameText(x.value, value) {
			return true
		}
	}
	return false
}

// reasons collects why a candidate was refused: the browser's log first, the
// standard's rules else.
func (t *track) reasons(c *candidate) []string {
	for _, ev := range t.events {
		if x := ev.evidence; x != nil && x.kind == loggedRefused && sameText(x.value, c.value) && len(x.blocked) > 0 {
			return x.blocked
		}
	}
	return c.model
}

func expiryOf(c *candidate, jar *JarCookie) time.Time {
	if jar != nil {
		return jar.Expires
	}
	return c.expires
}
