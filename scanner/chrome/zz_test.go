package chrome_test

import (
	"os"
	"strings"
	"testing"

	"cookiescan/scanner/chrome/process"
	"cookiescan/scanner/sitehost/sitehosttest"
	"cookiescan/scanner/walk"
)

func TestZZ(t *testing.T) {
	s := sitehosttest.Serve(t, roughDir)
	b := startBrowser(t, process.Engine(os.Getenv("ENG")), s, nil)
	for _, u := range strings.Fields(os.Getenv("URLS")) {
		o := roughOptions(t, b, s, []string{"https://rough.test" + u})
		o.MaxPages = 1
		doc, err := walk.Run(t.Context(), o)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range doc.Passes[0].Pages {
			t.Log(p.DurationMs, p.URL, p.FinalURL, p.Status, p.Title, p.Error)
		}
		t.Log(doc.Notes, doc.Incomplete)
		for _, c := range doc.Cookies {
			t.Log(c.Name, c.Writes[0].Trigger, c.Writes[0].Via, c.Writes[0].Attribution)
		}
	}
	if os.Getenv("LOG") != "" {
		for _, r := range s.Requests() {
			t.Log(r.Time.Format("05.000"), r.Path)
		}
	}
}
