package robots

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"time"
)

func TestAllowed(t *testing.T) {
	for _, c := range []struct{ name, file, allowed, forbidden string }{
		{"empty", "", "/ /x", ""},
		{"everything", "User-agent: *\nDisallow: /", "", "/ /x /x?y"},
		{"nothing", "User-agent: *\nDisallow:", "/ /x", ""},
		{"prefix", "User-agent: *\nDisallow: /a", "/ /b /A", "/a /a/ /ab /a?b"},
		{"folder", "User-agent: *\nDisallow: /a/", "/a /ab", "/a/ /a/b"},
		{"longest wins", "User-agent: *\nDisallow: /a\nAllow: /a/b\nDisallow: /a/b/c", "/a/b /a/bx", "/a /a/x /a/b/c"},
		{"order does not count", "User-agent: *\nAllow: /a/b\nDisallow: /a", "/a/b", "/a"},
		{"ties allow", "User-agent: *\nDisallow: /a\nAllow: /a", "/a", ""},
		{"ties allow, with wildcards", "User-agent: *\nDisallow: /a*\nAllow: /*x", "/ax", "/ab"},
		{"wildcard", "User-agent: *\nDisallow: /*.pdf", "/x", "/x.pdf /x.pdfs /a/b.pdf?c"},
		{"end", "User-agent: *\nDisallow: /*.pdf$", "/x.pdfs /x.pdf?y", "/x.pdf /.pdf"},
		{"end without wildcard", "User-agent: *\nDisallow: /a$", "/ab /a/", "/a"},
		{"wildcard at the end is nothing", "User-agent: *\nDisallow: /a*", "/", "/a /ab"},
		{"wildcard first", "User-agent: *\nDisallow: *sid=", "/?x", "/?sid=1 /a?b&sid=1"},
		{"several wildcards", "User-agent: *\nDisallow: /*/b/*/d$", "/a/b/d /a/b/c/d/e", "/a/b/c/d /a/b/c/c/d"},
		{"wildcards do not overlap", "User-agent: *\nDisallow: /ab*ba$", "/aba", "/abba /abxba"},
		{"only the start page", "User-agent: *\nDisallow: /\nAllow: /$", "/", "/a /?a"},
		{"queries", "User-agent: *\nDisallow: /*?", "/ /a", "/?a /a?b"},
		{"our group alone holds", "User-agent: *\nDisallow: /\n\nUser-agent: CookieScan\nDisallow: /x", "/ /y", "/x"},
		{"with a version", "User-agent: cookiescan/1.0\nDisallow: /x", "/", "/x"},
		{"another's group", "User-agent: cookiescanner\nDisallow: /\nUser-agent: cook\nDisallow: /", "/ /x", ""},
		{"groups are joined", "User-agent: *\nDisallow: /a\nUser-agent: x\nDisallow: /c\nUser-agent: *\nDisallow: /b", "/c", "/a /b"},
		{"agents in a row", "User-agent: x\nUser-agent: *\nUser-agent: y\nDisallow: /a", "/", "/a"},
		{"other lines do not interfere", "User-agent: *\nSitemap: https://a.test/s\nCrawl-delay: 1\nFoo: bar\nUser-agent: x\nDisallow: /a", "/", "/a"},
		{"rules end a group", "User-agent: *\nDisallow:\nUser-agent: x\nDisallow: /a", "/a", ""},
		{"rules of nobody", "Disallow: /", "/", ""},
		{"comments and blanks", " USER-agent : * # all\n\n\tdisallow\t:\t/a # this\n#Disallow: /b", "/b", "/a"},
		{"line ends", "User-agent: *\r\nDisallow: /a\rDisallow: /b\n", "/", "/a /b"},
		{"byte order mark", "\uFEFFUser-agent: *\nDisallow: /a", "/", "/a"},
		{"escapes", "User-agent: *\nDisallow: /%7Ea/%e4\nDisallow: /ä", "/", "/~a/%E4 /%7ea/%e4 /%C3%A4 /%c3%a4x"},
		{"escaped slash is no slash", "User-agent: *\nDisallow: /a%2fb", "/a/b", "/a%2Fb"},
		{"without slash", "User-agent: *\nDisallow: a", "/b", "/a"},
		{"binary", "\x00\xff\xfe\x01User-agent: *\nDisallow: /a\x00", "/", ""},
		{"a page", "\n<!DOCTYPE html>\nUser-agent: *\nDisallow: /", "/", ""},
		{"colons", "User-agent: *\nDisallow: /a:b\nDisallow::/c", "/c", "/a:b"},
	} {
		r := Parse(strings.NewReader(c.file))
		for _, path := range strings.Fields(c.allowed) {
			if !r.Allowed("https://a.test" + path) {
				t.Errorf("%s: %s is forbidden", c.name, path)
			}
		}
		for _, path := range strings.Fields(c.forbidden) {
			if r.Allowed("https://a.test" + path) {
				t.Errorf("%s: %s is allowed", c.name, path)
			}
		}
	}
}

