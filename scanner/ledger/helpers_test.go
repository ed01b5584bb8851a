package ledger

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"cookiescan/scanner"
)

var start = time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)

// sec is a place, seconds after the start, on page none/1.
func sec(s float64) At {
	return At{
		Seq: int64(s * 1000), Time: start.Add(time.Duration(s * float64(time.Second))), Page: "none/1", Trigger: scanner.OnLoad, Context: scanner.InDocument,
		TopSite: "https://shop.test", Frame: []string{"https://www.shop.test"},
	}
}

func (a At) on(page string) At { a.Page = page; return a }

func key(name string) Key { return Key{Name: name, Domain: "www.shop.test", HostOnly: true, Path: "/"} }

func header(s float64, raw string, blocked ...string) Response {
	return Response{At: sec(s), Setter: Setter{URL: "https://www.shop.test/"}, SetCookie: []SetCookieLine{{Raw: raw, Blocked: blocked}}}
}

func script(s float64, raw string) ScriptCookie {
	at := sec(s)
	return ScriptCookie{
		At: at, Setter: Setter{URL: "https://www.shop.test/a.js", Line: 3, Column: 4}, Via: scanner.ViaDocumentCookie,
		DocumentURL: "https://www.shop.test/", PageTime: at.Time, Raw: raw, ReadBack: true, Count: 1,
	}
}

func (o ScriptCookie) unread() ScriptCookie { o.ReadBack = false; return o }

// held is a cookie of the jar: name=value, for seconds from the start (0: session).
func held(pair string, lives float64) JarCookie {
	name, value, _ := strings.Cut(pair, "=")
	j := JarCookie{Key: key(name), Value: value, Priority: "Medium"}
	if lives != 0 {
		j.Expires = start.Add(time.Duration(lives * float64(time.Second)))
	}
	return j
}

func jarAt(s float64, cookies ...JarCookie) Jar {
	at := sec(s)
	return Jar{At: At{Seq: at.Seq, Time: at.Time}, Pages: []string{"none/1"}, Cookies: cookies}
}

func final(s float64, cookies ...JarCookie) Jar {
	j := jarAt(s, cookies...)
	j.Final, j.Pages = true, nil
	return j
}

func sentAt(s float64, pair string) Sent {
	j := held(pair, 0)
	return Sent{At: sec(s), Host: "www.shop.test", Cookies: []SentCookie{{Key: j.Key, Value: j.Value}}}
}

func logged(s float64, what LogEvent, pair, cause string) LogEntry {
	j := held(pair, 0)
	return LogEntry{At: At{Time: sec(s).Time}, Key: j.Key, Value: j.Value, What: what, Cause: cause}
}

func logRead(s float64) LogRead { return LogRead{At{Time: sec(s).Time, Seq: 1 << 40}} }

func newLedger() *Ledger {
	return New(Options{Site: "shop.test", KeepValues: true, Digest: func(v string) string { return "d" + v }})
}

// pass runs one pass with the observations in one batch.
func pass(l *Ledger, name string, seen ...Observation) *Ledger {
	l.Begin(name, nil)
	l.Add(seen)
	l.End()
	return l
}

// one is the only cookie that the observations give, nil for none.
func one(t *testing.T, seen ...Observation) *scanner.Cookie {
	t.Helper()
	list := pass(newLedger(), "none", seen...).Cookies()
	if len(list) > 1 {
		t.Fatalf("%d cookies: %s", len(list), told(list))
	}
	if len(list) == 0 {
		return nil
	}
	return &list[0]
}

// story is what happened to a cookie, in a line: actions with proof, via if it
// is not the script or header, count if more than one, and what remained.
func story(c *scanner.Cookie) string {
	if c == nil {
		return "nothing"
	}
	var b strings.Builder
	for _, w := range c.Writes {
		b.WriteString(string(w.Action))
		if w.Via == scanner.ViaUnknown || w.Via == scanner.ViaUser || w.Via == scanner.ViaClearSiteData {
			b.WriteString(":" + string(w.Via))
		}
		if w.Action != scanner.Refused && w.Action != scanner.Delete && w.Action != scanner.Expire && w.Action != scanner.Evict {
			b.WriteString("/" + string(w.Proof))
		}
		if w.Count > 1 {
			fmt.Fprintf(&b, "*%d", w.Count)
		}
		b.WriteByte(' ')
	}
	switch {
	case len(c.Present) > 0:
		b.WriteString("present " + c.Value)
	case c.Stored:
		b.WriteString("gone")
	default:
		b.WriteString("never")
	}
	return b.String()
}

func told(list []scanner.Cookie) string {
	var out []string
	for i := range list {
		c := &list[i]
		k := c.Name
		if c.PartitionKey != nil {
			k += "^" + c.PartitionKey.TopLevelSite
		}
		out = append(out, k+": "+story(c))
	}
	return strings.Join(out, "\n")
}

func partition(site string) *scanner.PartitionKey { return &scanner.PartitionKey{TopLevelSite: site} }
