package checks

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"cookiescan/scanner"
)

// Whether a banner is to be there, the register says, or else its entries.
func TestBannerMissing(t *testing.T) {
	src, err := os.ReadFile(filepath.Join(dir, "X008", "must.cookies.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	expects := func(yes string) func(string) string {
		return func(text string) string { return text + "consent: {expectBanner: " + yes + "}\n" }
	}
	always := strings.NewReplacer("when: consent", "when: always")
	for name, row := range map[string]struct {
		declared func(string) string
		scan     func(*scanner.Scan)
		others   []*scanner.Scan
		want     string // of the message; empty: no finding
	}{
		"an entry waits":                 {want: "in 1 pass, although cookies.yaml has 1 entry that waits for consent"},
		"none waits":                     {declared: always.Replace},
		"none waits, and one is to come": {declared: func(s string) string { return expects("true")(always.Replace(s)) }, want: "although cookies.yaml expects one"},
		"said to be without":             {declared: expects("false")},
		"nobody has reviewed it":         {declared: strings.NewReplacer("state: reviewed", "state: todo").Replace},
		"another scan met it":            {others: []*scanner.Scan{document(t, "X008", "mustnot")}},
		"the page did not load": {scan: func(s *scanner.Scan) {
			s.Passes[0].Pages[0].Status, s.Passes[0].Pages[0].Error = 503, "the server answered with status 503"
			for i := range s.Passes[1:] {
				s.Passes[i+1].Consent = nil
			}
		}},
		"nobody looked": {scan: func(s *scanner.Scan) {
			for i := range s.Passes {
				s.Passes[i].Consent = nil
			}
		}},
	} {
		t.Run(name, func(t *testing.T) {
			text, doc := string(src), document(t, "X008", "must")
			if row.declared != nil {
				text = row.declared(text)
			}
			if row.scan != nil {
				row.scan(doc)
			}
			judgeAs(t, doc, EU, false, Options{Register: registerOf(t, "cookies.yaml", text), Others: row.others})
			switch found := of(doc, "X008"); {
			case row.want == "" && len(found) > 0:
				t.Errorf("found where it must not: %s", found[0].Message)
			case row.want != "" && (len(found) != 1 || !strings.Contains(found[0].Message, row.want)):
				t.Errorf("%+v, want %q", found, row.want)
			}
		})
	}
}
