package chrome

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/chromedp/cdproto"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/cdp/jsonv2"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"cookiescan/scanner"
	"cookiescan/scanner/walk"
)

//go:embed js/links.js
var linksSource string

//go:embed js/hide.js
var hideSource string

const (
	// maxScrolls is how many turns of the wheel a page gets: some grow for ever.
	maxScrolls = 80
	// maxStuck is how many turns may move nothing: some pages take the wheel.
	maxStuck = 5
	// wheelShare is how much of the window one turn moves. Less than all of it:
	// what is passed over never comes into view, and never stores what it would.
	wheelShare = 0.9
	// wheelAt is where the mouse is while it turns, in CSS pixels from the left and top.
	wheelAt     = 200
	scrollPause = 250 * time.Millisecond
)

// Enter changes the station of the page: what follows carries its trigger.
func (t *Tab) Enter(s scanner.Trigger) { t.record.enter(s) }

// Scroll turns the wheel until the page's end, as a reader would, and grants
// a little page time after each turn, because lazy loaders wait for timers. A
// page that is longer than all turns reach is noted.
func (t *Tab) Scroll(ctx context.Context) error {
	at, err := t.place(ctx)
	if err != nil {
		return err
	}
	t.move(point{wheelAt, wheelAt}) // as the hand that turns the wheel does
	stuck := 0
	for range maxScrolls {
		if scrolled, err := t.wheel(ctx, at); err != nil || !scrolled {
			return err
		}
		if err := t.advance(ctx, scrollPause); err != nil {
			return err
		}
		if err := t.quiet(ctx, t.patience.stepped); err != nil {
			return err
		}
		from := at.y
		if at, err = t.place(ctx); err != nil || at.end {
			return err
		}
		if stuck++; at.y != from {
			stuck = 0
		}
		if stuck == maxStuck {
			break
		}
	}
	t.record.mu.Lock()
	defer t.record.mu.Unlock()
	t.record.note("scroll-limit", fmt.Sprintf("scrolled %.0f CSS pixels, the page goes on", at.y))
	return nil
}

// wheelTurn is the wheel's part of Input.dispatchMouseEvent. cdproto's own type
// leaves out a deltaX of zero, which Chromium demands.
type wheelTurn struct {
	Type   input.DispatchMouseEventType `json:"type"`
	X      float64                      `json:"x"`
	Y      float64                      `json:"y"`
	DeltaX float64                      `json:"deltaX"`
	DeltaY float64                      `json:"deltaY"`
}

var mouseWheel = cdp.Command[wheelTurn, cdp.Empty]{Method: input.DispatchMouseEvent.Method}

// wheel turns the wheel once, from a place in the page. It is false for a page
// that cannot be scrolled because nothing of it is drawn: a style sheet or the
// body never came.
func (t *Tab) wheel(ctx context.Context, from place) (bool, error) {
	drawCtx, cancel := context.WithTimeout(ctx, t.patience.draw)
	defer cancel()
	_, err := call(drawCtx, t.view.sess, mouseWheel, wheelTurn{Type: input.DispatchMouseEventTypeMouseWheel, X: wheelAt * drawn, Y: wheelAt * drawn, DeltaY: wheelShare * from.window})
	if err == nil {
		err = t.frames(drawCtx, from.y)
	}
	switch {
	case err == nil:
		return true, nil
	case errors.Is(drawCtx.Err(), context.DeadlineExceeded) && ctx.Err() == nil:
		t.record.mu.Lock()
		defer t.record.mu.Unlock()
		t.record.note("not-drawn", "")
		return false, nil
	}
	return false, fmt.Errorf("scrolling: %w", err)
}

// frames waits for the animation frame in which the page has left its place:
// scroll events come before that frame's callbacks, and intersections are
// computed at its end. The browser's answer to the wheel may come a frame
// earlier than that, and at the end of the page, or where a part of it scrolls,
// there is nothing to see, so the second frame is the last to wait for.
func (t *Tab) frames(ctx context.Context, from float64) error {
	wait := true
	_, err := t.evaluate(ctx, fmt.Sprintf(framesSource, from), wait)
	return err
}

