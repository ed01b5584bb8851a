package report

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"testing"

	"cookiescan/scanner"
)

// pixel is a picture.
func pixel(t testing.TB) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 1, 1))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// largeScan is a site with as many cookies and pages, three passes and a
// finding for every tenth cookie.
func largeScan(cookies, pages int) *scanner.Scan {
	s := &scanner.Scan{Schema: scanner.SchemaV1, Complete: true, Checks: &scanner.CheckRun{Profile: "de", Chosen: true}}
	s.Target = scanner.Target{URL: "https://www.shop.test/", Site: "shop.test"}
	s.Coverage.PagesVisited, s.Coverage.PagesFound = pages, pages
	phases := []string{"none", "accept", "reject"}
	for _, phase := range phases {
		pass := scanner.Pass{Phase: phase, Cookies: cookies}
		for i := range pages {
			address := fmt.Sprintf("https://www.shop.test/products/%d", i)
			pass.Pages = append(pass.Pages, scanner.Page{ID: fmt.Sprintf("%s/%d", phase, i+1), URL: address, FinalURL: address, Status: 200, Title: fmt.Sprint("Product ", i), Source: "link"})
		}
		s.Passes = append(s.Passes, pass)
	}
	categories := []string{scanner.Necessary, scanner.Preferences, scanner.Statistics, scanner.Marketing, scanner.Unclassified}
	purposes := []string{"keep-session", "remember-language", "distinguish-visitors", "show-ads", ""}
	for i := range cookies {
		host := fmt.Sprintf("tags%d.vendor.test", i/4)
		script := "https://" + host + fmt.Sprintf("/assets/scripts/tag.%d.js", i)
		name := fmt.Sprintf("cookie_%d", i)
		stored, declared := int64(3600*(i%9000)), int64(63072000)
		c := scanner.Cookie{
			Name: name, Domain: "www.shop.test", Path: "/", Party: scanner.First, Stored: true, Phases: phases[i%3 : i%3+1], Present: phases[i%3 : i%3+1],
			Lifetime: scanner.Lifetime{StoredSeconds: &stored, DeclaredSeconds: &declared},
			SentTo:   []scanner.SentTo{{Host: host, How: "url", Form: "plain", Pass: phases[i%3], State: phases[i%3]}},
			Pages:    []string{fmt.Sprintf("none/%d", i%pages+1)}, PageCount: 1,
			Classification: &scanner.Classification{
				Category: categories[i%5], Purpose: purposes[i%5], Vendor: fmt.Sprintf("Vendor %d", i%40), Rule: "vendor/rule", Basis: "its name fits the rule", Confidence: scanner.Certain, Pattern: name,
			},
		}
		for _, phase := range phases {
			c.Writes = append(c.Writes, scanner.Write{
				Pass: phase, State: phase, Trigger: scanner.OnLoad, Page: phase + "/1", Via: scanner.ViaDocumentCookie, URL: script, Line: 3, Column: 7,
				Initiators: []string{"https://tags.manager.test/gtm.js", "https://www.shop.test/products/0"}, Action: scanner.Set, Attribution: scanner.Exact, Count: 1,
			})
		}
		s.Cookies = append(s.Cookies, c)
		if i%4 == 0 {
			s.Hosts = append(s.Hosts, scanner.Host{Name: host, Party: scanner.Third, Requests: i, Outcome: "ok", Phases: phases})
			s.Trackers = append(s.Trackers, scanner.Tracker{Kind: scanner.Pixel, URL: "https://" + host + "/p", Host: host, Party: scanner.Third, Phases: phases, Count: 2})
		}
		if i%10 == 0 {
			s.Findings = append(s.Findings, scanner.Finding{
				ID: "B001", Class: scanner.ClassLaw, Severity: scanner.SeverityError, Confidence: scanner.SureCertain, Kind: "cookie", Subject: name, Domain: "shop.test",
				Items: []string{name}, Message: name + " (statistics) was written before a choice", Why: "Storing information needs consent first.", Fix: "Load the script later.",
				Evidence: []scanner.Evidence{{Pass: "none", State: "none", Page: "none/1", URL: "https://www.shop.test/", Item: name, Setter: script, Line: 3, Detail: "written by document.cookie at load"}},
			})
		}
	}
	return s
}

// A report must stay one that a browser opens at once and a mail carries.
func TestHTMLSize(t *testing.T) {
	page := render(t, "html", Options{}, largeScan(500, 100))
	if len(page) >= 1_000_000 {
		t.Errorf("500 cookies make a report of %d bytes, want less than 1 MB", len(page))
	}
	if page != render(t, "html", Options{}, largeScan(500, 100)) {
		t.Error("the same scan gives other bytes")
	}
}
