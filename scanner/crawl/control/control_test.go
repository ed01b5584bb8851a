package control

import (
	"strings"
	"testing"
)

func TestDecide(t *testing.T) {
	l := load(t)
	for _, c := range []struct {
		what       string
		c          Control
		safe, full Reason // those that press begin with "+"
	}{
		{"menu button", Control{Name: "Products", Role: "button", HasPopup: "menu", Expanded: "false"}, "+attribute", "+attribute"},
		{"hamburger", Control{Role: "button", Class: "burger-icon"}, "+class", "+class"},
		{"hamburger in one word", Control{Role: "button", Class: "btnMenuToggle"}, "+word", "+word"},
		{"tab", Control{Name: "Care", Role: "tab", Selected: "false"}, "+role", "+role"},
		{"open tab", Control{Name: "Care", Role: "tab", Selected: "true"}, "open", "open"},
		{"accordion", Control{Name: "How long does it take?", Role: "button", Expanded: "false", Controls: "a1"}, "+attribute", "+attribute"},
		{"open accordion", Control{Name: "How long does it take?", Role: "button", Expanded: "true", Controls: "a1"}, "open", "open"},
		{"summary", Control{Name: "Ingredients", Tag: "SUMMARY", Role: "DisclosureTriangle"}, "+role", "+role"},
		{"summary with a dangerous name", Control{Name: "Delete my data", Tag: "summary"}, "danger", "danger"},
		{"player", Control{Tag: "video", InPlayer: true}, "+role", "+role"},
		{"play button", Control{Name: "Play", Role: "button", InPlayer: true}, "+word", "+word"},
		{"play icon", Control{Role: "button", Class: "ytp-large-play-button", InPlayer: true}, "+word", "+word"},
		{"load more", Control{Name: "Load 12 more", Role: "button"}, "+word", "+word"},
		{"map in place of which a box stands", Control{Name: "Karte von OpenStreetMap laden", Role: "button"}, "+word", "+word"},
		{"map that asks for consent", Control{Name: "Accept and load map", Role: "button"}, "danger", "danger"},
		{"carousel arrow", Control{Role: "button", Class: "slick-arrow slick-next"}, "+word", "+word"},
		{"router link", Control{Name: "Collections", Role: "link", Tag: "div"}, "+role", "+role"},
		{"router link to log out", Control{Name: "Log out", Role: "link", Tag: "div"}, "danger", "danger"},
		{"popover", Control{Name: "Sizes", Tag: "button", PopoverTarget: "p"}, "+attribute", "+attribute"},
		{"dropdown that is no field", Control{Name: "Country", Role: "combobox", Tag: "button", HasPopup: "listbox"}, "+attribute", "+attribute"},
		{"unknown", Control{Name: "Quux", Role: "button"}, "unknown", "+full"},
		{"menu entry", Control{Name: "About us", Role: "button", InMenu: true, Lang: "en-GB"}, "+place", "+place"},
		{"menu entry of a page that does not say its language", Control{Name: "Про нас", Role: "button", InMenu: true}, "+place", "+place"},
		{"menu entry in Bokmål", Control{Name: "Om oss", Role: "button", InMenu: true, Lang: "nb"}, "+place", "+place"},
		{"menu entry that logs out", Control{Name: "Вийти", Role: "button", InMenu: true, Lang: "uk"}, "danger", "danger"},
		{"menu entry to the people of the site", Control{Name: "Contact us", Role: "button", InMenu: true}, "+place", "+place"},
		{"menu entry that deletes one of them", Control{Name: "Delete contact", Role: "button", InMenu: true}, "danger", "danger"},
		{"contact in an unknown language", Control{Name: "Contact", Role: "button", InMenu: true, Lang: "id"}, "danger", "danger"},
		{"contact elsewhere", Control{Name: "Contact us", Role: "button"}, "danger", "danger"},
		{"menu entry that deletes", Control{Name: "Delete", Role: "button", InMenu: true}, "danger", "danger"},
		{"menu entry in an unknown language", Control{Name: "Keluar", Role: "button", InMenu: true, Lang: "id"}, "unknown", "+full"},
		{"menu entry in unknown letters", Control{Name: "退出", Role: "button", InMenu: true, Lang: "en"}, "unknown", "+full"},
		{"menu entry without letters", Control{Name: "2", Role: "button", InMenu: true}, "unknown", "+full"},
		{"nameless menu entry", Control{Role: "button", InMenu: true, Class: "icon"}, "unknown", "+full"},
		{"sentence in a menu", Control{Name: "Win a trip for two people", Role: "button", InMenu: true}, "unknown", "+full"},
		{"language in a menu", Control{Name: "Deutsch", Role: "button", InMenu: true}, "unknown", "+full"},
		{"language code in a menu", Control{Name: "DE", Role: "button", InMenu: true}, "unknown", "+full"},
		{"toggle in a menu", Control{Name: "Dark", Role: "button", InMenu: true, Pressed: "false"}, "unknown", "+full"},
		{"menu entry in a form", Control{Name: "Go", Tag: "button", Type: "button", InMenu: true, InForm: true}, "form", "form"},
		{"card", Control{Name: "Tent From 90 €", Tag: "div", Card: true}, "+place", "+place"},
		{"card that sells", Control{Name: "Tent Buy now", Tag: "div", Card: true}, "danger", "danger"},
		{"card in a dialog", Control{Name: "Tent", Tag: "div", Card: true, InDialog: true}, "unknown", "+full"},
		{"unknown menu item", Control{Name: "Quux", Role: "menuitem"}, "unknown", "+full"},
		{"nameless", Control{Role: "button"}, "unknown", "+full"},
		{"nameless to the cart", Control{Role: "button", Class: "js-addToCart"}, "danger", "danger"},
		{"nameless share icon", Control{Role: "button", ID: "share_button"}, "danger", "danger"},
		{"toggle with a state", Control{Name: "Show prices", Role: "button", Pressed: "false"}, "unknown", "+full"},
		{"switch", Control{Name: "Show prices", Role: "switch"}, "input", "input"},
		{"checkbox", Control{Name: "Show all", Tag: "input", Type: "checkbox"}, "input", "input"},
		{"text field", Control{Name: "Show", Tag: "input", Type: "text"}, "input", "input"},
		{"field of a list", Control{Name: "Show", Tag: "input", Role: "combobox", HasPopup: "listbox"}, "input", "input"},
		{"select", Control{Name: "View", Tag: "select"}, "input", "input"},
		{"file", Control{Name: "View", Tag: "input", Type: "file"}, "input", "input"},
		{"submit", Control{Name: "Show results", Tag: "button", Type: "submit", InForm: true}, "form", "form"},
		{"submit that opens", Control{Name: "Filter", Tag: "button", Type: "SUBMIT", InForm: true, Expanded: "false"}, "form", "form"},
		{"image that submits", Control{Name: "More", Tag: "input", Type: "image", InForm: true}, "form", "form"},
		{"unknown in a form", Control{Name: "Quux", Tag: "button", Type: "button", InForm: true}, "form", "form"},
		{"class in a form", Control{Name: "Quux", Tag: "button", Type: "button", InForm: true, Class: "accordion"}, "form", "form"},
		{"opens in a form", Control{Name: "Dates", Tag: "button", Type: "button", InForm: true, Expanded: "false"}, "+attribute", "+attribute"},
		{"shows in a form", Control{Name: "Show password rules", Tag: "button", Type: "button", InForm: true}, "+word", "+word"},
		{"link", Control{Name: "More", Tag: "a", Href: "/more"}, "link", "link"},
		{"absolute link", Control{Name: "More", Tag: "a", Href: "https://a.test/"}, "link", "link"},
		{"anchor", Control{Name: "More", Tag: "a", Href: "#more"}, "+word", "+word"},
		{"script link", Control{Name: "More", Tag: "a", Href: "javascript:void(0)"}, "+word", "+word"},
		{"script link that submits", Control{Name: "More", Tag: "a", Href: "JavaScript:document.forms[0].submit()"}, "form", "form"},
		{"mail", Control{Name: "More", Tag: "a", Href: " mailto:a@a.test"}, "external", "external"},
		{"phone", Control{Name: "More", Tag: "a", Href: "tel:123"}, "external", "external"},
		{"app", Control{Name: "More", Tag: "a", Href: "whatsapp://send"}, "external", "external"},
		{"download", Control{Name: "More", Tag: "a", Href: "#", Download: true}, "external", "external"},
		{"disabled", Control{Name: "More", Role: "button", Disabled: true}, "disabled", "disabled"},
		{"hidden", Control{Name: "More", Role: "button", Hidden: true}, "disabled", "disabled"},
		{"consent banner", Control{Name: "Show details", Role: "button", Consent: true}, "consent", "consent"},
		{"OK", Control{Name: "OK", Role: "button"}, "danger", "danger"},
		{"more, where a dialog deletes", Control{Name: "Go ahead", Role: "button", InDialog: true, Around: []string{"", "Delete your account?"}}, "danger", "danger"},
		{"details in a dialog", Control{Name: "Details", Role: "button", InDialog: true, Around: []string{"Our stores"}}, "+word", "+word"},
		{"details near something dangerous", Control{Name: "Details", Role: "button", Around: []string{"Your order"}}, "+word", "+word"},
		{"danger wins over showing", Control{Name: "Show and accept", Role: "button", Expanded: "false"}, "danger", "danger"},
	} {
		for mode, want := range map[Mode]Reason{Off: ModeOff, "": ModeOff, Safe: c.safe, Full: c.full} {
			v := l.Decide(mode, c.c)
			got := v.Reason
			if v.Press {
				got = "+" + got
			}
			if got != want {
				t.Errorf("%s, %s: %s (%s), want %s", c.what, mode, got, v.Word, want)
			}
		}
	}
}

