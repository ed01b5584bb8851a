package ledger_test

import (
	"testing"
	"time"

	"cookiescan/scanner"
	"cookiescan/scanner/ledger"
)

// TestStates: what was sent before the choice is of the state before it, also
// if its answer came later; what happens later is of the state chosen.
func TestStates(t *testing.T) {
	start := time.Date(2026, 11, 25, 8, 0, 0, 0, time.UTC)
	after := func(s int) time.Time { return start.Add(time.Duration(s) * time.Second) }
	response := func(name string, began, came int) ledger.Response {
		return ledger.Response{
			At:        ledger.At{Seq: int64(came), Time: after(came), Began: after(began), Page: "accept/1", Trigger: scanner.OnLoad, Context: scanner.InDocument},
			Setter:    ledger.Setter{URL: "https://x.test/"},
			SetCookie: []ledger.SetCookieLine{{Raw: name + "=1"}},
		}
	}
	jarred := func(names ...string) ledger.Jar {
		j := ledger.Jar{At: ledger.At{Seq: 100, Time: after(100)}, Pages: []string{"accept/1"}, Final: true}
		for _, n := range names {
			j.Cookies = append(j.Cookies, ledger.JarCookie{Key: ledger.Key{Name: n, Domain: "x.test", HostOnly: true, Path: "/"}, Value: "1"})
		}
		return j
	}
	l := ledger.New(ledger.Options{Site: "x.test"})
	l.Begin("accept", nil)
	l.Choosing()
	l.Chosen(after(10), "accept")
	l.Add([]ledger.Observation{response("before", 1, 2), response("straddles", 9, 11), response("after", 12, 13), jarred("before", "straddles", "after")})
	l.End()
	want := map[string]struct {
		state     string
		straddles bool
	}{"before": {"none", false}, "straddles": {"none", true}, "after": {"accept", false}}
	for _, c := range l.Cookies() {
		w := want[c.Name]
		if len(c.Writes) != 1 || c.Writes[0].State != w.state || c.Writes[0].Straddles != w.straddles || c.Phases[0] != w.state || c.Present[0] != "accept" {
			t.Errorf("%s: phases %v, present %v, writes %+v", c.Name, c.Phases, c.Present, c.Writes)
		}
	}

	l.Begin("gpc", nil)
	l.Add([]ledger.Observation{response("signal", 1, 2), jarred("signal")})
	l.End()
	l.Begin("reject", nil)
	l.Choosing() // and no banner comes
	l.Add([]ledger.Observation{response("unasked", 1, 2), jarred("unasked")})
	l.End()
	for _, c := range l.Cookies() {
		if state, ok := map[string]string{"signal": "gpc", "unasked": "none"}[c.Name]; ok && (c.Phases[0] != state || c.Writes[0].State != state) {
			t.Errorf("%s: phases %v, writes %+v", c.Name, c.Phases, c.Writes)
		}
	}
}

// TestStatesFollow: a choice may be changed, and each state lasts until the next.
func TestStatesFollow(t *testing.T) {
	start := time.Date(2026, 11, 25, 8, 0, 0, 0, time.UTC)
	l := ledger.New(ledger.Options{Site: "x.test"})
	l.Begin("withdraw", nil)
	l.Choosing()
	l.Chosen(start.Add(10*time.Second), "accept")
	l.Chosen(start.Add(20*time.Second), "withdraw")
	for i, name := range []string{"none", "accept", "withdraw"} {
		s := 5 + 10*i
		l.Add([]ledger.Observation{ledger.Response{
			At:        ledger.At{Seq: int64(s), Time: start.Add(time.Duration(s) * time.Second), Page: "withdraw/1", Trigger: scanner.OnLoad, Context: scanner.InDocument},
			Setter:    ledger.Setter{URL: "https://x.test/"},
			SetCookie: []ledger.SetCookieLine{{Raw: name + "=1"}},
		}, ledger.Jar{At: ledger.At{Seq: int64(s), Time: start.Add(time.Duration(s) * time.Second)}, Pages: []string{"withdraw/1"}, Cookies: []ledger.JarCookie{
			{Key: ledger.Key{Name: name, Domain: "x.test", HostOnly: true, Path: "/"}, Value: "1"},
		}}})
	}
	l.End()
	list := l.Cookies()
	if len(list) != 3 {
		t.Fatalf("%d cookies", len(list))
	}
	for _, c := range list {
		if c.Phases[0] != c.Name {
			t.Errorf("%s was written in %v", c.Name, c.Phases)
		}
	}
}
