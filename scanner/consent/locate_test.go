package consent

import "testing"

const located = `<body>
<form><label for=u>User name</label><input id=u><label>Password <input id=p type=password></label>
<input id=q placeholder="Search the shop" type=search><select id=c aria-label=Country><option>DE</select></form>
<div id=plain>Log in</div><a id=link href="/x">Log in</a><button id=go>Log in</button><button id=hidden hidden>Log in</button>
<p id=note>Nobody is <b id=bold>logged</b> in</p>
<my-form id=host><template shadowrootmode=open><input id=inner name=code><button id=send>Send</button></template></my-form>
<iframe id=f srcdoc="<button id=framed>Framed</button>"></iframe>
<input id=later type=checkbox hidden><label id=text for=later>Remember me</label>
</body>`

func TestLocate(t *testing.T) {
	s := snapshotOf(t, located)
	for _, c := range []struct {
		way  Way
		want string // id of the first element; "-" for one that does not show
	}{
		{mustWay(t, "#u"), "u"},
		{mustWay(t, "pierce/#inner"), "inner"},
		{mustWay(t, "#host", "input"), "inner"},
		{mustWay(t, "#f", "button"), "framed"},
		{mustWay(t, "xpath///*[@id='c']"), "c"},
		{mustWay(t, "aria/User name"), "u"},
		{mustWay(t, "aria/Password"), "p"},
		{mustWay(t, `aria/Log in[role="button"]`), "go"},
		{mustWay(t, "aria/Log in"), "link"},
		{mustWay(t, "text/Log in"), "plain"},
		{mustWay(t, "text/nobody IS"), "note"},
		{WayByRole("button", "log  IN"), "go"},
		{WayByRole("textbox", "user name"), "u"},
		{WayByRole("searchbox", "Search the shop"), "q"},
		{WayByRole("combobox", "Country"), "c"},
		{WayByRole("button", "Framed"), "framed"},
		{WayByRole("button", "Send"), "send"},
		{mustWay(t, "#later"), "-later"},
		{mustWay(t, "#none"), ""},
		{Way{}, ""},
	} {
		ids, shown := s.Locate([]Way{c.way})
		have := ""
		if len(ids) > 0 {
			have = s.Nodes[s.Index(ids[0])].Attr["id"]
		}
		if len(ids) > 0 && !shown {
			have = "-" + have
		}
		if have != c.want {
			t.Errorf("%v: %q, want %q", c.way, have, c.want)
		}
	}
	if ids, _ := s.Locate([]Way{mustWay(t, "#none"), mustWay(t, "#later"), mustWay(t, "#go")}); len(ids) != 1 || s.Nodes[s.Index(ids[0])].Attr["id"] != "go" {
		t.Errorf("the way that finds what shows counts: %v", ids)
	}
	box, _ := s.Locate([]Way{mustWay(t, "#later")})
	if l := s.Label(box[0]); s.Describe(l) != `label#text "Remember me"` {
		t.Errorf("label %q", s.Describe(l))
	}
}

func TestParseWay(t *testing.T) {
	for _, bad := range [][]string{nil, {""}, {"#a >"}, {"aria/"}, {"aria/ "}, {"text/"}, {"xpath///b["}, {"#a", "["}} {
		if _, err := ParseWay(bad...); err == nil {
			t.Errorf("%q is read", bad)
		}
	}
}

func mustWay(t *testing.T, chain ...string) Way {
	t.Helper()
	w, err := ParseWay(chain...)
	if err != nil {
		t.Fatal(err)
	}
	return w
}
