package consent

import (
	"slices"
	"strings"
	"testing"
	"time"
)

const banner = `<div id="bar" style="position:fixed"><p>We use cookies for analytics and marketing on this website.</p>`

// TestFinder has small pages with what is found in them.
func TestFinder(t *testing.T) {
	for _, test := range []struct {
		name, markup string
		want         string // id of the banner; empty: none
		roles        []Role
	}{
		{"bar", banner + `<button>Accept</button><button>Reject</button></div>`, "bar", []Role{RoleAccept, RoleReject}},
		{"hidden", banner[:len(`<div id="bar" style="`)] + `display:none;` + banner[len(`<div id="bar" style="`):] + `<button>Accept</button></div>`, "", nil},
		{"inline at the top", `<div id="top" class="cookie-note"><p>We use cookies for analytics on this site.</p><a href="#">OK</a></div><main>text</main>`, "top", []Role{RoleAccept}},
		{"div with a listener", banner + `<div onclick="x()">Accept</div></div>`, "bar", []Role{RoleAccept}},
		{"X only", banner + `<button class="btn-close"></button></div>`, "bar", []Role{RoleClose}},
		{"shadow", `<x-y id="h"><template shadowrootmode="closed">` + banner + `<button>Accept</button></div></template></x-y>`, "bar", []Role{RoleAccept}},
		{"link to a policy", `<div id="bar" style="position:fixed"><a href="/cookies">Cookie policy</a> <a href="/privacy">Privacy policy</a></div>`, "", nil},
		{"reopen button", `<div id="bar" style="position:fixed"><button>Cookie settings</button></div>`, "", nil},
		{"newsletter", `<div role="dialog"><p>Our newsletter. We use cookies for marketing on this website.</p><input type="email"><button>No thanks</button></div>`, "", nil},
		{"slots", `<x-y id="h"><template shadowrootmode="open"><div style="position:fixed"><slot></slot></div></template><p>We use cookies for analytics and marketing on this website.</p><button>Accept</button></x-y>`, "h", []Role{RoleAccept}},
		{"buttons that are pictures alone", banner + `<button aria-label="Accept all of our cookies"></button><button aria-label="Reject all of our cookies"></button></div>`, "bar", []Role{RoleAccept, RoleReject}},
		{"shown in an article", `<main><article><figure id="f">` + banner[len(`<div id="bar" style="position:fixed">`):] + `<button>Accept</button></figure></article></main>`, "", nil},
		{"list of cookies", `<div id="l">` + banner[len(`<div id="bar" style="position:fixed">`):] + `<table><tr><td>_sid</td></tr></table><button>OK</button></div>`, "", nil},
		{"stands for a film", `<div class="embed">` + banner[len(`<div id="bar" style="position:fixed">`):] + `<button>Accept</button></div>`, "", nil},
		{"settings alone", banner + `<button>Cookie settings</button></div>`, "", nil},
		{"links in other cases", banner + `<a href="/p">Zásadách ochrany osobních údajů</a><a href="/c">Politique en matière de cookies</a><a href="https://maker.test/">Powered by GDPR Cookie Compliance</a><button>Accept</button></div>`, "bar", []Role{RoleMore, RoleMore, RoleAccept}},
		{"text about cookies", `<main><p>We use cookies for analytics on this website.</p><button>Search</button></main>`, "", nil},
	} {
		s := snapshotOf(t, "<html><body>"+test.markup+"</body></html>")
		list := s.candidates()
		id, roles := "", []Role(nil)
		if len(list) > 0 {
			id = s.Nodes[list[0].root].Attr["id"]
			for _, c := range list[0].controls {
				roles = append(roles, c.Role)
			}
		}
		if id != test.want || !slices.Equal(roles, test.roles) {
			t.Errorf("%s: found %q with %v", test.name, id, roles)
		}
	}
}

// TestSlidAway: what lies beside the window is not asked, though its tab shows.
func TestSlidAway(t *testing.T) {
	s := snapshotOf(t, banner+`<button id="tab">Privacy settings</button><button id="yes">Accept</button><button id="no">Withdraw consent</button></div>`)
	if len(s.candidates()) != 1 {
		t.Fatal("no banner while it stands there")
	}
	for i := range s.Nodes {
		if n := &s.Nodes[i]; n.isElement() && n.Attr["id"] != "tab" {
			n.Box.Y += s.Height
		}
	}
	if list := s.candidates(); len(list) > 0 {
		t.Errorf("found a banner that has slid away: %+v", list[0].controls)
	}
}

