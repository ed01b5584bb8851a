package classify

import (
	"strings"
	"testing"

	"cookiescan/scanner"
)

func TestFoldName(t *testing.T) {
	for name, want := range map[string]string{
		"foo_8f3a9c12d4":                            "foo_*",
		"_gat_UA-1234567-1":                         "_gat_UA-*-1",
		"ph_4f1c1a0e-3b1f-4c57-9e2e-2f6f0b7a9d10_x": "ph_*_x",
		"cart_2024":                                 "cart_2024",
		"item_12":                                   "item_12",
		"item_12345":                                "item_*",
		"visitor17048392":                           "visitor*",
		"_ms_K4X9QT2LBD":                            "_ms_*",
		"dXNlcjE_aB3xK9mQ2pL1==":                    "dXNlcjE_*",
		"facade_deadbeef":                           "facade_deadbeef",
		"recently_viewed":                           "recently_viewed",
		"i18nextLng":                                "i18nextLng",
		"4f1c1a0e-3b1f-4c57-9e2e-2f6f0b7a9d10":      "4f1c1a0e-3b1f-4c57-9e2e-2f6f0b7a9d10",
		"d41d8cd98f00b204e9800998ecf8427e":          "d41d8cd98f00b204e9800998ecf8427e",
		"a_b":                                       "a_b",
		"":                                          "",
		"poll_1700000000_1700000001":                "poll_*",
		"MyCookieVersion2":                          "MyCookieVersion2",
		"wp-settings-time-1":                        "wp-settings-time-1",
		strings.Repeat("x1y2z3", 100):               strings.Repeat("x1y2z3", 100),
	} {
		if got := foldName(name); got != want {
			t.Errorf("%q: got %q, want %q", name, got, want)
		}
	}
}

// seen is a cookie that one line of a script set in some passes.
func seen(name string, line int, passes ...string) scanner.Cookie {
	c := scanner.Cookie{Name: name, Domain: "shop.test", Party: scanner.First, Stored: true, Session: true}
	for _, p := range passes {
		c.Writes = append(c.Writes, scanner.Write{
			Pass: p, Action: scanner.Set, Via: scanner.ViaDocumentCookie, URL: "https://www.shop.test/app.js", Line: line, Attribution: scanner.Exact, ValueDigest: name + p,
		})
	}
	return c
}

func TestFoldSiblings(t *testing.T) {
	for name, row := range map[string]struct {
		cookies []scanner.Cookie
		want    string
	}{
		"one letter is too little": {[]scanner.Cookie{seen("q_a1b2c", 3, "none"), seen("q_x9y8z", 3, "gpc"), seen("other", 9, "none")}, "q_a1b2c q_x9y8z other"},
		"prefix":                   {[]scanner.Cookie{seen("probe_a1b2c", 3, "none"), seen("probe_x9y8z", 3, "gpc")}, "probe_* probe_*"},
		"word before a number":     {[]scanner.Cookie{seen("probe4711", 3, "none"), seen("probe8153", 3, "gpc")}, "probe* probe*"},
		"suffix":                   {[]scanner.Cookie{seen("t_a1b2c_end", 3, "none"), seen("t_x9y8z_end", 3, "gpc")}, "t_*_end t_*_end"},
		"same pass":                {[]scanner.Cookie{seen("probe_a1b2c", 3, "none"), seen("probe_x9y8z", 3, "none")}, "probe_a1b2c probe_x9y8z"},
		"another line":             {[]scanner.Cookie{seen("probe_a1b2c", 3, "none"), seen("probe_x9y8z", 4, "gpc")}, "probe_a1b2c probe_x9y8z"},
		"words":                    {[]scanner.Cookie{seen("shop_basket", 3, "none"), seen("shop_banner", 3, "gpc")}, "shop_basket shop_banner"},
		"other lengths":            {[]scanner.Cookie{seen("probe_a1b2c", 3, "none"), seen("probe_x9y8z7", 3, "gpc")}, "probe_a1b2c probe_x9y8z7"},
		"numbered":                 {[]scanner.Cookie{seen("tile_1", 3, "none"), seen("tile_2", 3, "none"), seen("tile_10", 3, "none")}, "tile_* tile_* tile_*"},
		"two numbers":              {[]scanner.Cookie{seen("tile_1", 3, "none"), seen("tile_2", 3, "none")}, "tile_1 tile_2"},
		"known by a rule":          {[]scanner.Cookie{seen("_gauge", 3, "none"), seen("_gauge_A1", 3, "gpc")}, "_gauge _gauge_*"},
	} {
		doc := &scanner.Scan{Target: scanner.Target{Site: "shop.test"}, Cookies: row.cookies}
		classifier(t, Options{}).Scan(doc)
		var got []string
		for _, c := range doc.Cookies {
			got = append(got, c.Classification.Pattern)
		}
		if strings.Join(got, " ") != row.want {
			t.Errorf("%s: got %v, want %s", name, got, row.want)
		}
	}
}
