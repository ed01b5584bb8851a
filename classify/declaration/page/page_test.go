package page

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"sync"
	"testing"

	"golang.org/x/text/encoding/charmap"
)

func TestRecognise(t *testing.T) {
	for _, test := range []struct {
		name, head string
		want       bool
	}{
		{"policy.html", "<p>Cookies", true},
		{"https://www.example.com/cookies?lang=de", "<!DOCTYPE html><html>", true},
		{"policy", "\ufeff<table><tr><td>", true},
		{"policy.md", "# Cookies", true},
		{"policy.txt", "Cookies", true},
		{"cookies.txt", "# Netscape HTTP Cookie File\n", false},
		{"cookies.json", "{}", false},
		{"cookies.csv", "name,domain", false},
		{"cookies.yaml", "version: 1", false},
		{"feed", "<?xml version=\"1.0\"?><rss>", false},
		{"scan", "[{\"name\"", false},
		{"empty.txt", " ", false},
		{"policy.txt", "a\x00b", false},
	} {
		if got := Recognise(test.name, []byte(test.head)); got != test.want {
			t.Errorf("%s with %q: got %v, want %v", test.name, test.head, got, test.want)
		}
	}
}

func TestErrors(t *testing.T) {
	r := newReader(t)
	for name, data := range map[string][]byte{
		"large.html":  bytes.Repeat([]byte("<p>a</p>"), mostOctets/8+1),
		"deep.html":   []byte("<html>" + strings.Repeat("<div>", 100_000)),
		"binary":      []byte("a\x00b"),
		"nothing.txt": nil,
	} {
		if _, err := r.Read(name, data); err == nil || !strings.HasPrefix(err.Error(), name+": ") {
			t.Errorf("%s: got the error %v", name, err)
		}
	}
}

const small = `<html><head><meta charset="windows-1252"></head><body><h2>Präferenzen</h2><p>Cookies</p>
<table><tr><th>Name</th><th>Zweck</th><th>Dauer</th></tr><tr><td>my_lang</td><td>Größe</td><td>1 Jahr</td></tr></table></body></html>`

func TestCharset(t *testing.T) {
	r := newReader(t)
	data, err := charmap.Windows1252.NewEncoder().Bytes([]byte(small))
	if err != nil {
		t.Fatal(err)
	}
	d, err := r.Read("policy.html", data)
	if err != nil {
		t.Fatal(err)
	}
	if len(d.Entries) != 1 || d.Entries[0].Category != "preferences" || d.Entries[0].Purpose != "Größe" {
		t.Errorf("got %+v", d.Entries)
	}
}

