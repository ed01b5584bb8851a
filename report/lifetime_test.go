package report

import (
	"testing"

	"cookiescan/scanner"
)

const (
	hour int64 = 3600
	day        = 24 * hour
	year       = 365 * day
)

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
		life := english(t).lifetime(row.cookie)
		if got := joinNonEmpty(" ", life.stored, life.differs); got != row.want {
			t.Errorf("%s: got %q, want %q", name, got, row.want)
		}
	}
}
