package words

import (
	"math"
	"strconv"
	"strings"

	"golang.org/x/text/feature/plural"
)

// durations are the words of lengths of time: for each unit a text by plural
// form (CLDR: zero, one, two, few, many, other).
type durations struct {
	Second       map[string]string `yaml:"second"`
	Minute       map[string]string `yaml:"minute"`
	Hour         map[string]string `yaml:"hour"`
	Day          map[string]string `yaml:"day"`
	Week         map[string]string `yaml:"week"`
	Month        map[string]string `yaml:"month"`
	Year         map[string]string `yaml:"year"`
	Session      string            `yaml:"session"`
	UntilCleared string            `yaml:"until-cleared"`
	Unknown      string            `yaml:"unknown"`
	Declared     string            `yaml:"declared"`
	Varies       string            `yaml:"varies"`
}

const (
	minute int64 = 60
	hour         = 60 * minute
	day          = 24 * hour
	month        = 2_629_800 // a twelfth of 365.25 days
	year         = 365 * day
)

// amount is a number of one unit.
type amount struct {
	n    int64
	unit string
}

// Duration words a number of seconds as people write it in cookie policies:
// the largest unit of which it is a whole number within 1 %, such as "13
// months" for 395 days. Round hundreds of days stay days, since 400 days is
// the limit of browsers and not 13 months. What fits no unit has two.
func (l *Lang) Duration(seconds int64) string {
	var parts []string
	for _, a := range amounts(seconds) {
		parts = append(parts, l.amount(a))
	}
	return strings.Join(parts, " "+l.texts.And+" ")
}

// Lifetime words the usual lifetime of a rule: session, until-cleared or a
// number with an English unit ("13 months"), as it is stated. What is not of
// this form is unknown.
func (l *Lang) Lifetime(usual string) string {
	switch usual {
	case "session":
		return l.texts.Durations.Session
	case "until-cleared":
		return l.texts.Durations.UntilCleared
	}
	digits, unit, _ := strings.Cut(usual, " ")
	a := amount{unit: strings.TrimSuffix(unit, "s")}
	var err error
	if a.n, err = strconv.ParseInt(digits, 10, 64); err != nil || l.forms(a.unit) == nil {
		return l.texts.Durations.Unknown
	}
	return l.amount(a)
}

// Declared words a lifetime beside the one that counts: "declares 2 years".
func (l *Lang) Declared(seconds int64) string {
	return strings.Replace(l.texts.Durations.Declared, "{duration}", l.Duration(seconds), 1)
}

// Varies says that writes disagree about a lifetime.
func (l *Lang) Varies() string { return l.texts.Durations.Varies }

// amount words a number of a unit in its plural form.
func (l *Lang) amount(a amount) string {
	forms := l.forms(a.unit)
	text, ok := forms[l.PluralForm(a.n)]
	// CLDR has a dual for Maltese that the tables of x/text do not know yet.
	if two, has := forms["two"]; has && a.n == 2 {
		text, ok = two, true
	}
	if !ok {
		text = forms["other"]
	}
	return strings.Replace(text, "{n}", l.Number(a.n), 1)
}

func (l *Lang) forms(unit string) map[string]string {
	d := l.texts.Durations
	switch unit {
	case "second":
		return d.Second
	case "minute":
		return d.Minute
	case "hour":
		return d.Hour
	case "day":
		return d.Day
	case "week":
		return d.Week
	case "month":
		return d.Month
	case "year":
		return d.Year
	}
	return nil
}

// PluralForm is the CLDR name of the plural form that a number takes.
func (l *Lang) PluralForm(n int64) string {
	// Only the last digits decide in all languages of this package, but they
	// tell thousands from small numbers.
	small := n % 1000
	if n >= 1000 {
		small += 1000
	}
	switch plural.Cardinal.MatchPlural(l.locale, int(small), 0, 0, 0, 0) {
	case plural.Zero:
		return "zero"
	case plural.One:
		return "one"
	case plural.Two:
		return "two"
	case plural.Few:
		return "few"
	case plural.Many:
		return "many"
	default:
		return "other"
	}
}

// amounts breaks seconds into one unit or two.
func amounts(seconds int64) []amount {
	switch {
	case seconds <= 0:
		return []amount{{0, "second"}}
	case near(seconds, year):
		return []amount{{whole(seconds, year), "year"}}
	case near(seconds, 100*day):
		return []amount{{whole(seconds, 100*day) * 100, "day"}}
	case seconds/day >= 180 && seconds/day <= 184:
		return []amount{{6, "month"}} // half a year, written as 180 days or as its calendar months
	case near(seconds, month):
		return []amount{{whole(seconds, month), "month"}}
	case near(seconds, day):
		return []amount{{whole(seconds, day), "day"}}
	case near(seconds, hour) && seconds < 100*hour:
		return []amount{{whole(seconds, hour), "hour"}}
	case near(seconds, minute) && seconds < 2*hour:
		return []amount{{whole(seconds, minute), "minute"}}
	case seconds < 2*minute:
		return []amount{{seconds, "second"}}
	}
	return twoUnits(seconds)
}

func twoUnits(seconds int64) []amount {
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
		return []amount{{n, bigName}}
	}
	return []amount{{n, bigName}, {rest, smallName}}
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
