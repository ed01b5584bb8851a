package netlog

import (
	"errors"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestNotALog(t *testing.T) {
	for _, tt := range []struct{ name, log, want string }{
		{"html", "<!doctype html>\n", "does not begin with its constants"},
		{"broken constants", `{"constants":{"logEventTypes":` + "\n", "decoding the log's constants"},
		{"no events", testConstants + "[\n", "not followed by its events"},
		{"missing type", strings.Replace(testHead, "COOKIE_INCLUSION_STATUS", "OTHER", 1), "no event type COOKIE_INCLUSION_STATUS"},
		{"stripped", strings.Replace(testHead, "IncludeSensitive", "Default", 1), "capture mode"},
		{"no phases", strings.Replace(testHead, `"PHASE_END":2`, `"PHASE_END":1`, 1), "begin from end"},
		{"impossible number", strings.Replace(testHead, `"REQUEST_ALIVE":14`, `"REQUEST_ALIVE":-3`, 1), "impossible number"},
		{"no offset", strings.Replace(testHead, `"timeTickOffset":1000`, `"x":1`, 1), "timeTickOffset"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			err := newRecorder(nil).read(strings.NewReader(tt.log))
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("error %v, want one with %q", err, tt.want)
			}
		})
	}
}

// TestCutAnywhere cuts a log at every length: no panic, no error, and the events
// are always the first ones of the whole.
func TestCutAnywhere(t *testing.T) {
	log := fixture(t, "shell-lines.json")
	whole, _ := readLog(t, log)
	head := strings.Index(log, "\"events\": [\n") + len("\"events\": [\n")
	for n := head; n < len(log); n += 97 {
		events, stats := readLog(t, log[:n])
		if stats.BadLines != 0 || len(events) > len(whole) {
			t.Fatalf("cut at %d: %d events, stats %+v", n, len(events), stats)
		}
		for i, e := range events {
			if !reflect.DeepEqual(e, whole[i]) {
				t.Fatalf("cut at %d: event %d is %+v, want %+v", n, i, e, whole[i])
			}
		}
	}
}

func TestReadErrorIsReported(t *testing.T) {
	broken := errors.New("disk on fire")
	err := newRecorder(nil).read(failingReader{strings.NewReader(testHead), broken})
	if !errors.Is(err, broken) {
		t.Errorf("error %v, want %v", err, broken)
	}
}

func TestHostileEventLines(t *testing.T) {
	log := testHead +
		"\n" + // empty: nothing
		"{}\n" + // no type
		`{"type":10` + "\n" +
		`{"params":{"name":5},"type":10},` + "\n" + // wrong form
		event("added", "1", "0", `{"name":"a","value":"\"type\":12},"}`) +
		event("99999", "1", "0", `{}`) + // a type nobody knows
		event("9999999999999999999999", "1", "0", `{}`) +
		event("read", "77", "0", `{"headers":[]}`) +
		event("read", "77", "0", `{"headers":["garbage","set-cookie:x"]}`) +
		event("inclusion", "77", "0", `{"operation":"store","status":"INCLUDE"}`) +
		strings.Replace(event("added", "2", "0", `{"name":"b"}`), `"time":"7"`, `"time":"9e99"`, 1)
	events, stats := readLog(t, log)
	var got []string
	for _, e := range events {
		switch e := e.(type) {
		case *CookieStored:
			got = append(got, fmt.Sprintf("stored %s %q %d", e.Name, e.Value, e.Tick))
		case *SetCookieHeader:
			got = append(got, fmt.Sprintf("header %d %q %v", e.Status, e.Lines, e.Request))
		case *CookieInclusion:
			got = append(got, fmt.Sprintf("verdict %d %v", e.LineIndex, e.Request))
		}
	}
	want := []string{`stored a "\"type\":12}," 7000000`, `header 0 ["x"] <nil>`, `verdict -1 <nil>`, `stored b "" 0`}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("events (-want +got):\n%s", diff)
	}
	if stats.BadLines != 4 {
		t.Errorf("%d bad lines, want 4", stats.BadLines)
	}
}

// TestClaimIsExact: a script deletes a cookie, then a response expires the same
// one, which changes nothing. The deletion must stay the script's.
func TestClaimIsExact(t *testing.T) {
	cookie := `"name":"a","domain":"x.test","path":"/"`
	log := testHead +
		event("start", "5", "1", `{"url":"https://x.test/"}`) +
		event("deleted", "9", "0", `{`+cookie+`,"deletion_cause":"expired_overwrite"}`) +
		event("read", "5", "0", `{"headers":["HTTP/1.1 200 OK","Set-Cookie: a=; Max-Age=0","Set-Cookie: a=1"]}`) +
		event("inclusion", "5", "0", `{`+cookie+`,"operation":"expire","status":"INCLUDE"}`) +
		event("added", "9", "0", `{`+cookie+`}`) +
		event("deleted", "9", "0", `{"name":"old","domain":"x.test","path":"/","deletion_cause":"evicted"}`) +
		event("inclusion", "5", "0", `{`+cookie+`,"operation":"store","status":"INCLUDE"}`) +
		event("inclusion", "6", "0", `{`+cookie+`,"operation":"store","status":"INCLUDE"}`)
	events, _ := readLog(t, log)
	var got []string
	for _, e := range of[*CookieInclusion](events) {
		got = append(got, fmt.Sprintf("%s line %d change %d store %d", e.Operation, e.LineIndex, e.ChangeSeq, e.StoreSource))
	}
	want := []string{"expire line 0 change 0 store 0", "store line 1 change 7 store 9", "store line -1 change 0 store 0"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("verdicts (-want +got):\n%s", diff)
	}
}

