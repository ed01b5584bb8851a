package scanner

// consentScan is a shop whose banner was answered in every way: what the types
// of consent and of findings can say stands in it once.
func consentScan() *Scan {
	s := emptyScan()
	s.Settings.Phases = []string{"none", "accept", "reject", "gpc", "withdraw", "close"}
	s.Settings.Region = "DE"
	s.Complete = false
	s.Coverage = Coverage{PagesVisited: 1, PagesFound: 1}
	yes, no, vendors := true, false, 2
	banner := Consent{
		Banner: true, CMP: "Example CMP", BannerText: "We and our 2 partners use cookies.", Language: "en", PageLanguage: "de",
		PolicyLink: "https://www.shop.test/cookies", VendorsLink: "Partners", VendorCount: 2, BlocksPage: new(true),
		AcceptClicks: 1, RejectClicks: 2, Preticked: []string{"Statistics"}, LegitimateInterest: []string{"Ad delivery"},
		Buttons: []ConsentButton{
			{Role: RoleAccept, Text: "Accept all", Tag: "button", Width: 180, Height: 44, Contrast: 7.1, Layer: 1},
			{Role: RoleSettings, Text: "Settings", Tag: "a", Width: 60, Height: 18, Contrast: 2.4, Layer: 1},
			{Role: RoleMore, Text: "Cookie policy", Tag: "a", Layer: 1},
			{Role: RoleClose, Text: "×", Tag: "div", Width: 20, Height: 20, Layer: 1},
			{Role: RoleSubscribe, Text: "Read without ads", Tag: "a", Layer: 1},
			{Role: RoleReject, Text: "Only necessary", Tag: "button", Layer: 2},
			{Role: RoleSave, Text: "Save", Tag: "button", Layer: 2},
			{Role: RoleReopen, Text: "Cookie settings", Tag: "button", Layer: 1},
		},
	}
	before := &Signals{
		TCF: &TCF{Status: "loaded", GDPRApplies: &yes},
		GPP: &GPP{Status: "loaded", Source: SourceInterface, String: "DBABMA~CQSbk4AQSbk4A", Sections: []string{"tcfeuv2"}, Applicable: []int{2}},
		ConsentMode: &ConsentMode{
			Default:  &ConsentTypes{Granted: []string{"ad_storage", "analytics_storage"}, WaitForUpdateMs: 500},
			Regional: []ConsentTypes{{Denied: []string{"ad_storage", "analytics_storage"}, Region: []string{"DE"}}}, DefaultFirst: true, TagRan: true, Hits: []string{"G100"},
		},
	}
	accept, reject, withdraw, closed := banner, banner, banner, banner
	accept.Action, accept.Method, accept.Text, accept.Layer, accept.Clicks, accept.Reopen = ActionAccept, ByRule, "Accept all", 1, 1, &yes
	accept.Memory = []string{"cmp_choice"}
	accept.Signals = &SignalChange{Before: before, After: &Signals{
		TCF: &TCF{
			Status: "loaded", Source: SourceInterface, GDPRApplies: &yes, String: "CQSbk4AQSbk4ANwAAAENAwCgAAAAAAAAAAYgACPAAAAA.IDKQA4AAgAKAGQAygAAA", CMPID: 880, PolicyVersion: 5,
			Created: "2026-11-22T00:00:00Z", LastUpdated: "2026-11-22T00:00:00Z", Language: "EN", VendorList: 48, PublisherCountry: "DE",
			ServiceSpecific: true, PurposeOneTreatment: true, Purposes: []int{1, 2, 3}, LegitimateInterest: []int{2, 7}, SpecialFeatures: []int{1},
			Vendors: 2, VendorsInterest: 1, Restrictions: 1, Disclosed: &vendors,
		},
		ConsentMode: &ConsentMode{Update: &ConsentTypes{Granted: []string{"ad_storage", "analytics_storage"}}, Hits: []string{"G111"}},
	}}
	reject.Action, reject.Method, reject.Text, reject.Layer, reject.Clicks, reject.Reopen, reject.Returned = ActionReject, ByHeuristic, "Only necessary", 2, 2, &no, true
	reject.Signals = &SignalChange{Before: before, After: &Signals{TCF: &TCF{Status: "none", Source: SourceCookie, String: "C", Problem: "it is cut short"}}}
	withdraw.Action, withdraw.Failure, withdraw.Detail = ActionWithdraw, NoReopen, "nothing on the page opens the choice again"
	closed.Action, closed.Failure, closed.Detail = ActionClose, NoReject, "no X was found"
	back := banner
	back.Action, back.Failure, back.Detail = ActionReject, NotOperated, "the settings opened and did not close"
	gpc := Consent{Failure: BannerElsewhere, Detail: "Example CMP is loaded and shows nothing", Signals: &SignalChange{Before: &Signals{
		GPP: &GPP{Status: "loaded", Problem: "section 7 is cut short", OptedOut: []string{"sale"}, GPC: &no, Differs: []string{"usnat"}},
		TCF: &TCF{Status: "silent", Source: SourceGPP, String: "B", Problem: "it has version 1, not 2"},
		USP: &USP{Source: SourceLocalStorage, String: "1YY-", Notice: &yes, OptedOut: &yes, LSPA: &no},
		GPC: &GPC{Sent: true, Display: "Opt-out request honoured", OptOut: "Do Not Sell or Share", File: &GPCFile{
			Status: 200, MediaType: "text/html", GPC: &yes, LastUpdate: "yesterday", Problem: "lastUpdate is no date",
		}},
	}}}
	for _, pass := range []struct {
		phase   string
		consent Consent
	}{
		{"none", Consent{Failure: NoBanner}}, {"accept", accept}, {"reject", reject}, {"gpc", gpc}, {"withdraw", withdraw}, {"close", closed}, {"return", back},
	} {
		pass.consent.Page = pass.phase + "/1"
		s.Passes = append(s.Passes, Pass{Phase: pass.phase, Consent: &pass.consent, Pages: []Page{page(pass.phase+"/1", "/", "Shop")}, Cookies: 1})
	}
	again := page("reject/2", "/", "Shop")
	again.Source = "again"
	s.Passes[2].Pages = append(s.Passes[2].Pages, again)
	login := page("reject/3", "/login", "Log in")
	login.Source = "steps"
	s.Passes[2].Pages = append(s.Passes[2].Pages, login)
	s.Incomplete = []Incomplete{
		{Code: BannerNotOperated, Pass: "return", Page: "https://www.shop.test/", Detail: "the settings opened and did not close"},
		{Code: BotWall, Pass: "close", Page: "https://www.shop.test/", Detail: "the page asked for proof that the visitor is a person"},
		{Code: StateNotIsolated, Pass: "return", Page: "https://www.shop.test/", Detail: "the banner shows no more"},
		{Code: StepsFailed, Pass: "withdraw", Page: "https://www.shop.test/login", Detail: "step 3 (line 5, press): the page used up its time"},
		{Code: SessionLost, Pass: "reject", Page: "https://www.shop.test/account", Detail: "the session that the steps began was lost twice"},
	}
	s.Cookies = []Cookie{cookie("_ms_1", "shop.test", maxAge(2*year, "Max-Age=63072000"), script("https://stats.measure.test/analytics.js", 3), script("https://stats.measure.test/analytics.js", 3).on("accept/1", OnChoice))}
	s.Checks = &CheckRun{
		Profile: "de", Chosen: true, Tested: []string{"B001"},
		NotTested: []Untested{{ID: "B009", Needs: []string{"return"}, Reason: "the pass return was not made"}},
	}
	s.Findings = consentFindings()
	s.Settings.Confirm = true
	s.SecondLook = &SecondLook{
		Browser: s.Browser, Detail: "no full browser was found",
		Visits: []SecondVisit{
			{URL: "https://www.shop.test/", Phases: []string{"none"}, WaitMs: 3120, Findings: []string{digest("B001")}},
			{URL: "https://www.shop.test/cart", Phases: []string{"none", "reject"}, WaitMs: 10000, Findings: []string{digest("U004")}, Problem: "the page could not be loaded"},
		},
	}
	return s
}

