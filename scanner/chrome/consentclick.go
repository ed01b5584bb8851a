package chrome

import (
	"context"
	"slices"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/dom"

	"cookiescan/scanner/consent"
)

// Click brings a node into view and clicks on it, at its middle or another
// place of it that nothing covers.
func (p *consentPage) Click(ctx context.Context, id consent.NodeID) (consent.Hit, error) {
	return p.clickOn(ctx, id, [][2]float64{{.5, .5}, {.5, .2}, {.2, .5}, {.8, .5}, {.5, .8}, {.1, .1}})
}

// ClickStart clicks at the left end of a node.
func (p *consentPage) ClickStart(ctx context.Context, id consent.NodeID) (consent.Hit, error) {
	return p.clickOn(ctx, id, [][2]float64{{.02, .5}})
}

// clickOn clicks at the first of some places of a node, as shares of its width
// and height, that nothing covers.
func (p *consentPage) clickOn(ctx context.Context, id consent.NodeID, shares [][2]float64) (consent.Hit, error) {
	t, node := p.tab, cdp.BackendNodeID(id)
	if _, err := call(ctx, t.view.sess, dom.ScrollIntoViewIfNeeded, dom.ScrollIntoViewIfNeededParams{BackendNodeID: node}); err != nil {
		return consent.Hit{Gone: true}, t.alive(ctx) // it has no box any more
	}
	quads, err := call(ctx, t.view.sess, dom.GetContentQuads, dom.GetContentQuadsParams{BackendNodeID: node})
	if err != nil {
		return consent.Hit{Gone: true}, t.alive(ctx)
	}
	var top consent.NodeID
	for _, at := range places(quads.Quads, shares) {
		over, err := p.at(ctx, at)
		if err != nil {
			return consent.Hit{}, err
		}
		reached, err := p.inside(ctx, over, id)
		if err != nil {
			return consent.Hit{}, err
		}
		if reached {
			p.clicked = true
			return consent.Hit{Done: true}, t.click(ctx, at)
		}
		if top == 0 {
			top = over
		}
	}
	return consent.Hit{Top: top}, nil
}

// places are where a click could be made on something that is drawn in these
// quadrilaterals.
func places(quads []dom.Quad, shares [][2]float64) []point {
	var out []point
	for _, q := range quads {
		if len(q) != 8 {
			continue
		}
		for _, f := range shares {
			x := q[0] + (q[2]-q[0])*f[0] + (q[6]-q[0])*f[1]
			y := q[1] + (q[3]-q[1])*f[0] + (q[7]-q[1])*f[1]
			out = append(out, point{x, y})
		}
	}
	return out[:min(len(out), 12)]
}

// At is the topmost node at a place of the window. The backdrop of a modal dialog
// is the dialog: it is no node of its own in a snapshot.
func (p *consentPage) At(ctx context.Context, x, y float64) (consent.NodeID, error) {
	top, err := p.at(ctx, point{x, y})
	if err != nil || top == 0 || p.last == nil || p.last.Index(top) >= 0 {
		return top, err
	}
	for _, n := range p.last.Nodes {
		if _, open := n.Attr["open"]; n.Tag != "dialog" || !open {
			continue
		}
		res, err := call(ctx, p.tab.view.sess, dom.DescribeNode, dom.DescribeNodeParams{BackendNodeID: cdp.BackendNodeID(n.ID)})
		if err != nil || res.Node == nil {
			return top, p.tab.alive(ctx)
		}
		if slices.ContainsFunc(res.Node.PseudoElements, func(e *cdp.Node) bool { return consent.NodeID(e.BackendNodeID) == top }) {
			return n.ID, nil
		}
	}
	return top, nil
}

// at is the topmost node at a place, 0 if there is none.
func (p *consentPage) at(ctx context.Context, at point) (consent.NodeID, error) {
	t := p.tab
	x, y, err := t.inDocument(ctx, at)
	if err != nil {
		return 0, t.alive(ctx)
	}
	res, err := call(ctx, t.view.sess, dom.GetNodeForLocation, dom.GetNodeForLocationParams{X: x, Y: y})
	if err != nil {
		return 0, t.alive(ctx) // outside the window
	}
	return consent.NodeID(res.BackendNodeID), nil
}

// inside tells whether a node is another or below it. A node that the last
// snapshot does not know came later: then the page is read again.
func (p *consentPage) inside(ctx context.Context, node, want consent.NodeID) (bool, error) {
	if node == 0 || node == want {
		return node == want, nil
	}
	if p.last == nil || p.last.Index(node) < 0 {
		if _, err := p.Snapshot(ctx); err != nil {
			return false, err
		}
	}
	s := p.last
	for i := s.Index(node); i >= 0; i = s.Nodes[i].Parent {
		if s.Nodes[i].ID == want {
			return true, nil
		}
	}
	return false, nil
}
