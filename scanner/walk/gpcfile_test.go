package walk

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"cookiescan/scanner"
)

func TestGPCFile(t *testing.T) {
	answer := func(status int, mediaType, body string) Fetch {
		return func(_ context.Context, address string) (*http.Response, error) {
			if address != "https://x.test/.well-known/gpc.json" {
				t.Errorf("asked for %s", address)
			}
			return &http.Response{StatusCode: status, Header: http.Header{"Content-Type": {mediaType}}, Body: io.NopCloser(strings.NewReader(body))}, nil
		}
	}
	file := func(body string) Fetch { return answer(200, "application/json; charset=utf-8", body) }
	read := scanner.GPCFile{Status: 200, MediaType: "application/json"}
	with := func(change func(*scanner.GPCFile)) scanner.GPCFile { f := read; change(&f); return f }
	problem := func(p string) scanner.GPCFile { return with(func(f *scanner.GPCFile) { f.Problem = p }) }
	for name, test := range map[string]struct {
		fetch Fetch
		want  scanner.GPCFile
	}{
		"as described": {file(`{"gpc": true, "lastUpdate": "2026-11-22", "more": [1]}`), with(func(f *scanner.GPCFile) { f.GPC, f.LastUpdate = new(true), "2026-11-22" })},
		"with a time": {file(`{"gpc": false, "lastUpdate": "2026-11-22T10:00:00+01:00"}`), with(func(f *scanner.GPCFile) {
			f.GPC, f.LastUpdate = new(false), "2026-11-22T10:00:00+01:00"
		})},
		"nothing in it": {file(`{}`), read},
		"no such day": {file(`{"gpc": true, "lastUpdate": "2026-02-30"}`), with(func(f *scanner.GPCFile) {
			f.GPC, f.LastUpdate, f.Problem = new(true), "2026-02-30", "lastUpdate is no date as in RFC 3339"
		})},
		"a number for a day": {file(`{"gpc": true, "lastUpdate": 2026}`), with(func(f *scanner.GPCFile) { f.GPC, f.Problem = new(true), "lastUpdate is no text" })},
		"a text for true":    {file(`{"gpc": "true"}`), problem("gpc is neither true nor false")},
		"a list":             {file(`[true]`), problem("it is no JSON object")},
		"null":               {file(`null`), problem("it is no JSON object")},
		"a page":             {answer(200, "text/html", "<!doctype html>"), scanner.GPCFile{Status: 200, MediaType: "text/html", Problem: "it is no JSON"}},
		"too long":           {file(strings.Repeat(" ", maxGPCFile) + "{}"), problem("it is longer than 65536 octets")},
		"not there":          {answer(404, "text/html", "<p>"), scanner.GPCFile{Status: 404, MediaType: "text/html"}},
		"no answer": {
			func(context.Context, string) (*http.Response, error) { return nil, errors.New("10.0.0.1: refused") },
			scanner.GPCFile{Problem: "the server did not answer"},
		},
	} {
		if diff := cmp.Diff(test.want, fetchGPC(t.Context(), test.fetch, "https://x.test")); diff != "" {
			t.Errorf("%s:\n%s", name, diff)
		}
	}
}

func FuzzParseGPC(f *testing.F) {
	f.Add([]byte(`{"gpc": true, "lastUpdate": "2026-11-22"}`))
	f.Add([]byte(`[]`))
	f.Fuzz(func(t *testing.T, body []byte) {
		var file scanner.GPCFile
		if err := parseGPC(body, &file); err == nil && len([]rune(file.LastUpdate)) > len("2006-01-02T15:04:05.999999999-07:00")+20 {
			t.Errorf("%q", file.LastUpdate)
		}
	})
}
