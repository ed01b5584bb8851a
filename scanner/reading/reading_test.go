package reading

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"cookiescan/scanner/consent"
)

// snapshotOf makes a snapshot of markup: templates with shadowrootmode are
// shadow roots, srcdoc makes frames. An element whose id is one letter is the
// same in every snapshot.
func snapshotOf(t *testing.T, markup string) *consent.Snapshot {
	t.Helper()
	b := builder{t: t, out: &consent.Snapshot{Width: 1000, Height: 800}}
	b.document(markup, "https://x.test/cookies", -1)
	b.out.Link()
	return b.out
}

type builder struct {
	t   *testing.T
	out *consent.Snapshot
}

func (b *builder) document(markup, url string, owner int) {
	doc, err := html.Parse(strings.NewReader(markup))
	if err != nil {
		b.t.Fatal(err)
	}
	b.out.Frames = append(b.out.Frames, consent.Frame{URL: url, Root: len(b.out.Nodes)})
	b.add(doc, owner, len(b.out.Frames)-1)
}

func (b *builder) add(n *html.Node, parent, frame int) {
	at := len(b.out.Nodes)
	node := consent.Node{ID: consent.NodeID(at + 1_000_000), Frame: frame, Parent: parent, Box: consent.Box{W: 10, H: 10}, Style: consent.Style{Laid: true, Opacity: 1, Position: "static"}}
	switch n.Type {
	case html.TextNode:
		node.Tag, node.Text = consent.TagText, n.Data
	case html.DocumentNode:
		node.Tag = consent.TagDocument
	case html.ElementNode:
		node.Tag, node.Attr = n.Data, map[string]string{}
		for _, a := range n.Attr {
			node.Attr[a.Key] = a.Val
		}
		if id := node.Attr["id"]; len(id) == 1 {
			node.ID = consent.NodeID(id[0])
		}
	default:
		return
	}
	if node.Attr["shadowrootmode"] != "" {
		node.Tag, node.Attr = consent.TagShadow, nil
	}
	b.out.Nodes = append(b.out.Nodes, node)
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		b.add(c, at, frame)
	}
	if doc := node.Attr["srcdoc"]; doc != "" {
		b.document(doc, node.Attr["src"], at)
	}
}

func TestHTML(t *testing.T) {
	for markup, want := range map[string]string{
		`<p onclick="x()" style="color:red" class=a data-user="7">A &lt;b&gt; &amp; c</p>`:                                                                                    `<p class="a">A &lt;b&gt; &amp; c</p>`,
		`<script>a</script><style>b</style><noscript>c</noscript><svg><title>d</title></svg><input value=e>f`:                                                                 `f`,
		`<a href="https://y.test/?q=1">a</a><a href="java` + "\n" + `script:b()">b</a><a href="data:text/html,c">c</a>`:                                                       `<a href="hidden">a</a><a>b</a><a>c</a>`,
		`<div><template shadowrootmode=closed><b><slot name=n>none</slot></b><i><slot>x</slot></i><u><slot name=m>kept</slot></u></template>light<em slot=n>named</em></div>`: `<div><b><em>named</em></b><i>light</i><u>kept</u></div>`,
		`<iframe src="https://cmp.test/list?id=7" srcdoc="<html lang=de><head><title>T</title></head><body><p>in</p></body></html>">fallback</iframe>`:                        `<div data-cookiescan-frame="https://cmp.test/list"><div lang="de"><div><p>in</p></div></div></div>`,
		`<iframe srcdoc="<p>in">`:                              `<div><div><div><p>in</p></div></div></div>`,
		`<p data-cookiescan-frame="https://other.test/">a</p>`: `<p>a</p>`,
		`<xmp><b>a</b></xmp>`:                                  `<pre>&lt;b&gt;a&lt;/b&gt;</pre>`,
		`<id>a</id>`:                                           `<id>a</id>`,
		`a<br>b`:                                               `a<br>b`,
	} {
		got, err := flatten(snapshotOf(t, markup)).HTML(10_000, func(string) string { return "hidden" })
		want = "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"></head><body>" + want + "</body></html>"
		if err != nil || string(got) != want {
			t.Errorf("%s:\ngot  %s (%v)\nwant %s", markup, got, err, want)
		}
	}
}

func TestBounds(t *testing.T) {
	long := flatten(snapshotOf(t, strings.Repeat("<p>text", 1000)))
	if _, err := long.HTML(1000, nil); !errors.Is(err, ErrTooLong) {
		t.Errorf("a long page: got %v", err)
	}
	deep := &consent.Snapshot{Nodes: []consent.Node{{Parent: -1, Tag: consent.TagDocument}, {Parent: 0, Tag: "html"}}}
	for i := range 5000 {
		deep.Nodes = append(deep.Nodes, consent.Node{ID: consent.NodeID(i), Parent: i + 1, Tag: "div"})
	}
	deep.Nodes = append(deep.Nodes, consent.Node{ID: 9999, Parent: len(deep.Nodes) - 1, Tag: consent.TagText, Text: "below"})
	deep.Link()
	got, err := flatten(deep).HTML(100_000, nil)
	if err != nil || !strings.Contains(string(got), "below") {
		t.Errorf("a deep page: got %.100s (%v)", got, err)
	}
	if _, err := html.Parse(strings.NewReader(string(got))); err != nil {
		t.Errorf("what is written of a deep page cannot be read: %v", err)
	}
}

func TestBlank(t *testing.T) {
	for markup, want := range map[string]bool{
		"": true, "<head><title>T</title></head><script>a</script><div> \n</div>": true, "<p>a": false, `<iframe srcdoc="<p>a">`: false,
	} {
		if got := flatten(snapshotOf(t, markup)).Blank(); got != want {
			t.Errorf("%s: blank is %v", markup, got)
		}
	}
}

