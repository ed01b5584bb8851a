package evidence

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"cookiescan/scanner"
	"cookiescan/scanner/journal"
	"cookiescan/scanner/walk"
)

// requestLog writes events as a log has them.
func requestLog(t testing.TB, events ...any) []byte {
	t.Helper()
	path := filepath.Join(t.TempDir(), "events.ndjson")
	w, err := journal.Create(path, func() time.Time { return time.Unix(1, 0) })
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(events); i += 2 {
		if err := w.Write(events[i].(string), events[i+1]); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func asked(id, page, address string, second int64) scanner.Request {
	return scanner.Request{ID: id, Page: page, URL: address, Method: "GET", Status: 200, Started: time.Unix(second, 0).UTC()}
}

func sent(pass, page string, requests ...scanner.Request) walk.RequestsEvent {
	return walk.RequestsEvent{Pass: pass, Page: page, Requests: requests}
}

func TestRequests(t *testing.T) {
	pass := func(phase string) walk.PassEvent { return walk.PassEvent{Phase: phase} }
	log := requestLog(t,
		// A pass that was broken off, and made again after that.
		walk.EventPass, pass("none"), walk.EventSent, sent("none", "none/1", asked("1", "none/1", "https://x.test/killed", 1)),
		EventResume, RunEvent{},
		walk.EventPass, pass("none"),
		walk.EventSent, sent("none", "none/1", asked("1", "none/1", "https://x.test/?q=digest:00", 10), asked("1", "none/1", "https://x.test/b", 11)),
		walk.EventSent, sent("none", "", asked("9", "", "https://w.test/worker", 9)),
		walk.EventHosts, walk.HostsEvent{Phase: "none", Hosts: []walk.HostEvent{{Name: "x.test", Addresses: []string{"192.0.2.1"}}, {Name: "w.test", Addresses: []string{"192.0.2.2", "2001:db8::1"}}}},
		walk.EventPassEnd, pass("none"),
		// The second run of the same pass, interrupted behind its end, and once more.
		walk.EventPass, pass("none"), walk.EventSent, sent("none#2", "none#2/1", asked("1", "none#2/1", "https://x.test/old", 20)), walk.EventPassEnd, pass("none"),
		walk.EventPass, pass("none"), walk.EventSent, sent("none#2", "none#2/1", asked("1", "none#2/1", "https://x.test:8443/new", 30)), walk.EventPassEnd, pass("none"),
		// Killed in the last one.
		walk.EventPass, pass("accept"), walk.EventSent, sent("accept", "accept/1", asked("1", "accept/1", "https://[2001:db8::2]:444/", 40)),
	)
	headers := strings.Join([]string{
		`{"pass":"none","page":"none/1","request":"1","url":"https://x.test/?q=secret","line":"a=<digest:00>; Path=/"}`,
		`{"pass":"none","page":"none/1","request":"1","url":"https://x.test/?q=secret","lineBase64":"Yv89PGRpZ2VzdDo+"}`,
		`{"pass":"none","page":"none/1","request":"1","url":"https://x.test/b","line":"c="}`,
		`{"pass":"none","request":"9","url":"https://w.test/worker","line":"w=1"}`,
		`{"pass":"none","page":"none/1","request":"2","url":"https://x.test/b","line":"unknown=1"}`,
		`{"torn`,
	}, "\n")
	list, err := Requests(bytes.NewReader(log), strings.NewReader(headers))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, q := range list {
		got = append(got, fmt.Sprintf("%s %s %s %q %s", q.Pass, q.Page, q.URL, q.SetCookie, q.Address))
	}
	want := []string{
		`none  https://w.test/worker ["w=1"] `,
		`none none/1 https://x.test/?q=digest:00 ["a=<digest:00>; Path=/" "b�=<digest:>"] 192.0.2.1`,
		`none none/1 https://x.test/b ["c="] 192.0.2.1`,
		`none#2 none#2/1 https://x.test:8443/new [] 192.0.2.1`,
		`accept accept/1 https://[2001:db8::2]:444/ [] `,
	}
	if g, w := strings.Join(got, "\n"), strings.Join(want, "\n"); g != w {
		t.Errorf("got\n%s\nwant\n%s", g, w)
	}
}

func TestRequestsOfAChangedLog(t *testing.T) {
	log := requestLog(t, walk.EventPass, walk.PassEvent{}, walk.EventSent, sent("none", "none/1"))
	for what, bad := range map[string][]byte{
		"a line taken away": log[bytes.IndexByte(log, '\n')+1:],
		"other data":        requestLog(t, walk.EventSent, "text"),
	} {
		if _, err := Requests(bytes.NewReader(bad), nil); err == nil || !strings.Contains(err.Error(), "reading the requests in the log") {
			t.Errorf("%s: %v", what, err)
		}
	}
	if _, err := Requests(bytes.NewReader(log), strings.NewReader(strings.Repeat("x", maxSetCookieLine+1))); err == nil || !strings.Contains(err.Error(), SetCookieFile) {
		t.Errorf("a long line: %v", err)
	}
}

// FuzzRequests: no log and no file of headers makes it fail otherwise than by an
// error.
func FuzzRequests(f *testing.F) {
	f.Add(`{"pass":"none","page":"","requests":[{"url":"https://x.test/"}]}`, `{"phase":"none","hosts":[{"name":"x.test"}]}`, `{"pass":"none","url":"https://x.test/","line":"a=b"}`)
	f.Add(`null`, `[]`, "{}\n\x00")
	f.Fuzz(func(t *testing.T, requests, hosts, headers string) {
		if !json.Valid([]byte(requests)) || !json.Valid([]byte(hosts)) {
			return
		}
		log := requestLog(t, walk.EventSent, json.RawMessage(requests), walk.EventHosts, json.RawMessage(hosts), walk.EventPassEnd, nil)
		list, err := Requests(bytes.NewReader(log), strings.NewReader(headers))
		if err != nil && list != nil {
			t.Errorf("requests and an error: %v", err)
		}
	})
}
