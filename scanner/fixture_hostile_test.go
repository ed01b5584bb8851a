package scanner

import "strings"

// hostileScan has text of every kind that harms an output which prints it as
// it is: terminals, spreadsheets, Markdown, HTML. Every field that a site (or
// who wrote the document) can fill carries some.
func hostileScan() *Scan {
	s := emptyScan()
	s.Complete = false
	s.Target.Site = "shop.test\x1b]0;owned\x07|<b>`x`\r\nX"
	s.Target.URL = "https://www.shop.test/\u202etxt.exe"
	s.Coverage = Coverage{PagesVisited: 1, PagesFound: 1}
	p := page("none/1", "/", "\x1b[2J\u2028=cmd|'/c calc'!A0")
	p.URL += "](javascript:alert(1))"
	s.Passes = []Pass{{Phase: "none", Pages: []Page{p}}}
	s.Incomplete = []Incomplete{{Code: PageFailed, Pass: "none", Page: "https://www.shop.test/\x1b[31m\n| a | b |", Detail: "<img src=x onerror=alert(1)>\u0085\u009b"}}
	s.Hosts = []Host{{Name: "evil.test\u200b\x00", Party: Third, Outcome: "ok", Phases: []string{"none"}}}
	for _, name := range hostileNames() {
		s.Cookies = append(s.Cookies, cookie(name, "www.shop.test", Lifetime{Raw: "=1+1"}, script("https://evil.test/\u202e|`<script>\x1b[8m.js", 1)))
	}
	s.Cookies = append(s.Cookies, cookie("a|b", "=evil.test\t", Lifetime{DeclaredSeconds: seconds(-5), Raw: "Max-Age=-5"},
		header("not a url \x7f").with(func(w *Write) { w.Action, w.Proof, w.Blocked = Refused, ProofNone, []string{"\x1b[31mUnheard|Of"} })))
	s.Storage = []StorageItem{{
		Kind: LocalStorage, Origin: "https://[evil", Key: "k\n\n# heading\n| x |", Party: Third,
		Writes: []StorageWrite{{Pass: "none", State: "none", Via: "setItem", URL: "javascript:alert(1)//`|", Action: Set, Attribution: Exact, Count: 1}},
	}}
	s.Trackers = []Tracker{{Kind: Fingerprint, URL: "https://evil.test/\u2066x", API: "canvas\x1b[5m", Host: "evil.test|`", Party: Third, Count: 1}}
	return s
}

func hostileNames() []string {
	return []string{
		"", " ", "esc\x1b[31mred\x1b[0m", "bell\x07\x08\x00", "c1\u009b31m\u0085", "line\nbreak\r\nand\u2028sep\u2029",
		"bidi\u202egnp.exe\u2066", "zero\u200bwidth\u200d\ufeff\u00ad", "tag\U000e0041\U000e007f", "fill\u3164er\u115f", "selector\ufe0f\U000e0100",
		"=HYPERLINK(\"http://evil.test\")", "+1+1", "-2+3", "@SUM(1)", "\t=1", "\r=1", " =1+1", "＝1+1", "＋1", "－1", "＠x", ";=1+1",
		"pipe|in|name", "back\\|slash\\", "tick`s``and```more", "`", "<script>alert(1)</script>", "[link](javascript:alert(1))",
		"https://evil.test/x", "www.evil.test", "@everyone #1", "![i](http://evil.test/i.png)", "&lt;b&gt;", "*bold* _it_ ~~s~~",
		"宽字符名称", "e\u0301te\u0301", "z" + strings.Repeat("\u0300", 40) + "algo", "\u0301leading", "👩\u200d👩\u200d👧\u200d👦", "🇩🇪", "\ufffd\ufffd",
		strings.Repeat("long", 1024), strings.Repeat("界", 300),
	}
}
