package checks

import (
	"strings"
	"testing"

	"cookiescan/scanner"
)

// Nobody looked where no page came, whatever the scan says of itself.
func TestNothingSeen(t *testing.T) {
	pages := func(edit func(*scanner.Page)) func(*scanner.Scan) {
		return func(s *scanner.Scan) {
			for i := range s.Passes {
				for k := range s.Passes[i].Pages {
					edit(&s.Passes[i].Pages[k])
				}
			}
		}
	}
	for name, row := range map[string]struct {
		edit func(*scanner.Scan)
		want string // of the message; empty: no finding
	}{
		"a page came":    {func(*scanner.Scan) {}, ""},
		"no pass":        {func(s *scanner.Scan) { s.Passes = nil }, "the scan has no page"},
		"an empty pass":  {func(s *scanner.Scan) { s.Passes[0].Pages = nil; s.Passes = s.Passes[:1] }, "the scan has no page"},
		"no answer":      {pages(func(p *scanner.Page) { p.Status = 0 }), "none of the pages answered with one"},
		"only errors":    {pages(func(p *scanner.Page) { p.Status, p.Error = 503, "the server answered with status 503" }), "none of the pages answered with one"},
		"no content":     {pages(func(p *scanner.Page) { p.Status = 204 }), "none of the pages answered with one"},
		"a stopped page": {pages(func(p *scanner.Page) { p.Error = "the page used up its time" }), ""},
		"it says so": {func(s *scanner.Scan) {
			s.Complete, s.Passes = false, nil
			s.Incomplete = []scanner.Incomplete{{Code: scanner.StartFailed, Pass: "none", Page: s.Target.URL, Detail: "the connection was refused"}}
		}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			doc := document(t, "X010", "mustnot")
			row.edit(doc)
			judge(t, doc, EU, false)
			switch found := of(doc, "X010"); {
			case row.want == "" && len(found) > 0:
				t.Errorf("found where it must not: %s", found[0].Message)
			case row.want != "" && (len(found) != 1 || !strings.Contains(found[0].Message, row.want)):
				t.Errorf("%+v, want %q", found, row.want)
			}
		})
	}
}
