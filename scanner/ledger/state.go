package ledger

import (
	"slices"
	"time"
)

// choice is when the visitor came into a consent state. Before the first of a
// pass nothing is chosen.
type choice struct {
	at    time.Time
	state string
}

// Unchosen is the state before any choice.
const Unchosen = "none"

// Choosing says that the pass is going to answer the banner: until it does,
// nothing is chosen. Passes that answer nothing are a state of their own.
func (l *Ledger) Choosing() { l.choosing = true }

// Chosen says when the visitor came into a state: answered the banner, changed
// the answer, or came back. What is observed from then on is in this state. It
// comes before the Add of what followed, the earliest first.
func (l *Ledger) Chosen(at time.Time, state string) { l.choices = append(l.choices, choice{at, state}) }

// state is the consent state at a moment of the pass.
func (l *Ledger) state(at time.Time) string {
	if !l.choosing {
		return l.pass
	}
	for _, c := range slices.Backward(l.choices) {
		if !at.Before(c.at) {
			return c.state
		}
	}
	return Unchosen
}

// latest is the state that the pass has come to.
func (l *Ledger) latest() string {
	switch {
	case !l.choosing:
		return l.pass
	case len(l.choices) > 0:
		return l.choices[len(l.choices)-1].state
	}
	return Unchosen
}

// stateOf is the state that counts for an observation: that of the moment when
// its cause began. straddles: the choice fell between the two.
func (l *Ledger) stateOf(at At) (state string, straddles bool) {
	began := at.Time
	if !at.Began.IsZero() {
		began = at.Began
	}
	state = l.state(began)
	return state, state != l.state(at.Time)
}
