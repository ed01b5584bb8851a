package diff

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"cookiescan/scanner"
)

// base is a complete scan of two pages in two passes.
func base() *scanner.Scan {
	pages := func(phase string) []scanner.Page {
		return []scanner.Page{{ID: phase + "/1", URL: "https://x.test/"}, {ID: phase + "/2", URL: "https://x.test/a"}}
	}
	return &scanner.Scan{
		Target: scanner.Target{URL: "https://x.test/", URLs: []string{"https://x.test/"}, Site: "x.test"}, Complete: true,
		Passes: []scanner.Pass{{Phase: "none", Pages: pages("none")}, {Phase: "accept", Pages: pages("accept")}},
		Cookies: []scanner.Cookie{
			cookie("_ga_AAA", func(c *scanner.Cookie) { c.Classification.Pattern = "_ga_*" }),
			cookie("sid", func(c *scanner.Cookie) { c.Session, c.Lifetime = true, scanner.Lifetime{} }),
			cookie("mine", func(c *scanner.Cookie) { c.Writes = []scanner.Write{{Pass: "none", Via: scanner.ViaUser}} }),
		},
		Storage:  []scanner.StorageItem{{Kind: scanner.LocalStorage, Key: "k", Origin: "https://x.test", TopSite: "https://x.test", Phases: []string{"none"}, Pages: []string{"none/1"}}},
		Trackers: []scanner.Tracker{{Kind: scanner.RequestTo, Host: "t.test", Phases: []string{"none"}, Pages: []string{"none/2"}}},
		Checks:   &scanner.CheckRun{Tested: []string{"B001", "B002"}},
		Findings: []scanner.Finding{{ID: "B001", Severity: scanner.SeverityWarning, Fingerprint: "f1", Subject: "_ga_*"}},
	}
}

func cookie(name string, change func(*scanner.Cookie)) scanner.Cookie {
	seconds := int64(1000)
	c := scanner.Cookie{
		Name: name, Domain: "x.test", HostOnly: true, Path: "/", Party: scanner.First, Stored: true, Phases: []string{"none"}, Pages: []string{"none/1"},
		Lifetime:       scanner.Lifetime{DeclaredSeconds: &seconds, StoredSeconds: &seconds},
		Writes:         []scanner.Write{{Pass: "none", Via: scanner.ViaHTTP, Action: scanner.Set, URL: "https://x.test/s.js?v=1"}},
		Classification: &scanner.Classification{Category: scanner.Statistics, Pattern: name},
	}
	change(&c)
	return c
}

// told is a comparison in lines.
func told(r *Result) string {
	var out []string
	for _, c := range r.Coverage {
		out = append(out, fmt.Sprintf("%s lacks %s %s %d", c.Less, c.What, c.Pass, c.Count))
	}
	for _, c := range r.Conditions {
		out = append(out, c.Name)
	}
	for _, i := range r.Items {
		line := fmt.Sprintf("%s %s %s@%s", i.How, i.Kind, i.Name, i.Place)
		if !i.Proven {
			line += "?"
		}
		if i.How == Changed {
			for _, f := range i.Facts {
				line += fmt.Sprintf(" %s %v>%v", f.Fact, f.A, f.B)
			}
		}
		out = append(out, line)
	}
	for _, f := range r.Findings {
		line := fmt.Sprintf("%s %s %s>%s", f.How, f.ID, f.A, f.B)
		if !f.Proven {
			line += "?"
		}
		out = append(out, line)
	}
	return strings.Join(out, "; ")
}

