package setcookie

import (
	"strconv"
	"strings"
	"time"
)

// ParseDate reads a cookie date (RFC 6265bis section 5.1.1): tokens in any
// order, the first of each kind counts, always UTC whatever zone is written.
// It reports false when a part is missing, out of range, or the day does not
// exist.
//
// Chromium: a token is a number only if it is all digits; a year has one to
// five digits and no lower bound of 1601; time fields may be longer than two
// digits when the rest are leading zeros. The draft reads "1st" as a day and
// "2027x" as a year.
func ParseDate(s string) (time.Time, bool) {
	var d dateParts
	for _, token := range strings.FieldsFunc(s, isDateDelimiter) {
		d.take(token)
	}
	return d.time()
}

type dateParts struct {
	clock                         [3]int
	day, year                     int
	month                         time.Month
	hasClock, hasDay, hasYearPart bool
}

// take finds out what a token is. A kind that was found is never replaced, and
// a value out of range still counts as found.
func (d *dateParts) take(token string) {
	switch {
	case !isDigit(token[0]):
		if d.month == 0 {
			d.month = monthOf(token)
		}
	case strings.Contains(token, ":"):
		if !d.hasClock {
			d.clock, d.hasClock = clockOf(token)
		}
	default:
		n, ok := digits(token)
		if !ok {
			return
		}
		if !d.hasDay && len(token) <= 2 {
			d.day, d.hasDay = n, true
		} else if !d.hasYearPart && len(token) <= 5 {
			d.year, d.hasYearPart = n, true
		}
	}
}

func (d *dateParts) time() (time.Time, bool) {
	if !d.hasClock || !d.hasDay || d.month == 0 || !d.hasYearPart {
		return time.Time{}, false
	}
	year := d.year
	switch {
	case year < 70:
		year += 2000
	case year < 100:
		year += 1900
	}
	if d.clock[0] > 23 || d.clock[1] > 59 || d.clock[2] > 59 || d.day < 1 || d.day > 31 {
		return time.Time{}, false
	}
	t := time.Date(year, d.month, d.day, d.clock[0], d.clock[1], d.clock[2], 0, time.UTC)
	return t, t.Day() == d.day // time.Date turns 30 February into 2 March
}

func isDateDelimiter(r rune) bool {
	return r == '\t' || 0x20 <= r && r <= 0x2f || 0x3b <= r && r <= 0x40 ||
		0x5b <= r && r <= 0x60 || 0x7b <= r && r <= 0x7e
}

func monthOf(token string) time.Month {
	const names = "janfebmaraprmayjunjulaugsepoctnovdec"
	if len(token) < 3 {
		return 0
	}
	for i := 0; i < len(names); i += 3 {
		if asciiEqualFold(token[:3], names[i:i+3]) {
			return time.Month(i/3 + 1)
		}
	}
	return 0
}

func clockOf(token string) (clock [3]int, ok bool) {
	fields := strings.Split(token, ":")
	if len(fields) != len(clock) {
		return clock, false
	}
	for i, f := range fields {
		if clock[i], ok = digits(f); !ok {
			return clock, false
		}
	}
	return clock, true
}

// digits reads a number of digits only that fits 32 bits.
func digits(s string) (int, bool) {
	for i := range len(s) {
		if !isDigit(s[i]) {
			return 0, false
		}
	}
	n, err := strconv.ParseInt(s, 10, 32)
	return int(n), err == nil
}
