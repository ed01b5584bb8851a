package netlog

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// fixture returns a log recorded from Chromium 156 and cut down: the hosts were
// local, the values are made up.
func fixture(tb testing.TB, name string) string {
	tb.Helper()
	data, err := os.ReadFile(filepath.Join("..", "..", "..", "testdata", "netlog", name))
	if err != nil {
		tb.Fatal(err)
	}
	return string(data)
}

// readLog parses a whole log and returns its events and counts.
func readLog(tb testing.TB, log string) ([]Event, Stats) {
	tb.Helper()
	r := newRecorder(nil)
	if err := r.read(strings.NewReader(log)); err != nil {
		tb.Fatal(err)
	}
	return r.Events(), r.Stats()
}

// of selects the events of one type.
func of[E Event](events []Event) []E {
	var out []E
	for _, e := range events {
		if typed, ok := e.(E); ok {
			out = append(out, typed)
		}
	}
	return out
}

// find returns the first event of a type for which ok holds.
func find[E Event](tb testing.TB, events []Event, ok func(E) bool) E {
	tb.Helper()
	all := of[E](events)
	i := slices.IndexFunc(all, ok)
	if i < 0 {
		tb.Fatalf("no such %T among %d", *new(E), len(all))
	}
	return all[i]
}

// event writes one event line, with params as JSON.
func event(typ, source, phase string, params string) string {
	id := map[string]string{"added": "10", "deleted": "11", "inclusion": "12", "start": "13", "alive": "14", "read": "15", "httponly": "16"}[typ]
	if id == "" {
		id = typ
	}
	return `{"params":` + params + `,"phase":` + phase + `,"source":{"id":` + source + `,"start_time":"5","type":1},"time":"7","type":` + id + "},\n"
}

const testConstants = `{"constants":{"loadFlag":{"DO_NOT_SAVE_COOKIES":64},"logCaptureMode":"IncludeSensitive",` +
	`"logEventPhase":{"PHASE_BEGIN":1,"PHASE_END":2,"PHASE_NONE":0},"logEventTypes":{` +
	`"COOKIE_STORE_COOKIE_ADDED":10,"COOKIE_STORE_COOKIE_DELETED":11,"COOKIE_INCLUSION_STATUS":12,"URL_REQUEST_START_JOB":13,` +
	`"REQUEST_ALIVE":14,"HTTP_TRANSACTION_READ_RESPONSE_HEADERS":15,"COOKIE_STORE_COOKIE_REJECTED_HTTPONLY":16},"timeTickOffset":1000}` + ",\n"

const testHead = testConstants + `"events": [` + "\n"

// failingReader gives data and then err.
type failingReader struct {
	data io.Reader
	err  error
}

func (r failingReader) Read(p []byte) (int, error) {
	n, err := r.data.Read(p)
	if errors.Is(err, io.EOF) {
		err = r.err
	}
	return n, err
}
