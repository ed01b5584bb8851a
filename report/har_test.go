package report

import (
	"encoding/json"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"cookiescan/scanner"
)

// harIn reads a HAR as its readers do: with all fields that HAR 1.2 asks for.
type harIn struct {
	Log struct {
		Version string
		Creator struct{ Name, Version *string }
		Pages   []struct {
			StartedDateTime time.Time
			ID, Title       string
			PageTimings     *struct{}
		}
		Entries []struct {
			Pageref         string
			StartedDateTime time.Time
			Time            *float64
			Request         struct {
				Method, URL, HTTPVersion      *string
				Cookies, Headers, QueryString []struct{ Name, Value *string }
				HeadersSize, BodySize         *int
			}
			Response struct {
				Status                *int
				StatusText            *string
				HTTPVersion           *string
				Cookies, Headers      []struct{ Name, Value *string }
				Content               *struct{ Size *int }
				RedirectURL           *string
				HeadersSize, BodySize *int
			}
			Cache   *struct{}
			Timings struct{ Send, Wait, Receive *float64 }
		}
	}
}

func readHAR(t testing.TB, text string) harIn {
	t.Helper()
	var in harIn
	if err := json.Unmarshal([]byte(text), &in); err != nil {
		t.Fatal(err)
	}
	return in
}

func TestHAR(t *testing.T) {
	small, typical := readScan(t, "small"), readScan(t, "typical")
	in := readHAR(t, render(t, "har", Options{}, typical))
	if in.Log.Version != "1.2" || *in.Log.Creator.Name != "cookiescan" || len(in.Log.Pages) == 0 || len(in.Log.Entries) <= len(in.Log.Pages) {
		t.Fatalf("%+v", in.Log)
	}
	pages := map[string]bool{}
	for _, p := range in.Log.Pages {
		if p.StartedDateTime.IsZero() || p.PageTimings == nil || pages[p.ID] {
			t.Errorf("page %+v", p)
		}
		pages[p.ID] = true
	}
	for i, e := range in.Log.Entries {
		q, a := e.Request, e.Response
		if !pages[e.Pageref] || e.StartedDateTime.IsZero() || e.Time == nil || *e.Time != *e.Timings.Send+*e.Timings.Wait+*e.Timings.Receive || e.Cache == nil {
			t.Errorf("entry %d: %+v", i, e)
		}
		for _, missing := range []bool{
			q.Method == nil, q.URL == nil, q.HTTPVersion == nil, q.Cookies == nil, q.Headers == nil, q.QueryString == nil, q.HeadersSize == nil, q.BodySize == nil,
			a.Status == nil, a.StatusText == nil, a.HTTPVersion == nil, a.Cookies == nil, a.Headers == nil, a.Content == nil || a.Content.Size == nil, a.RedirectURL == nil, a.HeadersSize == nil, a.BodySize == nil,
		} {
			if missing {
				t.Fatalf("entry %d lacks a field: %+v", i, e)
			}
		}
		if *a.Status == 302 && *a.RedirectURL != strings.TrimSuffix(*q.URL, "?q=digest:0011") {
			t.Errorf("entry %d is redirected to %s", i, *a.RedirectURL)
		}
		if *a.Status == 200 && (*a.Headers[0].Name != "Set-Cookie" || *a.Cookies[0].Name != "sid" || *a.Cookies[0].Value != "<digest:0123456789abcdef>") {
			t.Errorf("entry %d sets %+v", i, a.Cookies)
		}
	}
	both := readHAR(t, render(t, "har", Options{}, small, typical))
	if n := len(readHAR(t, render(t, "har", Options{}, small)).Log.Entries) + len(in.Log.Entries); len(both.Log.Entries) != n {
		t.Errorf("both sites have %d requests, want %d", len(both.Log.Entries), n)
	}
	if both.Log.Pages[0].ID != "shop.test/none/1" {
		t.Errorf("the pages of several sites are %s, ...", both.Log.Pages[0].ID)
	}
}

func TestHARNeedsTheLog(t *testing.T) {
	f, err := Lookup("har")
	if err != nil {
		t.Fatal(err)
	}
	gone := errors.New("gone")
	for _, test := range []struct {
		requests func(*scanner.Scan) ([]scanner.Request, error)
		want     error
	}{
		{nil, errNoRequests},
		{func(*scanner.Scan) ([]scanner.Request, error) { return nil, nil }, errOldLog},
		{func(*scanner.Scan) ([]scanner.Request, error) { return nil, gone }, gone},
	} {
		if err := f.Render(io.Discard, []*scanner.Scan{readScan(t, "small")}, Options{Requests: test.requests}); !errors.Is(err, test.want) {
			t.Errorf("got %v, want %v", err, test.want)
		}
	}
}