// framesSource looks for the page's end too: what is set off there has no
// further turn of the wheel to follow it.
const framesSource = `new Promise(r => {
	const of = (owner, name, o) => Object.getOwnPropertyDescriptor(owner, name).get.call(o);
	requestAnimationFrame(() => {
		const e = of(Document.prototype, 'scrollingElement', of(globalThis, 'document', globalThis));
		const y = of(globalThis, 'scrollY', globalThis), window = of(globalThis, 'innerHeight', globalThis);
		if (e && y !== %v && y + window < of(Element.prototype, 'scrollHeight', e) - 1) r();
		else requestAnimationFrame(r);
	});
})`

// place is where a page is scrolled to, in CSS pixels.
type place struct {
	y      float64 // from its top
	window float64 // height of what is in view
	end    bool    // there is no more below
}

// usualWindow stands in for the height of a page that has no layout yet.
const usualWindow = 600

func (t *Tab) place(ctx context.Context) (place, error) {
	m, err := call(ctx, t.view.sess, page.GetLayoutMetrics, cdp.Empty{})
	if err != nil {
		return place{}, fmt.Errorf("scrolling: %w", err)
	}
	if m.CSSVisualViewport == nil || m.CSSContentSize == nil {
		return place{window: usualWindow, end: true}, nil
	}
	y, window := m.CSSVisualViewport.PageY, m.CSSVisualViewport.ClientHeight
	return place{y: y, window: window, end: y+window >= m.CSSContentSize.Height-1}, nil
}

// inDocument turns a place in the window into one from the document's corner,
// which is what DOM.getNodeForLocation counts from.
func (t *Tab) inDocument(ctx context.Context, at point) (x, y int64, err error) {
	m, err := call(ctx, t.view.sess, page.GetLayoutMetrics, cdp.Empty{})
	if err != nil {
		return 0, 0, fmt.Errorf("finding what lies at a place: %w", err)
	}
	if v := m.CSSVisualViewport; v != nil {
		at.x, at.y = at.x+v.PageX, at.y+v.PageY
	}
	return int64(at.x), int64(at.y), nil
}

// evaluate runs an expression of ours in an isolated world of the main frame:
// the page's replaced built-ins do not reach it.
func (t *Tab) evaluate(ctx context.Context, expression string, await bool) (jsonv2.Value, error) {
	return t.evaluateIn(ctx, cdp.FrameID(t.id), expression, await)
}

// evaluateIn does the same in another frame of the page. A document that is
// replaced meanwhile takes the world along: its successor is asked instead.
func (t *Tab) evaluateIn(ctx context.Context, f cdp.FrameID, expression string, await bool) (jsonv2.Value, error) {
	for try := 1; ; try++ {
		v, err := t.evaluateOnce(ctx, f, try > 1, expression, await)
		if err == nil || try == maxTries || !replaced(err) {
			return v, err
		}
	}
}

const maxTries = 3

// replaced tells the failures that come from a change of documents.
func replaced(err error) bool {
	if errors.Is(err, errWorldGone) {
		return true
	}
	var e *cdproto.Error
	if !errors.As(err, &e) {
		return false
	}
	for _, said := range []string{"context", "uniqueContextId", "navigated", "No frame"} {
		if strings.Contains(e.Message, said) {
			return true
		}
	}
	return false
}

func (t *Tab) evaluateOnce(ctx context.Context, f cdp.FrameID, again bool, expression string, await bool) (jsonv2.Value, error) {
	world, err := t.world(ctx, f, again)
	if err != nil {
		return nil, fmt.Errorf("evaluating in the page: %w", err)
	}
	yes := true
	res, err := call(ctx, t.view.sess, runtime.Evaluate, runtime.EvaluateParams{
		Expression: expression, UniqueContextID: world,
		ReturnByValue: &yes, Silent: &yes, AwaitPromise: &await, Timeout: milliseconds(t.patience.evaluate),
	})
	if err != nil {
		return nil, fmt.Errorf("evaluating in the page: %w", err)
	}
	if res.ExceptionDetails != nil || res.Result == nil {
		return nil, fmt.Errorf("evaluating in the page: it threw")
	}
	return res.Result.Value, nil
}

