package main

import (
	"testing"
	"time"

	"cookiescan/classify/checks"
	"cookiescan/classify/declaration/register"
	"cookiescan/scanner"
)

// What a second look met is judged against the declaration that the scan was
// judged against: only that says what is marketing, and what is declared.
func TestAgainAgainstDeclaration(t *testing.T) {
	const declared = `version: 1
site: shop.test
vendors:
  ads: {name: Ads Ltd}
entries:
  - id: ads
    match: {name: zz_ads, domain: "{site}"}
    category: marketing
    purpose: show-ads
    vendor: ads
    lifetime: session
    when: consent
    status: {state: reviewed, by: dpo, on: 2026-11-20}
`
	file, err := register.Read("cookies.yaml", []byte(declared), nil)
	if err != nil {
		t.Fatal(err)
	}
	o := judgeOptions{lang: "en", taxonomy: "cookiescan", profile: "de"}
	p, _ := testProgram()
	if err := p.checkJudge(&o); err != nil {
		t.Fatal(err)
	}
	o.against = checks.Options{Register: file}
	const home = "https://www.shop.test/"
	meets := func(names ...string) *scanner.Scan {
		doc := &scanner.Scan{
			Target: scanner.Target{URL: home, URLs: []string{home}, Site: "shop.test"}, Complete: true,
			Passes: []scanner.Pass{{Phase: "none", Pages: []scanner.Page{{ID: "none/1", URL: home, FinalURL: home, Status: 200}}}},
		}
		for _, name := range names {
			doc.Cookies = append(doc.Cookies, scanner.Cookie{
				Name: name, Domain: "www.shop.test", HostOnly: true, Path: "/", Party: scanner.First, Stored: true, Session: true, Pages: []string{"none/1"},
				Writes: []scanner.Write{{
					Pass: "none", State: "none", Page: "none/1", Trigger: scanner.OnLoad, Via: scanner.ViaHTTP, Action: scanner.Set, Proof: scanner.ProofJar, URL: home,
				}},
			})
		}
		return doc
	}
	doc, same, other := meets("zz_ads", "zz_else"), meets("zz_ads", "zz_else"), meets()
	if err := o.apply(doc); err != nil {
		t.Fatal(err)
	}
	for _, look := range []*scanner.Scan{same, other} {
		if err := o.again(look, doc); err != nil {
			t.Fatal(err)
		}
	}
	said := map[string]bool{}
	for _, f := range doc.Findings {
		if !checks.Confirmable(f) {
			continue
		}
		said[f.ID] = true
		if got := checks.SeenAgain(f, same, time.Minute); got != scanner.ConfirmedYes {
			t.Errorf("%s %s, which is there again: %s", f.ID, f.Subject, got)
		}
		if got := checks.SeenAgain(f, other, time.Minute); got != scanner.ConfirmedNo {
			t.Errorf("%s %s, which is not there again: %s", f.ID, f.Subject, got)
		}
	}
	if !said["B001"] || !said["U001"] {
		t.Errorf("worth a second look are %v, want B001 and U001 among them: %+v", said, doc.Findings)
	}
}
