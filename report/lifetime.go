package report

import (
	"math"

	"cookiescan/scanner"
)

// lifetime words the stored lifetime of a cookie, and behind it what differs:
// the declared one when it is more than 5 % away, and that writes disagree.
func (l look) lifetime(c scanner.Cookie) life {
	declared := c.Lifetime.DeclaredSeconds
	unknown, session := l.lang.Lifetime(""), l.lang.Lifetime("session")
	var seconds int64
	var stored, differs string
	switch {
	case c.Lifetime.StoredSeconds != nil:
		seconds = *c.Lifetime.StoredSeconds
		stored = l.lang.Duration(seconds)
		if declared != nil && differ(*declared, *c.Lifetime.StoredSeconds) {
			differs = l.lang.Declared(*declared)
		}
	case c.Session:
		stored = session
		if declared != nil {
			differs = l.lang.Declared(*declared)
		}
	case declared != nil:
		stored, differs = unknown, l.lang.Declared(*declared)
	default:
		stored = unknown
	}
	if c.Lifetime.Varies {
		differs = joinNonEmpty("; ", differs, l.lang.Varies())
	}
	return life{seconds, stored, bracketed(differs)}
}

func differ(declared, stored int64) bool {
	return math.Abs(float64(declared)-float64(stored)) > 0.05*math.Abs(float64(stored))
}