func TestWords(t *testing.T) {
	for name, want := range map[string]string{
		"S'abonner": "s abonner", "E-MAIL": "e mail", "Größe": "grosse", "Straße": "strasse", "ŁÓDŹ": "lodz", "Ħallas": "hallas", "ΑΓΟΡΆΣ": "αγορασ",
		"Køb": "kob", "Й": "и", "ﬁle": "file", "ｂｕｙ": "buy", "sha\u00adre": "share", "s\u200bend": "send", "": "", "…": "", "№5": "no5", "a\xffb": "a b",
	} {
		if got := strings.Join(words(name), " "); got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
	if n := len(strings.Join(words(strings.Repeat("ü ", 1000)), "")); n > maxName {
		t.Errorf("%d bytes", n)
	}
}

func TestPhrases(t *testing.T) {
	l := &Lexicon{exact: map[string][]*phrase{}, stems: map[string][]*phrase{}}
	for _, text := range []string{"buy*", "log out", "add ~ cart", "=no", "s'abonner"} {
		if !l.add(text, "buy") {
			t.Errorf("%q is refused", text)
		}
	}
	for _, text := range []string{"", "~", "~ x", "x ~", "=", "*"} {
		if l.add(text, "buy") {
			t.Errorf("%q is taken", text)
		}
	}
	for name, want := range map[string]string{
		"Buying": "buy*", "rebuy": "", "log me out": "", "log out": "log out", "logout": "", "out log": "", "add cart": "add ~ cart",
		"add it to my cart": "add ~ cart", "add it to my very own cart": "", "no": "=no", "No!": "=no", "no way": "", "s’abonner": "s'abonner",
	} {
		does, _ := l.judge(words(name))
		if got := textOf(does); got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
}

func textOf(p *phrase) string {
	if p == nil {
		return ""
	}
	return p.text
}

func FuzzDecide(f *testing.F) {
	l := load(f)
	f.Add("Buy now", "button", "", "btn")
	f.Add("\xff", "tab", "mailto:", "")
	f.Fuzz(func(t *testing.T, name, role, href, class string) {
		c := Control{Name: name, Role: role, Href: href, Class: class}
		safe, full := l.Decide(Safe, c), l.Decide(Full, c)
		if safe.Press && !full.Press {
			t.Errorf("safe presses %q and full does not", name)
		}
		c.Name += " buy now"
		if v := l.Decide(Full, c); v.Press && len(name) < maxName/2 {
			t.Errorf("%q is pressed", c.Name)
		}
	})
}

func BenchmarkDecide(b *testing.B) {
	l := load(b)
	for b.Loop() {
		l.Decide(Safe, Control{Name: "Show all 24 reviews of this product", Role: "button"})
	}
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		load(b)
	}
}
