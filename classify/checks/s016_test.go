package checks

import (
	"testing"

	"cookiescan/scanner"
)

// That a cookie keeps a session, a name alone does not prove. The site itself
// may say so.
func TestSessionAsDeclared(t *testing.T) {
	entry := func(purpose, state string) string {
		return "version: 1\nsite: shop.test\nentries:\n  - id: a\n    match: {name: \"sess_*\", domain: \"{site}\"}\n    category: necessary\n" +
			"    purpose: " + purpose + "\n    lifetime: session\n    when: always\n    basis: exempt\n    exemptReason: {en: It keeps the basket.}\n    status: " + state + "\n"
	}
	const reviewed = "{state: reviewed, by: dpo, on: 2026-11-20}"
	for name, row := range map[string]struct {
		declared string
		hostOnly bool
		want     int
	}{
		"nobody says":              {"", false, 0},
		"declared":                 {entry("keep-session", reviewed), false, 1},
		"declared, for a host":     {entry("keep-session", reviewed), true, 0},
		"declared as another":      {entry("keep-basket", reviewed), false, 0},
		"declared, to be reviewed": {entry("keep-session", "{state: todo}"), false, 0},
	} {
		t.Run(name, func(t *testing.T) {
			doc := document(t, "S016", "must")
			doc.Cookies = doc.Cookies[:1]
			c := &doc.Cookies[0]
			c.Name, c.HostOnly = "sess_8f3ac81e22b4", row.hostOnly
			c.Classification = &scanner.Classification{Category: scanner.Necessary, Purpose: "keep-session", Confidence: "inferred", Pattern: "sess_*"}
			o := Options{}
			if row.declared != "" {
				o.Register = registerOf(t, "cookies.yaml", row.declared)
			}
			judgeAs(t, doc, EU, false, o)
			if found := of(doc, "S016"); len(found) != row.want {
				t.Errorf("%+v, want %d", found, row.want)
			}
		})
	}
}
