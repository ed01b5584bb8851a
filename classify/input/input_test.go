package input

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"

	"cookiescan/classify"
)

// show reads a list and writes an item a line.
func show(t testing.TB, text string) (string, error) {
	t.Helper()
	var b strings.Builder
	scans, err := Read(strings.NewReader(text), func(i classify.Item) error {
		fmt.Fprintf(&b, "%s|%s|%s|%s", i.Kind, i.Name, i.Domain, i.Setter)
		if i.Session {
			b.WriteString("|session")
		}
		if i.Lasting || i.Seconds > 0 {
			fmt.Fprintf(&b, "|lasts %d", i.Seconds)
		}
		if i.HTTPOnly {
			b.WriteString("|httpOnly")
		}
		if i.Site != "" {
			b.WriteString("|on " + i.Site)
		}
		b.WriteString("\n")
		return nil
	})
	for _, s := range scans {
		fmt.Fprintf(&b, "scan of %s\n", s.Target.Site)
	}
	return b.String(), err
}

const har = `{"log":{"version":"1.2","creator":{"name":"x"},"pages":[{"id":"page_1","title":"https://www.shop.test/"}],"entries":[
{"startedDateTime":"2026-11-22T09:14:03.000Z","request":{"url":"https://www.shop.test/","headers":[],"cookies":[{"name":"old","value":"1"}]},
 "response":{"status":200,"headers":[{"name":"Set-Cookie","value":"sid=0123456789abcdef; Path=/; HttpOnly"},{"name":"set-cookie","value":"lang=en; Domain=.shop.test; Max-Age=31536000\ngone=; Max-Age=0"}],"content":{"size":3,"text":"abc"}}},
{"startedDateTime":"2026-11-22T09:14:04.000Z","request":{"url":"https://static.shop.test/a.js","headers":[{"name":"Cookie","value":"lang=en; _ms=1.2"}]},
 "response":{"headers":[{"name":"set-cookie","value":"old=2; Expires=Mon, 22 Nov 2027 09:14:04 GMT"},{"name":"set-cookie","value":"past=2; Expires=Thu, 01 Jan 1970 00:00:00 GMT"}]}},
{"request":{"url":"https://px.ads.test/i?x=1"},"response":{"cookies":[{"name":"uid","value":"x","domain":"ads.test","expires":"2027-01-01T00:00:00Z","httpOnly":true}]}}
],"comment":{"deep":[1,2,{"x":null}]}}}`

