package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"cookiescan/scanner"
)

// htmlAttack is what a site could put into any text of its own.
const htmlAttack = "\"'></script></style></title></textarea><img src=x onerror=alert(1)><svg onload=alert(1)><a href=javascript:alert(1)>" +
	"javascript:alert(1)<!--{{.}}]]>&lt;&#x202e; \u202e\u2066\u200b\u200e\u2028\u00ad\U000e0041\x1b[31m\x00\x7f\xff"

// rewritten is a scan with each of its texts changed, in any field or in those
// of some names.
func rewritten(t testing.TB, s *scanner.Scan, change func(string) string, only ...string) *scanner.Scan {
	t.Helper()
	var doc bytes.Buffer
	if err := scanner.WriteJSON(&doc, s); err != nil {
		t.Fatal(err)
	}
	var v any
	if err := json.Unmarshal(doc.Bytes(), &v); err != nil {
		t.Fatal(err)
	}
	top := v.(map[string]any)
	for key, field := range top {
		if key != "schema" && key != "started" && key != "finished" {
			top[key] = changeTexts(field, change, len(only) == 0, only)
		}
	}
	// Not through the reader, which refuses words that it does not know.
	changed, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	var out scanner.Scan
	if err := json.Unmarshal(changed, &out); err != nil {
		t.Fatal(err)
	}
	return &out
}

func changeTexts(v any, change func(string) string, here bool, only []string) any {
	switch v := v.(type) {
	case string:
		if here {
			return change(v)
		}
	case []any:
		for i := range v {
			v[i] = changeTexts(v[i], change, here, only)
		}
	case map[string]any:
		for k := range v {
			v[k] = changeTexts(v[k], change, len(only) == 0 || slices.Contains(only, k), only)
		}
	}
	return v
}

// word matches what is likely to be one of the document's own words.
var word = regexp.MustCompile(`^[a-zA-Z.-]{0,20}$`)

// Whatever a site writes into whatever field, the file has the kinds of
// elements with the attributes that it has for harmless text, and no others.
func TestHTMLOfAttacks(t *testing.T) {
	plain := readAudited(t)
	hosts := plain.Hosts[0]
	hosts.Name = plain.Cookies[0].Domain
	plain.Hosts = append(plain.Hosts, hosts)
	plain.Target.As = "https://as.test/"
	ways := map[string]func(attack string) func(string) string{
		"before all":      func(a string) func(string) string { return func(s string) string { return a + s } },
		"behind all":      func(a string) func(string) string { return func(s string) string { return s + a } },
		"in place of all": func(a string) func(string) string { return func(s string) string { return a + fmt.Sprint(len(s)) } },
		"behind foreign text": func(a string) func(string) string {
			return func(s string) string {
				if word.MatchString(s) {
					return s
				}
				return s + a
			}
		},
	}
	pictures := map[string][]byte{htmlAttack: pixel(t), "none": []byte(htmlAttack)}
	usual := shapeOf(t, render(t, "html", Options{}, plain))
	for name, way := range ways {
		t.Run(name, func(t *testing.T) {
			harmless := render(t, "html", Options{Pictures: pictures}, rewritten(t, plain, way("harmless")))
			attacked := render(t, "html", Options{Pictures: pictures}, rewritten(t, plain, way(htmlAttack)))
			want, got := shapeOf(t, harmless), shapeOf(t, attacked)
			for element := range got {
				if !want[element] && !usual[element] {
					t.Errorf("an attack made the element <%s>", element)
				}
			}
		})
	}
}

// ours is what our own words in attributes look like.
var ours = regexp.MustCompile(`^[\pL\pN #%.,:;()'/=+&-]*$`)