func TestToggles(t *testing.T) {
	s := snapshotOf(t, `<div id="l" role="dialog">
<label><input type="checkbox" checked> Necessary</label><label><input type="checkbox" checked disabled> Statistics</label>
<label><input type="checkbox" checked> Marketing</label><div><span>Social media</span><button role="switch" aria-checked="true"></button></div>
<label><input type="checkbox"> Preferences</label><button>Save</button></div>`)
	if got := preticked(s.controls(0)); !slices.Equal(got, []string{"Marketing", "Social media"}) {
		t.Errorf("on before a choice: %q", got)
	}
}

// TestOtherToggles has what is on or off without being a checkbox.
func TestOtherToggles(t *testing.T) {
	s := snapshotOf(t, `<div role="dialog">
<fieldset><legend>Statistics</legend><label><input type="radio" name="s" value="1" checked> Yes</label><label><input id="s0" type="radio" name="s" value="0"> No</label></fieldset>
<div>Marketing <label><input type="radio" name="m" value="granted"> A</label><label><input id="m0" type="radio" name="m" value="denied"> B</label></div>
<fieldset><legend>Size</legend><label><input type="radio" name="z" value="big" checked> big</label><label><input type="radio" name="z" value="small"> small</label></fieldset>
<span id="r" role="slider" aria-label="Social media" aria-valuemin="1" aria-valuenow="2"></span><span role="slider" aria-label="Films" aria-valuemin="1" aria-valuenow="1"></span>
<div role="radiogroup" aria-label="Partners"><b role="radio" aria-checked="true" onclick="x()">Yes</b><b role="radio" id="g0" aria-checked="false" onclick="x()">No</b></div>
<i role="tab" onclick="x()">Consent</i><button id="p" aria-pressed="true">Maps</button><button aria-pressed="true">Allow</button></div>`)
	type state struct {
		id, text string
		on, open bool
	}
	var got []state
	for _, c := range s.controls(0) {
		switch {
		case c.Role == RoleAccept && c.Text != "Allow":
			t.Errorf("%q answers the banner", c.Text)
		case c.Role == RoleToggle:
			got = append(got, state{s.Nodes[s.Index(c.ID)].Attr["id"], c.Text, c.On, c.Open})
		}
	}
	want := []state{{"s0", "Statistics", true, false}, {"m0", "Marketing", false, true}, {"r", "Social media", true, false}, {"", "Films", false, false}, {"g0", "Partners", true, false}, {"p", "Maps", true, false}}
	if !slices.Equal(got, want) {
		t.Errorf("toggles %+v, want %+v", got, want)
	}
}