func TestRead(t *testing.T) {
	for name, row := range map[string]struct{ in, want string }{
		"titles":        {"name,domain,setter,kind\n_ga,.shop.test,https://www.tags.test/a.js,cookie\n", "cookie|_ga|shop.test|www.tags.test\n"},
		"aliases":       {"Cookie Name;Host;Type;Duration\n_ga;https://www.shop.test/x;HTML Local Storage;2 Jahre\n", "localStorage|_ga|www.shop.test||lasts 63072000\n"},
		"tabs":          {"kind\tname\npixel\tp\n", "pixel|p||\n"},
		"no titles":     {"_ga,shop.test\n_gid\n", "cookie|_ga|shop.test|\ncookie|_gid||\n"},
		"names":         {"_ga\n\n_gid\r\n", "cookie|_ga||\ncookie|_gid||\n"},
		"byte order":    {"\ufeffname\n_ga\n", "cookie|_ga||\n"},
		"quotes":        {"name,domain\n\"a,b\",\"x.test:8443\"\nq\"uote,y.test\n", "cookie|a,b|x.test|\ncookie|q\"uote|y.test|\n"},
		"our own CSV":   {"kind,name,domain,host_only,path,partition_key,party,phases,stored,session,declared_seconds,stored_seconds,lifetime_raw\ncookie,'=x,shop.test,true,/,,first,none,true,false,1,86400,x\n", "cookie|=x|shop.test||lasts 86400\n"},
		"session":       {"name,expiry\nsid,Session\nx,Persistent\n", "cookie|sid|||session\ncookie|x|||lasts 0\n"},
		"netscape":      {"# Netscape HTTP Cookie File\n\n.shop.test\tTRUE\t/\tFALSE\t1893456000\t_ga\tGA1\n#HttpOnly_www.shop.test\tFALSE\t/\tTRUE\t0\tsid\ta\tb\n", "cookie|_ga|shop.test||lasts 0\ncookie|sid|www.shop.test||session|httpOnly\n"},
		"netscape bare": {"shop.test\tFALSE\t/\tFALSE\t0\tsid\t\n", "cookie|sid|shop.test||session\n"},
		"list":          {`[{"name":"_ga","domain":".shop.test"},{"key":"theme","kind":"localStorage","host":"www.shop.test","setter":"https://x.test/y"}]`, "cookie|_ga|shop.test|\nlocalStorage|theme|www.shop.test|x.test\n"},
		"extension":     {`[{"name":"a","domain":"x.test","expirationDate":1893456000.5,"httpOnly":true,"session":false},{"name":"b","domain":"x.test","session":true}]`, "cookie|a|x.test||lasts 0|httpOnly\ncookie|b|x.test||session\n"},
		"storage state": {`{"cookies":[{"name":"a","domain":"x.test","expires":-1}],"origins":[{"origin":"https://x.test","localStorage":[{"name":"k","value":"v"}]}]}`, "cookie|a|x.test||session\nlocalStorage|k|x.test|\n"},
		"empty list":    {"[]", ""},
		"scan":          {`{"schema":"cookiescan/scan/v1","target":{"site":"shop.test"}}`, "scan of shop.test\n"},
		"har": {har, "cookie|old|static.shop.test|static.shop.test|lasts 31536000|on shop.test\ncookie|sid|www.shop.test|www.shop.test|session|httpOnly|on shop.test\n" +
			"cookie|lang|shop.test|www.shop.test|lasts 31536000|on shop.test\ncookie|_ms|static.shop.test||on shop.test\n" +
			"cookie|uid|ads.test|px.ads.test|lasts 0|httpOnly|on shop.test\n"},
	} {
		got, err := show(t, row.in)
		if err != nil || got != row.want {
			t.Errorf("%s:\ngot  %q, %v\nwant %q", name, got, err, row.want)
		}
	}
}

func TestBadInput(t *testing.T) {
	for name, row := range map[string]struct{ in, want string }{
		"empty":           {"", "it is empty"},
		"blank":           {" \n\r\n", "it is empty"},
		"only a mark":     {"\ufeff", "it is empty"},
		"binary":          {"\x89PNG\r\n\x1a\n\x00\x00", "it is no text in UTF-8"},
		"latin 1":         {"name\nW\xe4hrung\n", "it is no text in UTF-8"},
		"utf-16":          {"\xff\xfen\x00a\x00", "UTF-16"},
		"unknown column":  {"name,domain,colour\n_ga,x.test,red\n", `column "colour" is unknown`},
		"misspelt":        {"nmae,domain\n_ga,x.test\n", `column "nmae" is unknown`},
		"no name":         {"domain,kind\nx.test,cookie\n", "no column is named name"},
		"twice":           {"name,cookie\na,b\n", "two columns hold the same"},
		"unknown kind":    {"name,kind\na,cookie\nb,cockie\n", `line 3: kind "cockie" is unknown`},
		"too many fields": {"name,domain\na,b,c\n", "line 2: 3 fields, but there are 2 columns"},
		"without titles":  {"a,b,c,d,e\n", "5 columns without titles"},
		"row of nothing":  {"name,kind\n,cookie\n", "line 2: it has no name"},
		"cut JSON":        {`[{"name":"a"},{"na`, "the JSON ends too early"},
		"bad JSON":        {`[{"name":"a"},}]`, "octet 14: the JSON is malformed"},
		"no list":         {`{"a":1}`, "neither a list of cookies, nor a HAR, nor a scan document"},
		"numbers":         {`[1,2]`, "an entry is no object"},
		"wrong type":      {`[{"name":5}]`, "name is no string"},
		"nameless":        {`[{"value":"x"}]`, "an entry has no name"},
		"more":            {`[] []`, "more follows"},
		"har without log": {`{"log":[]}`, "the log of the HAR is no object"},
		"har entries":     {`{"log":{"entries":{}}}`, "a list is missing"},
		"cookies.txt":     {"# Netscape HTTP Cookie File\nshop.test\tFALSE\t/\n", "line 2: 3 fields, but a cookies.txt has seven"},
		"expiry":          {"shop.test\tFALSE\t/\tFALSE\tnever\tsid\tx\n", `line 1: the expiry "never" is no number`},
		"long line":       {"# Netscape HTTP Cookie File\n" + strings.Repeat("x", longestLine+1), "a line is longer than"},
		"other schema":    {`{"schema":"cookiescan/scan/v9"}`, "a later version of cookiescan wrote it"},
	} {
		_, err := show(t, row.in)
		if err == nil || !strings.Contains(err.Error(), row.want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: got %v, want %s", name, err, row.want)
		}
	}
}

