package report

import (
	"strings"
	"testing"

	"cookiescan/scanner"
)

func TestDuration(t *testing.T) {
	for _, row := range []struct {
		seconds int64
		want    string
	}{
		{-5, "0 seconds"},
		{0, "0 seconds"},
		{1, "1 second"},
		{59, "59 seconds"},
		{60, "1 minute"},
		{90, "90 seconds"},
		{200, "3 minutes 20 seconds"},
		{300, "5 minutes"},
		{1800, "30 minutes"},
		{3600, "1 hour"},
		{5400, "90 minutes"},
		{7200, "2 hours"},
		{9000, "2 hours 30 minutes"},
		{24 * hour, "1 day"},
		{day - 1, "1 day"},
		{day + 1, "1 day"},
		{36 * hour, "36 hours"},
		{2 * day, "2 days"},
		{7 * day, "7 days"},
		{14 * day, "14 days"},
		{7*day + 12*hour, "7 days 12 hours"},
		{25*day + 7*hour, "25 days 7 hours"},
		{30 * day, "30 days"},
		{month, "1 month"},
		{31 * day, "31 days"},
		{60 * day, "60 days"},
		{90 * day, "90 days"},
		{91 * day, "3 months"},
		{100 * day, "100 days"},
		{180 * day, "6 months"},
		{182 * day, "6 months"},
		{184 * day, "6 months"},
		{200 * day, "200 days"},
		{360 * day, "360 days"},
		{365 * day, "1 year"},
		{366 * day, "1 year"},
		{year - 60, "1 year"},
		{390 * day, "390 days"},
		{395 * day, "13 months"},
		{396 * day, "13 months"},
		{400 * day, "400 days"},
		{400*day - 1, "400 days"},
		{400*day - 600, "400 days"},
		{547 * day, "18 months"},
		{730 * day, "2 years"},
		{731 * day, "2 years"},
		{5 * 365 * day, "5 years"},
		{3652 * day, "10 years"},
		{7973 * year, "7973 years"},
		{1 << 62, "146235604339 years"},
		{1<<63 - 1, "292471208678 years"},
	} {
		if got := Duration(row.seconds); got != row.want {
			t.Errorf("%d seconds (%.2f days): got %q, want %q", row.seconds, float64(row.seconds)/float64(day), got, row.want)
		}
	}
}

// No length of time is worded with a zero part or a wrong plural.
func TestDurationNeverSaysZero(t *testing.T) {
	for n := int64(1); n < 3*year; n += 1 + n/97 {
		if words := Duration(n); strings.HasPrefix(words, "0 ") || strings.Contains(words, " 0 ") || strings.Contains(words, " 1 days") {
			t.Errorf("%d seconds: %q", n, words)
		}
	}
}

func TestLifetimeWords(t *testing.T) {
	n := func(v int64) *int64 { return &v }
	for name, row := range map[string]struct {
		cookie scanner.Cookie
		want   string
	}{
		"session":          {scanner.Cookie{Session: true}, "session"},
		"declared session": {scanner.Cookie{Session: true, Lifetime: scanner.Lifetime{DeclaredSeconds: n(hour)}}, "session (declares 1 hour)"},
		"as declared":      {scanner.Cookie{Lifetime: scanner.Lifetime{DeclaredSeconds: n(year), StoredSeconds: n(year)}}, "1 year"},
		"close":            {scanner.Cookie{Lifetime: scanner.Lifetime{DeclaredSeconds: n(100), StoredSeconds: n(105)}}, "105 seconds"},
		"capped":           {scanner.Cookie{Lifetime: scanner.Lifetime{DeclaredSeconds: n(2 * year), StoredSeconds: n(400 * day)}}, "400 days (declares 2 years)"},
		"refreshed":        {scanner.Cookie{Lifetime: scanner.Lifetime{DeclaredSeconds: n(hour), StoredSeconds: n(day), Varies: true}}, "1 day (declares 1 hour; varies)"},
		"not declared":     {scanner.Cookie{Lifetime: scanner.Lifetime{StoredSeconds: n(day)}}, "1 day"},
		"not stored":       {scanner.Cookie{Lifetime: scanner.Lifetime{DeclaredSeconds: n(day)}}, "unknown (declares 1 day)"},
		"nothing known":    {scanner.Cookie{}, "unknown"},
		"varies":           {scanner.Cookie{Session: true, Lifetime: scanner.Lifetime{Varies: true}}, "session (varies)"},
	} {
		stored, differs := lifetimeWords(row.cookie)
		if got := joinNonEmpty(" ", stored, differs); got != row.want {
			t.Errorf("%s: got %q, want %q", name, got, row.want)
		}
	}
}
