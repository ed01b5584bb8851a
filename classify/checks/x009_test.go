package checks

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"cookiescan/scanner"
)

// What is declared must have been there for its absence to say anything.
func TestNothingMet(t *testing.T) {
	src, err := os.ReadFile(filepath.Join(dir, "X009", "must.cookies.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	for name, row := range map[string]struct {
		old, with string // in the declaration
		scan      func(*scanner.Scan)
		others    []*scanner.Scan
		want      string // of the message; empty: no finding
	}{
		"nothing":                     {want: "it has 2 entries that are always there"},
		"after a choice":              {old: "when: always", with: "when: consent"},
		"asked for":                   {old: "when: always", with: "when: user-action"},
		"behind a login":              {old: "when: always", with: "when: always\n    reach: {login: true}"},
		"the memory of a choice":      {old: "purpose: keep-session", with: "purpose: store-consent", want: "it has 1 entry that is always there"},
		"nobody has reviewed it":      {old: "state: reviewed", with: "state: todo"},
		"another scan met it":         {others: []*scanner.Scan{document(t, "X009", "mustnot")}},
		"another scan was incomplete": {others: []*scanner.Scan{{}}},
		"something else is stored": {scan: func(s *scanner.Scan) {
			s.Cookies = []scanner.Cookie{cookieOf(scanner.Unclassified, "", 0)}
		}},
		"a banner": {scan: func(s *scanner.Scan) {
			s.Passes[0].Consent.Banner = true
		}},
		"incomplete": {scan: func(s *scanner.Scan) {
			s.Complete, s.Incomplete = false, []scanner.Incomplete{{Code: scanner.StartFailed}}
		}},
	} {
		t.Run(name, func(t *testing.T) {
			doc := document(t, "X009", "must")
			if row.scan != nil {
				row.scan(doc)
			}
			text := string(src)
			if row.old != "" {
				n := -1
				if row.want != "" {
					n = 1
				}
				text = strings.Replace(text, row.old, row.with, n)
			}
			judgeAs(t, doc, EU, false, Options{Register: registerOf(t, "cookies.yaml", text), Others: row.others})
			switch found := of(doc, "X009"); {
			case row.want == "" && len(found) > 0:
				t.Errorf("found where it must not: %s", found[0].Message)
			case row.want != "" && (len(found) != 1 || !strings.Contains(found[0].Message, row.want)):
				t.Errorf("%+v, want %q", found, row.want)
			}
		})
	}
}
