package walk

import (
	"encoding/json"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"cookiescan/scanner"
	"cookiescan/scanner/consent"
	"cookiescan/scanner/ledger"
)

const (
	tcString = "CQuFeUAQuFeUAEsAHBENB4FgAAAAAAAAAAYgAAAAAAAA"
	optedOut = "DBABLA~CVVaAAAAAABA.QA" // of sale, in usnat
)

func TestSignalsOf(t *testing.T) {
	decoded := scanner.TCF{
		String: tcString, CMPID: 300, PolicyVersion: 5, Created: "2026-11-22T00:00:00Z", LastUpdated: "2026-11-22T00:00:00Z",
		Language: "EN", VendorList: 120, PublisherCountry: "DE", ServiceSpecific: true,
	}
	from := func(status string, source scanner.SignalSource) *scanner.TCF {
		c := decoded
		c.Status, c.Source = status, source
		return &c
	}
	kept := []consent.Kept{{Kind: consent.KeptTCF, Place: consent.InCookie, Value: tcString}}
	for name, test := range map[string]struct {
		page consent.Signals
		want scanner.Signals
	}{
		"nothing": {},
		"a cookie and no interface": {
			consent.Signals{Kept: kept}, scanner.Signals{TCF: from("none", scanner.SourceCookie)},
		},
		"a cookie beside a stub": {
			consent.Signals{TCF: &consent.TCF{Status: "stub"}, Kept: kept}, scanner.Signals{TCF: from("stub", scanner.SourceCookie)},
		},
		"a cookie that the platform does not speak of": {
			consent.Signals{TCF: &consent.TCF{Status: "loaded", GDPR: new(false)}, Kept: kept},
			scanner.Signals{TCF: &scanner.TCF{Status: "loaded", GDPRApplies: new(false)}},
		},
		"an interface that never answers": {
			consent.Signals{TCF: &consent.TCF{}, GPP: &consent.GPP{}, USP: &consent.USP{}},
			scanner.Signals{TCF: &scanner.TCF{Status: "silent"}, GPP: &scanner.GPP{Status: "silent"}},
		},
		"a TC string in the GPP string": {
			consent.Signals{GPP: &consent.GPP{Status: "loaded", String: "DBABM~" + tcString, Applicable: []int{2, -1, 0, 1 << 40}}},
			scanner.Signals{
				TCF: from("none", scanner.SourceGPP),
				GPP: &scanner.GPP{
					Status: "loaded", Source: scanner.SourceInterface, String: "DBABM~" + tcString, Sections: []string{"tcfeuv2"}, Applicable: []int{2, -1},
				},
			},
		},
		"a section of a later version of GPP": {
			consent.Signals{GPP: &consent.GPP{Status: "loaded", String: "DBABAD~x"}},
			scanner.Signals{GPP: &scanner.GPP{Status: "loaded", Source: scanner.SourceInterface, String: "DBABAD~x", Sections: []string{"89"}}},
		},
		"a parsed form like the string": {
			consent.Signals{GPP: &consent.GPP{Status: "loaded", String: optedOut, Parsed: map[string]consent.GPPSection{
				"usnatv1": {Sale: new(true), Targeted: new(false), GPC: new(false)},
			}}},
			scanner.Signals{GPP: &scanner.GPP{
				Status: "loaded", Source: scanner.SourceInterface, String: optedOut, Sections: []string{"usnat"}, OptedOut: []string{"sale"}, GPC: new(false),
			}},
		},
		"a parsed form unlike the string": {
			consent.Signals{GPP: &consent.GPP{Status: "loaded", String: optedOut, Parsed: map[string]consent.GPPSection{
				"usnat": {Sale: new(false)}, "usca": {Sale: new(true)}, "tcfeuv2": {},
			}}},
			scanner.Signals{GPP: &scanner.GPP{
				Status: "loaded", Source: scanner.SourceInterface, String: optedOut, Sections: []string{"usnat"}, OptedOut: []string{"sale"}, GPC: new(false),
				Differs: []string{"tcfeuv2", "usca", "usnat"},
			}},
		},
		"one section that denies the signal of the browser": {
			consent.Signals{GPP: &consent.GPP{Status: "loaded", String: "DBABrMA~CVVqAAAAAABA.YA~BVoAAABA.QA~BVYAABA~BVoAAEA.YA"}},
			scanner.Signals{GPP: &scanner.GPP{
				Status: "loaded", Source: scanner.SourceInterface, String: "DBABrMA~CVVqAAAAAABA.YA~BVoAAABA.QA~BVYAABA~BVoAAEA.YA",
				Sections: []string{"usnat", "usca", "usva", "usco"}, OptedOut: []string{"sale"}, GPC: new(false),
			}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(&test.want, signalsOf(test.page, nil)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestConsentMode(t *testing.T) {
	given := consent.Command{Name: consent.CommandDefault, Values: map[string]string{"ad_storage": "denied"}}
	update := func(value string) consent.Command {
		return consent.Command{Name: consent.CommandUpdate, Values: map[string]string{"ad_storage": value}}
	}
	config := consent.Command{Name: "config"}
	denied := &scanner.ConsentTypes{Denied: []string{"ad_storage"}}
	for name, test := range map[string]struct {
		commands []consent.Command
		hits     []string
		want     *scanner.ConsentMode
	}{
		"nothing":            {},
		"in order":           {commands: []consent.Command{given, config}, want: &scanner.ConsentMode{Default: denied, DefaultFirst: true, TagRan: true}},
		"late":               {commands: []consent.Command{config, given}, want: &scanner.ConsentMode{Default: denied, TagRan: true}},
		"no tag":             {commands: []consent.Command{given}, want: &scanner.ConsentMode{Default: denied, DefaultFirst: true}},
		"no default":         {commands: []consent.Command{config}, want: &scanner.ConsentMode{TagRan: true}},
		"hits alone":         {hits: []string{"G111"}, want: &scanner.ConsentMode{TagRan: true, Hits: []string{"G111"}}},
		"the later update":   {commands: []consent.Command{update("granted"), update("denied")}, want: &scanner.ConsentMode{Update: denied}},
		"an update too soon": {commands: []consent.Command{update("denied"), given}, want: &scanner.ConsentMode{Update: denied, Default: denied, DefaultFirst: true}},
	} {
		if diff := cmp.Diff(test.want, modeOf(test.commands, test.hits)); diff != "" {
			t.Errorf("%s:\n%s", name, diff)
		}
	}
}

func TestHits(t *testing.T) {
	choice := time.Unix(1000, 0)
	hit := func(second int64, url string) ledger.Observation {
		return ledger.Request{At: ledger.At{Time: time.Unix(second, 0)}, URL: url}
	}
	list := []ledger.Observation{
		hit(999, "https://x.test/g/collect?v=2&gcs=G100&cid=1"), hit(999, "https://x.test/g/collect?gcs=G100"), hit(998, "https://x.test/?gcs=G1--"),
		hit(1001, "https://x.test/g/collect?gcs=G111"), hit(1001, "https://x.test/?gcs=G11<b>"), hit(1001, "https://x.test/?cs=G101"), hit(1001, "%zz?gcs=G101"),
		ledger.Sent{},
	}
	if diff := cmp.Diff([]string{"G1--", "G100"}, hitsOf(list, choice.After)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"G111"}, hitsOf(list, choice.Before)); diff != "" {
		t.Error(diff)
	}
}

// FuzzSignals reads whatever a page may answer.
func FuzzSignals(f *testing.F) {
	f.Add([]byte(`{"tcf":{"tcString":"` + tcString + `","status":"loaded"},"gpp":{"gppString":"` + optedOut + `","parsed":{"usnat":{"sale":false}}}}`))
	f.Add([]byte(`{"usp":{"uspString":"1YNN"},"commands":[{"command":"default","values":{"ad_storage":"denied"},"region":["DE"],"wait":500}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		var page consent.Signals
		_ = json.Unmarshal(data, &page)
		s := signalsOf(page, nil)
		var texts []string
		if s.TCF != nil {
			texts = append(texts, s.TCF.Status)
			if s.TCF.Problem != "" {
				texts = append(texts, s.TCF.String)
			}
		}
		if s.GPP != nil {
			texts = append(append(texts, s.GPP.Status), s.GPP.Differs...)
		}
		if s.USP != nil {
			texts = append(texts, s.USP.String)
		}
		for _, text := range texts {
			if len([]rune(text)) > maxUnread || !utf8.ValidString(text) {
				t.Errorf("%q", text)
			}
		}
	})
}
