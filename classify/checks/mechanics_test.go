package checks

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"cookiescan/scanner"
)

// Good practice is no error, whatever a document says.
func TestPracticeIsNoError(t *testing.T) {
	n := 0
	for _, c := range All() {
		if strings.HasPrefix(c.ID, "S") && c.Class != scanner.ClassHygiene {
			t.Errorf("%s is of class %s", c.ID, c.Class)
		}
		for _, p := range Profiles() {
			if c.Class == scanner.ClassHygiene && c.Levels.In(p) == asError {
				t.Errorf("%s is an error under %s", c.ID, p)
			}
		}
		if c.Class == scanner.ClassHygiene {
			n++
		}
	}
	if n < 20 {
		t.Errorf("only %d checks of practice", n)
	}
}

// A proxy resolves names, so that nothing can be said of aliases.
func TestAliasesBehindAProxy(t *testing.T) {
	doc := fixture(t, "S019", "must")
	doc.Settings.Proxy = "http://proxy.test:3128"
	judge(t, doc, EU, false)
	if len(of(doc, "S019")) > 0 || slices.Contains(doc.Checks.Tested, "S019") {
		t.Errorf("found %+v", of(doc, "S019"))
	}
	i := slices.IndexFunc(doc.Checks.NotTested, func(u scanner.Untested) bool { return u.ID == "S019" })
	if i < 0 || !strings.Contains(doc.Checks.NotTested[i].Reason, "proxy") {
		t.Errorf("not tested: %+v", doc.Checks.NotTested)
	}
}

// One cause is one finding: names that differ in an id, writes of many pages,
// two writers. If one of them is the site, it is for the site to mend.
func TestMechanicsAreFolded(t *testing.T) {
	doc := fixture(t, "S001", "must")
	base := doc.Cookies[slices.IndexFunc(doc.Cookies, func(c scanner.Cookie) bool { return c.Name == "_ga" })]
	doc.Cookies = nil
	for i := range 30 {
		c := base
		c.Name = fmt.Sprintf("_ga_%d", i)
		c.Classification = &scanner.Classification{Pattern: "_ga_*", Category: scanner.Unclassified}
		c.Writes = slices.Repeat(base.Writes, 2)
		doc.Cookies = append(doc.Cookies, c)
	}
	judge(t, doc, EU, false)
	found := of(doc, "S001")
	if len(found) != 1 || found[0].Severity != asNote || len(found[0].Items) != 30 || len(found[0].Evidence) != mostEvidence {
		t.Fatalf("%d findings: %+v", len(found), found)
	}
	doc.Cookies[29].Writes[1].URL = "https://www.shop.test/own.js"
	judge(t, doc, EU, false)
	if found := of(doc, "S001"); len(found) != 1 || found[0].Severity != asWarning {
		t.Errorf("with one of the site: %+v", found)
	}
}

// The handshake of a WebSocket over TLS is as safe as any response over https.
func TestWithoutSecureOverWebSocket(t *testing.T) {
	for url, want := range map[string]int{"wss://www.shop.test/live": 1, "ws://www.shop.test/live": 0} {
		doc := fixture(t, "S001", "must")
		c := doc.Cookies[slices.IndexFunc(doc.Cookies, func(c scanner.Cookie) bool { return c.Name == "_ga" })]
		w := c.Writes[0]
		w.Via, w.Context, w.URL = scanner.ViaHTTP, scanner.InWebSocket, url
		c.Writes = []scanner.Write{w}
		doc.Cookies = []scanner.Cookie{c}
		judge(t, doc, EU, false)
		if found := of(doc, "S001"); len(found) != want {
			t.Errorf("%s: %+v", url, found)
		}
	}
}

// A preview host may not set cookies of the site that it stands for, and that is
// no mistake of the site.
func TestDomainOfThePreviewedSite(t *testing.T) {
	doc := fixture(t, "S011", "must")
	doc.Target.As = "https://www.cdn.test/"
	judge(t, doc, EU, false)
	if found := of(doc, "S011"); len(found) != 1 || found[0].Subject != "lang" {
		t.Errorf("%+v", found)
	}
}

// A cookie that is too large twice is one cause.
func TestTooLargeTwice(t *testing.T) {
	doc := fixture(t, "S008", "must")
	for i := range doc.Cookies {
		doc.Cookies[i].Name = "big"
	}
	judge(t, doc, EU, false)
	if found := of(doc, "S008"); len(found) != 1 || len(found[0].Evidence) != 2 {
		t.Errorf("%+v", found)
	}
}
