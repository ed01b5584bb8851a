package ledger

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"cookiescan/scanner"
)

func TestFolding(t *testing.T) {
	var seen []Observation
	for i := range 300 {
		o := script(float64(i+1), "a=1")
		o.Line = i + 1
		seen = append(seen, o)
	}
	seen = append(seen, script(400, "a=1; Max-Age=31536000"), jarAt(410, held("a=1", 400+year)))
	l := pass(newLedger(), "none", seen...)
	last := script(501, "a=1")
	last.Line = 9999
	c := pass(l, "gpc", last, final(509, held("a=1", 0))).Cookies()[0]
	sum := 0
	for _, w := range c.Writes {
		sum += w.Count
	}
	if len(c.Writes) != maxWrites || sum != 302 {
		t.Errorf("%d writes stand for %d", len(c.Writes), sum)
	}
	if !slices.Equal(c.Phases, []string{"none", "gpc"}) {
		t.Errorf("phases beyond the cap: %q", c.Phases)
	}
	if c.Session || c.Lifetime.StoredSeconds == nil || *c.Lifetime.StoredSeconds != year || !c.Lifetime.Varies {
		t.Errorf("lifetime beyond the cap: %+v", c.Lifetime)
	}
}

func TestFoldKeepsTheStrongestProof(t *testing.T) {
	c := one(t, header(1, "a=1"), header(2, "a=2"), header(3, "a=3"), header(4, "a=4"), sentAt(5, "a=4"), final(9, held("a=4", 0)))
	if got, want := story(c), "set/none change/jar*3 present 4"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestLifetime(t *testing.T) {
	for name, c := range map[string]struct {
		seen []Observation
		want string // declared, stored, varies, session
	}{
		"session":             {[]Observation{header(1, "a=1"), final(9, held("a=1", 0))}, "session session false true"},
		"capped":              {[]Observation{header(1, "a=1; Max-Age=63072000"), final(9, held("a=1", 1+400*24*3600))}, "63072000 34560000 false false"},
		"session and a year":  {[]Observation{header(1, "a=1"), header(2, "a=2; Max-Age=31536000"), final(9, held("a=2", 2+year))}, "31536000 31536000 true false"},
		"a year, then less":   {[]Observation{script(1, "a=1; Max-Age=31536000"), script(2, "a=2; Max-Age=60"), final(9, held("a=2", 62))}, "31536000 31536000 true false"},
		"jar disagrees":       {[]Observation{header(1, "a=1; Max-Age=31536000"), final(9, held("a=1", 601))}, "31536000 600 false false"},
		"refused asks longer": {[]Observation{header(1, "a=1; Max-Age=60"), header(2, "a=2; Max-Age=31536000", "SameSiteLax"), final(9, held("a=1", 61))}, "60 60 false false"},
		"all refused":         {[]Observation{header(1, "a=1; Max-Age=60", "SameSiteLax"), header(2, "a=2; Max-Age=3600", "SameSiteLax"), final(9)}, "3600 session true false"},
		"only looks":          {[]Observation{jarAt(5, held("a=1", 3605)), final(70, held("a=2", 3716))}, "session 3646 false false"},
		"looks disagree":      {[]Observation{jarAt(5, held("a=1", 3605)), final(70, held("a=2", 7270))}, "session 7200 true false"},
		"sent, then seen":     {[]Observation{sentAt(1, "a=1"), final(9, held("a=1", 3609))}, "session 3600 false false"},
		"never proven":        {[]Observation{header(1, "a=1; Max-Age=3600")}, "3600 3600 false false"},
	} {
		k := one(t, c.seen...)
		text := func(n *int64) string {
			if n == nil {
				return "session"
			}
			return fmt.Sprint(*n)
		}
		got := fmt.Sprint(text(k.Lifetime.DeclaredSeconds), " ", text(k.Lifetime.StoredSeconds), " ", k.Lifetime.Varies, " ", k.Session)
		if got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

func TestSentTo(t *testing.T) {
	const value = "Ab31(x) y/7!Q9zz"
	leak := func(url, body string) Request {
		return Request{At: sec(2), URL: url, Body: []byte(body), Kind: PlainRequest}
	}
	for name, c := range map[string]struct {
		value string
		q     Request
		want  string
	}{
		"plain body":          {value, leak("https://t.test/", "id="+value), "body plain"},
		"form":                {value, leak("https://t.test/?v=Ab31%28x%29+y%2F7%21Q9zz", ""), "url urlencoded"},
		"encodeURIComponent":  {value, leak("https://t.test/?v=Ab31(x)%20y%2F7!Q9zz", ""), "url urlencoded"},
		"base64":              {value, leak("https://t.test/?v=QWIzMSh4KSB5LzchUTl6eg", ""), "url base64"},
		"hex":                 {value, leak("https://t.test/", "4162333128782920792f372151397a7a"), "body hex"},
		"md5":                 {"u5er12345", leak("https://t.test/?h=46b0d50d12487de6240df68b74757c5f", ""), "url md5"},
		"own site":            {value, leak("https://cdn.shop.test/", "id="+value), ""},
		"sha256":              {"u5er12345", leak("https://t.test/", "d9030d37f4199b3d4b66f69264b59b7601c49097db3bc1c85a704a7635a84223"), "body sha256"},
		"punctuation":         {"Zk/9+pQ=:x7Lw|3Rt&uV2", leak("https://t.test/?v=Zk%2F9%2BpQ%3D%3Ax7Lw%7C3Rt%26uV2", ""), "url urlencoded"},
		"too short":           {"abc1234", leak("https://t.test/?abc1234", ""), ""},
		"word":                {"accepted", leak("https://t.test/?accepted", ""), ""},
		"second of the clock": {"1795337043", leak("https://t.test/?t=1795337043", ""), ""},
		"screen":              {"1920x1080", leak("https://t.test/?sr=1920x1080", ""), ""},
		"language":            {"en-US,en;q=0.9", leak("https://t.test/?l=en-US,en;q=0.9", ""), ""},
		"time zone":           {"America/New_York", leak("https://t.test/?tz=America/New_York", ""), ""},
		"moment":              {"2026-11-22T09:14:03Z", leak("https://t.test/?t=2026-11-22T09:14:03Z", ""), ""},
		"uuid":                {"4f1a0e9c-77d2-4b0e-9f5e-0c1d2e3f4a5b", leak("https://t.test/4f1a0e9c-77d2-4b0e-9f5e-0c1d2e3f4a5b", ""), "url plain"},
		"client id":           {"GA1.2.123456789.1795337043", leak("https://t.test/?c=GA1.2.123456789.1795337043", ""), "url plain"},
		"client id alone":     {"GA1.2.123456789.1795337043", leak("https://t.test/?v=2&cid=123456789.1795337043&sr=1", ""), "url plain"},
		"version alone":       {"GA1.2.123456789.1795337043", leak("https://t.test/?c=GA1.2.&t=1795337043", ""), ""},
		"base64 of JSON":      {value, leak("https://t.test/?d=eyJpZCI6IkFiMzEoeCkgeS83IVE5enoifQ%3D%3D", ""), "url base64"},
		"encoded twice":       {value, leak("https://t.test/?u=x%3Fv%3DAb31(x)%2520y%252F7!Q9zz", ""), "url urlencoded"},
		"JSON":                {`Ab31"x\y7!Q9zz`, leak("https://t.test/", `{"id":"Ab31\"x\\y7!Q9zz"}`), "body plain"},
		"once though packed":  {value, leak("https://t.test/?v="+value+"&w=%41", ""), "url plain"},
		"gzip cut short":      {value, leak("https://t.test/", "\x1f\x8b\x08\x00"), ""},
		"letters":             {"qWbTzLmKpRvXcNsD", leak("https://t.test/?c=qWbTzLmKpRvXcNsD", ""), "url plain"},
	} {
		k := one(t, script(1, "a="+c.value), c.q, final(9, held("a="+c.value, 0)))
		var got []string
		for _, s := range k.SentTo {
			if s.Host != "t.test" {
				t.Errorf("%s: to %s", name, s.Host)
			}
			got = append(got, s.How+" "+s.Form)
		}
		if strings.Join(got, ", ") != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
	// A value of an earlier pass is in no jar of this one.
	l := pass(newLedger(), "none", script(1, "a="+value), final(9, held("a="+value, 0)))
	if c := pass(l, "gpc", leak("https://t.test/", value), final(19)).Cookies()[0]; len(c.SentTo) != 0 {
		t.Errorf("sent in a pass that never had it: %+v", c.SentTo)
	}
}

func change(s float64, kind scanner.StorageKind, page, via, item, value string) StorageChange {
	o := StorageChange{
		At: sec(s).on(page), Kind: kind, Area: Area{StorageKey: "https://www.shop.test/"}, Key: item, Value: value, Via: via,
		Action: scanner.Set, Attribution: scanner.Exact, Setter: Setter{URL: "https://www.shop.test/a.js", Line: 1},
	}
	if via == "removeItem" || via == "clear" || via == "deleteDatabase" {
		o.Action = scanner.Delete
	}
	return o
}

func look(s float64, kind scanner.StorageKind, page string, items ...string) StoragePresent {
	o := StoragePresent{At: sec(s).on(page), Kind: kind, Area: Area{StorageKey: "https://www.shop.test/"}}
	for _, i := range items {
		o.Items = append(o.Items, StorageEntry{Key: i, Size: 9})
	}
	return o
}

func TestStorage(t *testing.T) {
	const local, session, db = scanner.LocalStorage, scanner.SessionStorage, scanner.IndexedDB
	for name, c := range map[string]struct {
		batches [][]Observation
		want    string
	}{
		"set, change, remove": {
			[][]Observation{{change(1, local, "p/1", "setItem", "k", "1"), change(2, local, "p/1", "setItem", "k", "2"), change(3, local, "p/1", "removeItem", "k", "")}},
			"k: setItem set, setItem change, removeItem delete",
		},
		"removal of nothing": {[][]Observation{{change(3, local, "p/1", "removeItem", "k", ""), change(4, local, "p/1", "clear", "", "")}}, ""},
		"clear":              {[][]Observation{{change(1, local, "p/1", "setItem", "k", "1"), change(3, local, "p/1", "clear", "", "")}}, "k: setItem set, clear delete"},
		"only a look":        {[][]Observation{{look(3, local, "p/1", "k")}}, "k: snapshot set here"},
		"a tab each": {
			[][]Observation{{change(1, session, "p/1", "setItem", "k", "1"), change(2, session, "p/2", "setItem", "k", "1"), change(3, session, "p/3", "clear", "", ""), look(4, session, "p/2")}},
			"k: setItem set*2 here",
		},
		"set, looked at by another": {[][]Observation{{look(1, local, "p/2", "k"), change(2, local, "p/1", "setItem", "k", "1")}, {look(5, local, "p/3", "k")}}, "k: setItem set here"},
		"set, a look that lags behind": {
			[][]Observation{{change(1, local, "p/1", "setItem", "k", "1"), look(2, local, "p/2"), look(3, local, "p/3", "k")}},
			"k: setItem set here",
		},
		"removed unseen":               {[][]Observation{{change(1, local, "p/1", "setItem", "k", "1"), look(2, local, "p/2")}}, "k: setItem set"},
		"set long after a look":        {[][]Observation{{look(1, local, "p/1", "k")}, {change(5, local, "p/2", "setItem", "k", "1")}}, "k: snapshot set, setItem change here"},
		"opened, looked at by another": {[][]Observation{{look(1, db, "p/2", "k"), change(2, db, "p/1", "open", "k", "")}, {look(5, db, "p/3", "k")}}, "k: open set here"},
		"opened long after a look":     {[][]Observation{{look(1, db, "p/1", "k")}, {change(5, db, "p/2", "open", "k", "")}}, "k: snapshot set here"},
		"deleted and opened again":     {[][]Observation{{change(1, db, "p/1", "open", "k", ""), change(2, db, "p/1", "deleteDatabase", "k", ""), change(3, db, "p/1", "open", "k", "")}}, "k: open set*2, deleteDatabase delete here"},
	} {
		l := newLedger()
		l.Begin("none", nil)
		for _, b := range c.batches {
			l.Add(b)
		}
		l.End()
		if got := storageStory(l); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", name, got, c.want)
		}
	}
	l := pass(newLedger(), "none", look(1, db, "p/1", "k"))
	pass(l, "gpc", look(101, db, "p/2", "k"), change(102, db, "p/1", "open", "k", ""))
	if got, want := storageStory(l), "k: snapshot set, open set here"; got != want {
		t.Errorf("a look of an earlier pass: got %s, want %s", got, want)
	}
}

func storageStory(l *Ledger) string {
	var out []string
	for _, s := range l.Storage() {
		var ws []string
		for _, w := range s.Writes {
			text := w.Via + " " + string(w.Action)
			if w.Count > 1 {
				text += fmt.Sprint("*", w.Count)
			}
			ws = append(ws, text)
		}
		text := s.Key + ": " + strings.Join(ws, ", ")
		if len(s.Present) > 0 {
			text += " here"
		}
		out = append(out, text)
	}
	return strings.Join(out, "\n")
}

func TestParsers(t *testing.T) {
	for in, want := range map[string]string{
		"https://a.test/": "https://a.test https://a.test", "https://x.a.test:8443/": "https://x.a.test:8443 https://a.test",
		"https://a.test/^0https://b.test": "https://a.test https://b.test", "https://a.test/^31": "https://a.test https://a.test",
		"https://a.test/^0https://b.test^31": "https://a.test https://b.test",
	} {
		if o, top := parseStorageKey(in); o+" "+top != want {
			t.Errorf("parseStorageKey(%q) = %q, %q, want %s", in, o, top, want)
		}
	}
	for in, want := range map[string]string{
		`"cookies"`: "cookies", `"*"`: "*", `"storage", "cookies", "cookies"`: "cookies storage", "\"cache\"\n\"cookies\"": "cache cookies",
		`cookies`: "", `*`: "", ``: "", `"Cookies"`: "", `"else", "cache"`: "cache",
	} {
		if got := strings.Join((Response{ClearSiteData: in}).Clears(), " "); got != want {
			t.Errorf("%q clears %q, want %q", in, got, want)
		}
	}
}
