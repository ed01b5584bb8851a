package lifetime

import (
	"regexp"
	"strconv"
	"strings"
)

// lone tells whether a text is nothing but a number.
func lone(tokens []token) (float64, bool) {
	switch {
	case len(tokens) == 1 && tokens[0].kind == aNumber:
		return tokens[0].value, true
	case len(tokens) == 2 && tokens[0].kind == aDash && tokens[1].kind == aNumber:
		return -tokens[1].value, true
	}
	return 0, false
}

// guess takes a number without a unit for days (OneTrust), unless it is a round
// number of minutes and as days would be years, or too much for days. Millions
// that are whole hours in milliseconds are milliseconds.
func guess(l *Lifetime, value float64) {
	l.Guessed = true
	n := int64(clip(value))
	const mostDays = 36525 // a hundred years
	switch {
	case value <= 0:
		l.Session, l.Guessed = true, value < 0
	case value != float64(n):
		l.Guessed = false // neither a count of days nor of seconds
	case n >= 1e6 && n%1000 == 0 && n/1000%3600 == 0:
		l.Seconds = n / 1000
	case n < mostDays && (n < 1000 || n%60 != 0 || n%365 == 0):
		l.Seconds = n * int64(day)
	case n > 100*int64(year):
		l.Guessed = false
	default:
		l.Seconds = n
	}
}

// iso is a duration of ISO 8601, such as P1Y6M or PT30M, and what a header
// says: Max-Age=3600.
var (
	iso    = regexp.MustCompile(`(?i)^\s*P(?:(\d{1,9})Y)?(?:(\d{1,9})M)?(?:(\d{1,9})W)?(?:(\d{1,9})D)?(?:T(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9})S)?)?\s*$`)
	maxAge = regexp.MustCompile(`(?i)^\s*max-age\s*[=:]\s*(\d{1,15})\s*;?\s*$`)
)

func iso8601(text string) (float64, bool) {
	if m := maxAge.FindStringSubmatch(text); m != nil {
		value, err := strconv.ParseFloat(m[1], 64)
		return value, err == nil && value > 0
	}
	m := iso.FindStringSubmatch(text)
	if m == nil || len(strings.TrimSpace(text)) < 3 {
		return 0, false
	}
	total := 0.0
	for i, unit := range []float64{year, month, week, day, hour, minute, second} {
		if m[i+1] == "" {
			continue
		}
		value, err := strconv.ParseFloat(m[i+1], 64)
		if err != nil {
			return 0, false
		}
		total += value * unit
	}
	return total, total > 0
}