// fakePage is an accordion: what it looks like follows from what is unfolded.
type fakePage struct {
	t       *testing.T
	markup  func(open string) string
	open    string // the id of what was unfolded last
	pressed []string
}

func (p *fakePage) Snapshot(context.Context) (*consent.Snapshot, error) {
	return snapshotOf(p.t, p.markup(p.open)), nil
}

func (p *fakePage) Wait(context.Context, time.Duration) error { return nil }

func (p *fakePage) Unfold(_ context.Context, id consent.NodeID) (bool, error) {
	p.open = string(rune(id))
	p.pressed = append(p.pressed, p.open)
	return true, nil
}

// saysOnce reads a page and looks for texts, each once and behind the one before.
func saysOnce(t *testing.T, p Page, texts ...string) {
	t.Helper()
	doc, err := Read(t.Context(), p, true)
	if err != nil {
		t.Fatal(err)
	}
	got, err := doc.HTML(10_000, nil)
	if err != nil {
		t.Fatal(err)
	}
	at := -1
	for _, text := range texts {
		next := strings.Index(string(got), text)
		if next <= at || strings.Count(string(got), text) != 1 {
			t.Errorf("%s is not once in its place in %s", text, got)
		}
		at = next
	}
}

// TestAlone reads an accordion that shows one part at a time and has no other
// in its document.
func TestAlone(t *testing.T) {
	p := &fakePage{t: t, markup: func(open string) string {
		var out strings.Builder
		for _, id := range []string{"A", "B", "C"} {
			if id == open {
				out.WriteString("<h2><button id=" + id + " aria-expanded=true>Part " + id + "</button></h2><div id=" + strings.ToLower(id) + ">text " + id + "</div>")
			} else {
				out.WriteString("<h2><button id=" + id + " aria-expanded=false>Part " + id + "</button></h2>")
			}
		}
		return out.String()
	}}
	saysOnce(t, p, "Part A", "text A", "Part B", "text B", "Part C", "text C")
	if want := []string{"A", "B", "C", "A", "B", "C"}; !slices.Equal(p.pressed, want) {
		t.Errorf("pressed %v, want %v", p.pressed, want)
	}
}

// TestTabs reads the panels of tabs, of which the document has one at a time.
func TestTabs(t *testing.T) {
	p := &fakePage{t: t, open: "A", markup: func(open string) string {
		var tabs, panel strings.Builder
		for _, id := range []string{"A", "B", "C"} {
			selected := "false"
			if id == open {
				selected = "true"
				panel.WriteString("<div role=tabpanel aria-labelledby=" + id + "><p>text " + id + "</p></div>")
			}
			tabs.WriteString("<button role=tab id=" + id + " aria-selected=" + selected + ">Part " + id + "</button>")
		}
		return "<div role=tablist>" + tabs.String() + "</div>" + panel.String()
	}}
	saysOnce(t, p, "text A", "text B", "text C")
}

// TestFolded leaves controls alone where nothing is to be unfolded.
func TestFolded(t *testing.T) {
	p := &fakePage{t: t, markup: func(string) string { return "<button id=A aria-expanded=false>More</button><p>policy" }}
	if doc, err := Read(t.Context(), p, false); err != nil || doc.Blank() || len(p.pressed) > 0 {
		t.Errorf("pressed %v (%v)", p.pressed, err)
	}
}

// TestLeft reads a page that a control leads away from as it was before.
func TestLeft(t *testing.T) {
	p := &leaving{fakePage{t: t, markup: func(string) string { return "<button id=A aria-expanded=false>More</button><p>policy" }}}
	doc, err := Read(t.Context(), p, true)
	if err != nil {
		t.Fatal(err)
	}
	got, err := doc.HTML(10_000, nil)
	if err != nil || !strings.Contains(string(got), "policy") {
		t.Errorf("got %s (%v)", got, err)
	}
}

type leaving struct{ fakePage }

func (p *leaving) Snapshot(context.Context) (*consent.Snapshot, error) {
	s := snapshotOf(p.t, p.markup(""))
	if p.open != "" {
		s = snapshotOf(p.t, "another page")
		s.Frames[0].URL = "https://x.test/elsewhere"
	}
	return s, nil
}

// FuzzHTML writes what any page may hold, and finds no code in it.
func FuzzHTML(f *testing.F) {
	for _, seed := range []string{`<p>a`, `<xmp><script>a()</script>`, `<a href=" javascript:a()">x`, `<div><template shadowrootmode=open><slot></template>b</div>`, `<iframe srcdoc="<b>a">`, `<title></title><script>`} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, markup string) {
		if doc, err := html.Parse(strings.NewReader(markup)); err != nil || doc == nil {
			return
		}
		out, err := flatten(snapshotOf(t, markup)).HTML(1<<20, nil)
		if err != nil {
			return
		}
		root, err := html.Parse(strings.NewReader(string(out)))
		if err != nil {
			return // nested too deeply: its reader says so
		}
		for n := range root.Descendants() {
			if n.Type == html.ElementNode && (n.Data == "script" || n.Data == "style" || n.Data == "iframe" || n.Data == "object") {
				t.Errorf("%q: there is a %s in %q", markup, n.Data, out)
			}
			for _, a := range n.Attr {
				if strings.HasPrefix(a.Key, "on") || a.Key == "style" || a.Key == "src" {
					t.Errorf("%q: there is %s in %q", markup, a.Key, out)
				}
			}
		}
	})
}
