package consent

import (
	"context"
	"encoding/json"
	"errors"
	"regexp"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"
)

// snapshotOf makes a snapshot of markup as a browser would lay it out, roughly:
// every element has a box, style attributes say what is fixed and what is
// hidden, templates with shadowrootmode are shadow roots, srcdoc makes frames.
func snapshotOf(t *testing.T, markup string) *Snapshot {
	t.Helper()
	b := &builder{t: t, out: &Snapshot{Width: 1000, Height: 800}}
	b.document(markup, "top", "https://x.test/", -1)
	b.out.Link()
	return b.out
}

type builder struct {
	t    *testing.T
	out  *Snapshot
	next float64 // where the next element is laid
}

func (b *builder) document(markup, id, url string, owner int) {
	doc, err := html.Parse(strings.NewReader(markup))
	if err != nil {
		b.t.Fatal(err)
	}
	b.out.Frames = append(b.out.Frames, Frame{ID: id, URL: url, Root: len(b.out.Nodes)})
	b.add(doc, owner, len(b.out.Frames)-1, true)
}

func (b *builder) add(n *html.Node, parent, frame int, laid bool) {
	at := len(b.out.Nodes)
	node := Node{ID: NodeID(at + 1), Frame: frame, Parent: parent, Style: Style{Laid: laid, Opacity: 1, Position: "static"}}
	switch n.Type {
	case html.TextNode:
		node.Tag, node.Text = TagText, n.Data
	case html.DocumentNode:
		node.Tag = TagDocument
	case html.ElementNode:
		node.Tag, node.Attr = n.Data, map[string]string{}
		for _, a := range n.Attr {
			node.Attr[a.Key] = a.Val
		}
		_, node.Checked = node.Attr["checked"]
		_, hidden := node.Attr["hidden"]
		style := node.Attr["style"]
		if hidden || strings.Contains(style, "display:none") {
			node.Style.Laid, laid = false, false
		}
		if m := regexp.MustCompile(`position:(\w+)`).FindStringSubmatch(style); m != nil {
			node.Style.Position = m[1]
		}
		node.Box = Box{X: 10, Y: 10 + b.next, W: 60, H: 20}
		switch n.Data {
		case "html", "body", "div", "main", "section", "article", "figure", "form", "p":
			node.Box.W = 980
		}
		b.next++
	default:
		return
	}
	if node.Attr["shadowrootmode"] != "" {
		node.Tag, node.Attr = TagShadow, nil
	}
	b.out.Nodes = append(b.out.Nodes, node)
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		b.add(c, at, frame, laid)
	}
	if doc := node.Attr["srcdoc"]; doc != "" {
		b.document(doc, node.Attr["id"], node.Attr["src"], at)
	}
}

// fakePage is a page of scenes: a click on an element with an id leads to the
// scene that is named so. What has an attribute data-under lies under the element
// of that id, as long as there is one.
type fakePage struct {
	t       *testing.T
	markup  string
	scenes  map[string]string
	later   string // markup that comes with page time
	delay   time.Duration
	clicked []string
	passed  time.Duration
	cookie  string
	snap    *Snapshot
}

func (p *fakePage) Snapshot(context.Context) (*Snapshot, error) {
	p.snap = snapshotOf(p.t, p.markup)
	return p.snap, nil
}

func (p *fakePage) Evaluate(_ context.Context, _ string, _ bool, expression string) (json.RawMessage, error) {
	switch expression {
	case "document.cookie":
		return json.Marshal(p.cookie)
	case "window.yes":
		return json.RawMessage("true"), nil
	}
	return nil, errors.New("it threw")
}

func (p *fakePage) Click(_ context.Context, id NodeID) (Hit, error) {
	i := p.snap.Index(id)
	if i < 0 {
		return Hit{Gone: true}, nil
	}
	for k := range p.snap.Nodes {
		if under := p.snap.Nodes[i].Attr["data-under"]; under != "" && p.snap.Nodes[k].Attr["id"] == under {
			return Hit{Top: p.snap.Nodes[k].ID}, nil
		}
	}
	name := p.snap.Nodes[i].Attr["id"]
	p.clicked = append(p.clicked, name)
	if next, ok := p.scenes[name]; ok {
		p.markup = next
	}
	return Hit{Done: true}, nil
}

func (p *fakePage) ClickStart(ctx context.Context, id NodeID) (Hit, error) { return p.Click(ctx, id) }

func (p *fakePage) At(context.Context, float64, float64) (NodeID, error) { return 0, nil }

func (p *fakePage) Wait(_ context.Context, d time.Duration) error {
	p.passed += d
	if p.later != "" && p.passed >= p.delay {
		p.markup, p.later = p.later, ""
	}
	return nil
}

func (p *fakePage) Screenshot(context.Context) ([]byte, error) { return []byte("png"), nil }
