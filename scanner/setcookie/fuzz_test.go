package setcookie

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"cookiescan/scanner/setcookie/cookietest"
)

func addSeeds(f *testing.F) {
	f.Helper()
	for _, h := range cookietest.Headers(200, 1) {
		f.Add([]byte(h))
	}
	f.Add([]byte("a=b\x00; Path=/\r\n"))
}

// FuzzParse: what Parse accepts, it accepts again from its own serialisation,
// with the same result and within the limits.
func FuzzParse(f *testing.F) {
	addSeeds(f)
	f.Fuzz(func(t *testing.T, line []byte) {
		p, err := Parse(line)
		if err != nil {
			return
		}
		if n := len(p.Name) + len(p.Value); n == 0 || n > MaxNameValueOctets {
			t.Errorf("accepted %d octets of name and value", n)
		}
		if strings.ContainsAny(p.Name, ";=\x00\r\n\t") || strings.ContainsAny(p.Value, ";\x00\r\n\t") {
			t.Errorf("name %q, value %q", p.Name, p.Value)
		}
		again, err := Parse([]byte(p.String()))
		if err != nil || !reflect.DeepEqual(again, p) {
			t.Errorf("Parse(%q) = %+v, %v; want %+v", p.String(), again, err, p)
		}
	})
}

// FuzzParseDate: a date that is understood is a possible one, and the standard
// form of it means the same.
func FuzzParseDate(f *testing.F) {
	for _, s := range []string{"Thu, 01 Jan 1970 00:00:00 GMT", "1-jan-27 1:2:3", "29 Feb 2028 23:59:59", "31 dec 99999 0:0:0", "1 1 1 1:1:1 sep", ""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, ok := ParseDate(s)
		if !ok {
			if !d.IsZero() && d.Location() != time.UTC {
				t.Errorf("failure with %v", d)
			}
			return
		}
		if d.Year() < 100 || d.Year() > 99999 || d.Nanosecond() != 0 || d.Location() != time.UTC {
			t.Errorf("ParseDate(%q) = %v", s, d)
		}
		if d.Year() < 1000 { // the form below would need leading zeros
			return
		}
		if again, ok := ParseDate(d.Format("Mon, 02 Jan 2006 15:04:05 GMT")); !ok || !again.Equal(d) {
			t.Errorf("ParseDate(%q) = %v, but its standard form gives %v, %v", s, d, again, ok)
		}
	})
}

// FuzzEvaluate: whatever is stored keeps the promises of the type.
func FuzzEvaluate(f *testing.F) {
	urls := []string{
		"https://" + cookietest.Host + cookietest.Path, "http://" + cookietest.Host + cookietest.Path,
		"http://localhost/a/b", "https://127.0.0.1/", "https://co.uk/", "https://alice.github.io/x/", "https://www.bücher.example/", "ftp://example.org/",
	}
	for i, h := range cookietest.Headers(200, 2) {
		f.Add([]byte(h), uint8(i), uint8(i/8), int64(i)*86400)
	}
	f.Fuzz(func(t *testing.T, line []byte, where, how uint8, skew int64) {
		ctx := contextAt(t, urls[int(where)%len(urls)])
		ctx.Script, ctx.SameSite = how&1 != 0, SameSiteContext(how>>1&1)
		if how&4 != 0 {
			ctx.Date = time.Unix(skew, int64(how)*1e6)
		}
		r := Evaluate(line, ctx)
		checkResult(t, r, ctx)
		if e := Explain(line, ctx); e.Stored != r.Stored || e.Stored != (e.Reason == "") {
			t.Errorf("Explain = %+v, Evaluate = %+v", e, r)
		}
		var j Jar
		if got := j.Apply(r, ctx); got.Stored != r.Stored || len(j.Cookies(ctx.Now)) > 1 {
			t.Errorf("jar: %+v, Evaluate: %+v", got, r)
		}
	})
}

func checkResult(t *testing.T, r Result, ctx Context) {
	t.Helper()
	c := r.Cookie
	if n := btoi(r.Stored) + btoi(r.Deletes) + btoi(r.Refused()); n != 1 {
		t.Fatalf("stored %v, deletes %v, reasons %v: want exactly one", r.Stored, r.Deletes, r.Reasons)
	}
	for _, reason := range r.Reasons {
		if reason.Explain() == "" {
			t.Errorf("reason %q has no explanation", reason)
		}
	}
	if c.StoredSeconds < 0 || c.StoredSeconds > MaxStoredSeconds || c.Expires.After(ctx.Now.Add(time.Duration(MaxStoredSeconds)*time.Second)) {
		t.Errorf("stored lifetime %d, until %v", c.StoredSeconds, c.Expires)
	}
	if c.Session != (c.DeclaredSeconds == nil) || c.Session != (c.LifetimeRaw == "") || c.Session != c.Expires.IsZero() {
		t.Errorf("session %v with lifetime %v %q %v", c.Session, c.DeclaredSeconds, c.LifetimeRaw, c.Expires)
	}
	if !r.Stored {
		return
	}
	host := canonicalHost(ctx.URL.Hostname())
	if !DomainMatch(host, c.Domain) || c.HostOnly && c.Domain != host || strings.HasPrefix(c.Domain, ".") {
		t.Errorf("host %q got domain %q (host-only %v)", host, c.Domain, c.HostOnly)
	}
	if !strings.HasPrefix(c.Path, "/") || c.Partitioned != (c.PartitionKey != nil) {
		t.Errorf("path %q, partition key %v", c.Path, c.PartitionKey)
	}
	if !c.Secure && (c.Partitioned || c.SameSite == SameSiteNone) || c.HTTPOnly && ctx.Script {
		t.Errorf("stored %+v", c)
	}
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}
