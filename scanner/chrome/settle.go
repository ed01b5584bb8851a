package chrome

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/runtime"

	"cookiescan/scanner/walk"
)

const (
	quietFor  = 30 * time.Millisecond // nothing new for so long is quiet
	firstStep = time.Second
)

// Settle lets page time pass without waiting for it (Chromium's virtual time):
// in steps of one second that double while a step causes neither a request nor
// a write. Between steps the network is awaited in real time, so that a script
// which arrives late still finds its timers ahead of it.
func (t *Tab) Settle(ctx context.Context, budget time.Duration) error {
	step := firstStep
	for left := budget; left > 0; {
		step = min(step, left)
		before, _, _ := t.record.busy()
		if err := t.advance(ctx, step); err != nil {
			return err
		}
		left -= step
		if now, inflight, _ := t.record.busy(); now != before || inflight > 0 {
			if err := t.quiet(ctx, t.patience.stepped); err != nil {
				return err
			}
		}
		if now, _, _ := t.record.busy(); now != before {
			step = firstStep
		} else {
			step *= 2
		}
	}
	return t.awaitWorkers(ctx)
}

// ordinary tells whether the page's time is real time.
func (t *Tab) ordinary() bool { return t.profile.browser.options.Ordinary }

// stopClock stops the page's time until some is granted.
func (t *Tab) stopClock(ctx context.Context) error {
	if t.ordinary() {
		return nil
	}
	if _, err := call(ctx, t.view.sess, emulation.SetVirtualTimePolicy, emulation.SetVirtualTimePolicyParams{Policy: emulation.VirtualTimePolicyPause}); err != nil {
		return fmt.Errorf("stopping the page's clock: %w", err)
	}
	return nil
}

// advance lets d of page time pass. A page that gave way to an error of the browser
// has come to its end.
func (t *Tab) advance(ctx context.Context, d time.Duration) error {
	if err := t.displaced(); err != nil {
		return err
	}
	if t.ordinary() {
		return t.wait(ctx, d)
	}
	select {
	case <-t.expired:
	default:
	}
	ms := float64(d.Milliseconds())
	params := emulation.SetVirtualTimePolicyParams{Policy: emulation.VirtualTimePolicyAdvance, Budget: &ms, MaxVirtualTimeTaskStarvationCount: 1000}
	began := time.Now()
	stepCtx, cancel := context.WithTimeoutCause(ctx, t.patience.step, walk.ErrBusy)
	defer cancel()
	err := t.step(stepCtx, params)
	if err != nil && stepCtx.Err() != nil && ctx.Err() == nil {
		err = t.overdue(ctx)
	}
	if err != nil {
		return fmt.Errorf("letting page time pass: %w", err)
	}
	t.record.mu.Lock()
	t.record.aheadMs += ms - float64(time.Since(began).Milliseconds())
	t.record.mu.Unlock()
	return nil
}

