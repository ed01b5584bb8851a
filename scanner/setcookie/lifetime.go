package setcookie

import (
	"math"
	"time"
)

// lifetime is what Max-Age and Expires come to.
type lifetime struct {
	session  bool
	declared int64     // seconds asked for; meaningless when session
	stored   int64     // seconds after the cap, 0 when deleted
	expires  time.Time // after the cap
	deletes  bool
	raw      string
	capped   bool
}

// lifetimeOf lets Max-Age win over Expires wherever it stands (RFC 6265bis
// section 5.7 step 3). Chromium: only the last attribute of each name is
// looked at, so one that cannot be read hides an earlier good one.
func lifetimeOf(p Parsed, now, date time.Time) lifetime {
	if a, ok := p.last("max-age"); ok {
		if seconds, ok := parseMaxAge(a.Value); ok {
			return lifetimeFor(seconds, 0, now, rawAttribute(a))
		}
	}
	if a, ok := p.last("expires"); ok {
		if t, ok := ParseDate(a.Value); ok {
			return lifetimeUntil(t, now, date, rawAttribute(a))
		}
	}
	return lifetime{session: true}
}

func rawAttribute(a Attribute) string { return a.Name + "=" + a.Value }

// lifetimeUntil counts from the server's own clock when its Date is known, as
// Chromium does when it stores the cookie.
func lifetimeUntil(t, now, date time.Time, raw string) lifetime {
	reference := date
	if reference.IsZero() {
		reference = now
	}
	// Not t.Sub: it saturates at 292 years.
	seconds, nanos := t.Unix()-reference.Unix(), t.Nanosecond()-reference.Nanosecond()
	if nanos < 0 {
		seconds, nanos = seconds-1, nanos+int(time.Second)
	}
	// The date is of whole seconds: who wrote it left the fraction of the clock out.
	return lifetimeFor(seconds, time.Duration(nanos), now, raw).reckoned(t.Unix() - reference.Unix())
}

// reckoned is the lifetime with the whole seconds that a date comes to. Who asks
// for half an hour reads the clock, and then the cookie is written, now and then
// in the next second: one that is missing from whole minutes is given back.
func (l lifetime) reckoned(seconds int64) lifetime {
	if seconds%60 == 59 {
		seconds++
	}
	l.declared = seconds
	if !l.deletes {
		l.stored = min(l.declared, MaxStoredSeconds)
	}
	return l
}

// lifetimeFor is a lifetime of seconds plus nanos (0 to one second).
func lifetimeFor(seconds int64, nanos time.Duration, now time.Time, raw string) lifetime {
	l := lifetime{declared: seconds, raw: raw}
	switch {
	case seconds < 0 || seconds == 0 && nanos == 0:
		l.deletes, l.expires = true, time.Unix(0, 0).UTC()
	case seconds >= MaxStoredSeconds:
		l.stored, l.capped = MaxStoredSeconds, seconds > MaxStoredSeconds || nanos > 0
		l.expires = now.Add(time.Duration(MaxStoredSeconds) * time.Second)
	default:
		l.stored = l.declared
		l.expires = now.Add(time.Duration(seconds)*time.Second + nanos)
	}
	return l
}

// parseMaxAge reads delta-seconds of any length, saturating at int64 (RFC
// 6265bis section 5.6.2). Chromium: a "+" is allowed, and once the number has
// reached the bounds of int64 what follows is not looked at.
func parseMaxAge(s string) (int64, bool) {
	negative := false
	if s != "" && (s[0] == '-' || s[0] == '+') {
		negative, s = s[0] == '-', s[1:]
	}
	if s == "" {
		return 0, false
	}
	var n uint64
	limit := uint64(math.MaxInt64)
	if negative {
		limit++
	}
	for i := range len(s) {
		if !isDigit(s[i]) {
			return signed(n, negative), n == limit
		}
		digit := uint64(s[i] - '0')
		if n > (limit-digit)/10 {
			return signed(limit, negative), true
		}
		n = n*10 + digit
	}
	return signed(n, negative), true
}

// signed is n with its sign; n is at most 1<<63 when negative.
func signed(n uint64, negative bool) int64 {
	if negative {
		return int64(-n)
	}
	return int64(n)
}
