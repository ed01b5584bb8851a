package chrome

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/domsnapshot"
	"github.com/chromedp/cdproto/page"

	"cookiescan/scanner/consent"
)

// styles are the computed styles that a snapshot asks for, in this order.
func styles() []string {
	return []string{"visibility", "opacity", "position", "cursor", "pointer-events", "overflow-x", "overflow-y"}
}

// Snapshot reads the documents of all frames. A page may have had all of its
// time within a moment of real time, in which nothing could fade in: the first
// look waits for that.
func (p *consentPage) Snapshot(ctx context.Context) (*consent.Snapshot, error) {
	if p.last == nil {
		if err := p.rest(ctx, setsOut); err != nil {
			return nil, err
		}
	}
	sess := p.tab.view.sess
	res, err := call(ctx, sess, domsnapshot.CaptureSnapshot, domsnapshot.CaptureSnapshotParams{ComputedStyles: styles()})
	if err != nil {
		return nil, fmt.Errorf("reading the page: %w", err)
	}
	m, err := call(ctx, sess, page.GetLayoutMetrics, cdp.Empty{})
	if err != nil {
		return nil, fmt.Errorf("reading the page: %w", err)
	}
	c := converter{documents: res.Documents, strings: res.Strings, out: &consent.Snapshot{}}
	if v := m.CSSLayoutViewport; v != nil {
		c.out.Width, c.out.Height = float64(v.ClientWidth), float64(v.ClientHeight)
	}
	if len(c.documents) > 0 {
		c.document(0, -1)
	}
	c.out.Link()
	p.last = c.out
	return c.out, nil
}

// converter turns the flat tables of DOMSnapshot into nodes.
type converter struct {
	documents []*domsnapshot.DocumentSnapshot
	strings   []string
	out       *consent.Snapshot
}

func (c *converter) text(i domsnapshot.StringIndex) string {
	if i < 0 || int(i) >= len(c.strings) {
		return ""
	}
	return c.strings[i]
}

// document adds a document below its owner element, and those of its frames.
func (c *converter) document(n int64, owner int) {
	d := c.documents[n]
	if d == nil || d.Nodes == nil || d.Layout == nil || len(c.out.Frames) >= maxChain {
		return
	}
	frame := len(c.out.Frames)
	base := len(c.out.Nodes)
	c.out.Frames = append(c.out.Frames, consent.Frame{ID: c.text(d.FrameID), URL: c.text(d.DocumentURL), Language: c.text(d.ContentLanguage), Root: base})
	for i := range d.Nodes.NodeType {
		c.out.Nodes = append(c.out.Nodes, c.node(d.Nodes, i, base, frame, owner))
	}
	c.layout(d, base, owner)
	c.states(d.Nodes, base)
	if f := d.Nodes.ContentDocumentIndex; f != nil {
		for k, i := range f.Index {
			if f.Value[k] > n && f.Value[k] < int64(len(c.documents)) {
				c.document(f.Value[k], base+int(i))
			}
		}
	}
}

func (c *converter) node(t *domsnapshot.NodeTreeSnapshot, i, base, frame, owner int) consent.Node {
	n := consent.Node{ID: consent.NodeID(t.BackendNodeID[i]), Frame: frame, Parent: owner}
	if p := t.ParentIndex[i]; p >= 0 {
		n.Parent = base + int(p)
	}
	switch t.NodeType[i] {
	case 1:
		n.Tag = strings.ToLower(c.text(t.NodeName[i]))
		a := t.Attributes[i]
		n.Attr = make(map[string]string, len(a)/2)
		for k := 0; k+1 < len(a); k += 2 {
			n.Attr[c.text(domsnapshot.StringIndex(a[k]))] = c.text(domsnapshot.StringIndex(a[k+1]))
		}
	case 3:
		n.Tag, n.Text = consent.TagText, c.text(t.NodeValue[i])
	case 9:
		n.Tag = consent.TagDocument
	case 11:
		n.Tag = consent.TagShadow
	default:
		n.Tag = "#other"
	}
	return n
}

// layout places the nodes in the window: boxes are given in the coordinates of
// their own document.
func (c *converter) layout(d *domsnapshot.DocumentSnapshot, base, owner int) {
	dx, dy := -d.ScrollOffsetX, -d.ScrollOffsetY
	if owner >= 0 {
		dx, dy = dx+c.out.Nodes[owner].Box.X, dy+c.out.Nodes[owner].Box.Y
	}
	for k, i := range d.Layout.NodeIndex {
		n := &c.out.Nodes[base+int(i)]
		if n.Style.Laid {
			continue
		}
		if b := d.Layout.Bounds[k]; len(b) == 4 {
			n.Box = consent.Box{X: b[0] + dx, Y: b[1] + dy, W: b[2], H: b[3]}
		}
		n.Style.Laid, n.Style.Opacity = true, 1
		if s := d.Layout.Styles[k]; len(s) == len(styles()) {
			at := func(i int) string { return c.text(domsnapshot.StringIndex(s[i])) }
			n.Style.Hidden = at(0) != "visible"
			if o, err := strconv.ParseFloat(at(1), 64); err == nil {
				n.Style.Opacity = o
			}
			n.Style.Position, n.Style.Pointer, n.Style.Through = at(2), at(3) == "pointer", at(4) == "none"
			n.Style.Clips = clips(at(5)) && clips(at(6))
		}
	}
}

// clips tells an overflow that cannot be scrolled.
func clips(overflow string) bool { return overflow == "hidden" || overflow == "clip" }

func (c *converter) states(t *domsnapshot.NodeTreeSnapshot, base int) {
	if t.InputChecked != nil {
		for _, i := range t.InputChecked.Index {
			c.out.Nodes[base+int(i)].Checked = true
		}
	}
	if t.IsClickable != nil {
		for _, i := range t.IsClickable.Index {
			c.out.Nodes[base+int(i)].Listening = true
		}
	}
	if t.InputValue != nil {
		for k, i := range t.InputValue.Index {
			c.out.Nodes[base+int(i)].Value = c.text(t.InputValue.Value[k])
		}
	}
}
