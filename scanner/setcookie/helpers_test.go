package setcookie

import (
	"net/url"
	"testing"
	"time"
)

// now is the clock of all tests.
func now() time.Time { return time.Date(2026, time.March, 1, 12, 0, 0, 0, time.UTC) }

const ordinaryURL = "https://home.example.org/dir/file"

func mustURL(t testing.TB, s string) *url.URL {
	t.Helper()
	u, err := url.Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

// contextAt is an ordinary first-party response from the URL.
func contextAt(t testing.TB, s string) Context {
	t.Helper()
	return Context{URL: mustURL(t, s), Now: now()}
}

func evaluate(t testing.TB, line, at string) Result {
	t.Helper()
	return Evaluate([]byte(line), contextAt(t, at))
}

// reasons is what a table expects: nothing means accepted.
func reasons(rs ...Reason) []Reason { return rs }

func pointer[T any](v T) *T { return &v }
