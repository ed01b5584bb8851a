package checks

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"cookiescan/scanner"
)

func wrote(pass, url string, trigger scanner.Trigger, ms int64) scanner.Evidence {
	return scanner.Evidence{Pass: pass, State: pass, URL: url, Item: "x", Trigger: trigger, FirstMs: ms}
}

func TestAgain(t *testing.T) {
	const home, shop = "https://a.test/", "https://a.test/shop"
	finding := func(id, print string, e ...scanner.Evidence) scanner.Finding {
		return scanner.Finding{ID: id, Severity: asError, Kind: "cookie", Fingerprint: print, Evidence: e}
	}
	dialog := func(id, print string, e ...scanner.Evidence) scanner.Finding {
		f := finding(id, print, e...)
		f.Kind = "dialog"
		return f
	}
	for name, row := range map[string]struct {
		findings []scanner.Finding
		want     []Visit
	}{
		"at load":         {[]scanner.Finding{finding("B001", "1", wrote("none", shop, scanner.OnLoad, 200))}, []Visit{{shop, []string{"none"}, 3200 * time.Millisecond, []string{"1"}}}},
		"by a timer":      {[]scanner.Finding{finding("B001", "1", wrote("none", shop, scanner.OnTimer, 2000))}, []Visit{{shop, []string{"none"}, 7 * time.Second, []string{"1"}}}},
		"late":            {[]scanner.Finding{finding("B001", "1", wrote("none", shop, scanner.OnTimer, 9000))}, []Visit{{shop, []string{"none"}, longestWait, []string{"1"}}}},
		"too late":        {[]scanner.Finding{finding("B001", "1", wrote("none", shop, scanner.OnTimer, 16000))}, nil},
		"by scrolling":    {[]scanner.Finding{finding("B008", "1", wrote("none", shop, scanner.OnScroll, 10))}, nil},
		"after a choice":  {[]scanner.Finding{finding("B005", "1", wrote("reject", shop, scanner.OnChoice, 46000))}, []Visit{{shop, []string{"reject"}, usualWait, []string{"1"}}}},
		"too late for it": {[]scanner.Finding{finding("B005", "1", wrote("reject", shop, scanner.OnChoice, 46000), wrote("reject", shop, scanner.OnTimer, 20000))}, nil},
		"only sent":       {[]scanner.Finding{finding("B005", "1", scanner.Evidence{Pass: "reject", Receiver: "b.test", Item: "x"})}, []Visit{{home, []string{"reject"}, usualWait, []string{"1"}}}},
		"the dialog":      {[]scanner.Finding{dialog("D002", "1", scanner.Evidence{Pass: "none", URL: home})}, []Visit{{home, []string{"none"}, bannerWait, []string{"1"}}}},
		"its clicks":      {[]scanner.Finding{dialog("D003", "1", scanner.Evidence{Pass: "reject", URL: home})}, []Visit{{home, []string{"accept", "reject"}, bannerWait, []string{"1"}}}},
		"its way back":    {[]scanner.Finding{dialog("D008", "1", scanner.Evidence{Pass: "reject#2", URL: home})}, []Visit{{home, []string{"reject"}, bannerWait, []string{"1"}}}},
		"the signal":      {[]scanner.Finding{finding("G001", "1", scanner.Evidence{State: "gpc", URL: home, Receiver: "b.test"})}, []Visit{{home, []string{"none", "gpc"}, usualWait, []string{"1"}}}},
		"not declared":    {[]scanner.Finding{finding("U001", "1", wrote("accept", shop, scanner.OnLoad, 200))}, []Visit{{shop, []string{"accept"}, 3200 * time.Millisecond, []string{"1"}}}},
		"a host":          {[]scanner.Finding{finding("U003", "1", scanner.Evidence{Pass: "accept", URL: shop, Receiver: "b.test"})}, []Visit{{shop, []string{"accept"}, usualWait, []string{"1"}}}},
		"a value":         {[]scanner.Finding{finding("U025", "1", scanner.Evidence{Pass: "accept", URL: shop, Receiver: "b.test", Item: "x"})}, nil},
		"a policy":        {[]scanner.Finding{finding("U026", "1", scanner.Evidence{Item: "x", Detail: "line 11"})}, nil},
		"a warning":       {[]scanner.Finding{{ID: "B001", Severity: asWarning}}, nil},
		"one page for all": {[]scanner.Finding{
			finding("B001", "1", wrote("none", shop, scanner.OnLoad, 0)),
			finding("B005", "2", wrote("reject", home, scanner.OnLoad, 0), wrote("reject", shop, scanner.OnLoad, 3000)),
			finding("B001", "3", wrote("none", home, scanner.OnLoad, 0)),
		}, []Visit{{shop, []string{"none", "reject"}, 6 * time.Second, []string{"1", "2"}}, {home, []string{"none"}, 3 * time.Second, []string{"3"}}}},
	} {
		got := Again(&scanner.Scan{Target: scanner.Target{URL: home}, Findings: row.findings})
		if d := cmp.Diff(row.want, got); d != "" {
			t.Errorf("%s (-want +got):\n%s", name, d)
		}
	}
	var many []scanner.Finding
	for i := range 3 * mostVisits {
		many = append(many, finding("B001", string(rune('a'+i)), wrote("none", home+string(rune('a'+i)), scanner.OnLoad, 0)))
	}
	if n := len(Again(&scanner.Scan{Findings: many})); n != mostVisits {
		t.Errorf("%d visits", n)
	}
}

