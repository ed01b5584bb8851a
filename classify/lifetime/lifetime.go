// Package lifetime reads how long something is stored as people write it in
// cookie policies, in the official languages of the European Union: "13
// months", "Max. 2 Jahren", "5 months 27 dias", "session". The words are data
// (data/<language>.yaml). It does not compare and does not word lifetimes.
package lifetime

// A Lifetime is what a text says about how long something is stored. If
// Seconds is 0 and nothing else is true, the text says nothing that is
// understood.
type Lifetime struct {
	Raw          string // the text
	Seconds      int64  // the longest that is named; 0 when none is
	Session      bool   // until the browser is closed; beside Seconds when the text names both
	UntilCleared bool   // without end, until somebody deletes it
	Guessed      bool   // a number without a unit
}

// Known tells whether the text says anything that is understood.
func (l Lifetime) Known() bool { return l.Seconds > 0 || l.Session || l.UntilCleared }

// longest is the most seconds that are taken for a length of time, some 30,000
// years; what is above is meant as "for ever".
const longest = 1_000_000_000_000
