package consent

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// speakingPage answers the scripts that read signals.
type speakingPage struct {
	fakePage
	answers map[string]string // by source; without one it throws
}

func (p *speakingPage) Evaluate(_ context.Context, _ string, main bool, expression string) (json.RawMessage, error) {
	if main == (expression == keptSource) {
		p.t.Error("in the wrong world")
	}
	if a, ok := p.answers[expression]; ok {
		return json.RawMessage(a), nil
	}
	return nil, errors.New("it threw")
}

func TestReadSignals(t *testing.T) {
	for name, test := range map[string]struct {
		answers map[string]string
		want    Signals
	}{
		"nothing runs": {},
		"interfaces": {
			map[string]string{askSource: "true", readSource: `{"tcf":{"tcString":"C","status":"loaded","gdprApplies":true},"gpp":null,"usp":null,"commands":[{"command":"config"}]}`},
			Signals{TCF: &TCF{String: "C", Status: "loaded", GDPR: new(true)}, Commands: []Command{{Name: "config"}}},
		},
		"types that are not those asked for": {
			map[string]string{askSource: "true", readSource: `{"tcf":7,"usp":{"uspString":"1YNN"},"commands":{}}`},
			Signals{TCF: &TCF{}, USP: &USP{String: "1YNN"}},
		},
		"longer than anybody reads": {
			map[string]string{askSource: "true", readSource: `{"usp":{"uspString":"` + strings.Repeat("1", maxSignals) + `"}}`}, Signals{},
		},
		"kept": {
			map[string]string{askSource: "true", keptSource: `{"cookies":"a=1; euconsent-v2=CQ.I; OTGPPConsent=DBAA%7Ex; usprivacy=; cmp_choice=1; cmp_choice=2; _iub_cs-482=x; fs-cc=y; __hs_opt_out=no; _tt_enable_cookie=1; test_cookie=1",` +
				`"storage":[{"name":"euconsent-v2","value":"CR"},{"name":"theme","value":""},{"name":"consent","value":""}]}`},
			Signals{
				Kept: []Kept{
					{KeptTCF, InCookie, "CQ.I"}, {KeptGPP, InCookie, "DBAA~x"}, {KeptTCF, InLocalStorage, "CR"},
				},
				Memory: map[string]string{"OTGPPConsent": "DBAA%7Ex", "cmp_choice": "12", "consent": "", "euconsent-v2": "CQ.ICR", "usprivacy": "", "_iub_cs-482": "x", "fs-cc": "y", "__hs_opt_out": "no"},
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := ReadSignals(t.Context(), &speakingPage{fakePage: fakePage{t: t}, answers: test.answers})
			if diff := cmp.Diff(test.want, got); diff != "" || err != nil {
				t.Error(err, diff)
			}
		})
	}
}

func TestReadOptOut(t *testing.T) {
	for markup, want := range map[string]OptOut{
		`<p>Opt-Out Request Honored</p><a href="/x">Do Not Sell or Share My Personal Information</a>`:                                                      {"Opt-Out Request Honored", "Do Not Sell or Share My Personal Information"},
		`<p>We detected <b>Global Privacy Control</b> and processed your choice.</p><button>Your Privacy Choices</button>`:                                 {"Global Privacy Control and processed", "Your Privacy Choices"},
		`<p>Your <b>GPC</b> signal has been recognised.</p>`:                                                                                               {"GPC signal has been recognised", ""},
		`<p>You have been opted out of sale.</p><p>opt out of sharing: write</p>`:                                                                          {"You have been opted out", ""},
		`<p hidden>Opt-Out Request Honored</p><a hidden>Do not sell my data</a>`:                                                                           {},
		`<p>Read about Global Privacy Control. Cookies are active.</p><a>News</a>`:                                                                         {},
		`<template shadowrootmode="open"></template><div><template shadowrootmode="open"><a href="#">Your California Privacy Choices</a></template></div>`: {"", "Your California Privacy Choices"},
	} {
		got, err := ReadOptOut(t.Context(), &fakePage{t: t, markup: markup})
		if err != nil || got != want {
			t.Errorf("%s: %+v, %v", markup, got, err)
		}
	}
}
