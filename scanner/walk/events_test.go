package walk_test

import (
	"encoding/json"
	"errors"
	"net/netip"
	"strings"
	"testing"
	"time"

	"cookiescan/scanner/crawl/control"
	"cookiescan/scanner/egress"
	"cookiescan/scanner/ledger"
	"cookiescan/scanner/walk"
)

// TestEvents looks at what the log is told of a pass beside its pages.
func TestEvents(t *testing.T) {
	b := &fakeBrowser{
		pages: map[string]fakePage{"/": {cookie: "c", controls: []walk.Control{
			{Handle: "1", Name: "Menu " + strings.Repeat("ü", 300), Role: "button", Tag: "button", Expanded: "false"},
		}, seen: walk.Seen{Observations: []ledger.Observation{
			ledger.Request{At: ledger.At{Page: "none/1", Time: time.Unix(1, 0)}, URL: "https://y.test/p?id=1", Method: "GET", Request: "7", Answer: ledger.Answer{Status: 204}},
		}}}},
		hosts: []egress.HostRecord{
			{Host: "x.test", Ports: []uint16{443}, Connections: 2, Outcome: egress.OutcomeOK, Addrs: []netip.Addr{netip.MustParseAddr("192.0.2.1")}},
			{Host: "y.test", Outcome: egress.OutcomePending},
		},
	}
	o := options(b)
	o.Interact = control.Safe
	var events []string
	data := map[string]any{}
	o.Record = func(event string, d any) error {
		events = append(events, event)
		data[event] = d
		return nil
	}
	var headers []string
	o.Headers = func(phase string, r ledger.Response) error {
		headers = append(headers, phase+" "+r.Page+" "+r.SetCookie[0].Raw)
		return nil
	}
	run(t.Context(), t, o)
	want(t, "events", events, "pass", "profile", "visit", "page", "input", "requests", "hosts", "pass-end")
	sent := data["requests"].(walk.RequestsEvent)
	if sent.Pass != "none" || sent.Page != "none/1" || len(sent.Requests) != 1 || sent.Requests[0].Status != 204 || strings.Contains(sent.Requests[0].URL, "id=1") {
		t.Errorf("requests %+v", sent)
	}
	want(t, "headers", headers, "none none/1 c=1")
	if p := data["profile"].(walk.ProfileEvent); p != (walk.ProfileEvent{Phase: "none"}) {
		t.Errorf("profile %+v", p)
	}
	var inputs []string
	for _, in := range data["input"].(walk.InputEvent).Inputs {
		if in.Time.IsZero() || in.Time.Location() != time.UTC || len([]rune(in.Name)) > 200 {
			t.Errorf("input %+v", in)
		}
		inputs = append(inputs, in.Kind+" "+in.Role)
	}
	want(t, "inputs", inputs, "scroll ", "press button")
	h, err := json.Marshal(data["hosts"])
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{`"name":"x.test"`, `"addresses":["192.0.2.1"]`, `"subject":"x.test"`, `"name":"y.test"`, `"outcome":"failed"`} {
		if !strings.Contains(string(h), part) {
			t.Errorf("hosts lack %s: %s", part, h)
		}
	}
}

// TestHeadersThatCannotBeKept ends the scan: evidence with gaps is none.
func TestHeadersThatCannotBeKept(t *testing.T) {
	b := &fakeBrowser{pages: map[string]fakePage{"/": {cookie: "c"}}}
	o := options(b)
	full := errors.New("the disk is full")
	o.Headers = func(string, ledger.Response) error { return full }
	if _, err := walk.Run(t.Context(), o); !errors.Is(err, full) {
		t.Errorf("got %v", err)
	}
}