func TestCallersErrorEndsReading(t *testing.T) {
	stop := errors.New("stop")
	for _, text := range []string{"name\na\nb\n", `[{"name":"a"},{"name":"b"}]`, har, "shop.test\tFALSE\t/\tFALSE\t0\tsid\tx\n", `{"origins":[{"localStorage":[{"name":"k"}]}]}`} {
		n := 0
		_, err := Read(strings.NewReader(text), func(classify.Item) error { n++; return stop })
		if !errors.Is(err, stop) || n != 1 {
			t.Errorf("%.20q: %v after %d", text, err, n)
		}
	}
}

// longHAR is a HAR file of many large entries, made while it is read.
type longHAR struct {
	entries int
	rest    bytes.Buffer
	body    string
	state   int
	read    int64
}

func (l *longHAR) Read(p []byte) (int, error) {
	if l.rest.Len() == 0 {
		switch {
		case l.state == 0:
			l.rest.WriteString(`{"log":{"entries":[`)
		case l.state <= l.entries:
			if l.state > 1 {
				l.rest.WriteString(",")
			}
			fmt.Fprintf(&l.rest, `{"request":{"url":"https://www.shop.test/%d"},"response":{"headers":[{"name":"Set-Cookie","value":"c%d=1"}],"content":{"text":%q}}}`, l.state, l.state%50, l.body)
		case l.state == l.entries+1:
			l.rest.WriteString("]}}")
		default:
			return 0, io.EOF
		}
		l.state++
	}
	n, err := l.rest.Read(p)
	l.read += int64(n)
	return n, err
}

func TestLongHARIsNotKept(t *testing.T) {
	if testing.Short() {
		t.Skip("reads 100 MB")
	}
	in := &longHAR{entries: 200, body: strings.Repeat("0123456789abcdef", 32<<10)}
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	n := 0
	if _, err := Read(in, func(classify.Item) error { n++; return nil }); err != nil || n != 50 {
		t.Fatalf("%d cookies, %v", n, err)
	}
	runtime.ReadMemStats(&after)
	if grown := int64(after.HeapSys) - int64(before.HeapSys); in.read < 100<<20 || grown > 32<<20 {
		t.Errorf("the heap grew by %d MB while %d MB were read", grown>>20, in.read>>20)
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte("name,domain\n_ga,x.test\n"))
	f.Add([]byte("# Netscape HTTP Cookie File\n.x.test\tTRUE\t/\tFALSE\t1\ta\tb\n"))
	f.Add([]byte(har))
	f.Add([]byte(`[{"name":"a","expires":1}]`))
	f.Add([]byte(`{"cookies":[],"origins":[{"origin":"x","localStorage":[{"name":"k"}]}]}`))
	f.Fuzz(func(t *testing.T, in []byte) {
		_, err := Read(bytes.NewReader(in), func(i classify.Item) error {
			if i.Kind == "" || i.Seconds < 0 {
				t.Errorf("%q: %+v", in, i)
			}
			return nil
		})
		if err != nil && (err.Error() == "" || strings.Contains(err.Error(), "\n")) {
			t.Errorf("%q: %q", in, err)
		}
	})
}
