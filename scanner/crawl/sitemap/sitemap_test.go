package sitemap

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
)

// files are what a site serves, by address.
type files map[string]string

func (f files) fetch(_ context.Context, url string) (io.ReadCloser, Header, error) {
	text, ok := f[url]
	if !ok {
		return io.NopCloser(strings.NewReader("")), Header{Status: 404}, nil
	}
	return io.NopCloser(strings.NewReader(text)), Header{Status: 200}, nil
}

// read reads one file at https://a.test/s.
func read(t *testing.T, text string) Result {
	t.Helper()
	return Read(t.Context(), []string{"https://a.test/s"}, Options{Fetch: files{"https://a.test/s": text}.fetch})
}

func locs(r Result) string {
	var list []string
	for _, u := range r.URLs {
		loc := strings.TrimPrefix(u.Loc, "https://a.test")
		if u.Alternate {
			loc += "~"
		}
		list = append(list, loc)
	}
	return strings.Join(list, " ")
}

func zipped(text string) string {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, _ = io.WriteString(z, text)
	_ = z.Close()
	return b.String()
}

const (
	ns     = `xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml" xmlns:image="x"`
	simple = `<?xml version="1.0" encoding="UTF-8"?><urlset ` + ns + `><url><loc>https://a.test/1</loc></url></urlset>`
)

func TestFormats(t *testing.T) {
	latin := "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><urlset><url><loc>https://a.test/\xe4</loc></url></urlset>"
	utf16 := "\xff\xfe"
	for _, c := range strings.Replace(simple, "UTF-8", "UTF-16", 1) {
		utf16 += string([]byte{byte(c), 0})
	}
	for _, c := range []struct{ name, text, want, problem string }{
		{"urlset", simple, "/1", ""},
		{"gzip", zipped(simple), "/1", ""},
		{"gzip twice", zipped(zipped(simple)), "/1", ""},
		{"byte order mark", "\uFEFF" + simple, "/1", ""},
		{"latin 1", latin, "/ä", ""},
		{"utf 16", utf16, "/1", ""},
		{"blanks and comments", "\n <!-- x --> <urlset>\n<url>\n<loc>\n https://a.test/1 \n</loc></url><!-- y --></urlset> z", "/1", ""},
		{"CDATA and entities", `<urlset><url><loc><![CDATA[https://a.test/?a&b]]></loc></url><url><loc>https://a.test/?a&amp;c&#x3d;1</loc></url></urlset>`, "/?a&b /?a&c=1", ""},
		{"sorted, once", `<urlset><url><loc>https://a.test/2</loc></url><url><loc>https://a.test/1</loc></url><url><loc>https://a.test/2</loc></url></urlset>`, "/1 /2", ""},
		{"images are no pages", `<urlset ` + ns + `><url><loc>https://a.test/1</loc><image:image><image:loc>https://a.test/i.png</image:loc></image:image></url></urlset>`, "/1", ""},
		{"translations", `<urlset ` + ns + `><url><loc>https://a.test/1</loc><xhtml:link rel="alternate" hreflang="de" href="https://a.test/de/1"/>` +
			`<xhtml:link rel="alternate" hreflang="en" href="https://a.test/1"/><xhtml:link rel="alternate" media="x" href="https://a.test/m"/></url></urlset>`, "/1 /de/1~", ""},
		{"relative", `<urlset><url><loc>/1</loc></url><url><loc>2</loc></url><url><loc></loc></url></urlset>`, "/1 /2", ""},
		{"rss", `<rss version="2.0"><channel><link>https://a.test/</link><item><title>x</title><link>https://a.test/1</link></item></channel></rss>`, "/1", ""},
		{"rss 1.0", `<rdf:RDF xmlns:rdf="y"><channel/><item><link>https://a.test/1</link></item></rdf:RDF>`, "/1", ""},
		{"atom", `<feed xmlns="http://www.w3.org/2005/Atom"><link href="https://a.test/"/><entry><link href="https://a.test/1"/><link rel="edit" href="https://a.test/e"/>` +
			`<link rel="alternate" href="https://a.test/2"/><content type="xhtml"><link href="https://a.test/3"/></content></entry></feed>`, "/1 /2", ""},
		{"text", "https://a.test/1\r\n\nnonsense\nhttps://a.test/2 ", "/1 /2", ""},
		{"empty urlset", `<urlset/>`, "", ""},
		{"nothing", "", "", "it is no sitemap"},
		{"nonsense", "hello", "", "it is no sitemap"},
		{"json", `{"urlset":["https://a.test/1"]}`, "", "it is no sitemap"},
		{"another document", `<svg><url><loc>https://a.test/1</loc></url></svg>`, "", "it is no sitemap"},
		{"a page", `<!DOCTYPE html><html><body>`, "", "a page stands in its place"},
		{"broken", `<urlset><url><loc>https://a.test/1</loc></url><url><loc>https://a.test/2</url></urlset>`, "/1", "it is broken: </url> closes nothing"},
		{"cut short", `<urlset><url><loc>https://a.test/1</loc></url><url><lo`, "/1", "it is broken"},
		{"cut short between elements", `<urlset><url><loc>https://a.test/1</loc></url>`, "/1", "it is broken: unexpected EOF"},
		{"gzip cut short", zipped(simple)[:60], "", "it is broken"},
		{"gzip header only", "\x1f\x8b\x08", "", "it is broken"},
		{"entity of its own", `<!DOCTYPE urlset [<!ENTITY a "https://a.test/x">]><urlset><url><loc>https://a.test/1</loc></url><url><loc>&a;</loc></url></urlset>`, "/1", "it is broken"},
		{"external entity", `<!DOCTYPE urlset [<!ENTITY a SYSTEM "file:///etc/passwd">]><urlset><url><loc>&a;</loc></url></urlset>`, "", "it is broken"},
		{"unknown encoding", `<?xml version="1.0" encoding="x-none"?><urlset/>`, "", "it is broken"},
		{"nested", `<urlset>` + strings.Repeat("<a>", 1000), "", "its elements are nested too deeply"},
		{"long text", `<urlset><url><loc>https://a.test/1</loc></url><url><loc>` + strings.Repeat("x", 2<<20), "/1", "a text in it is too long"},
		{"long address", `<urlset><url><loc>https://a.test/` + strings.Repeat("x", 9000) + `</loc></url></urlset>`, "", ""},
		{"long line", "https://a.test/1\n" + strings.Repeat("x", 2<<20), "/1", "a text in it is too long"},
	} {
		r := read(t, c.text)
		if got := locs(r); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
		if p := r.Files[0].Problem; (p == "") != (c.problem == "") || !strings.Contains(p, c.problem) {
			t.Errorf("%s: problem %q, want %q", c.name, p, c.problem)
		}
	}
}

