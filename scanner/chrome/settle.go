package chrome

import (
	"context"
	"fmt"
	"time"

	"github.com/chromedp/cdproto/emulation"

	"cookiescan/scanner/walk"
)

const (
	quietFor  = 30 * time.Millisecond // nothing new for so long is quiet
	loadQuiet = 5 * time.Second       // cap of waiting for the network after load
	stepQuiet = 3 * time.Second       // and after a step of page time
	firstStep = time.Second
	// stepCap bounds one step of page time in real time: a page may burn the
	// processor in a timer.
	stepCap = 5 * time.Second
	// workerWait is how long workers get, in real time, which is the only
	// time that they have.
	workerWait = 1500 * time.Millisecond
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
			if err := t.quiet(ctx, stepQuiet); err != nil {
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

// advance lets d of page time pass.
func (t *Tab) advance(ctx context.Context, d time.Duration) error {
	select {
	case <-t.expired:
	default:
	}
	ms := float64(d.Milliseconds())
	params := emulation.SetVirtualTimePolicyParams{Policy: emulation.VirtualTimePolicyAdvance, Budget: &ms, MaxVirtualTimeTaskStarvationCount: 1000}
	began := time.Now()
	if _, err := call(ctx, t.view.sess, emulation.SetVirtualTimePolicy, params); err != nil {
		return fmt.Errorf("letting page time pass: %w", err)
	}
	timer := time.NewTimer(stepCap)
	defer timer.Stop()
	select {
	case <-t.expired:
	case <-timer.C:
		return fmt.Errorf("letting page time pass: %w", walk.ErrBusy)
	case <-t.crashed:
		return walk.ErrCrashed
	case <-t.profile.browser.router.done:
		return errLost
	case <-ctx.Done():
		return fmt.Errorf("letting page time pass: %w", context.Cause(ctx))
	}
	t.record.mu.Lock()
	t.record.aheadMs += ms - float64(time.Since(began).Milliseconds())
	t.record.mu.Unlock()
	return nil
}

// quiet waits until no request is open and nothing new has come for quietFor,
// at most limit. A network that never rests is not an error.
func (t *Tab) quiet(ctx context.Context, limit time.Duration) error {
	deadline := time.Now().Add(limit)
	for {
		_, inflight, still := t.record.busy()
		if inflight == 0 && still >= quietFor {
			return nil
		}
		if time.Now().After(deadline) {
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
	if err := t.wait(ctx, workerWait/3); err != nil {
		return err
	}
	return t.quiet(ctx, workerWait)
}