// step grants page time and waits until it is used up. A page that is busy does
// not even take it: the command is answered by the thread that runs its scripts.
func (t *Tab) step(ctx context.Context, params emulation.SetVirtualTimePolicyParams) error {
	granted := make(chan callReply, 1)
	if err := t.view.sess.router.send(t.view.sess.id, emulation.SetVirtualTimePolicy.Method, params, granted); err != nil {
		return err
	}
	for {
		select {
		case a := <-granted:
			if a.err != nil {
				return a.err
			}
			granted = nil
		case <-t.expired:
			return nil
		case <-t.crashed:
			return walk.ErrCrashed
		case <-t.profile.browser.router.done:
			return errLost
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
}

// overdue deals with a step of page time that does not end: it ends the script
// that burns the processor and gives the step a moment more. A page that answers
// in between has much to do, but gets it done: it is given more.
func (t *Tab) overdue(ctx context.Context) error {
	for deadline := time.Now().Add(t.patience.overdue); ; {
		ended := t.ended
		if err := t.release(ctx); err != nil {
			return err
		}
		err := t.expire(ctx)
		if err == nil || !errors.Is(err, walk.ErrBusy) || t.ended > ended || time.Now().After(deadline) {
			return err
		}
	}
}

// expire waits a moment for the end of a step.
func (t *Tab) expire(ctx context.Context) error {
	more, cancel := context.WithTimeoutCause(ctx, t.patience.answer, walk.ErrBusy)
	defer cancel()
	select {
	case <-t.expired:
		return nil
	case <-t.crashed:
		return walk.ErrCrashed
	case <-t.profile.browser.router.done:
		return errLost
	case <-more.Done():
		return context.Cause(more)
	}
}

const maxEnded = 3 // scripts that are ended, one after the other

// release makes a hung page answer again by ending the script that runs. What
// the script did before is reported only then; the rest of the page goes on.
func (t *Tab) release(ctx context.Context) error {
	for range maxEnded {
		if t.answers(ctx, t.patience.answer) {
			return nil
		}
		if err := t.alive(ctx); err != nil {
			return err
		}
		t.cutShort(walk.ErrBusy)
		t.ended++
		fire(t.view.sess, runtime.TerminateExecution, cdp.Empty{})
	}
	if t.answers(ctx, t.patience.answer) {
		return nil
	}
	t.hung = ctx.Err() == nil
	return walk.ErrBusy
}

// answers tells whether the page answers a question within d.
func (t *Tab) answers(ctx context.Context, d time.Duration) bool {
	ctx, cancel := context.WithTimeout(ctx, d)
	defer cancel()
	_, err := call(ctx, t.view.sess, runtime.Evaluate, runtime.EvaluateParams{Expression: "0"})
	return err == nil
}

// alive says why waiting for the page makes no sense, if it makes none.
func (t *Tab) alive(ctx context.Context) error {
	select {
	case <-t.crashed:
		return walk.ErrCrashed
	case <-t.profile.browser.router.done:
		return errLost
	case <-ctx.Done():
		return context.Cause(ctx)
	default:
		return nil
	}
}

// follow goes after a page that went elsewhere by itself. Its new document
// loads only while page time passes, so that is granted about as fast as real
// time goes.
func (t *Tab) follow(ctx context.Context) error {
	t.record.mu.Lock()
	t.reloads++
	tooMany := t.reloads > maxReloads
	t.record.mu.Unlock()
	if tooMany {
		return walk.ErrReloads
	}
	for deadline := time.Now().Add(t.patience.loaded); t.moved(); {
		if time.Now().After(deadline) {
			t.record.mu.Lock()
			t.settled = t.record.navigated
			t.record.mu.Unlock()
			t.record.abandon()
			return nil
		}
		if err := t.advance(ctx, followStep); err != nil {
			return err
		}
		if err := t.wait(ctx, followStep); err != nil {
			return err
		}
	}
	return nil
}

const (
	followStep = 20 * time.Millisecond
	maxReloads = 10 // a page that goes on after that goes on for ever
)

// displaced is why an error page of the browser shows in place of the site's, if
// one does.
func (t *Tab) displaced() error {
	t.record.mu.Lock()
	defer t.record.mu.Unlock()
	if !t.foreign {
		return nil
	}
	return t.cut
}

// moved tells whether the main frame shows a document whose load event has not
// come yet, after one whose has.
func (t *Tab) moved() bool {
	t.record.mu.Lock()
	defer t.record.mu.Unlock()
	return !t.stay && !t.foreign && t.record.navigated > t.settled
}

// quiet waits until no request is open and nothing new has come for quietFor,
// at most limit, and longer for slow answers, but in sum no more than patience.late
// on a page. A network that never rests is not an error.
func (t *Tab) quiet(ctx context.Context, limit time.Duration) error {
	began := time.Now()
	for {
		if t.moved() {
			if err := t.follow(ctx); err != nil {
				return err
			}
			began = time.Now()
		}
		_, inflight, still := t.record.busy()
		if inflight == 0 && still >= quietFor {
			return nil
		}
		if waited := time.Since(began); waited > limit && !t.hopes(waited, limit) {
			t.hoped += waited - limit
			t.profile.browser.mute.add(t.record.open())
			t.record.abandon()
			return nil
		}
		pause := 5 * time.Millisecond
		if inflight == 0 {
			pause = quietFor - still
		}
		if err := t.wait(ctx, pause); err != nil {
			return err
		}
	}
}

// hopes tells whether it makes sense to wait beyond the limit.
func (t *Tab) hopes(waited, limit time.Duration) bool {
	return waited <= t.patience.late && t.hoped+waited-limit <= t.patience.late && t.profile.browser.mute.hope(t.record.open())
}

func (t *Tab) wait(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-t.crashed:
		return walk.ErrCrashed
	case <-t.profile.browser.router.done:
		return errLost
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

// awaitWorkers gives workers a bounded time of their own if there are any.
func (t *Tab) awaitWorkers(ctx context.Context) error {
	t.record.mu.Lock()
	n := t.record.workers + len(t.workers)
	t.record.workers = 0 // they are waited for once per station
	t.record.mu.Unlock()
	if n == 0 {
		return nil
	}
	if err := t.wait(ctx, t.patience.working/3); err != nil {
		return err
	}
	return t.quiet(ctx, t.patience.working)
}
