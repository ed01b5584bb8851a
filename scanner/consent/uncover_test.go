package consent

import (
	"slices"
	"testing"
)

// TestUncover has boxes over a banner: what is pressed to get at it.
func TestUncover(t *testing.T) {
	const under = `<div id="bar" style="position:fixed"><p>We use cookies for analytics and marketing on this website.</p><button id="no" data-under="over">Reject</button><button data-under="over">Accept</button></div>`
	for _, test := range []struct {
		name, over string
		want       []string
		result     Result
	}{
		{"X", `<div id="over" style="position:fixed"><p>Our offers of the week</p><button id="yes">Yes, please</button><button id="x">×</button></div>`, []string{"x", "no"}, Answered},
		{"newsletter", `<div id="over" style="position:fixed"><p>Our newsletter</p><input type="email"><button id="yes">I agree</button><button id="x">No thanks</button></div>`, []string{"x", "no"}, Answered},
		{"backdrop of its own", `<div id="over" style="position:fixed"></div><div role="dialog" aria-modal="true"><p>Our offers</p><button id="x" aria-label="Close"></button></div>`, []string{"x", "no"}, Answered},
		{"backdrop and a box that is no dialog", `<div id="over" style="position:fixed"></div><div style="position:fixed"><p>Get 10 % off</p><input type="email"><button id="yes">Sign up</button><div id="x" onclick="x()">×</div></div>`, []string{"x", "no"}, Answered},
		{"a link that closes", `<div id="over" style="position:fixed"><p>Our offers of the week</p><a id="x" href="#">Close</a></div>`, []string{"x", "no"}, Answered},
		{"age", `<div id="over" style="position:fixed"><p>Are you over 18?</p><button id="yes">Yes</button><button id="x">No</button></div>`, nil, NotOperable},
		{"newsletter with a link away", `<div id="over" style="position:fixed"><p>Our newsletter</p><input type="email"><a href="https://away.test/" id="x">No thanks</a></div>`, nil, NotOperable},
		{"nothing to press", `<div id="over" style="position:fixed"><p>Loading</p></div>`, nil, NotOperable},
	} {
		p := &fakePage{t: t, markup: under + test.over, scenes: map[string]string{"x": under, "no": "<p>done</p>", "yes": "<p>done</p>"}}
		out := rejected(t, p)
		if out.Result != test.result || !slices.Equal(p.clicked, test.want) {
			t.Errorf("%s: %s after %q, want %s after %q", test.name, out.Result, p.clicked, test.result, test.want)
		}
		if out.Result == Answered && (out.Clicks != 1 || out.Text != "Reject") {
			t.Errorf("%s: %d presses, the last of %q; the box over the banner is none of it", test.name, out.Clicks, out.Text)
		}
	}
}
