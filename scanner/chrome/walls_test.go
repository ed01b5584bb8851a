package chrome_test

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
	"time"

	"cookiescan/scanner"
	"cookiescan/scanner/chrome/process"
	"cookiescan/scanner/sitehost/sitehosttest"
	"cookiescan/scanner/walk"
)

// TestWalls: pages that stand before others are told from pages behind the same
// services and from pages with a puzzle in a form.
func TestWalls(t *testing.T) {
	for _, engine := range []process.Engine{process.Shell, process.Full} {
		t.Run(string(engine), func(t *testing.T) { testWalls(t, engine) })
	}
}

func testWalls(t *testing.T, engine process.Engine) {
	const dir = "../../testdata/sites/walls"
	var truth struct {
		Walls map[string]string `json:"walls"` // vendor by path
		Pages []string          `json:"pages"`
		// Refused has pages that are refused without a word of by whom, and what is
		// said of them.
		Refused map[string]string `json:"refused"`
	}
	b, err := os.ReadFile(dir + "/truth.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b, &truth); err != nil {
		t.Fatal(err)
	}
	var start []string
	for path := range truth.Walls {
		start = append(start, "https://walls.test/"+path)
	}
	for _, path := range truth.Pages {
		start = append(start, "https://walls.test/"+path)
	}
	for path := range truth.Refused {
		start = append(start, "https://walls.test/"+path)
	}
	s := sitehosttest.Serve(t, dir)
	o := walkOptions(t, startBrowser(t, engine, s, nil), s, start)
	o.Settle, o.LeaveBanner = 2*time.Second, true
	doc, err := walk.Run(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]string{}
	for _, gap := range doc.Incomplete {
		path, ours := strings.CutPrefix(gap.Page, "https://walls.test/")
		if said := truth.Refused[path]; said != "" {
			if gap.Code == scanner.BotWall || gap.Detail != said {
				t.Errorf("%s: %s %q, want %q", path, gap.Code, gap.Detail, said)
			}
			delete(truth.Refused, path)
			continue
		}
		if gap.Code != scanner.BotWall || !ours || found[path] != "" {
			t.Errorf("incomplete: %+v", gap)
			continue
		}
		found[path] = gap.Detail
	}
	for path, vendor := range truth.Walls {
		if !strings.HasPrefix(found[path], vendor+" ") {
			t.Errorf("%s: %q, want %s", path, found[path], vendor)
		}
		delete(found, path)
	}
	if len(truth.Refused) > 0 {
		t.Errorf("not refused: %v", truth.Refused)
	}
	if len(found) > 0 {
		t.Errorf("these are pages: %v", found)
	}
	for _, p := range doc.Passes[0].Pages {
		if strings.HasSuffix(p.URL, "/passed") && (p.Status != 200 || p.Title != "Shop") {
			t.Errorf("let through: %+v", p)
		}
	}
}