// TestEntry looks at all that is said of a row.
func TestEntry(t *testing.T) {
	r := newReader(t)
	d, err := r.Read("policy.html", []byte(`<html lang="en"><h1>Cookies</h1><h2>Marketing</h2>
<table><tr><th>Name</th><th>Provider</th><th>Domain</th><th>Purpose</th><th>Type</th><th>Expiry</th></tr>
<tr><td>_fbp</td><td>Meta</td><td>.example.com</td><td>Shows adverts</td><td>Third-party HTTP cookie</td><td>3 months</td></tr>
<tr><td>Something else entirely</td><td>Meta</td><td></td><td></td><td></td><td></td></tr></table></html>`))
	if err != nil {
		t.Fatal(err)
	}
	got, err := json.Marshal(d)
	if err != nil {
		t.Fatal(err)
	}
	want := `{"source":"policy.html","language":"en","entries":[{"name":"_fbp","kind":"cookie","domain":"example.com","provider":"Meta","category":"marketing",` +
		`"purpose":"Shows adverts","lifetime":{"raw":"3 months","seconds":7889400},"party":"third","confidence":"certain","place":"table 1, row 2"}],` +
		`"statements":[{"kind":"category","text":"marketing: Marketing","place":"paragraph 1"}],` +
		`"notUnderstood":[{"text":"Something else entirely | Meta | | | |","place":"table 1, row 3","why":"where the name should be, there is none of a cookie"}]}`
	if string(got) != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// TestParallel reads the same page in parallel: what is read is the same.
func TestParallel(t *testing.T) {
	r := newReader(t)
	results := make([]string, 8)
	var wg sync.WaitGroup
	for i := range results {
		wg.Go(func() {
			d, err := r.Read("policy.html", []byte(small))
			if err != nil {
				t.Error(err)
				return
			}
			text, err := json.Marshal(d)
			if err != nil {
				t.Error(err)
			}
			results[i] = string(text)
		})
	}
	wg.Wait()
	for _, text := range results[1:] {
		if text != results[0] {
			t.Errorf("got %s and %s", results[0], text)
		}
	}
}

// TestBounds reads what is made to take long.
func TestBounds(t *testing.T) {
	r := newReader(t)
	row := "<tr><td rowspan=1000 colspan=1000>_ga</td></tr>"
	for name, page := range map[string]string{
		"spans":   "<h1>Cookies</h1><table>" + strings.Repeat(row, 200) + "</table>",
		"nested":  strings.Repeat("<table><tr><td>", 100) + strings.Repeat("_ga ", 1000),
		"divs":    "<html>" + strings.Repeat("<div><div><p>a</p><p>b</p></div><div><p>a</p>", 120) + strings.Repeat("word ", 20_000),
		"letters": "<html><h1>Cookies</h1><p>" + strings.Repeat("x", 1<<18) + "</p>",
		"prose":   "<html><h1>Cookies</h1><p>" + strings.Repeat("not a cookie called _ga « ", 5_000),
		"many":    "<html><h1>Cookies</h1>" + strings.Repeat("<p>The cookie _ga_1x and the cookie my_name are set.", 2_000),
		"bars":    "<html><h1>Cookies</h1>" + strings.Repeat("<p>a | b | c | d", 5_000),
		"seams":   "<html><h1>Cookies</h1><p>" + strings.Repeat("<b>a</b>", 10_000) + "</p>",
	} {
		if _, err := r.Read("policy.html", []byte(page)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := r.Read("policy.txt", []byte("Cookies\n"+strings.Repeat("Name\n", 10_000)+strings.Repeat("_ga\tx\n", 10_000))); err != nil {
		t.Error(err)
	}
}

// TestLimits reads what has more of something than a policy needs.
func TestLimits(t *testing.T) {
	r := newReader(t)
	wide := "Cookies\n\nName\tExpiry\n_ga\t2 years\n" + strings.Repeat("a\t", mostColumns+1) + "a\n"
	d, err := r.Read("policy.txt", []byte(wide))
	if err != nil || len(d.Entries) != 1 || d.Entries[0].Name != "_ga" {
		t.Errorf("above a line of too many cells: got %+v, %v", d, err)
	}
	const names = 40 // in a row
	row := "<tr><td>" + strings.Repeat("_ga,", names) + "</td><td>1 year</td></tr>"
	d, err = r.Read("policy.html", []byte("<h1>Cookies</h1><table><tr><th>Name</th><th>Expiry</th></tr>"+strings.Repeat(row, mostEntries/names+2)+"</table>"))
	if err != nil || len(d.NotUnderstood) != 1 || d.NotUnderstood[0].Why != tooMany || d.NotUnderstood[0].Place != "table 1, row 502" {
		t.Errorf("of too many rows: got %+v, %v", d.NotUnderstood, err)
	}
}

// TestUnnamedMarkdown reads Markdown from standard input, where no name says
// that it is Markdown.
func TestUnnamedMarkdown(t *testing.T) {
	r := newReader(t)
	for _, policy := range []string{
		"# Cookie policy\n\n- **_gcl_au** – conversion tracking, expires after 3 months\n",
		"Cookies\n\n| Cookie | Expires |\n|:--|--:|\n| **_gcl_au** | 3 months |\n",
	} {
		d, err := r.Read("standard input", []byte(policy))
		if err != nil || len(d.Entries) != 1 || d.Entries[0].Name != "_gcl_au" {
			t.Errorf("%q: got %+v, %v", policy, d, err)
		}
	}
}

// TestWrapped reads text whose sentences go over several lines.
func TestWrapped(t *testing.T) {
	r := newReader(t)
	for _, name := range []string{"policy.md", "policy.txt"} {
		d, err := r.Read(name, []byte("About cookies\n\nIf you think that something is wrong, you can lodge a complaint with\nthe supervisory authority. We count visits by a cookie which is called\n_ga and nothing else. Some of the\ncookies are sweet.\n"))
		if err != nil {
			t.Fatal(err)
		}
		if got := said(d); !slices.Contains(got, Complaint) {
			t.Errorf("%s says %q, want %s", name, got, Complaint)
		}
	}
}

// TestFrames says of what stood in a frame where that was.
func TestFrames(t *testing.T) {
	r := newReader(t)
	table := func(name string) string {
		return "<table><tr><th>Name</th><th>Purpose</th><th>Expiry</th></tr><tr><td>" + name + "</td><td>Counts visits</td><td>1 year</td></tr></table>"
	}
	d, err := r.Read("https://x.test/cookies", []byte("<!DOCTYPE html><html><body><h1>Cookies</h1>"+table("one_id")+
		`<div data-cookiescan-frame="https://cmp.test/list"><div><div>`+table("two_id")+"</div></div></div>"+table("three_id")+"</body></html>"))
	if err != nil {
		t.Fatal(err)
	}
	var places []string
	for _, e := range d.Entries {
		places = append(places, e.Place)
	}
	want := []string{"table 1, row 2", "frame https://cmp.test/list, table 2, row 2", "table 3, row 2"}
	if strings.Join(places, "; ") != strings.Join(want, "; ") {
		t.Errorf("got the places %q, want %q", places, want)
	}
}

// TestTitlesOfParts reads lists below titles that are no headings: of a control before
// all headings nothing follows for those below them, and parts of equally many
// elements are no rows if there are tables in them.
func TestTitlesOfParts(t *testing.T) {
	r := newReader(t)
	table := func(name string) string {
		return "<table><tr><th>Name</th><th>Purpose</th><th>Expiry</th></tr><tr><td>" + name + "</td><td>Counts visits</td><td>1 year</td></tr></table>"
	}
	for name, page := range map[string]string{
		"a control before all headings": `<button aria-expanded="false">Menu</button><h1>Cookies</h1><h2>Statistics cookies</h2><button aria-expanded="true">Ours</button>` + table("one_id") + table("two_id"),
		"parts with tables":             `<h1>Cookies</h1><h2>Statistics cookies</h2><div><section><h3>Ours</h3><div>` + table("one_id") + `</div></section><section><h3>Theirs</h3><div>` + table("two_id") + `</div></section></div>`,
	} {
		d, err := r.Read("policy.html", []byte("<!DOCTYPE html><html><body>"+page+"</body></html>"))
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, e := range d.Entries {
			got = append(got, e.Name+" "+e.Category+" "+e.Place)
		}
		if want := "one_id statistics table 1, row 2; two_id statistics table 2, row 2"; strings.Join(got, "; ") != want {
			t.Errorf("%s: got %q, want %s", name, got, want)
		}
	}
}
