package consent

import (
	"slices"
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

func TestToggles(t *testing.T) {
	s := snapshotOf(t, `<div id="l" role="dialog">
<label><input type="checkbox" checked> Necessary</label><label><input type="checkbox" checked disabled> Statistics</label>
<label><input type="checkbox" checked> Marketing</label><div><span>Social media</span><button role="switch" aria-checked="true"></button></div>
<label><input type="checkbox"> Preferences</label><button>Save</button></div>`)
	if got := preticked(s.controls(0)); !slices.Equal(got, []string{"Marketing", "Social media"}) {
		t.Errorf("on before a choice: %q", got)
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