// index is an index of these sitemaps.
func index(locs ...string) string {
	text := "<sitemapindex>"
	for _, l := range locs {
		text += "<sitemap><loc>" + l + "</loc></sitemap>"
	}
	return text + "</sitemapindex>"
}

// urlset is a sitemap of n addresses.
func urlset(prefix string, n int) string {
	var b strings.Builder
	b.WriteString("<urlset>")
	for i := range n {
		fmt.Fprintf(&b, "<url><loc>%s%d</loc></url>\n", prefix, i)
	}
	return b.String() + "</urlset>"
}

func problems(r Result) []string {
	var list []string
	for _, f := range r.Files {
		if f.Problem != "" {
			list = append(list, strings.TrimPrefix(f.URL, "https://a.test")+": "+f.Problem)
		}
	}
	return list
}

func TestIndexes(t *testing.T) {
	site := files{
		"https://a.test/s":   index("https://a.test/s", "https://a.test/1", "/2", "https://a.test/404", "https://b.test/no"),
		"https://a.test/1":   index("https://a.test/s", "https://a.test/11"),
		"https://a.test/11":  index("https://a.test/111"),
		"https://a.test/111": urlset("https://a.test/deep", 1),
		"https://a.test/2":   urlset("https://a.test/p", 2) + "",
		"https://b.test/no":  urlset("https://a.test/x", 1),
		"https://a.test/alt": `<urlset><url><loc>https://a.test/q</loc><link rel="alternate" hreflang="de" href="https://a.test/p0"/></url></urlset>`,
	}
	r := Read(t.Context(), []string{"https://a.test/s", "https://a.test/s", "https://a.test/alt"}, Options{
		Fetch:  site.fetch,
		Follow: func(u string) bool { return strings.HasPrefix(u, "https://a.test/") },
		Keep:   func(u string) bool { return !strings.HasSuffix(u, "/p1") },
	})
	if got := locs(r); got != "/p0 /q" {
		t.Errorf("addresses %q", got)
	}
	want := []string{"/404: the server answered with status 404", "/11: it is an index below 2 others"}
	if got := problems(r); !slices.Equal(got, want) {
		t.Errorf("problems %q", got)
	}
	if f := r.Files[3]; f.URL != "https://a.test/2" || f.Found != 2 {
		t.Errorf("%+v", r.Files)
	}
}

