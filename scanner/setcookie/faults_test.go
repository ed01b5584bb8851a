package setcookie

import (
	"slices"
	"strings"
	"testing"
	"time"
)

func TestFaults(t *testing.T) {
	now := time.Date(2026, 11, 26, 12, 0, 0, 0, time.UTC)
	for name, row := range map[string]struct {
		line string
		want []Fault
	}{
		"none":                       {line: "a=1; Path=/; Max-Age=60; Expires=Thu, 26 Nov 2026 12:01:00 GMT; Secure; SameSite=Lax"},
		"a session":                  {line: "a=1"},
		"an unknown one twice":       {line: "a=1; x=1; x=2"},
		"twice, in any case":         {line: "a=1; Path=/; path=/", want: []Fault{AttributeRepeated}},
		"a flag twice":               {line: "a=1; Secure; HttpOnly; secure", want: []Fault{AttributeRepeated}},
		"too long":                   {line: "a=1; Path=/" + strings.Repeat("p", MaxAttributeOctets), want: []Fault{AttributeTooLong}},
		"an unknown one too long":    {line: "a=1; x=" + strings.Repeat("p", MaxAttributeOctets+1)},
		"no date":                    {line: "a=1; Expires=0", want: []Fault{ExpiresUnreadable}},
		"an empty date":              {line: "a=1; Expires=", want: []Fault{ExpiresUnreadable}},
		"a year of two digits":       {line: "a=1; Expires=Thursday, 26-Nov-26 12:00:01 GMT"},
		"no number":                  {line: "a=1; Max-Age=1 day", want: []Fault{MaxAgeUnreadable}},
		"neither":                    {line: "a=1; Max-Age=; Expires=never", want: []Fault{ExpiresUnreadable, MaxAgeUnreadable}},
		"within rounding":            {line: "a=1; Max-Age=86400; Expires=Fri, 27 Nov 2026 12:00:07 GMT"},
		"a day against a year":       {line: "a=1; Max-Age=86400; Expires=Fri, 26 Nov 2027 12:00:00 GMT", want: []Fault{LifetimesDisagree}},
		"both delete":                {line: "a=; Max-Age=-99999999; Expires=Thu, 01 Jan 1970 00:00:00 GMT"},
		"one deletes":                {line: "a=1; Max-Age=0; Expires=Fri, 26 Nov 2027 12:00:00 GMT", want: []Fault{LifetimesDisagree}},
		"beyond every number":        {line: "a=1; Max-Age=99999999999999999999; Expires=Fri, 31 Dec 9999 23:59:59 GMT", want: []Fault{LifetimesDisagree}},
		"beyond every number, a day": {line: "a=1; Max-Age=-99999999999999999999; Expires=Fri, 27 Nov 2026 12:00:00 GMT", want: []Fault{LifetimesDisagree}},
		"the last one counts":        {line: "a=1; Expires=never; Expires=Fri, 27 Nov 2026 12:00:00 GMT", want: []Fault{AttributeRepeated}},
	} {
		if got := Faults([]byte(row.line), Context{Now: now}); !slices.Equal(got, row.want) {
			t.Errorf("%s: %v, want %v", name, got, row.want)
		}
	}
	// A server whose clock is ahead says what it means by its own Date.
	ahead := Context{Now: now, Date: now.Add(12 * time.Hour)}
	if got := Faults([]byte("a=1; Max-Age=86400; Expires=Sat, 28 Nov 2026 00:00:00 GMT"), ahead); got != nil {
		t.Errorf("with a Date: %v", got)
	}
}

// FuzzFaults: an unreadable or contradicted attribute is never the one that a
// lifetime comes of.
func FuzzFaults(f *testing.F) {
	for _, line := range []string{"a=1; Expires=0", "a=1; Max-Age=1; Expires=Thu, 26 Nov 2026 12:01:00 GMT", "a=1; Max-Age=-9; max-age=9", ";;=;"} {
		f.Add(line)
	}
	now := time.Date(2026, 11, 26, 12, 0, 0, 0, time.UTC)
	f.Fuzz(func(t *testing.T, line string) {
		faults := Faults([]byte(line), Context{Now: now})
		if slices.Contains(faults, LifetimesDisagree) && (slices.Contains(faults, ExpiresUnreadable) || slices.Contains(faults, MaxAgeUnreadable)) {
			t.Errorf("%q: %v", line, faults)
		}
		raw := strings.ToLower(Evaluate([]byte(line), Context{Now: now}).Cookie.LifetimeRaw)
		if slices.Contains(faults, ExpiresUnreadable) && strings.HasPrefix(raw, "expires=") || slices.Contains(faults, MaxAgeUnreadable) && strings.HasPrefix(raw, "max-age=") {
			t.Errorf("%q: %v, and yet %s decided", line, faults, raw)
		}
	})
}
