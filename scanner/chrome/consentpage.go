package chrome

import (
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"

	"cookiescan/scanner/consent"
)

//go:embed js/animating.js
var animatingSource string

const (
	// animationTime bounds the real time that is given to what slides or
	// fades in or out, before the first look and after each wait.
	animationTime = 1500 * time.Millisecond
	animationStep = 40 * time.Millisecond
)

// ConsentPage shows a tab as what operating a consent banner needs.
func (t *Tab) ConsentPage() consent.Page { return &consentPage{tab: t} }

// consentPage implements consent.Page.
type consentPage struct {
	tab     *Tab
	last    *consent.Snapshot // the latest, to tell what a click meets
	clicked bool              // and nothing was waited for since
}

// Wait lets page time pass and waits for the network, then for what moves.
func (p *consentPage) Wait(ctx context.Context, d time.Duration) error {
	if err := p.tab.advance(ctx, d); err != nil {
		return err
	}
	if err := p.tab.quiet(ctx, p.tab.patience.stepped); err != nil {
		return err
	}
	could := setsOut
	if p.clicked {
		p.clicked, could = false, moves
	}
	return p.rest(ctx, could)
}

// What could still begin to move within some frames: something that cannot be
// seen yet, or, after a click, what can be seen too.
const (
	setsOut = "in"
	moves   = "any"
)

// rest waits for what is on its way into the window or out of it. On a machine
// with much to do its frames may not come: then it is brought to its end.
// First it waits for what could still begin to move, as long as a page may take
// to be drawn.
func (p *consentPage) rest(ctx context.Context, could string) error {
	started := time.Now()
	for began := started; ; could = "" {
		late := time.Since(began) > animationTime
		v, err := p.tab.evaluate(ctx, fmt.Sprintf("%s(%q, %t)", animatingSource, could, late), false)
		if err != nil || late {
			return p.tab.alive(ctx)
		}
		switch string(v) {
		case `"moving"`:
		case `"waiting"`:
			if time.Since(started) > p.tab.patience.draw {
				return p.tab.alive(ctx)
			}
			began = time.Now()
		default:
			return p.tab.alive(ctx)
		}
		if err := p.pass(ctx); err != nil {
			return err
		}
	}
}

// pass lets as much page time pass as real time. A page whose clock stands
// still is given few frames or none, and without them nothing that moves arrives
// and no picture is made.
func (p *consentPage) pass(ctx context.Context) error {
	if err := p.tab.wait(ctx, animationStep); err != nil {
		return err
	}
	return p.tab.advance(ctx, animationStep)
}

// Screenshot is a PNG of the window, without what is typed into it in secret.
func (p *consentPage) Screenshot(ctx context.Context) ([]byte, error) {
	var png []byte
	done := make(chan error, 1)
	go func() {
		res, err := call(ctx, p.tab.view.sess, page.CaptureScreenshot, page.CaptureScreenshotParams{Format: page.CaptureScreenshotFormatPng})
		if err == nil {
			png = res.Data
		}
		done <- err
	}()
	for {
		select {
		case err := <-done:
			if err != nil {
				return nil, fmt.Errorf("taking a picture: %w", err)
			}
			return p.blackened(ctx, png)
		default:
		}
		if err := p.pass(ctx); err != nil {
			return nil, fmt.Errorf("taking a picture: %w", errors.Join(err, <-done))
		}
	}
}

// Evaluate runs an expression in a frame, in our world or in the page's own.
func (p *consentPage) Evaluate(ctx context.Context, frame string, main bool, expression string) (json.RawMessage, error) {
	id := cdp.FrameID(frame)
	if id == "" {
		id = cdp.FrameID(p.tab.id)
	}
	if !main {
		v, err := p.tab.evaluateIn(ctx, id, expression, true)
		return json.RawMessage(v), err
	}
	world := p.tab.mainContext(id)
	if world == 0 {
		return nil, fmt.Errorf("evaluating in the page: the frame has no script context")
	}
	yes := true
	res, err := call(ctx, p.tab.view.sess, runtime.Evaluate, runtime.EvaluateParams{
		Expression: expression, ContextID: world, ReturnByValue: &yes, Silent: &yes, AwaitPromise: &yes, Timeout: milliseconds(p.tab.patience.evaluate),
	})
	if err != nil {
		return nil, fmt.Errorf("evaluating in the page: %w", err)
	}
	if res.ExceptionDetails != nil || res.Result == nil {
		return nil, fmt.Errorf("evaluating in the page: it threw")
	}
	return json.RawMessage(res.Result.Value), nil
}

// mainContext is the page's own script context of a live frame, 0 if it has
// none.
func (t *Tab) mainContext(f cdp.FrameID) runtime.ExecutionContextID {
	t.record.mu.Lock()
	defer t.record.mu.Unlock()
	var latest runtime.ExecutionContextID
	for id, at := range t.view.contexts {
		if at.id == f && id > latest {
			latest = id
		}
	}
	return latest
}
