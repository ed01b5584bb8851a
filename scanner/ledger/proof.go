package ledger

import (
	"time"

	"cookiescan/scanner"
)

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
func (t *track) offered(value string) bool { return !t.firstOf(len(t.events), value) }

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