func TestSeenAgain(t *testing.T) {
	doc := fixture(t, "B005", "must")
	i := slices.IndexFunc(doc.Findings, Confirmable)
	if i < 0 {
		t.Fatal("no finding to confirm")
	}
	f := doc.Findings[i]
	there := f
	there.Evidence = nil
	leaving := f
	leaving.Evidence = []scanner.Evidence{wrote("none", "https://x.test/", scanner.OnPageHide, 0)}
	ran := &scanner.CheckRun{Tested: []string{f.ID}}
	for name, row := range map[string]struct {
		again  scanner.Scan
		waited time.Duration
		want   scanner.Confirmation
	}{
		"seen":           {scanner.Scan{Checks: ran, Findings: []scanner.Finding{f}}, 0, scanner.ConfirmedYes},
		"seen in part":   {scanner.Scan{Checks: ran, Findings: []scanner.Finding{f}, Incomplete: []scanner.Incomplete{{}}}, 0, scanner.ConfirmedYes},
		"not seen":       {scanner.Scan{Checks: ran}, longestWait, scanner.ConfirmedNo},
		"not waited for": {scanner.Scan{Checks: ran}, 0, scanner.ConfirmedImpossible},
		"only there":     {scanner.Scan{Checks: ran, Findings: []scanner.Finding{there}}, longestWait, scanner.ConfirmedImpossible},
		"as it went":     {scanner.Scan{Checks: ran, Findings: []scanner.Finding{leaving}}, longestWait, scanner.ConfirmedNo},
		"went too early": {scanner.Scan{Checks: ran, Findings: []scanner.Finding{leaving}}, 0, scanner.ConfirmedImpossible},
		"page failed":    {scanner.Scan{Checks: ran, Incomplete: []scanner.Incomplete{{}}}, longestWait, scanner.ConfirmedImpossible},
		"not tested":     {scanner.Scan{Checks: &scanner.CheckRun{NotTested: []scanner.Untested{{ID: f.ID}}}}, longestWait, scanner.ConfirmedImpossible},
		"not judged":     {scanner.Scan{}, longestWait, scanner.ConfirmedImpossible},
	} {
		if got := SeenAgain(f, &row.again, row.waited); got != row.want {
			t.Errorf("%s: %s, want %s", name, got, row.want)
		}
	}
}

// Who wrote something is not seen from outside, so that a rule that asks for it
// would not know the item again.
func TestAdopt(t *testing.T) {
	exact, alike := &scanner.Classification{Category: "exact"}, &scanner.Classification{Category: "alike", Pattern: "_ga_*"}
	other := &scanner.Classification{Category: "other"}
	doc := &scanner.Scan{
		Cookies: []scanner.Cookie{{Name: "_ga_1", Domain: "a.test", Classification: alike}, {Name: "id", Domain: "a.test", Classification: exact}},
		Storage: []scanner.StorageItem{{Kind: scanner.LocalStorage, Origin: "https://a.test", Key: "id", Classification: exact}},
	}
	again := &scanner.Scan{
		Cookies: []scanner.Cookie{
			{Name: "_ga_2", Domain: "a.test", Classification: other},
			{Name: "id", Domain: "a.test", Classification: other},
			{Name: "id", Domain: "b.test", Classification: other},
			{Name: "ga", Domain: "a.test", Classification: other},
		},
		Storage: []scanner.StorageItem{{Kind: scanner.LocalStorage, Origin: "https://a.test", Key: "id"}, {Kind: scanner.SessionStorage, Origin: "https://a.test", Key: "id"}},
	}
	Adopt(again, doc)
	for i, want := range []*scanner.Classification{alike, exact, other, other} {
		if again.Cookies[i].Classification != want {
			t.Errorf("cookie %d: %+v", i, again.Cookies[i].Classification)
		}
	}
	if again.Storage[0].Classification != exact || again.Storage[1].Classification != nil {
		t.Errorf("storage: %+v", again.Storage)
	}
	for _, row := range []struct {
		name, pattern string
		want          bool
	}{
		{"a_1_b", "a_*_b", true}, {"a_b", "a_*_b", false}, {"a_1_b2", "a_*_b", false}, {"x", "x", false}, {"a1b2c", "a*b*c", true}, {"aa", "*", true}, {"", "*", true},
	} {
		if follows(row.name, row.pattern) != row.want {
			t.Errorf("%q %q: not %v", row.name, row.pattern, row.want)
		}
	}
}