// TestCollapsed has what boxes without extent cut off, and what they do not.
func TestCollapsed(t *testing.T) {
	s := snapshotOf(t, `<div id="box"><p id="in"></p><p id="fixed" style="position:fixed"></p><p id="beyond" style="position:absolute"></p></div>`)
	box := -1
	for i := range s.Nodes {
		if s.Nodes[i].Attr["id"] == "box" {
			box, s.Nodes[i].Box.H, s.Nodes[i].Style.Clips = i, 0, true
		}
	}
	check := func(want ...string) {
		t.Helper()
		var got []string
		for _, i := range s.elements(box) {
			if s.visible(i) {
				got = append(got, s.Nodes[i].Attr["id"])
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("visible are %q, want %q", got, want)
		}
	}
	check("fixed", "beyond")
	s.Nodes[box].Style.Position = "relative"
	check("fixed")
}

// TestQuestion has dialogs that come up after a refusal: what is pressed next.
func TestQuestion(t *testing.T) {
	first := banner + `<button id="no">Reject</button><button id="yes">Accept</button></div>`
	for _, test := range []struct{ dialog, want string }{
		{`<p>Do you really want to reject cookies?</p><button id="back">Back</button><button id="sure">Yes</button>`, "sure"},
		{`<p>Do you really want to reject cookies?</p><button id="a">Accept</button><button id="sure">Reject</button>`, "sure"},
		{`<p>Do you really want to reject cookies?</p><button id="a">No</button><button id="sure">Yes</button>`, "sure"},
		{`<p>Without cookies our site is less useful to you.</p><button id="all">Accept</button><button id="sure">Reject</button>`, "sure"},
		{`<p>Get notifications? A cookie keeps what you say.</p><button id="a">Accept</button><button id="b">Reject</button>`, ""},
		{`<p>Do you want cookies from us to bake at home?</p><button id="a">Yes</button>`, ""},
	} {
		p := &fakePage{t: t, markup: first, scenes: map[string]string{"no": strings.Replace(first, "position:fixed", "display:none", 1) + `<div role="alertdialog">` + test.dialog + `</div>`, "sure": "<p>gone</p>"}}
		out := rejected(t, p)
		want := []string{"no"}
		if test.want != "" {
			want = append(want, test.want)
		}
		if out.Result != Answered || !slices.Equal(p.clicked, want) {
			t.Errorf("%s: %s, clicked %v", test.dialog, out.Result, p.clicked)
		}
	}
}

// rejected finds the banner of a page and refuses.
func rejected(t *testing.T, p Page) Outcome {
	t.Helper()
	b, err := Find(t.Context(), p, Options{})
	if err != nil {
		t.Fatal(err)
	}
	out, err := b.Answer(t.Context(), p, Reject)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestTopRight: an X refuses where the Garante wants it, and nowhere else.
func TestTopRight(t *testing.T) {
	banner := Box{X: 100, Y: 500, W: 400, H: 100}
	for _, test := range []struct {
		x    Box
		want bool
	}{
		{Box{X: 470, Y: 505, W: 20, H: 20}, true},
		{Box{X: 470, Y: 540, W: 20, H: 20}, true}, // in the middle of a bar
		{Box{X: 110, Y: 505, W: 20, H: 20}, false},
		{Box{X: 470, Y: 570, W: 20, H: 20}, false},
	} {
		if topRight(test.x, banner) != test.want {
			t.Errorf("%v is at the top right: %v", test.x, !test.want)
		}
	}
}

// TestAnswerScenes plays answers through.
func TestAnswerScenes(t *testing.T) {
	first := banner + `<button id="all">Accept all</button><button id="set">Settings</button></div>`
	second := `<div role="dialog" id="two"><p>Your cookies</p><label><input id="m" type="checkbox" checked> Marketing</label><button id="save">Save choices</button></div>`
	off := `<div role="dialog" id="two"><p>Your cookies</p><label><input id="m" type="checkbox"> Marketing</label><button id="save">Save choices</button></div>`
	p := &fakePage{t: t, later: first, delay: 8 * time.Second, scenes: map[string]string{"all": "<p>gone</p>", "set": second, "m": off, "save": `<button id="r">Cookie settings</button>`}}
	b, err := Find(t.Context(), p, Options{})
	if err != nil || !b.Shown {
		t.Fatalf("a late banner is not found: %v", err)
	}
	out, err := b.Answer(t.Context(), p, Reject)
	if err != nil {
		t.Fatal(err)
	}
	if out.Result != Answered || out.Layer != 2 || out.Clicks != 3 || out.Text != "Save choices" || out.Reopen == nil ||
		!slices.Equal(p.clicked, []string{"set", "m", "save"}) || !slices.Equal(out.Preticked, []string{"Marketing"}) {
		t.Errorf("%+v, clicked %v", out, p.clicked)
	}
}

func TestNoBanner(t *testing.T) {
	p := &fakePage{t: t, markup: `<div id="onetrust-consent-sdk"></div>`}
	b, err := Find(t.Context(), p, Options{Patience: time.Second})
	if err != nil || b.Shown || !slices.Equal(b.Loaded, []string{"OneTrust"}) {
		t.Fatalf("%+v, %v", b, err)
	}
	out, err := b.Answer(t.Context(), p, Accept)
	if err != nil || out.Result != Silent || out.CMP != "OneTrust" || len(p.clicked) > 0 {
		t.Errorf("%+v, %v", out, err)
	}
}
