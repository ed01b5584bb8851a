package ledger

import "testing"

const year = 365 * 24 * 3600.0

func TestSettle(t *testing.T) {
	for name, c := range map[string]struct {
		seen []Observation
		want string
	}{
		"header and jar":                 {[]Observation{header(1, "a=1"), final(9, held("a=1", 0))}, "set/jar present 1"},
		"header, jar says no":            {[]Observation{header(1, "a=1"), final(9)}, "refused never"},
		"header, no look at all":         {[]Observation{header(1, "a=1")}, "set/none never"},
		"script read back, then gone":    {[]Observation{script(1, "a=1"), final(9)}, "set/readback delete:unknown gone"},
		"blocked":                        {[]Observation{header(1, "a=1", "SameSiteLax"), final(9)}, "refused never"},
		"sent back":                      {[]Observation{header(1, "a=1"), sentAt(2, "a=1"), header(3, "a=; Max-Age=0"), final(9)}, "set/sent delete gone"},
		"only in the jar":                {[]Observation{final(9, held("a=1", 0))}, "set:unknown/jar present 1"},
		"only sent":                      {[]Observation{sentAt(2, "a=1"), final(9)}, "set:unknown/sent delete:unknown gone"},
		"only in the log":                {[]Observation{final(9), logged(1, LogStored, "a=1", ""), logged(2, LogDeleted, "a=1", "evicted"), logRead(9)}, "set:unknown/netlog evict:unknown gone"},
		"deletion of nothing":            {[]Observation{header(1, "a=; Max-Age=0"), script(2, "a=; expires=Thu, 01 Jan 1970 00:00:00 GMT"), final(9)}, "nothing"},
		"refused deletion of nothing":    {[]Observation{header(1, "a=; Max-Age=0; Domain=www.shop.test; SameSite=None", "SameSiteNoneInsecure"), final(9)}, "nothing"},
		"refused deletion":               {[]Observation{header(1, "a=1"), jarAt(2, held("a=1", 0)), header(3, "a=; Max-Age=0", "OverwriteSecure"), final(9, held("a=1", 0))}, "set/jar refused present 1"},
		"deletion not honoured":          {[]Observation{header(1, "a=1; HttpOnly"), jarAt(2, held("a=1", 0)), script(3, "a=; Max-Age=0"), final(9, held("a=1", 0))}, "set/jar refused present 1"},
		"deletion":                       {[]Observation{header(1, "a=1"), jarAt(2, held("a=1", 0)), header(3, "a=; Max-Age=0"), final(9)}, "set/jar delete gone"},
		"old value sent after deletion":  {[]Observation{script(1, "a=1"), header(3, "a=; Max-Age=0"), sentAt(4, "a=1"), final(9)}, "set/sent delete gone"},
		"change":                         {[]Observation{header(1, "a=1"), jarAt(2, held("a=1", 0)), header(3, "a=2"), final(9, held("a=2", 0))}, "set/jar change/jar present 2"},
		"blocked change":                 {[]Observation{header(1, "a=1"), header(3, "a=2", "OverwriteSecure"), final(9, held("a=1", 0))}, "set/jar refused present 1"},
		"silently refused change":        {[]Observation{header(1, "a=1"), header(3, "a=2"), final(9, held("a=1", 0))}, "set/jar refused present 1"},
		"refresh":                        {[]Observation{header(1, "a=1"), header(2, "a=1; Max-Age=31536000"), final(9, held("a=1", year))}, "set/jar refresh/jar present 1"},
		"silently refused refresh":       {[]Observation{header(1, "a=1"), jarAt(2, held("a=1", 0)), header(3, "a=1; Max-Age=31536000"), final(9, held("a=1", 0))}, "set/jar refused present 1"},
		"unknown refresh":                {[]Observation{header(1, "a=1"), jarAt(2, held("a=1", 0)), final(9, held("a=1", year))}, "set/jar refresh:unknown/jar present 1"},
		"unknown change":                 {[]Observation{header(1, "a=1"), jarAt(2, held("a=1", 0)), final(9, held("a=2", 0))}, "set/jar change:unknown/jar present 2"},
		"set again after expiry":         {[]Observation{header(1, "a=1; Max-Age=10"), jarAt(2, held("a=1", 11)), header(20, "a=1; Max-Age=10"), final(25, held("a=1", 30))}, "set/jar*2 expire:unknown present 1"},
		"expired":                        {[]Observation{header(1, "a=1; Max-Age=10"), jarAt(2, held("a=1", 11)), final(25)}, "set/jar expire:unknown gone"},
		"expired by the log":             {[]Observation{script(1, "a=1; Max-Age=1"), final(9), logged(1, LogStored, "a=1", ""), logged(3, LogDeleted, "a=1", "expired"), logRead(9)}, "set/readback expire:unknown gone"},
		"evicted, log ahead of report":   {[]Observation{script(5, "a=1"), final(9), logged(1, LogStored, "a=1", ""), logged(2, LogDeleted, "a=1", "evicted"), logRead(9)}, "set/readback evict:unknown gone"},
		"overwrite in the log is no end": {[]Observation{script(1, "a=1"), script(2, "a=2"), final(9, held("a=2", 0)), logged(2, LogDeleted, "a=1", "overwrite"), logRead(9)}, "set/readback change/jar present 2"},
		"between two looks with log":     {[]Observation{header(1, "a=1"), header(2, "a=; Max-Age=0"), final(9), logged(1, LogStored, "a=1", ""), logged(2, LogDeleted, "a=1", "expired_overwrite"), logRead(9)}, "set/netlog delete gone"},
		"between two looks without log":  {[]Observation{script(1, "a=1"), script(2, "a=; Max-Age=0"), final(9)}, "set/readback delete gone"},
		"report much later than the log": {[]Observation{header(30, "a=1"), header(31, "a=; Max-Age=0"), final(39), logged(1, LogStored, "a=1", ""), logRead(39)}, "set/netlog delete gone"},
		"not stored by the log":          {[]Observation{script(1, "a=1").unread(), final(9), logged(1, LogRefused, "a=1", ""), logRead(9)}, "refused never"},
		"log of another moment":          {[]Observation{header(1, "a=1"), header(2, "a=; Max-Age=0"), header(60, "a=1"), final(69), logged(1, LogStored, "a=1", ""), logRead(69)}, "set/netlog delete refused gone"},
		"report just after the look":     {[]Observation{jarAt(1, held("a=1", 0)), script(1.5, "a=1"), final(9, held("a=1", 0))}, "set/jar present 1"},
		"report after the last look":     {[]Observation{final(1, held("a=1", 0)), header(1.5, "a=1"), logRead(9)}, "set/jar present 1"},
		"blocked attempt after the look": {[]Observation{final(1, held("a=1", 0)), header(1.5, "a=1", "SameSiteLax")}, "set:unknown/jar refused present 1"},
		"sent after the last look":       {[]Observation{header(1, "a=1"), final(2, held("a=1", 0)), sentAt(3, "a=1")}, "set/jar present 1"},
		"many equal writes":              {[]Observation{script(1, "a=1"), script(2, "a=1"), script(3, "a=1"), final(9, held("a=1", 0))}, "set/jar refresh/jar*2 present 1"},
		"deleted and set again":          {[]Observation{script(1, "a=1"), script(2, "a=; Max-Age=0"), script(3, "a=1"), final(9, held("a=1", 0))}, "set/jar*2 delete present 1"},
		"clear site data":                {[]Observation{header(1, "a=1"), jarAt(2, held("a=1", 0)), Response{At: sec(3), Setter: Setter{URL: "https://www.shop.test/out"}, ClearSiteData: "\"cache\"\n\"cookies\""}, final(9)}, "set/jar delete:clearSiteData gone"},
		"clear site data not honoured":   {[]Observation{header(1, "a=1"), Response{At: sec(3), Setter: Setter{URL: "http://www.shop.test/out"}, ClearSiteData: `"*"`}, final(9, held("a=1", 0))}, "set/jar refused:clearSiteData present 1"},
		"clear site data of another":     {[]Observation{header(1, "a=1"), Response{At: sec(3), Setter: Setter{URL: "https://other.test/"}, ClearSiteData: `"*"`}, final(9)}, "refused never"},
		"empty line":                     {[]Observation{header(1, ""), header(2, "; Path=/"), final(9)}, "nothing"},
	} {
		if got := story(one(t, c.seen...)); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", name, got, c.want)
		}
	}
}

