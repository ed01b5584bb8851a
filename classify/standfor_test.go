package classify

import (
	"testing"

	"cookiescan/scanner"
)

// A preview host stands for the real site: what is of either is first-party, and
// what the browser refused only for the name of the real one is there.
func TestStandFor(t *testing.T) {
	refused := func(domain string, blocked ...string) scanner.Cookie {
		return scanner.Cookie{Name: "id", Domain: domain, Party: scanner.Third, Writes: []scanner.Write{{
			Action: scanner.Refused, Proof: scanner.ProofNone, Blocked: blocked,
		}}}
	}
	doc := &scanner.Scan{
		Target: scanner.Target{URL: "https://pr-7.preview.test/", Site: "preview.test"},
		Cookies: []scanner.Cookie{
			refused("shop.test", "InvalidDomain"),
			refused("shop.test", "InvalidDomain", "SecureOnly"),
			refused("other.test", "InvalidDomain"),
			{Name: "own", Domain: "pr-7.preview.test", Party: scanner.First, Stored: true},
		},
		Storage:  []scanner.StorageItem{{Origin: "https://static.shop.test", Party: scanner.Third}, {Origin: "null", Party: scanner.Third}},
		Trackers: []scanner.Tracker{{Host: "www.shop.test", Party: scanner.Third}, {Host: "notshop.test", Party: scanner.Third}},
		Hosts:    []scanner.Host{{Name: "api.shop.test", Party: scanner.Third}, {Name: "preview.test", Party: scanner.First}},
	}
	if c := &doc.Cookies[0]; Real(doc, c) != c {
		t.Error("it stands for nothing yet")
	}
	StandFor(doc, "https://www.shop.test/")
	got := []scanner.Party{
		doc.Cookies[0].Party, doc.Cookies[2].Party, doc.Cookies[3].Party, doc.Storage[0].Party, doc.Storage[1].Party,
		doc.Trackers[0].Party, doc.Trackers[1].Party, doc.Hosts[0].Party, doc.Hosts[1].Party,
	}
	const first, third = scanner.First, scanner.Third
	for i, want := range []scanner.Party{first, third, first, first, third, first, third, first, first} {
		if got[i] != want {
			t.Errorf("item %d is %s-party, want %s", i, got[i], want)
		}
	}
	for i, want := range []bool{true, false, false, true} {
		there := Real(doc, &doc.Cookies[i])
		if there.Stored != want {
			t.Errorf("cookie %d: stored %t, want %t", i, there.Stored, want)
		}
	}
	if w := Real(doc, &doc.Cookies[0]).Writes[0]; w.Action != scanner.Set || w.Proof == scanner.ProofNone {
		t.Errorf("its write: %+v", w)
	}
	if c := doc.Cookies[0]; c.Stored || c.Writes[0].Action != scanner.Refused {
		t.Error("the record of the scan was changed")
	}
}

// A declaration names items by where they are on the real site.
func TestInRealPlace(t *testing.T) {
	refused := scanner.Write{Action: scanner.Refused, Blocked: []string{"InvalidDomain"}}
	doc := &scanner.Scan{
		Target: scanner.Target{URL: "https://pr-7.preview.test:8443/", Site: "preview.test"},
		Cookies: []scanner.Cookie{
			{Domain: "pr-7.preview.test", Stored: true},
			{Domain: "preview.test", Stored: true},
			{Domain: "cdn.preview.test", Stored: true},
			{Domain: "other.test", Stored: true},
			{Domain: "shop.test", Writes: []scanner.Write{refused}},
		},
		Storage:  []scanner.StorageItem{{Origin: "https://pr-7.preview.test:8443"}, {Origin: "null"}, {Origin: "https://other.test:8443"}},
		Trackers: []scanner.Tracker{{Host: "pr-7.preview.test"}, {Host: "notpreview.test"}},
	}
	if InRealPlace(doc) != doc {
		t.Error("it stands for nothing yet")
	}
	StandFor(doc, "https://www.shop.test/")
	there := InRealPlace(doc)
	for i, want := range []string{"www.shop.test", "shop.test", "cdn.shop.test", "other.test", "shop.test"} {
		if c := there.Cookies[i]; c.Domain != want || !c.Stored {
			t.Errorf("cookie %d: %s, stored %t, want %s", i, c.Domain, c.Stored, want)
		}
	}
	for i, want := range []string{"https://www.shop.test", "null", "https://other.test:8443"} {
		if got := there.Storage[i].Origin; got != want {
			t.Errorf("storage %d: %s, want %s", i, got, want)
		}
	}
	for i, want := range []string{"www.shop.test", "notpreview.test"} {
		if got := there.Trackers[i].Host; got != want {
			t.Errorf("tracker %d: %s, want %s", i, got, want)
		}
	}
	if doc.Cookies[0].Domain != "pr-7.preview.test" || doc.Storage[0].Origin != "https://pr-7.preview.test:8443" || doc.Trackers[0].Host != "pr-7.preview.test" {
		t.Error("the record of the scan was changed")
	}
}
