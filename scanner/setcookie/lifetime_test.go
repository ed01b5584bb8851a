package setcookie

import (
	"math"
	"testing"
	"time"
)

func TestMaxAge(t *testing.T) {
	const session = math.MinInt64 + 1
	tests := []struct {
		value            string
		declared, stored int64
	}{
		{"1", 1, 1},
		{"3600", 3600, 3600},
		{"0060", 60, 60},
		{"+60", 60, 60},
		{"34560000", 34560000, 34560000},
		{"34560001", 34560001, 34560000},
		{"63072000", 63072000, 34560000},
		{"9223372036854775807", math.MaxInt64, 34560000},
		{"9223372036854775808", math.MaxInt64, 34560000},
		{"99999999999999999999999999999999", math.MaxInt64, 34560000},
		{"000000000000000000000000000000000005", 5, 5},
		{"99999999999999999999x", math.MaxInt64, 34560000}, // Chromium stops reading at the overflow
		{"9223372036854775807x", math.MaxInt64, 34560000},
		{"0", 0, 0},
		{"-0", 0, 0},
		{"-1", -1, 0},
		{"-9223372036854775808", math.MinInt64, 0},
		{"-99999999999999999999999999999999", math.MinInt64, 0},
		{"-9223372036854775808x", math.MinInt64, 0},
		{"", session, 0},
		{"-", session, 0},
		{"+", session, 0},
		{"--1", session, 0},
		{"+-1", session, 0},
		{"x", session, 0},
		{"60s", session, 0},
		{"6 0", session, 0},
		{"6.0", session, 0},
		{"6e1", session, 0},
		{"0x3c", session, 0},
		{`"60"`, session, 0},
		{"-5x", session, 0},
		{"9223372036854775806x", session, 0},
		{"\u00a05", session, 0},
		{"٣", session, 0},
	}
	for _, tt := range tests {
		r := evaluate(t, "a=b; Max-Age="+tt.value, ordinaryURL)
		c := r.Cookie
		if tt.declared == session {
			if !r.Stored || !c.Session || c.DeclaredSeconds != nil || !c.Expires.IsZero() || c.LifetimeRaw != "" {
				t.Errorf("Max-Age=%s: %+v, want a session cookie", tt.value, c)
			}
			continue
		}
		if c.Session || *c.DeclaredSeconds != tt.declared || c.StoredSeconds != tt.stored {
			t.Errorf("Max-Age=%s: declared %v, stored %d; want %d, %d", tt.value, *c.DeclaredSeconds, c.StoredSeconds, tt.declared, tt.stored)
		}
		if r.Deletes != (tt.declared <= 0) || r.Stored == r.Deletes {
			t.Errorf("Max-Age=%s: stored %v, deletes %v", tt.value, r.Stored, r.Deletes)
		}
		if r.Stored && !c.Expires.Equal(now().Add(time.Duration(tt.stored)*time.Second)) {
			t.Errorf("Max-Age=%s: expires %v", tt.value, c.Expires)
		}
		if want := "Max-Age=" + tt.value; c.LifetimeRaw != want {
			t.Errorf("raw = %q, want %q", c.LifetimeRaw, want)
		}
	}
}

func TestExpires(t *testing.T) {
	year := int64(365 * 86400)
	tests := []struct {
		what, value      string
		declared, stored int64
		deletes          bool
	}{
		{"a day", "Mon, 02 Mar 2026 12:00:00 GMT", 86400, 86400, false},
		{"a second", "Sun, 01 Mar 2026 12:00:01 GMT", 1, 1, false},
		{"now", "Sun, 01 Mar 2026 12:00:00 GMT", 0, 0, true},
		{"a second ago", "Sun, 01 Mar 2026 11:59:59 GMT", -1, 0, true},
		{"epoch", "Thu, 01 Jan 1970 00:00:00 GMT", -1772366400, 0, true},
		{"two years", "Tue, 29 Feb 2028 12:00:00 GMT", 2 * year, 34560000, false},
		{"four hundred days", "Mon, 05 Apr 2027 12:00:00 GMT", 34560000, 34560000, false},
		{"far away", "1 jan 99999 00:00:00", 3091724078400, 34560000, false},
		{"before 1601", "1 jan 1500 00:00:00", -16604136000, 0, true},
	}
	for _, tt := range tests {
		r := evaluate(t, "a=b; expires="+tt.value, ordinaryURL)
		c := r.Cookie
		if c.Session || *c.DeclaredSeconds != tt.declared || c.StoredSeconds != tt.stored || r.Deletes != tt.deletes || r.Stored == tt.deletes {
			t.Errorf("%s: declared %d, stored %d, deletes %v; want %d, %d, %v",
				tt.what, *c.DeclaredSeconds, c.StoredSeconds, r.Deletes, tt.declared, tt.stored, tt.deletes)
		}
		if want := "expires=" + tt.value; c.LifetimeRaw != want {
			t.Errorf("%s: raw = %q, want %q", tt.what, c.LifetimeRaw, want)
		}
	}
}

