package chrome

import (
	"context"
	"fmt"
	"time"

	"github.com/chromedp/cdproto/input"

	"cookiescan/scanner/chrome/process"
)

const (
	inputWait   = 250 * time.Millisecond // in real time, for the answer to an input event
	inputNudge  = 20 * time.Millisecond  // of page time, where none comes
	inputNudges = 12
)

// click moves there and presses the left button, as a person does. The browser
// answers an input event once the page has dealt with it, which waits for a
// frame: where the page's clock stands still that may never come, so a moment
// of page time is granted to one that is not answered. The events are in the
// page's queue by then, so an answer that stays out is no failure.
func (t *Tab) click(ctx context.Context, at point) error {
	left := input.DispatchMouseEventParams{X: at.x * drawn, Y: at.y * drawn, Button: input.MouseButtonLeft, ClickCount: 1}
	pressed, released := left, left
	pressed.Type, pressed.Buttons = input.DispatchMouseEventTypeMousePressed, 1
	released.Type = input.DispatchMouseEventTypeMouseReleased
	events := []input.DispatchMouseEventParams{moved(at), pressed, released}
	if t.throttled() {
		t.move(at)
		events = events[1:]
	}
	for _, e := range events {
		if e.Type == pressed.Type {
			t.record.mu.Lock()
			t.clicked = time.Now()
			t.record.mu.Unlock()
		}
		if err := t.input(ctx, input.DispatchMouseEvent.Method, e); err != nil {
			return fmt.Errorf("pressing a control: %w", err)
		}
	}
	return nil
}

func moved(to point) input.DispatchMouseEventParams {
	return input.DispatchMouseEventParams{Type: input.DispatchMouseEventTypeMouseMoved, X: to.x * drawn, Y: to.y * drawn, Button: input.MouseButtonNone}
}

// move moves the mouse and does not wait for what the page makes of it: the next
// event comes after it.
func (t *Tab) move(to point) {
	t.touch()
	fire(t.view.sess, input.DispatchMouseEvent, moved(to))
}

// touch lets the page have input from now on. Until then it has none: the mouse of the
// shell stands in the corner of its window and is told to pages as they load, whose
// scripts may wait for a visitor that moves it.
func (t *Tab) touch() {
	if !t.touched {
		t.touched = true
		fire(t.view.sess, input.SetIgnoreInputEvents, input.SetIgnoreInputEventsParams{Ignore: false})
	}
}

// throttled tells an engine that draws a tab behind another about once a second, as
// those are in a browser that runs already. A move of the mouse waits for that, but
// not if a button follows it: both are then dealt with at once, in their order.
func (t *Tab) throttled() bool { return t.profile.browser.options.Binary.Engine == process.Full }

// input sends one event of the mouse or the keyboard.
func (t *Tab) input(ctx context.Context, method string, event any) error {
	t.touch()
	reply := make(chan callReply, 1)
	if err := t.profile.browser.router.send(t.view.sess.id, method, event, reply); err != nil {
		return err
	}
	for range inputNudges {
		timer := time.NewTimer(inputWait)
		select {
		case a := <-reply:
			timer.Stop()
			return a.err
		case <-timer.C:
		case <-ctx.Done():
			timer.Stop()
			return context.Cause(ctx)
		}
		if err := t.advance(ctx, inputNudge); err != nil {
			return err
		}
	}
	return t.alive(ctx)
}

// Clicked is when the last trusted click was made.
func (t *Tab) Clicked() time.Time {
	t.record.mu.Lock()
	defer t.record.mu.Unlock()
	return t.clicked
}
