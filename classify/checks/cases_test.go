package checks

import (
	"slices"
	"strings"
	"testing"

	"cookiescan/scanner"
)

// consentOf is the consent of a pass of a fixture.
func consentOf(t *testing.T, doc *scanner.Scan, phase string) *scanner.Consent {
	t.Helper()
	for _, p := range doc.Passes {
		if p.Phase == phase && p.Consent != nil {
			return p.Consent
		}
	}
	t.Fatalf("no consent in a pass %s", phase)
	return nil
}

// grantedBut makes Consent Mode grant by default, except in some regions.
func grantedBut(c *scanner.Consent, regions ...string) {
	m := c.Signals.Before.ConsentMode
	m.Default = &scanner.ConsentTypes{Granted: []string{"ad_storage"}}
	m.Regional = []scanner.ConsentTypes{{Denied: []string{"ad_storage"}, Region: regions}}
}

// notice makes the banner one that only tells, which a pass accepted, after which
// there was a cookie of this category.
func notice(category string) func(*testing.T, *scanner.Scan) {
	return func(t *testing.T, s *scanner.Scan) {
		c := consentOf(t, s, "none")
		c.BannerText, c.Buttons = "This site uses only cookies that it needs.", []scanner.ConsentButton{{Role: scanner.RoleAccept, Text: "OK", Layer: 1}, {Role: scanner.RoleMore, Text: "More", Layer: 1}}
		s.Passes = append(s.Passes,
			scanner.Pass{Phase: "accept", Consent: &scanner.Consent{Banner: true, Action: scanner.ActionAccept, AcceptClicks: 1}},
			scanner.Pass{Phase: "reject", Consent: &scanner.Consent{Banner: true, Action: scanner.ActionReject, Failure: scanner.NoReject}})
		found := &scanner.Classification{Category: category, Confidence: scanner.Certain, Exemption: settledExempt}
		if category != scanner.Necessary {
			found.Exemption = notExempt
		}
		s.Cookies = []scanner.Cookie{{
			Name: "sid", Domain: "www.shop.test", HostOnly: true, Stored: true, Classification: found,
			Writes: []scanner.Write{{Pass: "accept", Action: scanner.Set, Via: scanner.ViaHTTP, Count: 1}},
		}}
	}
}

