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
		return l.settleJar(e, t, i, ev, now)
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
		return l.appears(e, ev, now, scanner.ProofNetLog)
	case wasSent:
		// What is sent was stored. A value known from elsewhere may only be
		// late: requests that were under way are reported after a change.
		if t.sampled() || t.offered(ev.value) || t.seenInJar(ev.value) || t.logs(ev.value) {
			return now
		}
		return l.appears(e, &evidence{value: ev.value, pages: ev.pages}, now, scanner.ProofSent)
	case loggedRefused:
	}
	return now
}

// settleJar compares what is held with what a look at the jar found.
func (l *Ledger) settleJar(e *entry, t *track, i int, ev *evidence, now holding) holding {
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
}

func expiryOf(c *candidate, jar *JarCookie) time.Time {
	if jar != nil {
		return jar.Expires
	}
	return c.expires
}

// appears writes down a value that was in the jar though no look shows it and
// nobody wrote it.
func (l *Ledger) appears(e *entry, ev *evidence, now holding, proof scanner.Proof) holding {
	w := l.unknown(ev, now)
	w.Proof, w.Size = proof, len(e.cookie.Name)+len(ev.value)
	e.stored = true
	e.value(l, ev.value)
	e.write(l, w)
	return holding{there: true, value: ev.value}
}
