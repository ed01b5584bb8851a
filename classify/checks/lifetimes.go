package checks

import (
	"cmp"

	"cookiescan/classify/declaration/register"
)

// browserLimit is the longest that a browser keeps a cookie (RFC 6265bis,
// section 5.5): a declaration of two years and one of 400 days are both right.
const browserLimit = 400 * daySeconds

// agreement is how an observed lifetime compares with a declared one.
type agreement int

const (
	agrees        agreement = iota
	swapped                 // the one ends with the session and the other does not
	longer                  // beyond the tolerance
	muchLonger              // over one and a half times, and by more than a day
	shorter                 // beyond the tolerance
	notComparable           // one of them is not known
)

// compareLife compares what was stored with what is declared. Until deleted is
// as long as can be, so that nothing is longer.
func compareLife(i *item, l register.Lifetime) agreement {
	observed := min(cmp.Or(i.stored, i.seconds), browserLimit)
	if !i.isCookie() {
		return compareStorage(i, l)
	}
	switch {
	case !l.Known() || !i.session && observed == 0:
		return notComparable
	case i.session && l.Session, l.UntilCleared && !i.session:
		return agrees
	case i.session != l.Session:
		return swapped
	}
	return compareSeconds(observed, min(l.Seconds, browserLimit))
}

// compareStorage compares storage, which has no lifetime: it ends with the tab
// or stays until somebody deletes it. A number can be what a script sees to.
func compareStorage(i *item, l register.Lifetime) agreement {
	switch {
	case !l.Known():
		return notComparable
	case i.session != l.Session && (i.kind == "sessionStorage" || i.kind == "localStorage"):
		return swapped
	}
	return agrees
}

// compareSeconds takes what differs by no more than a day or one in twenty for
// the same.
func compareSeconds(observed, declared int64) agreement {
	tolerance := max(daySeconds, declared/20)
	switch {
	case observed > declared+declared/2 && observed > declared+daySeconds:
		return muchLonger
	case observed > declared+tolerance:
		return longer
	case observed < declared-tolerance:
		return shorter
	}
	return agrees
}