// TestCases changes one thing in a fixture and says what a check then makes of
// it: severity and confidence, or nothing.
func TestCases(t *testing.T) {
	yes := true
	for name, row := range map[string]struct {
		from, file string
		profile    Profile
		chosen     bool // as if somebody had
		change     func(t *testing.T, s *scanner.Scan)
		check      string
		want       string // empty: no finding
		says       string
	}{
		"nobody chose a law": {from: "B001", file: "must", profile: EU, change: func(_ *testing.T, s *scanner.Scan) {
			s.Checks.Chosen = false
		}, check: "B001", want: "warning certain"},
		"an exemption in France": {from: "B001", file: "must", profile: FR, change: func(_ *testing.T, s *scanner.Scan) {
			s.Cookies = s.Cookies[:1]
			s.Cookies[0].Classification.Exemption = conditional
		}, check: "B001", want: "note review", says: "to review"},
		"contested": {from: "B001", file: "must", profile: DE, change: func(_ *testing.T, s *scanner.Scan) {
			s.Cookies = s.Cookies[:1]
			s.Cookies[0].Classification.Exemption = contested
		}, check: "B001", want: "warning review"},
		"only an interval is known": {from: "B001", file: "must", profile: DE, change: func(_ *testing.T, s *scanner.Scan) {
			s.Cookies = s.Cookies[:1]
			s.Cookies[0].Writes[0].Trigger = ""
		}, check: "B001", want: "warning review", says: "nobody saw"},
		"given by the user": {from: "B001", file: "must", profile: DE, change: func(_ *testing.T, s *scanner.Scan) {
			s.Cookies = s.Cookies[:1]
			s.Cookies[0].Writes[0].Via = scanner.ViaUser
		}, check: "B001"},
		"pings without consent": {from: "B003", file: "must", profile: DE, change: func(t *testing.T, s *scanner.Scan) {
			s.Trackers[0].Classification.VendorID = "google-ads"
			consentOf(t, s, "none").Signals = &scanner.SignalChange{Before: &scanner.Signals{ConsentMode: &scanner.ConsentMode{Hits: []string{"G100"}}}}
		}, check: "B003", want: "warning review", says: "not settled"},
		"one feature": {from: "B004", file: "must", profile: DE, change: func(_ *testing.T, s *scanner.Scan) {
			s.Trackers = s.Trackers[:1]
		}, check: "B004", want: "note review", says: "other uses"},
		"closing outside Italy": {from: "B007", file: "must", profile: DE, check: "B007", want: "warning certain"},
		"a TCF choice of 15 months": {from: "B009", file: "must", profile: DE, change: func(t *testing.T, s *scanner.Scan) {
			consentOf(t, s, "return").Signals = &scanner.SignalChange{Before: &scanner.Signals{TCF: &scanner.TCF{Status: "loaded"}}}
			days := int64(450 * 86400)
			s.Cookies[0].Writes[0].Lifetime.DeclaredSeconds = &days
		}, check: "B009", want: "warning certain", says: "13 months"},
		"a choice of a year in Germany": {from: "B009", file: "must", profile: DE, check: "B009"},
		"asked again": {from: "B010", file: "mustnot", profile: IT, change: func(t *testing.T, s *scanner.Scan) {
			consentOf(t, s, "reject").Returned = true
		}, check: "B010", want: "warning certain", says: "asked again"},
		"a choice for the session": {from: "B010", file: "must", profile: IT, change: func(_ *testing.T, s *scanner.Scan) {
			s.Cookies[0].Writes[1].Lifetime = scanner.Lifetime{}
		}, check: "B010", want: "warning certain", says: "until the browser is closed"},
		"a vendor that Consent Mode does not bind": {from: "B014", file: "must", profile: DE, change: func(_ *testing.T, s *scanner.Scan) {
			s.Cookies = s.Cookies[1:]
			s.Cookies[0].Classification.VendorID = "matomo"
		}, check: "B014"},
		"the signal is wrong after acceptance": {from: "B014", file: "must", profile: DE, change: func(t *testing.T, s *scanner.Scan) {
			s.Passes[1].Phase, consentOf(t, s, "reject").Action = "accept", scanner.ActionAccept
			s.Cookies = s.Cookies[:1]
			s.Cookies[0].Writes[0].State = "accept"
		}, check: "B014", want: "warning likely"},
		"a tag manager in the EU": {from: "B015", file: "must", profile: EU, check: "B015", want: "note review"},
		"nobody said from where": {from: "D001", file: "must", profile: DE, change: func(_ *testing.T, s *scanner.Scan) {
			s.Settings.Region = ""
		}, check: "D001", want: "warning likely"},
		"seen from the US": {from: "D001", file: "must", profile: DE, change: func(_ *testing.T, s *scanner.Scan) {
			s.Settings.Region = "US"
		}, check: "D001", want: "warning likely"},
		"a platform that shows nothing here": {from: "D001", file: "must", profile: DE, change: func(t *testing.T, s *scanner.Scan) {
			consentOf(t, s, "none").Failure = scanner.BannerElsewhere
		}, check: "D001"},
		"nothing was to be answered": {from: "D001", file: "must", profile: DE, change: func(t *testing.T, s *scanner.Scan) {
			consentOf(t, s, "none").Failure = "" // as a pass says that makes no choice
			s.Passes = append(s.Passes, scanner.Pass{Phase: "reject", Consent: &scanner.Consent{Action: scanner.ActionReject, Failure: scanner.NoBanner}})
		}, check: "D001", want: "error certain", says: "in 1 pass,"},
		"a language of which no banners are known": {from: "D001", file: "must", profile: DE, change: func(t *testing.T, s *scanner.Scan) {
			consentOf(t, s, "none").Detail = "how banners speak in the language of the page, ja, is not known"
		}, check: "D001", want: "warning likely", says: "language of the page, ja"},
		"no refusal where nobody requires it": {from: "D002", file: "must", profile: AT, check: "D002", want: "warning certain"},
		"the X in Italy": {from: "D002", file: "must", profile: IT, change: func(t *testing.T, s *scanner.Scan) {
			c := consentOf(t, s, "none")
			c.Buttons = append(c.Buttons, scanner.ConsentButton{Role: scanner.RoleClose, Layer: 1})
		}, check: "D002"},
		"the X in Germany": {from: "D002", file: "must", profile: DE, change: func(t *testing.T, s *scanner.Scan) {
			c := consentOf(t, s, "none")
			c.Buttons = append(c.Buttons, scanner.ConsentButton{Role: scanner.RoleClose, Layer: 1})
		}, check: "D002", want: "error certain"},
		"a link to settings elsewhere": {from: "D008", file: "must", profile: DE, change: func(t *testing.T, s *scanner.Scan) {
			for _, p := range s.Passes {
				if p.Consent != nil {
					p.Consent.ReopenLink = "Cookie-Einstellungen"
				}
			}
		}, check: "D008", want: "warning review", says: "“Cookie-Einstellungen”"},
		"saving what is on": {from: "D002", file: "mustnot", profile: DE, change: func(t *testing.T, s *scanner.Scan) {
			consentOf(t, s, "none").Preticked = []string{"Statistics"}
		}, check: "D002", want: "error certain", says: "saving keeps"},
		"accept or pay": {from: "D011", file: "must", profile: DE, check: "D002", want: "warning review", says: "a paid one"},
		"no refusal anywhere": {from: "D002", file: "must", profile: FR, change: func(t *testing.T, s *scanner.Scan) {
			c := consentOf(t, s, "none")
			c.Buttons, c.Action, c.Failure = nil, scanner.ActionReject, scanner.NoReject
		}, check: "D002", want: "error certain", says: "on any layer"},
		"clicks where there is no refusal": {from: "D002", file: "must", profile: DE, change: func(t *testing.T, s *scanner.Scan) {
			c := consentOf(t, s, "none")
			c.AcceptClicks, c.RejectClicks = 1, 2
		}, check: "D003"},
		"statistics on in the UK": {from: "D004", file: "must", profile: UK, change: func(t *testing.T, s *scanner.Scan) {
			consentOf(t, s, "none").Preticked = []string{"Statistics"}
		}, check: "D004", want: "warning review", says: "opt-out"},
		"marketing on in the UK": {from: "D004", file: "must", profile: UK, check: "D004", want: "error certain"},
		"an X that refuses, beside a refusal as large": {from: "D007", file: "must", profile: IT, change: func(t *testing.T, s *scanner.Scan) {
			c := consentOf(t, s, "none")
			for _, b := range c.Buttons {
				if b.Role == scanner.RoleAccept {
					b.Role = scanner.RoleReject
					c.Buttons = append(c.Buttons, b)
				}
			}
		}, check: "D007"},
		"a smaller link": {from: "D005", file: "must", profile: IT, check: "D007"},
		"low contrast beside a high one": {from: "D006", file: "must", profile: DE, change: func(t *testing.T, s *scanner.Scan) {
			consentOf(t, s, "none").Buttons[1].Contrast = 2.1
		}, check: "D006", want: "note review"},
		"Norwegian": {from: "D012", file: "must", profile: DE, change: func(t *testing.T, s *scanner.Scan) {
			c := consentOf(t, s, "none")
			c.Language, c.PageLanguage = "nb", "no"
		}, check: "D012"},
		"what the site promises is said once": {from: "G005", file: "must", profile: USCA, check: "G001"},
		"cookies with the signal": {from: "G001", file: "must", profile: USCA, change: func(_ *testing.T, s *scanner.Scan) {
			s.Cookies = append(s.Cookies, scanner.Cookie{
				Name: "uid", Domain: "adnet.test", Stored: true, Classification: s.Trackers[0].Classification,
				Writes: []scanner.Write{
					{Pass: "none", State: "none", Trigger: scanner.OnLoad, Action: scanner.Set, Proof: scanner.ProofJar},
					{Pass: "gpc", State: "gpc", Trigger: scanner.OnLoad, Action: scanner.Set, Proof: scanner.ProofJar},
				},
			})
			s.Trackers = nil
		}, check: "G001", want: "warning likely", says: "are written"},
		"the signal works": {from: "G003", file: "must", profile: USCA, change: func(_ *testing.T, s *scanner.Scan) {
			s.Trackers[0].Phases = []string{"none"}
		}, check: "G003", want: "note review", says: "without friction"},
		"no file, in California": {from: "G004", file: "must", profile: USCA, change: func(t *testing.T, s *scanner.Scan) {
			consentOf(t, s, "gpc").Signals.Before.GPC.File = &scanner.GPCFile{Status: 404}
		}, check: "G004", want: "note certain"},
		"no file, elsewhere": {from: "G004", file: "must", profile: DE, change: func(t *testing.T, s *scanner.Scan) {
			consentOf(t, s, "gpc").Signals.Before.GPC.File = &scanner.GPCFile{Status: 404}
		}, check: "G004"},
		"a file that nobody could read": {from: "G004", file: "must", profile: USCA, change: func(t *testing.T, s *scanner.Scan) {
			consentOf(t, s, "gpc").Signals.Before.GPC.File = &scanner.GPCFile{Problem: "the server did not answer"}
		}, check: "G004"},
		"a firewall in place of the file": {from: "G004", file: "must", profile: USCA, change: func(t *testing.T, s *scanner.Scan) {
			consentOf(t, s, "gpc").Signals.Before.GPC.File = &scanner.GPCFile{Status: 403, MediaType: "text/html"}
		}, check: "G004"},
		"a stub for ever": {from: "G006", file: "must", profile: DE, change: func(t *testing.T, s *scanner.Scan) {
			consentOf(t, s, "accept").Signals.After.TCF = &scanner.TCF{Status: "stub"}
		}, check: "G006", want: "warning certain", says: "stub"},
		"an update without a choice": {from: "G008", file: "mustnot", profile: DE, change: func(t *testing.T, s *scanner.Scan) {
			consentOf(t, s, "none").Signals.Before.ConsentMode.Update = &scanner.ConsentTypes{Granted: []string{"ad_storage"}}
		}, check: "G008", want: "warning certain", says: "nobody chose"},
		"a default for here beside one for elsewhere": {from: "G008", file: "mustnot", profile: DE, change: func(t *testing.T, s *scanner.Scan) {
			grantedBut(consentOf(t, s, "none"), "DE", "FR")
			s.Settings.Region = "DE"
		}, check: "G008"},
		"a default for the law's region, nobody knows where": {from: "G008", file: "mustnot", profile: DE, change: func(t *testing.T, s *scanner.Scan) {
			grantedBut(consentOf(t, s, "none"), "FR-75")
			s.Settings.Region = ""
		}, check: "G008"},
		"a default for elsewhere": {from: "G008", file: "mustnot", profile: DE, change: func(t *testing.T, s *scanner.Scan) {
			grantedBut(consentOf(t, s, "none"), "US", "FR")
			s.Settings.Region = "DE"
		}, check: "G008", want: "warning certain", says: "the default grants ad_storage"},
		"a default for a part of the country": {from: "G008", file: "mustnot", profile: DE, change: func(t *testing.T, s *scanner.Scan) {
			grantedBut(consentOf(t, s, "none"), "DE-BY")
			s.Settings.Region = "DE"
		}, check: "G008", want: "warning certain", says: "the default grants ad_storage"},
		"a default of a tag manager's template": {from: "G008", file: "mustnot", profile: DE, change: func(t *testing.T, s *scanner.Scan) {
			m := consentOf(t, s, "none").Signals.Before.ConsentMode
			m.Default, m.DefaultFirst, m.Hits = nil, false, []string{"G100"}
		}, check: "G008"},
		"an update of another type": {from: "B014", file: "must", profile: DE, change: func(t *testing.T, s *scanner.Scan) {
			consentOf(t, s, "none").Signals.Before.ConsentMode.Update = &scanner.ConsentTypes{Granted: []string{"functionality_storage"}}
			consentOf(t, s, "reject").Signals = nil
		}, check: "B014", want: "error certain", says: "Consent Mode had"},
		"a US Privacy string": {from: "B014", file: "must", profile: USCA, change: func(t *testing.T, s *scanner.Scan) {
			consentOf(t, s, "none").Signals.Before = &scanner.Signals{USP: &scanner.USP{Source: scanner.SourceInterface, String: "1YYN", OptedOut: &yes}}
			consentOf(t, s, "reject").Signals = nil
			for i := range s.Cookies {
				s.Cookies[i].Classification.Category = scanner.Marketing
			}
		}, check: "B014", want: "warning certain", says: "US Privacy string"},
		"prolonged at each visit": {from: "U004", file: "mustnot", profile: EU, change: func(_ *testing.T, s *scanner.Scan) {
			again := s.Cookies[0].Writes[0]
			again.Action = scanner.Refresh
			s.Cookies[0].Writes = append(s.Cookies[0].Writes, again)
		}, check: "U004", want: "warning certain", says: "prolonged"},
		"a little longer than declared": {from: "U004", file: "must", profile: EU, change: func(_ *testing.T, s *scanner.Scan) {
			days := int64(210 * 86400)
			s.Cookies[0].Lifetime = scanner.Lifetime{DeclaredSeconds: &days, StoredSeconds: &days}
		}, check: "U004", want: "note certain"},
		"necessary, with a certain rule, after acceptance": {from: "U011", file: "must", profile: DE, change: func(_ *testing.T, s *scanner.Scan) {
			s.Cookies = s.Cookies[:1]
			s.Cookies[0].Writes[0].State = "accept"
		}, check: "U011", want: "warning certain"},
		"necessary, and contested": {from: "U011", file: "must", profile: DE, change: func(_ *testing.T, s *scanner.Scan) {
			s.Cookies = s.Cookies[:1]
			s.Cookies[0].Classification.Exemption, s.Cookies[0].Classification.Category = conditional, scanner.Preferences
		}, check: "U011", want: "note review", says: "to review"},
		"pages were left out": {from: "U012", file: "must", profile: EU, change: func(_ *testing.T, s *scanner.Scan) {
			s.Coverage.LeftOut = []scanner.Left{{Reason: "max-pages", Count: 3}}
		}, check: "U012"},
		"logged in, and the account's cookie is not there": {from: "U012", file: "mustnot", profile: EU, change: func(_ *testing.T, s *scanner.Scan) {
			s.Settings.Cookies = []string{"session"}
		}, check: "U012", want: "note likely", says: "account is declared and was not met"},
		"a law says it, and is chosen": {from: "U029", file: "must", profile: DE, chosen: true, check: "U029"},
		"the law is of another place":  {from: "U029", file: "must", profile: USCA, chosen: true, check: "U029", want: "error certain", says: "before a choice"},
		"exempt by the rules alone":    {from: "B012", file: "must", profile: NL, check: "B012"},
		"statistics that nobody declares exempt": {from: "B013", file: "must", profile: UK, change: func(_ *testing.T, s *scanner.Scan) {
			c := &s.Cookies[0]
			c.Name, c.Classification.Pattern, c.Classification.Exemption = "else", "else", conditional
		}, check: "B013", want: "warning review"},
		"a receiver that the entry does not name": {from: "U025", file: "must", profile: EU, change: func(_ *testing.T, s *scanner.Scan) {
			s.Cookies = s.Cookies[1:]
		}, check: "U025", want: "warning likely", says: "is declared for stats"},
		"the receiver is known as the vendor": {from: "U025", file: "must", profile: EU, change: func(_ *testing.T, s *scanner.Scan) {
			s.Cookies = s.Cookies[1:]
			s.Trackers = []scanner.Tracker{{
				Kind: scanner.RequestTo, URL: "https://px.adnet.test/", Host: "px.adnet.test", Party: scanner.Third, Classification: &scanner.Classification{Vendor: "Stats Ltd", VendorID: "stats-ltd"},
			}}
		}, check: "U025"},
		"a notice, and nothing to refuse": {from: "D002", file: "must", profile: DE, change: notice(scanner.Necessary), check: "D002"},
		"a notice, and statistics":        {from: "D002", file: "must", profile: DE, change: notice(scanner.Statistics), check: "D002", want: "error certain"},
		"a notice, and who knows what":    {from: "D002", file: "must", profile: DE, change: notice(scanner.Unclassified), check: "D002", want: "warning review", says: "nothing that is known of the site needs consent"},
		"a notice that nobody accepted": {from: "D002", file: "must", profile: DE, change: func(t *testing.T, s *scanner.Scan) {
			notice(scanner.Necessary)(t, s)
			s.Passes = s.Passes[:1]
		}, check: "D002", want: "error certain"},
		"a notice whose controls nobody read": {from: "D002", file: "must", profile: DE, change: func(t *testing.T, s *scanner.Scan) {
			notice(scanner.Necessary)(t, s)
			consentOf(t, s, "none").Buttons = nil
		}, check: "D002", want: "error certain", says: "on any layer"},
		"settings, and nothing to refuse": {from: "D002", file: "must", profile: DE, change: func(t *testing.T, s *scanner.Scan) {
			buttons := consentOf(t, s, "none").Buttons
			notice(scanner.Necessary)(t, s)
			consentOf(t, s, "none").Buttons = buttons
		}, check: "D002", want: "error certain"},
		"a notice, and nothing to take back": {from: "D008", file: "must", profile: DE, change: func(_ *testing.T, s *scanner.Scan) {
			s.Cookies, s.Storage, s.Trackers = nil, nil, nil
			for _, p := range s.Passes {
				p.Consent.Buttons = []scanner.ConsentButton{{Role: scanner.RoleAccept, Text: "OK", Layer: 1}}
			}
		}, check: "D008"},
		"a way back in one pass": {from: "D008", file: "must", profile: DE, change: func(t *testing.T, s *scanner.Scan) {
			consentOf(t, s, "reject").Reopen = &yes
		}, check: "D008"},
	} {
		t.Run(name, func(t *testing.T) {
			doc := fixture(t, row.from, row.file)
			if row.change != nil {
				row.change(t, doc)
			}
			judgeAs(t, doc, row.profile, doc.Checks.Chosen || row.chosen, declares(t, row.from, row.file))
			found := of(doc, row.check)
			if row.want == "" {
				for _, f := range found {
					t.Errorf("%s %s: %s", f.Severity, f.Confidence, f.Message)
				}
				return
			}
			if len(found) == 0 {
				t.Fatalf("no finding; not tested: %+v", doc.Checks.NotTested)
			}
			if got := string(found[0].Severity) + " " + string(found[0].Confidence); got != row.want {
				t.Errorf("%s, want %s: %s", got, row.want, found[0].Message)
			}
			if !slices.ContainsFunc(found, func(f scanner.Finding) bool { return strings.Contains(f.Message, row.says) }) {
				t.Errorf("nothing says %q: %s", row.says, found[0].Message)
			}
		})
	}
}

// What the page says of consent stands beside what it did all the same.
func TestSignalsAreEvidence(t *testing.T) {
	doc := fixture(t, "B014", "must")
	for _, id := range []string{"B001", "B005"} {
		found := of(doc, id)
		if len(found) != 1 || !slices.ContainsFunc(found[0].Evidence, func(e scanner.Evidence) bool { return strings.HasPrefix(e.Detail, "at that time ") }) {
			t.Errorf("%s: %+v", id, found)
		}
	}
}

// A storage key can be as long as a site likes.
func TestLongNames(t *testing.T) {
	doc := fixture(t, "B002", "must")
	long := strings.Repeat("k", 1<<20)
	doc.Storage[0].Key, doc.Storage[0].Classification.Pattern = long, long
	judge(t, doc, DE, true)
	for _, f := range doc.Findings {
		if len(f.Message)+len(f.Subject)+len(strings.Join(f.Items, "")) > 4000 {
			t.Errorf("%s is %d octets long", f.ID, len(f.Message))
		}
	}
}
