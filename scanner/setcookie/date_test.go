package setcookie

import (
	"testing"
	"time"
)

func TestParseDate(t *testing.T) {
	at := func(year int, month time.Month, day, h, m, s int) time.Time {
		return time.Date(year, month, day, h, m, s, 0, time.UTC)
	}
	jan1 := at(2027, time.January, 1, 1, 2, 3)
	tests := []struct {
		in   string
		want time.Time
	}{
		{"Fri, 01 Jan 2027 01:02:03 GMT", jan1},
		{"Friday, 01-Jan-27 01:02:03 GMT", jan1},
		{"Fri Jan  1 01:02:03 2027", jan1},
		{"fri, 1-jan-2027 01:02:03", jan1},
		{"1 JANUARY 2027 1:2:3", jan1},
		{"1 janx 2027 01:02:03", jan1},
		{"xjan 1 jan 2027 01:02:03", jan1},
		{"Mon, 1 Jan 2027 01:02:03 PST", jan1},   // the zone is not looked at
		{"1 Jan 2027 01:02:03 +0200", jan1},      // nor an offset
		{"Sunday, 1 Jan 2027 01:02:03 am", jan1}, // nor the weekday
		{"2027 1 jan 01:02:03", jan1},
		{"01:02:03 2027 jan 01", jan1},
		{"1/jan/2027,01:02:03", jan1},
		{`"1 jan 2027 01:02:03"`, jan1},
		{"1~jan^2027|01:02:03", jan1},
		{"1 jan 2027 01:02:03.999", jan1},
		{"1 jan 2027 01:02:03 5 feb 2029 05:06:07", jan1}, // the first of each kind
		{"01:02 1 jan 2027 01:02:03", jan1},
		{"1 jan 2027 01:02:03:04 01:02:03", jan1},
		{"1 jan 2027 -1:02:03", jan1},
		{"1 jan 27 01:02:03", jan1},
		{"jan 1 27 01:02:03", jan1},
		{"1 jan 027 01:02:03", jan1},
		{"1 jan 02027 01:02:03", jan1},
		{"1 jan 2027 001:002:0003", jan1},
		{"1x 1 jan 2027x 2027 01:02:03", jan1},
		{"1 jan x2027 2027 1:2:3x 01:02:03", jan1},
		{"12 31 jan 00:00:00", at(2031, 1, 12, 0, 0, 0)},
		{"1 jan 0 00:00:00", at(2000, 1, 1, 0, 0, 0)},
		{"1 jan 69 00:00:00", at(2069, 1, 1, 0, 0, 0)},
		{"1 jan 70 00:00:00", at(1970, 1, 1, 0, 0, 0)},
		{"1 jan 99 00:00:00", at(1999, 1, 1, 0, 0, 0)},
		{"1 jan 100 00:00:00", at(100, 1, 1, 0, 0, 0)},
		{"1 jan 1600 00:00:00", at(1600, 1, 1, 0, 0, 0)},
		{"1 jan 1601 00:00:00", at(1601, 1, 1, 0, 0, 0)},
		{"31 Dec 9999 23:59:59", at(9999, 12, 31, 23, 59, 59)},
		{"1 jan 99999 00:00:00", at(99999, 1, 1, 0, 0, 0)},
		{"29 Feb 2028 00:00:00", at(2028, 2, 29, 0, 0, 0)},
		{"29 Feb 2000 00:00:00", at(2000, 2, 29, 0, 0, 0)},
	}
	for _, tt := range tests {
		if got, ok := ParseDate(tt.in); !ok || !got.Equal(tt.want) {
			t.Errorf("ParseDate(%q) = %v, %v; want %v", tt.in, got, ok, tt.want)
		}
	}
}

func TestParseDateFails(t *testing.T) {
	for _, in := range []string{
		"", "0", "-1", "session", "1735689600", "2027-01-01T01:02:03Z",
		"Fri, 01 Jan 2027", "01 Jan 01:02:03", "Jan 2027 01:02:03", "01 2027 01:02:03", "1 ja 2027 01:02:03",
		"29 Feb 2027 00:00:00", "30 Feb 2028 00:00:00", "29 Feb 2100 00:00:00", "31 Apr 2027 00:00:00",
		"0 Jan 2027 00:00:00", "32 Jan 2027 00:00:00", "99 1 Jan 2027 00:00:00",
		"1 Jan 2027 24:00:00", "1 Jan 2027 00:60:00", "1 Jan 2027 00:00:60", "99:99:99 1 Jan 2027 01:02:03",
		"1 Jan 2027 01:02", "1 Jan 2027 01:02:03:04", "1 Jan 2027 01:02:03x", "1 Jan 2027 1::3", "1 Jan 2027 :1:2:3",
		"1 Jan 2027 99999999999:0:0",
		"1st Jan 2027 01:02:03", "100 Jan 2027 01:02:03", "1 Jan 2027x 01:02:03", "1 Jan 202777 01:02:03",
		"1Jan2027 01:02:03", "1 Jan 2027é01:02:03", "1 Jan 2027\u00a001:02:03",
		"27 Jan 01:02:03", "1:2 Jan 2027 01:02:03",
	} {
		if got, ok := ParseDate(in); ok {
			t.Errorf("ParseDate(%q) = %v, want failure", in, got)
		}
	}
}
