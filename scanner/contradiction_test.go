package scanner

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"
)

// contradictions are edits of a complete document, and what is said of each.
var contradictions = map[string]struct {
	edit func(*Scan)
	want string // empty: it is a document that a scan may write
}{
	"as it was written": {func(*Scan) {}, ""},
	"complete, with a gap": {
		func(s *Scan) {
			s.Incomplete = []Incomplete{{Code: PageFailed, Pass: "none", Page: "https://www.shop.test/a"}}
		},
		"it calls itself complete, and lists 1 thing that was not seen",
	},
	"complete, and not finished": {func(s *Scan) { s.Finished = time.Time{} }, "it calls itself complete, and has no time at which it was finished"},
	"all passes taken out":       {func(s *Scan) { s.Passes = nil }, `it calls itself complete, and the pass "none" that was to be made is not in it`},
	"a pass taken out":           {func(s *Scan) { s.Passes = s.Passes[:1] }, `it calls itself complete, and the pass "accept" that was to be made is not in it`},
	"a run taken out":            {func(s *Scan) { s.Settings.Repeat = 2 }, `it calls itself complete, and run 2 of the pass "none" that was to be made is not in it`},
	"nothing at all, and said so": {
		func(s *Scan) {
			s.Passes, s.Cookies, s.Settings.Phases, s.Coverage = nil, nil, nil, Coverage{}
		}, "",
	},
	"interrupted": {
		func(s *Scan) {
			s.Complete, s.Passes, s.Cookies = false, s.Passes[:1], nil
			s.Incomplete = []Incomplete{{Code: Interrupted, Pass: "accept"}}
		}, "",
	},
	"a pass that only came back": {func(s *Scan) { s.Passes[1].Pages = append(s.Passes[1].Pages, Page{ID: "accept/3", Source: "again"}) }, ""},
	"a pass without a banner":    {func(s *Scan) { s.Passes[1].Pages, s.Passes[1].Cookies = nil, 0 }, ""},
}

func plainScan() *Scan {
	at := time.Date(2026, 11, 22, 9, 14, 3, 0, time.UTC)
	pages := func(pass string) []Page {
		return []Page{
			{ID: pass + "/1", URL: "https://www.shop.test/", Status: 200, Source: "start"},
			{ID: pass + "/2", URL: "https://www.shop.test/a", Status: 200, Source: "link"},
		}
	}
	return &Scan{
		Schema: SchemaV1, Started: at, Finished: at.Add(time.Minute), Complete: true, Coverage: Coverage{PagesVisited: 2, PagesFound: 2},
		Target:   Target{URL: "https://www.shop.test/", URLs: []string{"https://www.shop.test/"}, Site: "shop.test"},
		Settings: Settings{Phases: []string{"none", "accept"}},
		Passes:   []Pass{{Phase: "none", Pages: pages("none"), Cookies: 1}, {Phase: "accept", Pages: pages("accept"), Cookies: 2}},
		Cookies:  []Cookie{{Name: "sid", Stored: true, Present: []string{"none", "accept"}}, {Name: "uid", Stored: true, Present: []string{"accept"}}},
	}
}

// A document that says a thing twice, and differently, was changed by hand or
// written by a broken tool. Nothing of it can be relied upon.
func TestReadRefusesContradictions(t *testing.T) {
	for name, row := range contradictions {
		t.Run(name, func(t *testing.T) {
			s := plainScan()
			row.edit(s)
			var buf bytes.Buffer
			if err := WriteLine(&buf, s); err != nil {
				t.Fatal(err)
			}
			_, err := Read(&buf)
			switch {
			case row.want == "" && err != nil:
				t.Error(err)
			case row.want != "" && (!errors.Is(err, ErrContradicts) || !strings.Contains(err.Error(), row.want)):
				t.Errorf("got  %v\nwant %s", err, row.want)
			}
		})
	}
}
