package consent

import (
	"slices"
	"testing"
)

// TestReopener: a control that says what it does, one that only its platform's
// rule knows, and none.
func TestReopener(t *testing.T) {
	icon := `<div id="tarteaucitronRoot"><div id="tarteaucitronIcon"><button id="tarteaucitronManager" aria-label="Cookies (fenêtre modale)"></button></div></div>`
	for _, test := range []struct{ name, page, want string }{
		{"says so", `<button>Cookie settings</button>` + icon, "Cookie settings"},
		{"the rule knows", icon, "Cookies (fenêtre modale)"},
		{"not this platform", `<button id="tarteaucitronManager">Cookies</button>`, ""},
		{"none", `<button>Search</button>`, ""},
	} {
		c, err := newPresser(&fakePage{t: t, markup: test.page}, Options{}).reopener(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if c == nil && test.want != "" || c != nil && (c.Text != test.want || c.Role != RoleReopen) {
			t.Errorf("%s: %+v, want %q", test.name, c, test.want)
		}
	}
}

// TestReopenLink: a link that leads away is no control, but worth a look.
func TestReopenLink(t *testing.T) {
	page := `<a href="/about">About us</a><a href="#">Cookie settings</a><a href="/cookies/settings">Cookie preferences</a>`
	link, err := newPresser(&fakePage{t: t, markup: page}, Options{}).reopenLink(t.Context())
	if err != nil || link != "Cookie preferences" {
		t.Errorf("%q, %v", link, err)
	}
}

func TestRemembered(t *testing.T) {
	before := Signals{Memory: map[string]string{"tarteaucitron": "!a=wait", "cookie_test": "1"}}
	after := Signals{Memory: map[string]string{"tarteaucitron": "!a=true", "cookie_test": "1", "c15t": ""}}
	if got := after.Remembered(before); !slices.Equal(got, []string{"c15t", "tarteaucitron"}) {
		t.Errorf("%q", got)
	}
}