// consentFindings has every value of a finding's enumerations; the texts are
// short, since the checks' own are tested where they are made.
func consentFindings() []Finding {
	finding := func(id string, class Class, severity Severity, sure Sureness, confirmed Confirmation) Finding {
		return Finding{
			ID: id, Class: class, Severity: severity, Confidence: sure, Confirmed: confirmed, Kind: "cookie", Subject: "_ms_*", Domain: "shop.test",
			Items: []string{"_ms_1"}, Message: "_ms_* was written before a choice", Why: "it is for statistics", Wrong: "it is exempt", Fix: "wait for the choice",
			Fingerprint: digest(id), Evidence: []Evidence{{
				Pass: "none", State: "none", Page: "none/1", URL: "https://www.shop.test/", Trigger: OnLoad, Item: "_ms_1",
				Setter: "https://stats.measure.test/analytics.js", Line: 3, Column: 17, FirstMs: 120, Detail: "document.cookie at load",
			}},
		}
	}
	first := finding("B001", ClassLaw, SeverityError, SureCertain, ConfirmedYes)
	first.Profile, first.Steps = "de", []string{"Open https://www.shop.test/ in a new private window.", "Look at the cookies."}
	second := finding("U004", ClassContract, SeverityWarning, SureLikely, ConfirmedNo)
	second.Waived = &Waiver{Kind: "fix-pending", Owner: "web team", Reason: "released on Monday", Expires: "2026-12-01"}
	second.Evidence[0].Receiver, second.Evidence[0].Straddles = "stats.measure.test", true
	return []Finding{
		first, second, finding("S001", ClassHygiene, SeverityNote, SureReview, ConfirmedImpossible),
		finding("X001", ClassUnable, SeverityWarning, SureCertain, ""),
	}
}
