package chrome

import (
	"context"
	_ "embed"
	"fmt"
	"strings"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/cdp/jsonv2"
	"github.com/chromedp/cdproto/dom"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"cookiescan/scanner/walk"
)

//go:embed js/controls.js
var controlsSource string

const (
	// maxControlFrames bounds the frames that are searched for controls, and links.
	maxControlFrames = 20
	// afterClick is the page time that follows a press: what opens does so by
	// timers and transitions.
	afterClick = time.Second
)

// Controls lists what could be pressed in the live frames. A frame that went
// meanwhile has none.
func (t *Tab) Controls(ctx context.Context) ([]walk.Control, error) {
	t.record.mu.Lock()
	frames := t.record.frames.live()
	t.record.mu.Unlock()
	var all []walk.Control
	for i, f := range frames {
		if f.sess != t.view.sess || i >= maxControlFrames {
			continue
		}
		list, err := t.controlsOf(ctx, f.id)
		if ctx.Err() != nil || t.alive(ctx) != nil {
			return nil, err
		}
		for _, c := range list {
			c.Handle = string(f.id) + " " + c.Handle
			all = append(all, c)
		}
	}
	return all, nil
}

func (t *Tab) controlsOf(ctx context.Context, f cdp.FrameID) ([]walk.Control, error) {
	ctx, cancel := context.WithTimeout(ctx, t.patience.read)
	defer cancel()
	v, err := t.evaluateIn(ctx, f, controlsSource, false)
	if err != nil {
		t.unread(ctx)
		return nil, err
	}
	var list []walk.Control
	if err := jsonv2.Unmarshal(v, &list, chromedp.DefaultUnmarshalOptions); err != nil {
		return nil, fmt.Errorf("reading controls: %w", err)
	}
	return list, nil
}

// Press brings a control into view and clicks on its middle, unless something
// else is on top there. The page then gets a second of its time.
func (t *Tab) Press(ctx context.Context, handle string) (walk.Pressed, error) {
	t.record.mu.Lock()
	before, routed := t.record.navigated, t.routed
	t.record.mu.Unlock()
	at, ok, err := t.target(ctx, handle)
	if err != nil || !ok {
		return walk.Pressed{}, err
	}
	if t.origin, err = t.historyEntry(ctx); err != nil {
		return walk.Pressed{}, err
	}
	if err := t.click(ctx, at); err != nil {
		return walk.Pressed{}, err
	}
	if err := t.rest(ctx); err != nil {
		return walk.Pressed{}, err
	}
	t.record.mu.Lock()
	p := walk.Pressed{Done: true, Left: t.record.navigated != before}
	routed = t.routed - routed
	t.record.mu.Unlock()
	if !p.Left && routed > 0 {
		p.Routed, err = t.elsewhere(ctx)
	}
	return p, err
}

// rest gives the page a second to act on an input.
func (t *Tab) rest(ctx context.Context) error {
	if err := t.advance(ctx, afterClick); err != nil {
		return err
	}
	return t.quiet(ctx, t.patience.stepped)
}

// point is a place in the window, in CSS pixels.
type point struct{ x, y float64 }

// target is where a control is, false if it cannot be hit.
func (t *Tab) target(ctx context.Context, handle string) (point, bool, error) {
	frame, index, _ := strings.Cut(handle, " ")
	object, err := t.objectIn(ctx, cdp.FrameID(frame), "cookiescanControls["+index+"]")
	if err != nil || object == "" {
		return point{}, false, t.alive(ctx)
	}
	if _, err := call(ctx, t.view.sess, dom.ScrollIntoViewIfNeeded, dom.ScrollIntoViewIfNeededParams{ObjectID: object}); err != nil {
		return point{}, false, t.alive(ctx) // it has no box any more
	}
	quads, err := call(ctx, t.view.sess, dom.GetContentQuads, dom.GetContentQuadsParams{ObjectID: object})
	if err != nil || len(quads.Quads) == 0 || len(quads.Quads[0]) != 8 {
		return point{}, false, t.alive(ctx)
	}
	q := quads.Quads[0]
	at := point{(q[0] + q[2] + q[4] + q[6]) / 4, (q[1] + q[3] + q[5] + q[7]) / 4}
	hit, err := t.onTop(ctx, object, at)
	if err != nil {
		return point{}, false, t.alive(ctx)
	}
	return at, hit, nil
}

// onTop tells whether a click at a place reaches the element: nothing of
// another kind, such as a banner, lies over it.
func (t *Tab) onTop(ctx context.Context, object runtime.RemoteObjectID, at point) (bool, error) {
	x, y, err := t.inDocument(ctx, at)
	if err != nil {
		return false, err
	}
	pierce := true
	node, err := call(ctx, t.view.sess, dom.GetNodeForLocation, dom.GetNodeForLocationParams{X: x, Y: y, IncludeUserAgentShadowDOM: &pierce})
	if err != nil {
		return false, err
	}
	res, err := call(ctx, t.view.sess, dom.DescribeNode, dom.DescribeNodeParams{ObjectID: object})
	if err != nil || res.Node == nil {
		return false, err
	}
	return t.within(ctx, node.BackendNodeID, res.Node.BackendNodeID)
}

// within climbs from a node to its ancestors, through shadow roots.
func (t *Tab) within(ctx context.Context, node, want cdp.BackendNodeID) (bool, error) {
	if node == want {
		return true, nil
	}
	res, err := call(ctx, t.view.sess, dom.ResolveNode, dom.ResolveNodeParams{BackendNodeID: node})
	if err != nil || res.Object == nil {
		return false, err
	}
	for object, n := res.Object.ObjectID, 0; n < 12; n++ {
		yes := true
		up, err := call(ctx, t.view.sess, runtime.CallFunctionOn, runtime.CallFunctionOnParams{
			FunctionDeclaration: `function () { const r = this.getRootNode(); return this.parentNode instanceof ShadowRoot ? r.host : this.parentNode; }`,
			ObjectID:            object, Silent: &yes,
		})
		if err != nil || up.Result == nil || up.Result.ObjectID == "" {
			return false, err
		}
		object = up.Result.ObjectID
		d, err := call(ctx, t.view.sess, dom.DescribeNode, dom.DescribeNodeParams{ObjectID: object})
		if err != nil || d.Node == nil {
			return false, err
		}
		if d.Node.BackendNodeID == want {
			return true, nil
		}
	}
	return false, nil
}

// objectIn evaluates an expression in our world of a frame and keeps the result
// in the browser; "" if it is no object.
func (t *Tab) objectIn(ctx context.Context, frame cdp.FrameID, expression string) (runtime.RemoteObjectID, error) {
	w, err := call(ctx, t.view.sess, page.CreateIsolatedWorld, page.CreateIsolatedWorldParams{FrameID: frame, WorldName: worldName})
	if err != nil {
		return "", err
	}
	yes := true
	res, err := call(ctx, t.view.sess, runtime.Evaluate, runtime.EvaluateParams{Expression: expression, ContextID: w.ExecutionContextID, Silent: &yes})
	if err != nil || res.Result == nil {
		return "", err
	}
	return res.Result.ObjectID, nil
}
