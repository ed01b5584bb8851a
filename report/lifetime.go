package report

import (
	"fmt"
	"math"

	"cookiescan/scanner"
)

const (
	minute int64 = 60
	hour         = 60 * minute
	day          = 24 * hour
	month        = 2_629_800 // a twelfth of 365.25 days
	year         = 365 * day
)

// Duration words a number of seconds as people write it in cookie policies:
// the largest unit of which it is a whole number within 1 %, such as "13
// months" for 395 days. Round hundreds of days stay days, since 400 days is
// the limit of browsers and not 13 months. What fits no unit has two.
func Duration(seconds int64) string {
	switch {
	case seconds <= 0:
		return "0 seconds"
	case near(seconds, year):
		return count(whole(seconds, year), "year")
	case near(seconds, 100*day):
		return count(whole(seconds, 100*day)*100, "day")
	case seconds/day >= 180 && seconds/day <= 184:
		return "6 months" // half a year, written as 180 days or as its calendar months
	case near(seconds, month):
		return count(whole(seconds, month), "month")
	case near(seconds, day):
		return count(whole(seconds, day), "day")
	case near(seconds, hour) && seconds < 100*hour:
		return count(whole(seconds, hour), "hour")
	case near(seconds, minute) && seconds < 2*hour:
		return count(whole(seconds, minute), "minute")
	case seconds < 2*minute:
		return count(seconds, "second")
	}
	return twoUnits(seconds)
}

func twoUnits(seconds int64) string {
	big, bigName, small, smallName := minute, "minute", int64(1), "second"
	switch {
	case seconds >= day:
		big, bigName, small, smallName = day, "day", hour, "hour"
	case seconds >= hour:
		big, bigName, small, smallName = hour, "hour", minute, "minute"
	}
	n, rest := seconds/big, whole(seconds%big, small)
	if rest*small == big {
		n, rest = n+1, 0
	}
	if rest == 0 {
		return count(n, bigName)
	}
	return count(n, bigName) + " " + count(rest, smallName)
}

// near tells whether seconds are a whole number of units within 1 %.
func near(seconds, unit int64) bool {
	n := whole(seconds, unit)
	return n > 0 && math.Abs(float64(seconds)-float64(n)*float64(unit)) <= float64(seconds)/100
}

func whole(seconds, unit int64) int64 {
	n := seconds / unit
	if seconds%unit >= unit-unit/2 {
		n++
	}
	return n
}

func count(n int64, unit string) string {
	if n == 1 {
		return "1 " + unit
	}
	return fmt.Sprintf("%d %ss", n, unit)
}

// lifetimeWords words the stored lifetime of a cookie, and behind it what
// differs: the declared one when it is more than 5 % away, and that writes
// disagree.
func lifetimeWords(c scanner.Cookie) (stored, differs string) {
	declared := c.Lifetime.DeclaredSeconds
	switch {
	case c.Lifetime.StoredSeconds != nil:
		stored = Duration(*c.Lifetime.StoredSeconds)
		if declared != nil && differ(*declared, *c.Lifetime.StoredSeconds) {
			differs = "declares " + Duration(*declared)
		}
	case c.Session:
		stored = "session"
		if declared != nil {
			differs = "declares " + Duration(*declared)
		}
	case declared != nil:
		stored, differs = "unknown", "declares "+Duration(*declared)
	default:
		stored = "unknown"
	}
	if c.Lifetime.Varies {
		differs = joinNonEmpty("; ", differs, "varies")
	}
	if differs != "" {
		differs = "(" + differs + ")"
	}
	return stored, differs
}

func differ(declared, stored int64) bool {
	return math.Abs(float64(declared)-float64(stored)) > 0.05*math.Abs(float64(stored))
}