// TestExpiresIsOfWholeSeconds: a script that asks for a day at half past a second
// writes the date without the half.
func TestExpiresIsOfWholeSeconds(t *testing.T) {
	for offset, want := range map[time.Duration]int64{
		0: 86400, 200 * time.Millisecond: 86400, 501 * time.Millisecond: 86400, 999 * time.Millisecond: 86400,
		time.Second: 86400, 2 * time.Second: 86398, // the clock went on into the next second
	} {
		ctx := contextAt(t, ordinaryURL)
		ctx.Now = ctx.Now.Add(offset)
		c := Evaluate([]byte("a=b; Expires=Mon, 02 Mar 2026 12:00:00 GMT"), ctx).Cookie
		if *c.DeclaredSeconds != want || c.StoredSeconds != want {
			t.Errorf("received %v late: declared %d, stored %d; want %d", offset, *c.DeclaredSeconds, c.StoredSeconds, want)
		}
		if exact := time.Date(2026, time.March, 2, 12, 0, 0, 0, time.UTC); !c.Expires.Equal(exact) {
			t.Errorf("received %v late: expires %v, want %v", offset, c.Expires, exact)
		}
	}
}

func TestExpiresCountsFromDateHeader(t *testing.T) {
	tests := []struct {
		what             string
		date             time.Time
		declared, stored int64
		deletes          bool
	}{
		{"server a day ahead", now().Add(24 * time.Hour), 86400, 86400, false},
		{"server a day behind", now().Add(-24 * time.Hour), 3 * 86400, 3 * 86400, false},
		{"server in 1999", now().AddDate(-27, 0, 0), 852249600, 34560000, false},
		{"server after the expiry", now().Add(72 * time.Hour), -86400, 0, true},
	}
	for _, tt := range tests {
		ctx := contextAt(t, ordinaryURL)
		ctx.Date = tt.date
		r := Evaluate([]byte("a=b; Expires=Tue, 03 Mar 2026 12:00:00 GMT"), ctx)
		if c := r.Cookie; *c.DeclaredSeconds != tt.declared || c.StoredSeconds != tt.stored || r.Deletes != tt.deletes {
			t.Errorf("%s: declared %d, stored %d, deletes %v; want %d, %d, %v",
				tt.what, *c.DeclaredSeconds, c.StoredSeconds, r.Deletes, tt.declared, tt.stored, tt.deletes)
		}
	}
	ctx := contextAt(t, ordinaryURL)
	ctx.Date = now().AddDate(-10, 0, 0)
	if c := Evaluate([]byte("a=b; Max-Age=60"), ctx).Cookie; c.StoredSeconds != 60 {
		t.Errorf("Max-Age with a wrong Date: stored %d, want 60", c.StoredSeconds)
	}
}

func TestWhichAttributeDecides(t *testing.T) {
	const good = "Expires=Mon, 02 Mar 2026 12:00:00 GMT"
	for attributes, want := range map[string]string{
		"Max-Age=60; " + good:        "Max-Age=60",
		good + "; max-age=60":        "max-age=60",
		good + "; Max-Age=x":         good,
		good + "; Max-Age":           good,
		"Max-Age=0; " + good:         "Max-Age=0",
		"Max-Age=5; Max-Age=60":      "Max-Age=60",
		"Max-Age=5; Max-Age=x":       "", // Chromium looks at the last one only
		good + "; Expires=x":         "",
		good + "; Expires":           "",
		"Expires=x; " + good:         good,
		"Expires":                    "",
		"Max-Age=60; Expires=banana": "Max-Age=60",
	} {
		if got := evaluate(t, "a=b; "+attributes, ordinaryURL).Cookie.LifetimeRaw; got != want {
			t.Errorf("%s: %q decided, want %q", attributes, got, want)
		}
	}
}