// Links reads title and links of the page, and the links in frames of its own
// origin: some sites keep their menu there.
func (t *Tab) Links(ctx context.Context) (walk.Contents, error) {
	c, err := t.linksOf(ctx, cdp.FrameID(t.id))
	if err != nil {
		return c, err
	}
	t.record.mu.Lock()
	frames := t.record.frames.akin(cdp.FrameID(t.id))
	t.record.mu.Unlock()
	frameCtx, cancel := context.WithTimeout(ctx, t.patience.read)
	defer cancel()
	for _, f := range frames[:min(len(frames), maxControlFrames)] {
		in, err := t.linksOf(frameCtx, f.id)
		if err != nil { // one that went meanwhile has no links
			if err := t.alive(ctx); err != nil {
				return c, err
			}
			t.unread(frameCtx)
			continue
		}
		c.Links, c.Names, c.Routes = append(c.Links, in.Links...), append(c.Names, in.Names...), append(c.Routes, in.Routes...)
	}
	t.record.mu.Lock()
	defer t.record.mu.Unlock()
	c.Routes = append(c.Routes, t.routes...)
	c.Answer = t.answer()
	return c, nil
}

// unread says of the page that it was not seen to its end, if the time for a part
// of it is over: what that leads to is missed.
func (t *Tab) unread(part context.Context) {
	if part.Err() != nil {
		t.cutShort(walk.ErrBusy)
	}
}

func (t *Tab) linksOf(ctx context.Context, f cdp.FrameID) (walk.Contents, error) {
	var c walk.Contents
	v, err := t.evaluateIn(ctx, f, fmt.Sprintf("%s(%t)", linksSource, t.profile.options.LinkNames), false)
	if err != nil {
		return c, err
	}
	if err := jsonv2.Unmarshal(v, &c, chromedp.DefaultUnmarshalOptions); err != nil {
		return c, fmt.Errorf("reading links: %w", err)
	}
	return c, nil
}

// Hide makes the page believe that its reader leaves. Freezing gives a real
// visibilitychange; beforeunload does not come without a reader, pagehide and
// unload come too late to be watched, so they are dispatched in every frame.
func (t *Tab) Hide(ctx context.Context) error {
	t.record.mu.Lock()
	t.stay = true
	at := t.record.navigated
	t.record.mu.Unlock()
	hideCtx, cancel := context.WithTimeout(ctx, t.patience.hide)
	defer cancel()
	err := t.hide(hideCtx)
	switch {
	case err == nil:
		return t.answered(ctx, t.patience.hidden)
	case hideCtx.Err() != nil && ctx.Err() == nil: // a handler that does not end
		return t.release(ctx)
	case t.alive(ctx) == nil && t.left(at):
		return nil // it leads its reader on, who has gone
	}
	return err
}

func (t *Tab) hide(ctx context.Context) error {
	// A page that believes to be in front is not hidden by freezing.
	if err := t.focus(ctx, false); err != nil {
		return err
	}
	yes := true
	for _, id := range t.mainContexts() {
		fire(t.view.sess, runtime.Evaluate, runtime.EvaluateParams{Expression: hideSource, ContextID: id, Silent: &yes, Timeout: milliseconds(t.patience.evaluate)})
	}
	if _, err := t.evaluate(ctx, "0", false); err != nil { // all of them have run
		return err
	}
	_, err := call(ctx, t.view.sess, page.SetWebLifecycleState, page.SetWebLifecycleStateParams{State: page.SetWebLifecycleStateStateFrozen})
	if err != nil {
		return fmt.Errorf("hiding the page: %w", err)
	}
	// The browser answers before the page has been told.
	_, err = t.evaluate(ctx, "0", false)
	return err
}

// left tells whether the main frame has gone elsewhere since.
func (t *Tab) left(since int) bool {
	t.record.mu.Lock()
	defer t.record.mu.Unlock()
	return t.record.navigated > since
}

// mainContexts are the page's own script contexts, one a live frame.
func (t *Tab) mainContexts() []runtime.ExecutionContextID {
	t.record.mu.Lock()
	defer t.record.mu.Unlock()
	var ids []runtime.ExecutionContextID
	for id, f := range t.view.contexts {
		if !t.record.frames.gone[f.id] {
			ids = append(ids, id)
		}
	}
	return ids
}

// answered waits until every request, beacons too, has its answer.
func (t *Tab) answered(ctx context.Context, limit time.Duration) error {
	deadline := time.Now().Add(limit)
	for time.Now().Before(deadline) {
		if err := t.quiet(ctx, time.Until(deadline)); err != nil {
			return err
		}
		if t.record.allAnswered() {
			return nil
		}
		if err := t.wait(ctx, 5*time.Millisecond); err != nil {
			return err
		}
	}
	return nil
}

func (r *record) allAnswered() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, q := range r.order {
		if q.kind == network.ResourceTypePing && len(q.answers) < len(q.hops) && q.failed == "" {
			return false
		}
	}
	return true
}