// shapeOf is the kinds of elements, each with the names of its attributes. It
// finds what no report may have. A link to elsewhere counts as text: whether an
// address becomes one depends on the text.
func shapeOf(t *testing.T, page string) map[string]bool {
	t.Helper()
	for i, r := range page {
		if r != '\n' && printable(string(r)) != string(r) && r != '\u00a0' && r != '\u202f' {
			t.Fatalf("%U at %d: …%q…", r, i, page[max(0, i-60):i])
		}
	}
	doc, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	var fragments []string
	shape := map[string]bool{}
	ids := map[string]bool{}
	for n := range doc.Descendants() {
		if n.Type == html.CommentNode {
			t.Errorf("a comment: %.100q", n.Data)
		}
		if n.Type != html.ElementNode {
			continue
		}
		attributes := map[string]string{}
		line := n.Data
		for _, a := range n.Attr {
			attributes[a.Key] = a.Val
			if strings.HasPrefix(a.Key, "on") || a.Key == "style" || a.Key == "srcdoc" || a.Key == "action" {
				t.Errorf("<%s> has the attribute %s", n.Data, a.Key)
			}
			if a.Key != "href" && a.Key != "src" && a.Key != "content" && a.Key != "d" && a.Key != "alt" && !ours.MatchString(a.Val) {
				t.Errorf("<%s %s> holds %.200q", n.Data, a.Key, a.Val)
			}
			line += " " + a.Key
		}
		switch to := attributes["href"]; {
		case n.Data == "script" || n.Data == "style":
			if len(n.Attr) > 0 {
				t.Errorf("<%s> has attributes", n.Data)
			}
		case strings.HasPrefix(to, "#"):
			fragments = append(fragments, to[1:])
		case strings.HasPrefix(to, "https://") || strings.HasPrefix(to, "http://"):
			if n.Data != "a" || attributes["rel"] != "noreferrer noopener" || printable(to) != to {
				t.Errorf("<%s> leads to %.200q with rel %q", n.Data, to, attributes["rel"])
			}
			line = "span"
		case to != "":
			t.Errorf("<%s> leads to %.200q", n.Data, to)
		}
		if src := attributes["src"]; src != "" && (n.Data != "img" || !strings.HasPrefix(src, "data:image/png;base64,")) {
			t.Errorf("<%s> loads %.200q", n.Data, src)
		}
		if id := attributes["id"]; id != "" {
			if ids[id] {
				t.Errorf("two elements have the id %.100q", id)
			}
			ids[id] = true
		}
		shape[line] = true
	}
	for _, f := range fragments {
		if !ids[f] {
			t.Errorf("a link leads to %.100q, which is not there", f)
		}
	}
	return shape
}

// Names of 100 kB neither make the file large nor take long.
func TestHTMLOfLongNames(t *testing.T) {
	long := func(s string) string { return s + strings.Repeat("<\u202e>", 20_000) }
	page := render(t, "html", Options{}, rewritten(t, readAudited(t), long, "name", "key", "title", "host", "domain", "vendor", "text", "subject", "message", "cmp"))
	shapeOf(t, page)
	if len(page) > 1<<20 {
		t.Errorf("texts of 100 kB make a report of %d kB", len(page)>>10)
	}
}

func TestHTMLLinksAndPictures(t *testing.T) {
	s := readAudited(t)
	s.Passes[0].Pages[0].URL = "javascript:alert(1)//https://www.shop.test/"
	s.Passes[0].Pages[1].URL = "https://user:secret@www.shop.test/"
	page := render(t, "html", Options{Pictures: map[string][]byte{"none": pixel(t), "accept": []byte("GIF89a")}}, s)
	shapeOf(t, page)
	for text, want := range map[string]int{
		`href="javascript:`: 0, `href="https://user`: 0, `href="https://www.shop.test/" rel="noreferrer noopener"`: 2,
		`<img src="data:image/png;base64,`: 1, `width="1" height="1" alt="Screenshot: none"`: 1,
	} {
		if got := strings.Count(page, text); got != want {
			t.Errorf("%s is there %d times, want %d", text, got, want)
		}
	}
	if !strings.Contains(page, ">Screenshot: none</a>") {
		t.Error("no finding points to the screenshot of its pass")
	}
}