// TestLinesNotInTurn: once a verdict was not about the next line, one without a
// name cannot be placed and must not be guessed.
func TestLinesNotInTurn(t *testing.T) {
	verdict := func(params string) string {
		return event("inclusion", "5", "0", `{"operation":"store",`+params+`}`)
	}
	nameless := verdict(`"status":"EXCLUDE_INVALID_PREFIX"`)
	log := testHead + event("start", "5", "1", `{"url":"https://x.test/"}`) +
		event("read", "5", "0", `{"headers":["HTTP/1.1 200","set-cookie: a=1","set-cookie: b=1","set-cookie: c=1","set-cookie: d=1"]}`) +
		nameless + verdict(`"name":"c","domain":"x.test","path":"/","status":"INCLUDE"`) + nameless +
		verdict(`"name":"zz","domain":"x.test","path":"/","status":"INCLUDE"`)
	events, _ := readLog(t, log)
	var got []int
	for _, e := range of[*CookieInclusion](events) {
		got = append(got, e.LineIndex)
	}
	if want := []int{0, 2, -1, -1}; !slices.Equal(got, want) {
		t.Errorf("line indexes %v, want %v", got, want)
	}
}

// TestHopsDoNotLeak: a hop whose begin was not read has no address rather than
// the previous one's, and a request that ended is forgotten.
func TestHopsDoNotLeak(t *testing.T) {
	read := event("read", "5", "0", `{"headers":["HTTP/1.1 200","set-cookie: a=1"]}`)
	log := testHead +
		event("start", "5", "1", `{"url":"https://one.test/"}`) + read + event("start", "5", "2", `{}`) + read +
		event("start", "5", "1", `{"url":"https://two.test/"}`) + read + event("alive", "5", "2", `{}`) + read
	events, _ := readLog(t, log)
	var got []string
	for _, e := range of[*SetCookieHeader](events) {
		if e.Request == nil {
			got = append(got, "-")
			continue
		}
		got = append(got, e.Request.URL)
	}
	if diff := cmp.Diff([]string{"https://one.test/", "-", "https://two.test/", "-"}, got); diff != "" {
		t.Errorf("addresses (-want +got):\n%s", diff)
	}
}

func TestTooManyRequests(t *testing.T) {
	var log strings.Builder
	log.WriteString(testHead)
	for i := range maxRequests + 3 {
		log.WriteString(event("start", fmt.Sprint(i+1), "1", `{"url":"https://x.test/"}`))
	}
	last := fmt.Sprint(maxRequests + 3)
	log.WriteString(event("read", last, "0", `{"headers":["HTTP/1.1 200","set-cookie: a=1"]}`))
	log.WriteString(event("alive", "1", "2", `{}`))
	log.WriteString(event("start", last, "1", `{"url":"https://x.test/"}`))
	log.WriteString(event("read", last, "0", `{"headers":["HTTP/1.1 200","set-cookie: a=1"]}`))
	events, stats := readLog(t, log.String())
	if stats.DroppedRequests != 3 || stats.Lost() != 3 {
		t.Errorf("stats %+v, want 3 dropped requests", stats)
	}
	headers := of[*SetCookieHeader](events)
	if len(headers) != 2 || headers[0].Request != nil || headers[1].Request == nil {
		t.Errorf("headers %+v: want the first without a request, the second with one", headers)
	}
}

func TestEventsAreBounded(t *testing.T) {
	r := newRecorder(nil)
	r.limit = 2
	log := testHead + strings.Repeat(event("added", "1", "0", `{"name":"a"}`), 5)
	if err := r.read(strings.NewReader(log)); err != nil {
		t.Fatal(err)
	}
	if s := r.Stats(); len(r.Events()) != 2 || s.Events != 2 || s.DroppedEvents != 3 || s.Lost() != 3 {
		t.Errorf("%d events, stats %+v; want 2 kept and 3 dropped", len(r.Events()), s)
	}
}

func TestHandleAndNoSends(t *testing.T) {
	log := fixture(t, "shell-h1.json")
	kept, _ := readLog(t, log)
	var handled []Event
	r := newRecorder(nil)
	r.NoSends = true
	r.Handle = func(e Event) { handled = append(handled, e) }
	if err := r.read(io.LimitReader(strings.NewReader(log), 1<<30)); err != nil {
		t.Fatal(err)
	}
	want := slices.DeleteFunc(kept, func(e Event) bool {
		v, ok := e.(*CookieInclusion)
		return ok && v.Operation == OpSend
	})
	if diff := cmp.Diff(want, handled); diff != "" {
		t.Errorf("handled (-want +got):\n%s", diff)
	}
	if len(r.Events()) != 0 || len(want) == len(kept) {
		t.Errorf("%d events kept beside Handle; %d of %d are sends", len(r.Events()), len(kept)-len(want), len(kept))
	}
}

// TestErrorsHoldNoValues: a cookie's value must not reach an error.
func TestErrorsHoldNoValues(t *testing.T) {
	for _, log := range []string{"secret\n", testConstants + "secret\n", `{"constants":{"a":"secret"` + "\n"} {
		err := newRecorder(nil).read(strings.NewReader(log))
		if err == nil || strings.Contains(err.Error(), "secret") {
			t.Errorf("error %v", err)
		}
	}
}