func TestFetchFails(t *testing.T) {
	r := Read(t.Context(), []string{"https://a.test/s"}, Options{Fetch: func(context.Context, string) (io.ReadCloser, Header, error) {
		return nil, Header{}, errors.New("no route")
	}})
	if got := problems(r); !slices.Equal(got, []string{"/s: it could not be fetched: no route"}) {
		t.Errorf("%q", got)
	}
	r = Read(t.Context(), []string{"https://a.test/s"}, Options{Fetch: func(context.Context, string) (io.ReadCloser, Header, error) {
		return io.NopCloser(io.MultiReader(strings.NewReader(simple[:150]), strings.NewReader(simple[150:200]), iotest.ErrReader(errors.New("reset")))), Header{Status: 200}, nil
	}})
	if got := problems(r); len(got) != 1 || !strings.Contains(got[0], "reset") {
		t.Errorf("%q", got)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	r = Read(ctx, []string{"https://a.test/s"}, Options{Fetch: files{"https://a.test/s": simple}.fetch})
	if len(r.URLs) > 0 || len(problems(r)) != 1 {
		t.Errorf("after the end: %+v", r)
	}
}

func TestBounds(t *testing.T) {
	r := read(t, urlset("https://a.test/", MaxURLs+10))
	if len(r.URLs) != MaxURLs || !strings.Contains(r.Files[0].Problem, "50000 addresses") {
		t.Errorf("%d addresses, %q", len(r.URLs), r.Files[0].Problem)
	}
	var many []string
	site := files{}
	for i := range 220 {
		many = append(many, fmt.Sprintf("https://a.test/s%d", i))
		site[many[i]] = urlset(fmt.Sprintf("https://a.test/%d/", i), 1+i%40/39*(minShare+99))
	}
	site["https://a.test/s"] = index(many...)
	r = Read(t.Context(), []string{"https://a.test/s"}, Options{Fetch: site.fetch})
	found := 0
	for _, f := range r.Files[1:] {
		found += f.Found
	}
	if len(r.URLs) > MaxTotal || r.Dropped < 400 || len(r.URLs)+r.Dropped != found {
		t.Errorf("%d addresses, %d dropped", len(r.URLs), r.Dropped)
	}
	if got := problems(r); len(got) != 1 || !strings.Contains(got[0], "21 were left out") {
		t.Errorf("%q", got)
	}
	last := r.Files[len(r.Files)-1].URL
	if last != "https://a.test/s218" {
		t.Errorf("the sitemaps read are not from all over the index: the last is %s", last)
	}
}

// TestOrder shuffles a file that is too large: the sample stays the same.
func TestOrder(t *testing.T) {
	lines := strings.Fields(strings.ReplaceAll(urlset("https://a.test/", 20_000), "<urlset>", "<urlset> "))
	reversed := slices.Clone(lines[1 : len(lines)-1])
	slices.Reverse(reversed)
	site := files{
		"https://a.test/1": strings.Join(lines, "\n"),
		"https://a.test/2": lines[0] + strings.Join(reversed, "\n") + lines[len(lines)-1],
	}
	var many []string
	for i := range 150 {
		many = append(many, fmt.Sprintf("https://a.test/none%d", i))
	}
	site["https://a.test/i1"] = index(append(many, "https://a.test/1")...)
	site["https://a.test/i2"] = index(append(many, "https://a.test/2")...)
	a := Read(t.Context(), []string{"https://a.test/i1"}, Options{Fetch: site.fetch})
	b := Read(t.Context(), []string{"https://a.test/i2"}, Options{Fetch: site.fetch})
	if len(a.URLs) != minShare || !slices.Equal(a.URLs, b.URLs) {
		t.Errorf("%d and %d addresses, equal: %v", len(a.URLs), len(b.URLs), slices.Equal(a.URLs, b.URLs))
	}
}

// bomb is a gzip file that becomes very long.
func bomb(t *testing.T, head string, size int) string {
	t.Helper()
	var b bytes.Buffer
	z, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		t.Fatal(err)
	}
	_, _ = io.WriteString(z, head)
	block := bytes.Repeat([]byte(strings.Repeat(" ", 1<<12-1)+"\n"), 1<<8)
	for range size >> 20 {
		_, _ = z.Write(block)
	}
	_ = z.Close()
	return b.String()
}