func TestCompare(t *testing.T) {
	lifetime := func(c *scanner.Cookie, stored int64) { c.Lifetime.StoredSeconds = &stored }
	tests := []struct {
		name      string
		change    func(b *scanner.Scan)
		want      string
		undecided bool
	}{
		{"nothing", func(*scanner.Scan) {}, "", false},
		{"another generated name", func(b *scanner.Scan) { b.Cookies[0].Name = "_ga_BBB" }, "", false},
		{"a cookie more", func(b *scanner.Scan) {
			b.Cookies = append(b.Cookies, cookie("new", func(*scanner.Cookie) {}))
		}, "added cookie new@x.test", false},
		{"a cookie less", func(b *scanner.Scan) { b.Cookies = b.Cookies[1:] }, "gone cookie _ga_*@x.test", false},
		{"one second", func(b *scanner.Scan) { lifetime(&b.Cookies[0], 1001) }, "", false},
		{"one percent", func(b *scanner.Scan) { lifetime(&b.Cookies[0], 1009) }, "", false},
		{"a minute", func(b *scanner.Scan) { lifetime(&b.Cookies[0], 1060) }, "changed cookie _ga_*@x.test lifetime [1000 s]>[1060 s]", false},
		{"no session any more", func(b *scanner.Scan) { b.Cookies[1].Session = false; lifetime(&b.Cookies[1], 0) }, "changed cookie sid@x.test lifetime [session]>[0 s] declared lifetime [session]>[]", false},
		{"category", func(b *scanner.Scan) { b.Cookies[0].Classification.Category = scanner.Marketing }, "changed cookie _ga_*@x.test category [statistics]>[marketing]", false},
		{"another version of the script", func(b *scanner.Scan) { b.Cookies[0].Writes[0].URL = "https://x.test/s.js?v=2" }, "", false},
		{"another script", func(b *scanner.Scan) { b.Cookies[0].Writes[0].URL = "https://y.test/" }, "changed cookie _ga_*@x.test set by [https://x.test/s.js]>[https://y.test/]", false},
		{"domain cookie", func(b *scanner.Scan) { b.Cookies[0].HostOnly = false }, "added cookie _ga_*@.x.test; gone cookie _ga_*@x.test", false},
		{"flags", func(b *scanner.Scan) { b.Cookies[0].Secure, b.Cookies[0].SameSite = true, "Lax" }, "changed cookie _ga_*@x.test flags []>[SameSite=Lax Secure]", false},
		{"sent back", func(b *scanner.Scan) {
			b.Cookies[0].SentTo = []scanner.SentTo{{Host: "x.test", How: "cookie", Pass: "none"}}
		}, "", false},
		{"receiver", func(b *scanner.Scan) {
			b.Cookies[0].SentTo = []scanner.SentTo{{Host: "t.test", How: "url", Pass: "none"}}
		}, "changed cookie _ga_*@x.test sent to []>[t.test]", false},
		{"in more passes", func(b *scanner.Scan) { b.Cookies[0].Phases = []string{"none", "accept"} }, "changed cookie _ga_*@x.test in passes [none]>[accept none]", false},
		{"storage and trackers", func(b *scanner.Scan) { b.Storage, b.Trackers = nil, nil }, "gone localStorage k@https://x.test; gone request @t.test", false},
		{"what the user gave", func(b *scanner.Scan) { b.Cookies = b.Cookies[:2] }, "", false},
		{"findings", func(b *scanner.Scan) {
			b.Findings = []scanner.Finding{{ID: "B002", Severity: scanner.SeverityError, Fingerprint: "f2"}}
		}, "added B002 >error; gone B001 warning>", false},
		{"what could not be checked", func(b *scanner.Scan) {
			b.Findings = append(b.Findings, scanner.Finding{ID: "X002", Class: scanner.ClassUnable, Fingerprint: "x"})
		}, "", false},
		{"severity", func(b *scanner.Scan) { b.Findings[0].Severity = scanner.SeverityError }, "changed B001 warning>error", false},
		{"a check that did not run", func(b *scanner.Scan) { b.Findings, b.Checks.Tested = nil, nil }, "gone B001 warning>?", false},
		{"not judged", func(b *scanner.Scan) { b.Findings, b.Checks = nil, nil }, "", false},
		{"a page failed, and what it sets is not there", func(b *scanner.Scan) {
			b.Complete, b.Incomplete = false, []scanner.Incomplete{{Code: scanner.PageFailed}}
			b.Passes[0].Pages[1].Error = "reset"
			b.Trackers = nil
		}, "b lacks incomplete  1; b lacks pages none 1; gone request @t.test?", true},
		{"a page failed, and what another sets is not there", func(b *scanner.Scan) {
			b.Complete, b.Incomplete = false, []scanner.Incomplete{{Code: scanner.PageFailed}}
			b.Passes[0].Pages[1].Error = "reset"
			b.Storage = nil
		}, "b lacks incomplete  1; b lacks pages none 1; gone localStorage k@https://x.test", false},
		{"incomplete and alike", func(b *scanner.Scan) {
			b.Complete, b.Incomplete = false, []scanner.Incomplete{{Code: scanner.BotWall}}
		}, "b lacks incomplete  1", true},
		{"a pass less", func(b *scanner.Scan) { b.Passes = b.Passes[:1] }, "b lacks pass accept 1", false},
		{"a page more", func(b *scanner.Scan) {
			b.Passes[0].Pages = append(b.Passes[0].Pages, scanner.Page{ID: "none/3", URL: "https://x.test/b"})
			b.Trackers = append(b.Trackers, scanner.Tracker{Kind: scanner.Pixel, Host: "p.test", Pages: []string{"none/3"}})
		}, "a lacks pages none 1; added pixel @p.test?", false},
		{"how it was made", func(b *scanner.Scan) { b.Tool.Rules, b.Settings.Region = "2", "DE" }, "rules; region", false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			b := base()
			test.change(b)
			r := Compare(base(), b)
			if got := told(r); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
			if r.Undecided() != test.undecided {
				t.Errorf("undecided is %v", r.Undecided())
			}
			if want := strings.ContainsAny(test.want, ">@"); r.Differs() != want {
				t.Errorf("differs is %v", r.Differs())
			}
		})
	}
}

// TestCompareIsDeterministic: maps are behind it.
func TestCompareIsDeterministic(t *testing.T) {
	many := base()
	for i := range 50 {
		many.Cookies = append(many.Cookies, cookie(fmt.Sprintf("c%d", i), func(c *scanner.Cookie) { c.Domain = fmt.Sprintf("h%d.test", i%7) }))
	}
	first := ""
	for range 20 {
		b, err := json.Marshal(Compare(base(), many))
		if err != nil {
			t.Fatal(err)
		}
		if first == "" {
			first = string(b)
		}
		if string(b) != first {
			t.Fatal("the same scans compare differently")
		}
	}
}
