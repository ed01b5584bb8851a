package checks

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"cookiescan/classify/declaration"
	"cookiescan/scanner"
)

// large is a scan with so many cookies, of which half are declared, and a
// register and a page with so many entries each.
func large(b *testing.B, cookies, entries int) (*scanner.Scan, Options) {
	b.Helper()
	seconds := int64(86400 * 90)
	doc := &scanner.Scan{
		Schema: "cookiescan/scan/v1", Target: scanner.Target{URL: "https://www.shop.test/", Site: "shop.test"}, Complete: true,
		Started: time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC), Tool: scanner.Tool{Rules: "test"},
		Passes: []scanner.Pass{
			{Phase: "none", Pages: []scanner.Page{{ID: "none/1", URL: "https://www.shop.test/"}}},
			{Phase: "accept", Pages: []scanner.Page{{ID: "accept/1", URL: "https://www.shop.test/"}}},
		},
	}
	for i := range cookies {
		name := fmt.Sprintf("c%d_%d", i%(2*entries), i)
		doc.Cookies = append(doc.Cookies, scanner.Cookie{
			Name: name, Domain: "shop.test", Path: "/", Party: scanner.First, Stored: true, Size: 40,
			Lifetime: scanner.Lifetime{DeclaredSeconds: &seconds, StoredSeconds: &seconds},
			Writes: []scanner.Write{{
				Pass: "none", State: "none", Trigger: scanner.OnLoad, Page: "none/1", URL: "https://www.shop.test/app.js", Action: scanner.Set, Proof: scanner.ProofJar,
			}},
			SentTo: []scanner.SentTo{{Host: "px.adnet.test", How: "url", Pass: "none", State: "none"}},
			Classification: &scanner.Classification{
				Category: scanner.Marketing, Exemption: notExempt, Confidence: scanner.Certain, Vendor: "AdNet Inc", VendorID: "adnet", Rule: "adnet/c", Pattern: name,
			},
		})
		doc.Trackers = append(doc.Trackers, scanner.Tracker{
			Kind: scanner.RequestTo, URL: fmt.Sprintf("https://h%d.test/", i), Host: fmt.Sprintf("h%d.test", i), Party: scanner.Third, Phases: []string{"none"}, Pages: []string{"none/1"},
		})
	}
	var text strings.Builder
	text.WriteString("version: 1\nsite: shop.test\nentries:\n")
	page := &declaration.Declaration{Source: "https://www.shop.test/cookies", Updated: "2026-11-20"}
	for i := range entries {
		fmt.Fprintf(&text, "  - {id: e%d, match: {name: \"c%d_*\", domain: \"{site}\"}, category: statistics, purpose: measure-audience, lifetime: 30 days, status: {state: reviewed}}\n", i, i)
		page.Entries = append(page.Entries, declaration.Entry{Name: fmt.Sprintf("c%d_*", i), Kind: "cookie", Provider: fmt.Sprintf("Provider %d", i), Category: "marketing", Purpose: "x"})
	}
	return doc, Options{Profile: DE, Chosen: true, Register: registerOf(b, "cookies.yaml", text.String()), Published: []*declaration.Declaration{page}}
}

// BenchmarkJudge is the judgement of a stored scan of a large site against its
// register and a page. Five times as much of all is to take about five times as
// long.
func BenchmarkJudge(b *testing.B) {
	for _, size := range []struct{ cookies, entries int }{{1000, 600}, {5000, 3000}} {
		doc, o := large(b, size.cookies, size.entries)
		b.Run(fmt.Sprintf("%d cookies, %d entries", size.cookies, size.entries), func(b *testing.B) {
			for b.Loop() {
				if err := Judge(doc, o); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
