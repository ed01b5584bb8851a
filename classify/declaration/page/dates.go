package page

import (
	"cmp"
	"regexp"
	"strconv"
	"strings"
	"time"
)

var (
	isoDate    = regexp.MustCompile(`\b((?:19|20)\d\d)[-./](\d{1,2})[-./](\d{1,2})\b`)
	numberDate = regexp.MustCompile(`\b(\d{1,2})([-./])\s?(\d{1,2})[-./]\s?((?:19|20)\d\d)\b`)
	shortDate  = regexp.MustCompile(`\b(\d{1,2})([/-])(\d{1,2})[/-](\d\d)\b|\b(\d\d)(\.)(\d\d)\.(\d\d)\b`)
	aYear      = regexp.MustCompile(`^(?:19|20)\d\d$`)
)

// dateIn reads the first date of a text, in the form YYYY-MM-DD. Of a month
// without a day it is the last one, so that nobody is told that a page is older
// than it says. Of two numbers divided by slashes the first is the day, unless
// only the second can be, or the text is American.
func (r *Reader) dateIn(text, language string, american bool) string {
	if m := isoDate.FindStringSubmatch(text); m != nil {
		if d := date(m[1], m[2], m[3]); d != "" {
			return d
		}
	}
	if d := ofNumbers(numberDate.FindStringSubmatch(text), american); d != "" {
		return d
	}
	return r.wordDate(tokens(text), language)
}

// shortDateIn reads a date whose year has two digits, as Cookiebot writes it:
// 11/3/26, 03.11.26. Only where a sentence says that it is a date: numbers of
// versions look so too.
func shortDateIn(text string, american bool) string {
	m := shortDate.FindStringSubmatch(text)
	if m == nil {
		return ""
	}
	if m[1] == "" {
		m = m[4:]
	}
	return ofNumbers([]string{"", m[1], m[2], m[3], "20" + m[4]}, american)
}

// ofNumbers is the date of a day, what divides them, a month and a year.
func ofNumbers(m []string, american bool) string {
	if m == nil {
		return ""
	}
	day, month := m[1], m[3]
	if m[2] == "/" && american {
		day, month = month, day
	}
	return cmp.Or(date(m[4], month, day), date(m[4], day, month))
}

// wordDate reads a date with the name of its month: 22 October 2021, May 2018,
// October 22nd, 2021, and what begins with the year.
func (r *Reader) wordDate(t []string, language string) string {
	for i := range t {
		h, ok := r.words.months.at(t, i, language)
		if !ok {
			continue
		}
		month := strconv.Itoa(h.value)
		for k := i + 1; k < min(i+4, len(t)); k++ {
			if !aYear.MatchString(t[k]) {
				continue
			}
			for _, at := range []int{i - 1, i + 1, i - 2} { // before the month, between it and the year, before "de"
				if at >= 0 && at < k && at != i {
					if d := date(t[k], month, dayOf(t[at])); d != "" {
						return d
					}
				}
			}
			return lastOf(t[k], month)
		}
		if d := r.yearFirst(t, i, month); d != "" {
			return d
		}
	}
	return ""
}

// yearFirst reads a date that begins with its year: 2021. október 22., and with
// a word or the day between in 2021 m. spalio 22 d. and 2021. gada 22. oktobris.
func (r *Reader) yearFirst(t []string, i int, month string) string {
	for _, at := range [][2]int{{i - 1, i + 1}, {i - 2, i + 1}, {i - 3, i - 1}} {
		if at[0] >= 0 && at[1] < len(t) && aYear.MatchString(t[at[0]]) {
			if d := date(t[at[0]], month, dayOf(t[at[1]])); d != "" {
				return d
			}
		}
	}
	if i > 1 && r.words.year[t[i-1]] && aYear.MatchString(t[i-2]) {
		return lastOf(t[i-2], month)
	}
	return ""
}

// dayOf is the number of a day: 1st, 22nd, 1er, 3.
func dayOf(s string) string {
	n := 0
	for n < len(s) && n < 2 && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	if len(s)-n > 3 {
		return ""
	}
	return s[:n]
}

func date(year, month, day string) string {
	y, _ := strconv.Atoi(year)
	m, _ := strconv.Atoi(month)
	d, err := strconv.Atoi(day)
	if err != nil || m < 1 || m > 12 || d < 1 || d > 31 {
		return ""
	}
	t := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
	if t.Day() != d {
		return ""
	}
	return t.Format(time.DateOnly)
}

func lastOf(year, month string) string {
	y, _ := strconv.Atoi(year)
	m, _ := strconv.Atoi(month)
	return time.Date(y, time.Month(m)+1, 0, 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
}

// onlyDate tells whether a line is a date and hardly more, as stands below the
// title of a page.
func onlyDate(text string) bool { return len(strings.Fields(text)) <= 7 }
