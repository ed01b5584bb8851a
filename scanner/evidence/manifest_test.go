package evidence

import (
	"bytes"
	"crypto/ed25519"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"cookiescan/scanner"
	"cookiescan/scanner/journal"
	"cookiescan/scanner/walk"
)

// event is one line of a log.
type event struct {
	name string
	data any
}

// logOf is a log of events, one a second.
func logOf(t *testing.T, events ...event) *bytes.Reader {
	t.Helper()
	path := filepath.Join(t.TempDir(), "log")
	now := time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)
	w, err := journal.Create(path, func() time.Time { now = now.Add(time.Second); return now })
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range events {
		if err := w.Write(e.name, e.data); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return bytes.NewReader(b)
}

// aScan was killed in its second pass and gone on with.
func aScan(t *testing.T) Sources {
	t.Helper()
	first := Run{Command: []string{"cookiescan scan"}, Operator: "Ana", Case: "17", Tool: Program{Version: "1"}, Browser: Binary{Window: "800,600"}}
	second := Run{Command: []string{"cookiescan scan", "--resume=true"}, Tool: Program{Version: "1"}, Browser: Binary{Window: "800,600"}, KeyIncluded: true}
	certificate := &walk.Certificate{Subject: "x.test"}
	better := &walk.Certificate{Subject: "x.test", SHA256: "00"}
	return Sources{
		Scan: &scanner.Scan{
			Complete: true, Settings: scanner.Settings{Region: "DE", Locale: "de-DE"},
			Passes: []scanner.Pass{
				{Phase: "none", Pages: make([]scanner.Page, 3)},
				{Phase: "accept", Consent: &scanner.Consent{Action: scanner.ActionAccept}, Pages: make([]scanner.Page, 3)},
			},
		},
		Events: logOf(
			t,
			event{EventScan, RunEvent{first}},
			event{walk.EventProfile, walk.ProfileEvent{Phase: "none", Cookies: 2, Given: 2}},
			event{walk.EventInput, walk.InputEvent{Page: "none/1", Inputs: []walk.Input{
				{Kind: walk.InputScroll, Done: true}, {Kind: walk.InputPress, Done: true}, {Kind: walk.InputPress},
			}}},
			event{walk.EventHosts, walk.HostsEvent{Phase: "none", Hosts: []walk.HostEvent{
				{Name: "x.test", Ports: []uint16{443}, Addresses: []string{"192.0.2.1", "2001:db8::1"}, Outcome: "ok", Certificate: certificate},
				{Name: "a.test", Ports: []uint16{80}, Outcome: "failed"},
			}}},
			event{walk.EventProfile, walk.ProfileEvent{Phase: "accept", Cookies: 1}},
			event{EventResume, RunEvent{second}},
			event{walk.EventProfile, walk.ProfileEvent{Phase: "accept", Error: "gone"}},
			event{walk.EventInput, walk.InputEvent{Page: "accept/1", Inputs: []walk.Input{{Kind: walk.InputAnswer, Done: true}, {Kind: walk.InputScroll, Done: true}}}},
			event{walk.EventHosts, walk.HostsEvent{Phase: "accept", Hosts: []walk.HostEvent{
				{Name: "x.test", Ports: []uint16{443, 8443}, Addresses: []string{"192.0.2.1"}, Outcome: "ok", Certificate: better},
			}}},
			event{EventAgain, AgainEvent{Visit: scanner.SecondVisit{URL: "https://x.test/"}}},
			event{EventLook, LookEvent{Program: Binary{Engine: "full"}, Look: scanner.SecondLook{Detail: "why"}}},
			event{EventEnd, EndEvent{Complete: true, ElapsedMs: 5}},
		),
		Files:  []string{"scan.json", EventsFile, "cookies.txt", SetCookieFile, BannersFile, Screenshots + "/none-start.png"},
		Signer: ed25519.NewKeyFromSeed(make([]byte, 32)).Public().(ed25519.PublicKey),
	}
}

