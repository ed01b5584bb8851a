package report

import (
	"strings"
	"testing"

	"cookiescan/scanner"
)

// english is how a scan is shown by default.
func english(t testing.TB) look {
	t.Helper()
	l, err := newLook(Options{})
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestCookieSetter(t *testing.T) {
	v := newView(readScan(t, "typical"), english(t))
	v.pages["none/9"] = scanner.Page{URL: "https://www.shop.test/old", FinalURL: "https://www.shop.test/new"}
	write := func(change func(*scanner.Write)) scanner.Cookie {
		w := scanner.Write{
			Via: scanner.ViaDocumentCookie, Action: scanner.Set, Attribution: scanner.Exact, Page: "none/3",
			URL: "https://www.google-analytics.com/analytics.js?id=1", Line: 3,
		}
		change(&w)
		return scanner.Cookie{Writes: []scanner.Write{w}}
	}
	for name, row := range map[string]struct {
		cookie scanner.Cookie
		want   string
	}{
		"script":   {write(func(*scanner.Write) {}), "www.google-analytics.com/analytics.js:3"},
		"inline":   {write(func(w *scanner.Write) { w.URL = "https://www.shop.test/sale" }), "inline in www.shop.test/sale:3"},
		"went on":  {write(func(w *scanner.Write) { w.Page, w.URL = "none/9", "https://www.shop.test/old" }), "inline in www.shop.test/old:3"},
		"response": {write(func(w *scanner.Write) { w.Via, w.URL, w.Line = scanner.ViaHTTP, "https://www.x.test/", 0 }), "response of www.x.test/"},
		"websocket": {write(func(w *scanner.Write) {
			w.Via, w.Context, w.URL, w.Line = scanner.ViaHTTP, scanner.InWebSocket, "wss://x.test:8443/l", 0
		}), "WebSocket x.test:8443/l"},
		"inferred": {write(func(w *scanner.Write) { w.Attribution = scanner.Inferred }), "probably www.google-analytics.com/analytics.js:3"},
		"nobody":   {write(func(w *scanner.Write) { w.Attribution = scanner.NoOne }), "unknown"},
		"jar":      {write(func(w *scanner.Write) { w.Via, w.URL = scanner.ViaUnknown, "" }), "unknown (seen in the jar)"},
		"user":     {write(func(w *scanner.Write) { w.Via, w.URL = scanner.ViaUser, "" }), "given by you"},
		"no write": {scanner.Cookie{}, "unknown (seen in the jar)"},
		"data URL": {write(func(w *scanner.Write) { w.URL = "data:text/javascript,x" }), "data:text/javascript,x:3"},
		"set, not deleted": {scanner.Cookie{Writes: []scanner.Write{
			{Via: scanner.ViaHTTP, Action: scanner.Delete, Attribution: scanner.Exact, URL: "https://a.test/"},
			{Via: scanner.ViaHTTP, Action: scanner.Set, Attribution: scanner.Exact, URL: "https://b.test/"},
		}}, "response of b.test/"},
		"site before user": {scanner.Cookie{Writes: []scanner.Write{
			{Via: scanner.ViaUser, Action: scanner.Set},
			{Via: scanner.ViaHTTP, Action: scanner.Change, Attribution: scanner.Exact, URL: "https://b.test/"},
		}}, "response of b.test/"},
	} {
		if got := v.cookieSetter(row.cookie).show(200, oneLine); got != row.want {
			t.Errorf("%s: got %q, want %q", name, got, row.want)
		}
	}
}

func TestSetterInLittleRoom(t *testing.T) {
	s := setter{lead: "response of", host: "www.shop.test", path: "/assets/js/vendor/app.js", line: ":210"}
	for _, row := range []struct {
		limit, way int
		want       string
	}{
		{54, oneLine, "response of www.shop.test/assets/js/vendor/app.js:210"},
		{40, oneLine, "response of www.shop.test/…/app.js:210"},
		{32, oneLine, "HTTP www.shop.test/…/app.js:210"},
		{21, oneLine, "HTTP www.s….js:210"},
		{30, twoLines, "response of www.shop.test\n/assets/js/vendor/app.js:210"},
		{20, twoLines, "HTTP www.shop.test\n/…/app.js:210"},
	} {
		got := s.show(row.limit, row.way)
		if row.limit == 21 {
			if width(got) != 21 {
				t.Errorf("%d columns: %q has %d", row.limit, got, width(got))
			}
			continue
		}
		if got != row.want {
			t.Errorf("%d columns: got %q, want %q", row.limit, got, row.want)
		}
	}
}

func TestFirstSeen(t *testing.T) {
	v := newView(readScan(t, "typical"), english(t))
	v.pages["none/99"] = scanner.Page{URL: "https://help.shop.test/a b?q=1", Source: "link"}
	for _, row := range []struct {
		trigger scanner.Trigger
		page    string
		want    string
	}{
		{scanner.OnLoad, "none/1", "load"},
		{scanner.OnTimer, "none/2", "timer on /pricing"},
		{scanner.OnScroll, "none/99", "scroll on help.shop.test/a%20b?q=1"},
		{scanner.OnPageHide, "none/1", "page hide"},
		{"", "", "unknown"},
		{scanner.OnLoad, "none/7777", "load on none/7777"},
		{"later", "none/1", "later"},
	} {
		trigger, on := v.firstSeen(scanner.Cookie{Writes: []scanner.Write{{Action: scanner.Set, Trigger: row.trigger, Page: row.page}}})
		if got := joinNonEmpty(" ", trigger, on); got != row.want {
			t.Errorf("%s on %s: got %q, want %q", row.trigger, row.page, got, row.want)
		}
	}
}

func TestRefusal(t *testing.T) {
	blocked := func(lists ...[]string) (c scanner.Cookie) {
		for _, list := range lists {
			c.Writes = append(c.Writes, scanner.Write{Action: scanner.Refused, Blocked: list})
		}
		return c
	}
	for want, c := range map[string]scanner.Cookie{
		"the browser gave no reason":                               blocked(nil),
		"SameSite=None without Secure":                             blocked([]string{"SameSiteNoneInsecure"}, []string{"SameSiteNoneInsecure"}),
		"Strict, but set from another site; the line is malformed": blocked([]string{"SameSiteStrict"}, []string{"SyntaxError"}),
		"Lax, but set from another site; SomethingLater9":          blocked([]string{"SchemefulSameSiteLax", "SomethingLater9"}),
		"no SameSite means Lax, but set from another site":         blocked([]string{"SchemefulSameSiteUnspecifiedTreatedAsLax"}),
	} {
		if got := refusal(c); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestNameWords(t *testing.T) {
	for in, want := range map[string]string{"": "(no name)", "a": "a", " ": "‹U+0020›", " a b  ": "‹U+0020›a b‹U+0020›‹U+0020›"} {
		if got := nameWords(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

func TestGapsKnowEveryCode(t *testing.T) {
	s := readScan(t, "typical")
	s.Incomplete = append(s.Incomplete, readScan(t, "consent").Incomplete...)
	s.Incomplete = append(s.Incomplete, scanner.Incomplete{Code: "later-code", Detail: "x"})
	list := gaps(s)
	if list[0].words != "later-code" || list[1].words != "interrupted" {
		t.Errorf("first come %q and %q", list[0].words, list[1].words)
	}
	if len(list) != len(gapKinds())+1 {
		t.Errorf("%d kinds for %d codes: one has no words", len(list), len(gapKinds()))
	}
}

// TestLimitsAfterLogin: who logged in did see what comes after that.
func TestLimitsAfterLogin(t *testing.T) {
	s := readScan(t, "typical")
	s.Settings.BasicAuth, s.Settings.Cookies, s.Settings.Steps = false, nil, ""
	if got := limitsOf(s); !strings.Contains(got, " a login or a form") {
		t.Error(got)
	}
	for name, give := range map[string]func(*scanner.Settings){
		"steps":    func(s *scanner.Settings) { s.Steps = "1f" },
		"password": func(s *scanner.Settings) { s.BasicAuth = true },
		"cookies":  func(s *scanner.Settings) { s.Cookies = []string{"sid"} },
	} {
		with := *s
		give(&with.Settings)
		if got := limitsOf(&with); !strings.Contains(got, " another login or a form") {
			t.Errorf("%s: %s", name, got)
		}
	}
}

// TestScopeOfControls: that controls were passed over is said, and with which flag
// they are not.
func TestScopeOfControls(t *testing.T) {
	s := &scanner.Scan{Settings: scanner.Settings{Scope: "domain"}}
	for _, row := range []struct {
		left []scanner.Left
		want bool
	}{
		{nil, false},
		{[]scanner.Left{{Reason: "consent", Count: 2}, {Reason: "danger", Count: 1}}, false},
		{[]scanner.Left{{Reason: "consent", Count: 2}, {Reason: "unknown", Count: 6}}, true},
	} {
		s.Coverage.Controls = &scanner.Controls{Left: row.left}
		if got := scope(s, printable); strings.Contains(got, "not pressed: controls of which nothing says what they do (--interact full).") != row.want {
			t.Errorf("%v: %s", row.left, got)
		}
	}
}