func TestStatus(t *testing.T) {
	for status, allowed := range map[int]bool{
		200: false, 204: false, 301: true, 308: true, 400: true, 401: true, 403: true, 404: true, 410: true, 429: true, 500: false, 503: false, 599: false, 0: false,
	} {
		r := Read(status, strings.NewReader("User-agent: *\nDisallow: /"))
		if got := r.Allowed("https://a.test/"); got != allowed {
			t.Errorf("status %d: allowed is %v", status, got)
		}
		if quiet := status == 200 || status == 204 || status == 404 || status == 410; quiet == (r.Problem() != "") {
			t.Errorf("status %d: %q", status, r.Problem())
		}
	}
	if Unreachable().Allowed("https://a.test/") || Unreachable().Problem() == "" {
		t.Error("an origin that cannot be reached forbids everything")
	}
	var none *Rules
	if !none.Allowed("https://a.test/") || none.CrawlDelay() != 0 || none.Sitemaps() != nil || none.Problem() != "" {
		t.Error("no rules allow everything")
	}
}

func TestOtherLines(t *testing.T) {
	r := Parse(strings.NewReader("Sitemap: https://a.test/1.xml\nUser-agent: *\nCrawl-delay: 2.5\nDisallow: /x\nsitemap:/2.xml # two\nUser-agent: y\nCrawl-delay: 9\nDisallow:\n"))
	if got := r.Sitemaps(); !slices.Equal(got, []string{"https://a.test/1.xml", "/2.xml"}) {
		t.Errorf("sitemaps %q", got)
	}
	if r.CrawlDelay() != 2500*time.Millisecond {
		t.Errorf("delay %v", r.CrawlDelay())
	}
	for value, want := range map[string]time.Duration{"1e9": MaxDelay, "+Inf": MaxDelay, "-1": 0, "NaN": 0, "x": 0, "0": 0, "": 0, "10": 10 * time.Second} {
		if got := Parse(strings.NewReader("User-agent: *\nCrawl-delay: " + value)).CrawlDelay(); got != want {
			t.Errorf("%s: %v", value, got)
		}
	}
}

func TestSize(t *testing.T) {
	long := "User-agent: *\nDisallow: /a\n" + strings.Repeat("# comment\n", MaxSize/10) + "Disallow: /b\n"
	r := Parse(strings.NewReader(long))
	if r.Allowed("https://a.test/a") || !r.Allowed("https://a.test/b") || !strings.Contains(r.Problem(), "500 KiB") {
		t.Errorf("a long file: %q", r.Problem())
	}
	// The bound falls into "/admin/secret", of which "/a" would forbid more.
	head := "User-agent: *\n"
	cut := head + strings.Repeat("#", MaxSize-len(head)-len("\nDisallow: /a")) + "\nDisallow: /admin/secret\n"
	if r := Parse(strings.NewReader(cut)); !r.Allowed("https://a.test/abc") {
		t.Error("a rule cut short holds")
	}
	r = Parse(io.MultiReader(strings.NewReader("User-agent: *\nDisallow: /a\nDisallow: /bc"), iotest.ErrReader(errors.New("reset"))))
	if r.Allowed("https://a.test/a") || !r.Allowed("https://a.test/bc") || r.Problem() == "" {
		t.Errorf("a broken file: %q", r.Problem())
	}
	if r := Parse(endless{}); r.Problem() == "" {
		t.Error("an endless file")
	}
}

// endless is one line without end.
type endless struct{}

func (endless) Read(b []byte) (int, error) {
	for i := range b {
		b[i] = 'x'
	}
	return len(b), nil
}

func TestManyRules(t *testing.T) {
	var b strings.Builder
	b.WriteString("User-agent: *\n")
	for i := 0; b.Len() < MaxSize-20; i++ {
		fmt.Fprintf(&b, "Disallow: /%d\n", i)
	}
	r := Parse(strings.NewReader(b.String()))
	if !r.Allowed("https://a.test/x"+strings.Repeat("/y", 100)) || r.Allowed("https://a.test/123") {
		t.Error("forbidden, or not")
	}
	// What a question costs: the paths of "/0" to "/99999" have five lengths.
	if len(r.plain) < 10_000 || len(r.lengths) != 5 || len(r.patterns) > 0 {
		t.Errorf("%d rules of %d lengths and %d patterns", len(r.plain), len(r.lengths), len(r.patterns))
	}
	stars := Parse(strings.NewReader("User-agent: *\n" + strings.ReplaceAll(b.String(), ": /", ": /*")[20:]))
	if stars.Allowed("https://a.test/x") || stars.Problem() == "" {
		t.Error("a bomb of wildcards")
	}
	slow := Parse(strings.NewReader("User-agent: *\nDisallow: /" + strings.Repeat("*a", 5000) + "$"))
	slow.Allowed("https://a.test/" + strings.Repeat("a", 8000) + "b")
}

func FuzzParse(f *testing.F) {
	f.Add("User-agent: *\nDisallow: /a*b$\nAllow: /%41\nCrawl-delay: 3\nSitemap: x", "/a/b?c")
	f.Add("\uFEFF<html>", "")
	f.Add("user-agent:*\ndisallow:/%%341", "/%%341")
	f.Add("user-agent:cookiescan\ndisallow:*", "%zz")
	f.Fuzz(func(t *testing.T, file, path string) {
		r := Parse(strings.NewReader(file))
		allowed := r.Allowed("https://a.test" + path)
		if allowed != r.Allowed("https://a.test"+normal(path)) && strings.IndexAny(path, "/?") == 0 && !strings.ContainsAny(path, "#") {
			t.Errorf("%q: escapes make a difference", path)
		}
		if d := r.CrawlDelay(); d < 0 || d > MaxDelay || len(r.Sitemaps()) > MaxSitemaps {
			t.Errorf("delay %v, %d sitemaps", d, len(r.Sitemaps()))
		}
		if n := normal(path); normal(n) != n {
			t.Errorf("%q becomes %q and then %q", path, n, normal(n))
		}
	})
}