// What only the browser's log knows comes after the last look, with its time.
func TestResponseFromTheLog(t *testing.T) {
	l := newLedger()
	l.Begin("none", nil)
	l.Add([]Observation{script(3, "a=2"), jarAt(4, held("a=2", 0))})
	l.Add([]Observation{final(5, held("a=2", 0)), header(1, "a=1"), logged(1, LogStored, "a=1", ""), logged(3, LogStored, "a=2", ""), logRead(6)})
	l.End()
	if got, want := told(l.Cookies()), "a: set/netlog change/jar present 2"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestPasses(t *testing.T) {
	l := newLedger()
	l.Begin("none", []JarCookie{held("mine=1", 0)})
	l.Add([]Observation{header(1, "a=1"), final(9, held("a=1", 0), held("mine=1", 0))})
	l.End()
	pass(l, "gpc", header(101, "b=1"), script(102, "mine=2"), final(109, held("b=1", 0), held("mine=2", 0)))
	want := "a: set/jar present 1\nb: set/jar present 1\nmine: set:user/jar set/jar present 2"
	if got := told(l.Cookies()); got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
	mine := l.Cookies()[2]
	if len(mine.Present) != 2 || mine.Writes[0].Page != "" || mine.Writes[1].Pass != "gpc" {
		t.Errorf("the user's cookie: %+v", mine)
	}
}

func TestPageOfTheUnknown(t *testing.T) {
	two := jarAt(9, held("a=1", 0))
	two.Pages = []string{"none/1", "none/2"}
	missed := jarAt(20, held("a=1", 0))
	missed.Pages = []string{"none/2"}
	for name, c := range map[string]struct {
		batches [][]Observation
		want    string
	}{
		"one page":                {[][]Observation{{jarAt(9, held("a=1", 0))}}, "none/1"},
		"two pages":               {[][]Observation{{two}}, ""},
		"the look between failed": {[][]Observation{{header(1, "x=1")}, {missed}}, ""},
		"nothing ran":             {[][]Observation{{final(9, held("a=1", 0))}}, ""},
	} {
		l := newLedger()
		l.Begin("none", nil)
		for _, b := range c.batches {
			l.Add(b)
		}
		l.End()
		if w := l.Cookies()[0].Writes[0]; w.Page != c.want || w.Attribution != "none" {
			t.Errorf("%s: page %q, attribution %q", name, w.Page, w.Attribution)
		}
	}
}

func TestTwins(t *testing.T) {
	twin := held("a=2", 0)
	twin.Key.Partition = "https://shop.test"
	other := header(1, "a=2; Secure; Partitioned; Path=/")
	other.PartitionKey = partition("https://shop.test")
	seen := []Observation{
		header(1, "a=1"), other, final(9, held("a=1", 0), twin),
		logged(1, LogStored, "a=1", ""), logged(1, LogStored, "a=2", ""), logged(1, LogStored, "a=3", ""), logRead(9),
	}
	want := "a: set/jar present 1\na^https://shop.test: set/jar present 2"
	if got := told(pass(newLedger(), "none", seen...).Cookies()); got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
}

func TestOctets(t *testing.T) {
	jar := held("n=v", 0)
	if got, want := told(pass(newLedger(), "none", header(1, "n\xff=v"), final(9, jar)).Cookies()), "n\ufffd: set/jar present v"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	for _, c := range []struct {
		a, b string
		same bool
	}{
		{"a", "a", true},
		{"a", "b", false},
		{"é", "ü", false},
		{"", "é", false},
		{"é", "\u00c3\u00a9", true},
		{"€", "\u00e2\u201a\u00ac", true},
		{"x\xff", "x\ufffd", true},
		{"x\xff", "x", true},
		{"x\xff", "y", false},
		{"éü", "é", false},
		{"中", "文", false},
	} {
		if sameText(c.a, c.b) != c.same || sameText(c.b, c.a) != c.same {
			t.Errorf("sameText(%q, %q) is not %v", c.a, c.b, c.same)
		}
	}
}
