package policy

import (
	"os"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"cookiescan/classify/declaration/register"
	"cookiescan/report/opc/opctest"
	"cookiescan/scanner"
)

// tags are those that a policy may have in it.
var tags = strings.Fields("html head meta title style body main div p h1 h2 h3 nav ol ul li a section button table caption thead tbody tr th td code")

// safeHTML finds what a policy must not have: other tags, handlers, addresses
// that act.
func safeHTML(t *testing.T, text string) {
	t.Helper()
	z := html.NewTokenizer(strings.NewReader(text))
	for {
		switch z.Next() {
		default:
		case html.ErrorToken:
			return
		case html.StartTagToken, html.SelfClosingTagToken:
			tag := z.Token()
			if !slices.Contains(tags, tag.Data) {
				t.Errorf("there is a <%s>", tag.Data)
			}
			for _, a := range tag.Attr {
				follow := strings.HasPrefix(a.Val, "https://") || strings.HasPrefix(a.Val, "http://") || strings.HasPrefix(a.Val, "mailto:") || strings.HasPrefix(a.Val, "#") || strings.HasPrefix(a.Val, "archive/")
				if strings.HasPrefix(a.Key, "on") || a.Key == "src" || a.Key == "href" && !follow {
					t.Errorf("<%s %s=%q>", tag.Data, a.Key, a.Val)
				}
			}
		}
	}
}

// safeMarkdown finds a table that something in it has broken, and HTML.
func safeMarkdown(t *testing.T, text string) {
	t.Helper()
	columns := 0
	for l := range strings.Lines(text) {
		l = strings.TrimRight(l, "\n")
		if !strings.HasPrefix(l, "| ") {
			columns = 0
			if strings.Contains(l, "<script") && !strings.Contains(l, "\\<script") && !strings.Contains(l, "`") {
				t.Errorf("HTML: %s", l)
			}
			continue
		}
		n := strings.Count(l, "|") - strings.Count(l, `\|`)
		if columns != 0 && n != columns {
			t.Errorf("%d bars and not %d: %s", n, columns, l)
		}
		columns = n
	}
}

// draftOf is a draft from a scan alone.
func draftOf(t testing.TB, s *scanner.Scan) *Document {
	t.Helper()
	s.Target.Site, s.Target.URL = "shop.test", "https://shop.test/" // a declaration takes no other
	u, err := register.Draft("draft", nil, []*scanner.Scan{s}, register.DraftOptions{
		Open: os.ReadFile, Vendor: func(string) (register.Vendor, bool) { return register.Vendor{}, false },
	})
	if err != nil {
		t.Fatal(err)
	}
	return build(t, Source{Register: parse(t, "draft", string(u.Text)), Languages: []string{"en"}, Scan: s, Draft: true})
}

// TestHostileSite makes a draft of a scan in which every text is an attack.
func TestHostileSite(t *testing.T) {
	d := draftOf(t, readScan(t, "hostile"))
	if len(d.Items) < 5 {
		t.Fatalf("%d items", len(d.Items))
	}
	page := render(t, d, "html", "en", Options{}, false)
	safeHTML(t, page)
	text := render(t, d, "markdown", "en", Options{}, false)
	safeMarkdown(t, text)
	for _, bad := range []string{"\x1b", "\u202e", "\u200b", "\x00"} {
		if strings.Contains(page, bad) || strings.Contains(text, bad) {
			t.Errorf("%q is in a policy", bad)
		}
	}
}

// TestAttacks puts an attack into each place in which a person can write.
func TestAttacks(t *testing.T) {
	src, err := os.ReadFile("testdata/cookies.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, attack := range []string{`<script>alert(1)</script>`, `"><img src=x onerror=alert(1)>`, "a | b `c` [x](javascript:alert(1))", "# x *y* _z_ ~~q~~ &lt;", "- a"} {
		f := parse(t, "cookies.yaml", string(src))
		f.Controller = register.Controller{Name: attack, Address: attack, Contact: attack, DPO: "javascript:alert(1)", Representative: attack, Authority: attack}
		f.Policy.Version = attack
		f.Policy.Sections = map[string]register.Text{"children": {Own: attack + "\n\n" + attack}, "sale": {Own: attack}}
		f.Consent.CMP, f.Consent.Reopen = "", "#"+attack
		f.Policy.Published = map[string]string{"de": "javascript:alert(1)"}
		for _, v := range f.Vendors {
			v.Name, v.Policy = attack, "javascript:alert(1)"
		}
		for _, e := range f.Entries {
			e.Purpose = register.Text{Own: attack}
			e.ExemptReason = register.Text{Own: attack}
			e.Data = []string{attack}
			e.Reach = register.Reach{Paths: []string{attack}, Region: attack}
			e.Match.Name.Text = attack
		}
		d := build(t, Source{Register: f, Languages: []string{"en"}})
		safeHTML(t, render(t, d, "html", "en", Options{Archive: []Archived{{attack, attack, "archive/" + attack}}}, false))
		safeHTML(t, render(t, d, "html", "en", Options{}, true))
		safeMarkdown(t, render(t, d, "markdown", "en", Options{}, false))
		if links := opctest.Parts(t, render(t, d, "docx", "en", Options{}, false))["word/_rels/document.xml.rels"]; strings.Contains(links, "script:") {
			t.Errorf("an attack is a link: %s", links)
		}
	}
}

// TestMarkdownEscapes writes what would be markup so that it is none.
func TestMarkdownEscapes(t *testing.T) {
	for _, row := range []struct {
		line Line
		want string
	}{
		{Line{{Text: "1. a"}}, `1\. a`},
		{Line{{Text: "2026) a"}}, `2026\) a`},
		{Line{{Text: "2026 a"}}, `2026 a`},
		{Line{{Text: "- a"}}, `\- a`},
		{Line{{Text: "a_b*c"}}, `a\_b\*c`},
		{Line{{Text: "x`y|z", Code: true}}, "``x`y|z``"},
		{Line{{Text: "`", Code: true}}, "`` ` ``"},
		{Line{{Text: "a]", Href: "https://a.test/(x)|>"}}, `[a\]](<https://a.test/(x)%7C%3E>)`},
		{Line{{Text: "a", Href: "javascript:x"}}, `a`},
	} {
		if got := inline(row.line); got != row.want {
			t.Errorf("%+v: %s, want %s", row.line, got, row.want)
		}
	}
	if got := inCell(Line{{Text: "x|y", Code: true}, {Text: "|"}}); got != "`x\\|y`\\|" {
		t.Errorf("%s", got)
	}
}

// FuzzPrevious builds a policy after any policy.json that can be read.
func FuzzPrevious(f *testing.F) {
	src, err := os.ReadFile("../../testdata/golden/policy.json")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(src)
	f.Add([]byte(`{"schema":"cookiescan/policy/v1"}`))
	f.Add([]byte(`{"schema":"cookiescan/policy/v1","items":[{"id":"x","name":"<b>|"}],"history":[{"version":"\n# x","added":["a|b\n"],"changed":[{"name":"<x>","what":["other","<y>"]}]}]}`))
	declared := readRegister(f, "testdata/cookies.yaml")
	f.Fuzz(func(t *testing.T, src []byte) {
		before, err := ReadDocument("policy.json", src)
		if err != nil {
			return
		}
		d := build(t, Source{Register: declared, Languages: []string{"en"}, Previous: before})
		safeHTML(t, render(t, d, "html", "en", Options{}, false))
		safeMarkdown(t, render(t, d, "markdown", "en", Options{}, false))
	})
}
