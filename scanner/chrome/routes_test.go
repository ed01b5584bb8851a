package chrome_test

import (
	"slices"
	"strings"
	"testing"

	"cookiescan/scanner/crawl/control"
	"cookiescan/scanner/sitehost/sitehosttest"
	"cookiescan/scanner/walk"
)

// TestRoutes walks over an application whose pages are behind buttons, with
// others beside them that must not be pressed.
func TestRoutes(t *testing.T) {
	const dir = "../../testdata/sites/routes"
	tr := readTruthOf[struct{ Pages, Cookies []string }](t, dir)
	for _, engine := range engines {
		t.Run(string(engine), func(t *testing.T) {
			s := sitehosttest.Serve(t, dir)
			o := walkOptions(t, startBrowser(t, engine, s, nil), s, []string{"https://routes.test/"})
			o.Interact = control.Safe
			doc, err := walk.Run(t.Context(), o)
			if err != nil {
				t.Fatal(err)
			}
			var pages, cookies []string
			for _, p := range doc.Passes[0].Pages {
				pages = append(pages, p.URL)
			}
			for _, c := range doc.Cookies {
				cookies = append(cookies, c.Name)
			}
			slices.Sort(pages)
			slices.Sort(cookies)
			if !slices.Equal(pages, tr.Pages) {
				t.Errorf("pages %q", pages)
			}
			if !slices.Equal(cookies, tr.Cookies) {
				t.Errorf("cookies %q", cookies)
			}
			if !doc.Complete {
				t.Errorf("incomplete: %+v", doc.Incomplete)
			}
			for _, r := range s.Requests() {
				if strings.HasPrefix(r.Path, "/done") {
					t.Errorf("asked for %s", r.Path)
				}
			}
		})
	}
}