func TestBombs(t *testing.T) {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	text := bomb(t, "https://a.test/1\n", 60<<20)
	r := read(t, text)
	if locs(r) != "/1" || !strings.Contains(r.Files[0].Problem, "50 MB") {
		t.Errorf("%q, %q", locs(r), r.Files[0].Problem)
	}
	r = read(t, bomb(t, "<urlset><url><loc>https://a.test/1</loc></url><a ", 60<<20))
	if locs(r) != "/1" || r.Files[0].Problem == "" {
		t.Errorf("%q, %q", locs(r), r.Files[0].Problem)
	}
	// The bound of all files together, with less than there is.
	list := []string{"https://a.test/1", "https://a.test/2", "https://a.test/3"}
	site := files{list[0]: text, list[1]: text, list[2]: text}
	r = newReader(Options{Fetch: site.fetch}, 60<<20).run(t.Context(), list)
	if p := problems(r); len(p) != 3 || !strings.Contains(p[0], "50 MB") || !strings.Contains(p[1], "200 MB") || !strings.Contains(p[2], "200 MB") {
		t.Errorf("%q", p)
	}
	runtime.ReadMemStats(&after)
	if grown := int64(after.HeapAlloc) - int64(before.HeapAlloc); grown > 64<<20 {
		t.Errorf("the heap grew by %d bytes", grown)
	}
}

// TestEntityBomb has what makes other parsers expand a kilobyte to gigabytes.
func TestEntityBomb(t *testing.T) {
	dtd := `<!DOCTYPE urlset [<!ENTITY a0 "lol">`
	for i := range 20 {
		dtd += fmt.Sprintf(`<!ENTITY a%d "%s">`, i+1, strings.Repeat(fmt.Sprintf("&a%d;", i), 10))
	}
	r := read(t, dtd+`]><urlset><url><loc>https://a.test/1</loc></url><url><loc>&a20;</loc></url></urlset>`)
	if locs(r) != "/1" || !strings.Contains(r.Files[0].Problem, "a20") {
		t.Errorf("%q, %q", locs(r), r.Files[0].Problem)
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(simple))
	f.Add([]byte(zipped(simple)))
	f.Add([]byte(index("https://a.test/1")))
	f.Add([]byte(`<feed><entry><link href="/x"/></entry></feed>`))
	f.Add([]byte(`<rss><channel><item><link>http://x</link></item></channel></rss>`))
	f.Add([]byte("http://x\nhttp://y"))
	f.Fuzz(func(t *testing.T, file []byte) {
		get := func(context.Context, string) (io.ReadCloser, Header, error) {
			return io.NopCloser(bytes.NewReader(file)), Header{Status: 200}, nil
		}
		o := Options{Fetch: get, Follow: func(u string) bool { return len(u)%2 == 0 }}
		r := Read(t.Context(), []string{"https://a.test/s"}, o)
		if !slices.IsSortedFunc(r.URLs, func(a, b URL) int { return strings.Compare(a.Loc, b.Loc) }) || len(r.Files) > 2*MaxFiles {
			t.Errorf("%d files, %+v", len(r.Files), r.URLs)
		}
		if again := Read(t.Context(), []string{"https://a.test/s"}, o); !slices.Equal(r.URLs, again.URLs) || !slices.Equal(r.Files, again.Files) {
			t.Error("the second reading gave something else")
		}
	})
}
