package ledger_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"cookiescan/scanner"
	"cookiescan/scanner/ledger"
)

// TestPathGroups: what a host is asked for before a choice and after it may be
// for different things, and a scan that goes on keeps them apart.
func TestPathGroups(t *testing.T) {
	start := time.Date(2026, 11, 25, 8, 0, 0, 0, time.UTC)
	o := ledger.Options{Site: "x.test", PathGroup: func(host, path string) string {
		if host == "big.test" && strings.HasPrefix(path, "/maps/") {
			return "/maps/*"
		}
		return ""
	}}
	ask := func(seq int64, url string) ledger.Request {
		return ledger.Request{At: ledger.At{Seq: seq, Time: start.Add(time.Duration(seq) * time.Second), Page: "none/1"}, URL: url, Kind: ledger.PlainRequest}
	}
	l := ledger.New(o)
	l.Begin("none", nil)
	l.Add([]ledger.Observation{ask(1, "https://big.test/maps/a"), ask(2, "https://big.test/maps/b?q=1"), ask(3, "https://big.test/ads"), ask(4, "https://x.test/maps/a")})
	l.End()
	want := []string{"https://big.test/ 1", "https://big.test/maps/* 2"}
	if got := rowsOf(l.Trackers()); !slices.Equal(got, want) {
		t.Fatalf("%q, want %q", got, want)
	}
	later := ledger.New(o)
	later.Restore(nil, nil, l.Trackers())
	later.Begin("accept", nil)
	later.Add([]ledger.Observation{ask(1, "https://big.test/maps/c"), ask(2, "https://big.test/x")})
	later.End()
	want = []string{"https://big.test/ 2", "https://big.test/maps/* 3"}
	if got := rowsOf(later.Trackers()); !slices.Equal(got, want) {
		t.Errorf("after going on: %q, want %q", got, want)
	}
}

func rowsOf(list []scanner.Tracker) []string {
	var out []string
	for _, t := range list {
		out = append(out, fmt.Sprint(t.URL, " ", t.Count))
	}
	slices.Sort(out)
	return out
}