func TestManifest(t *testing.T) {
	m, err := Build(aScan(t))
	if err != nil {
		t.Fatal(err)
	}
	if m.Operator != "Ana" || m.Case != "17" || m.Signature == nil || m.Digests.Key != keyIncluded {
		t.Errorf("operator %q, case %q, signature %v, key %q", m.Operator, m.Case, m.Signature, m.Digests.Key)
	}
	if len(m.Runs) != 2 || m.Runs[0].ElapsedMs != 0 || m.Runs[1].ElapsedMs != 5 || m.Runs[1].Event != "resume" {
		t.Errorf("runs %+v", m.Runs)
	}
	none, accept := m.Passes[0], m.Passes[1]
	if len(none.Profiles) != 1 || !none.Profiles[0].Empty || none.Profiles[0].Given != 2 || none.Profiles[0].Seq != 2 {
		t.Errorf("profiles of none: %+v", none.Profiles)
	}
	if len(accept.Profiles) != 2 || accept.Profiles[0].Empty || accept.Profiles[1].Empty || accept.Profiles[1].Error != "gone" {
		t.Errorf("profiles of accept: %+v", accept.Profiles)
	}
	if none.Inputs != (Inputs{Scrolled: 1, Pressed: 1}) || accept.Inputs != (Inputs{Scrolled: 1, Answered: 1}) || accept.Action != scanner.ActionAccept {
		t.Errorf("inputs %+v and %+v", none.Inputs, accept.Inputs)
	}
	if len(m.Hosts) != 2 || m.Hosts[0].Name != "a.test" {
		t.Fatalf("hosts %+v", m.Hosts)
	}
	x := m.Hosts[1]
	if x.Certificate == nil || x.Certificate.SHA256 != "00" || !slices.Equal(x.Ports, []uint16{443, 8443}) || !slices.Equal(x.Phases, []string{"none", "accept"}) {
		t.Errorf("host %+v", x)
	}
	if l := m.SecondLook; l == nil || l.Program.Engine != "full" || l.Detail != "why" || l.Time.IsZero() {
		t.Errorf("second look %+v", l)
	}
	if m.Visitor.IPv4 != 1 || m.Visitor.IPv6 != 1 || m.Visitor.Proxy != "none" || m.Visitor.Region != "DE" {
		t.Errorf("visitor %+v", m.Visitor)
	}
}

// TestManifestNamesTheKey: an unfinished scan has it in the file to go on with.
func TestManifestNamesTheKey(t *testing.T) {
	for complete, want := range map[bool]string{true: keyForgotten, false: keyUnfinished} {
		m, err := Build(Sources{Scan: &scanner.Scan{Complete: complete}, Events: logOf(t)})
		if err != nil || m.Digests.Key != want {
			t.Errorf("complete %v: %q, %v", complete, m.Digests.Key, err)
		}
	}
}

// TestQuestionsAreAnswered: what is said to be somewhere is there, and what is
// not has a reason.
func TestQuestionsAreAnswered(t *testing.T) {
	full := aScan(t)
	bare := full
	bare.Events, bare.Files, bare.Signer = logOf(t), []string{"scan.json", EventsFile}, nil
	bare.Scan = &scanner.Scan{}
	reasons := map[string]int{}
	for name, src := range map[string]Sources{"full": full, "bare": bare} {
		m, err := Build(src)
		if err != nil {
			t.Fatal(err)
		}
		b, err := json.Marshal(m)
		if err != nil {
			t.Fatal(err)
		}
		var fields map[string]any
		if err := json.Unmarshal(b, &fields); err != nil {
			t.Fatal(err)
		}
		for _, a := range m.Questions {
			switch {
			case (a.In == "") == (a.Why == ""):
				t.Errorf("%s: %q has %q and %q, want one of them", name, a.Question, a.In, a.Why)
			case a.Why != "":
				reasons[name]++
			case !there(m, fields, a.In):
				t.Errorf("%s: %q is not in %s", name, a.Question, a.In)
			}
		}
	}
	if reasons["full"] >= reasons["bare"] || reasons["full"] > 13 {
		t.Errorf("not recorded: %v", reasons)
	}
}

// there looks for a field of the manifest, or a file.
func there(m *Manifest, fields map[string]any, name string) bool {
	if name == SumsFile || slices.ContainsFunc(m.Files, func(f File) bool { return strings.HasPrefix(f.Path, name) }) {
		return true
	}
	var v any = fields
	for part := range strings.SplitSeq(name, ".") {
		object, _ := v.(map[string]any)
		if v = object[part]; v == nil {
			return false
		}
	}
	return true
}

func TestManifestOfABrokenLog(t *testing.T) {
	src := aScan(t)
	src.Events = strings.NewReader("{}\n")
	if _, err := Build(src); err == nil {
		t.Error("a log that is none makes a manifest")
	}
	src.Events = logOf(t, event{EventScan, RunEvent{}}, event{walk.EventHosts, "no object"})
	if _, err := Build(src); err == nil || !strings.Contains(err.Error(), "event 2 (hosts)") {
		t.Errorf("data of another event: %v", err)
	}
}

func TestBanners(t *testing.T) {
	d := &scanner.Scan{Passes: []scanner.Pass{{Phase: "none"}, {Phase: "accept", Consent: &scanner.Consent{Banner: true, BannerText: "We use cookies"}}}}
	b, err := json.Marshal(Banners(d))
	if want := `[{"pass":"accept","banner":true,"bannerText":"We use cookies"}]`; err != nil || string(b) != want {
		t.Errorf("got %s, %v", b, err)
	}
}

func TestOwnFiles(t *testing.T) {
	dir := sealed(t)
	for _, name := range []string{"evidence/mine.txt", "screenshots/holiday.png", "screenshots/none-x.exe", "screenshots/deep/none-x.png"} {
		put(t, dir, name, "")
	}
	got, err := OwnFiles(dir)
	if want := []string{SetCookieFile, "screenshots/none-start.png"}; err != nil || !slices.Equal(got, want) {
		t.Errorf("got %q, %v", got, err)
	}
}
