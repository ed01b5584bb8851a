package chrome

import (
	"context"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/cdproto/target"

	"cookiescan/scanner/ledger"
	"cookiescan/scanner/walk"
)

// Close ends the tab with its pop-ups and returns all that was observed,
// writes at the very end included.
func (t *Tab) Close(ctx context.Context) walk.Seen {
	root := t.profile.browser.root
	t.flush(ctx)
	if t.silence(ctx) {
		t.thaw(ctx)
	}
	t.record.mu.Lock()
	ids := []target.ID{t.id}
	for id := range t.popups {
		ids = append(ids, id)
	}
	t.record.mu.Unlock()
	for _, id := range ids {
		_, _ = call(ctx, root, target.CloseTarget, target.CloseTargetParams{TargetID: id})
	}
	if t.ordinary() {
		t.awaitEnd(ctx)
	}
	t.profile.forget(t)
	t.record.mu.Lock()
	defer t.record.mu.Unlock()
	for _, v := range t.workers {
		v.record.Store(t.profile.background)
	}
	t.record.noteUnanswered()
	seen := walk.Seen{Dropped: t.record.dropped, Unlisted: t.record.unlisted, Unopened: t.unopened, Silenced: t.record.silenced, Crashed: t.record.crashed, Cut: t.cut}
	for k, n := range t.record.notes {
		seen.Notes = append(seen.Notes, walk.Note{Code: k.code, Detail: k.detail, Count: n})
	}
	seen.Observations = t.record.take(t.profile.answers)
	return seen
}

// awaitEnd waits until the page is gone: the browser says that it closes a tab
// before the page has been told, and what that stores at its end comes later.
func (t *Tab) awaitEnd(ctx context.Context) {
	late := time.NewTimer(endTime)
	defer late.Stop()
	select {
	case <-t.view.sess.gone:
	case <-t.profile.browser.router.done:
	case <-late.C:
	case <-ctx.Done():
	}
}

// endTime is what a page gets to go. Chromium itself closes one that does not
// let go of its reader sooner.
const endTime = 3 * time.Second

// flush ends a script that still runs: a page reports what its script did only
// when that is over. Pages that were seen to their end have nothing to add.
func (t *Tab) flush(ctx context.Context) {
	t.record.mu.Lock()
	ended := t.stay || !t.watch
	t.record.mu.Unlock()
	if ended || t.hung || t.alive(ctx) != nil || t.answers(ctx, flushTime) {
		return
	}
	fire(t.view.sess, runtime.TerminateExecution, cdp.Empty{})
	t.answers(ctx, flushTime)
}

// silence keeps a page that was told of its end from hearing of it once more:
// a visitor leaves once. It tells whether no script of the page runs any more.
func (t *Tab) silence(ctx context.Context) bool {
	t.record.mu.Lock()
	told := t.stay
	t.record.mu.Unlock()
	if !told || t.alive(ctx) != nil {
		return false
	}
	ctx, cancel := context.WithTimeout(ctx, flushTime)
	defer cancel()
	_, err := call(ctx, t.view.sess, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	return err == nil
}

// thaw lets a silenced page go on for as long as it takes to read what its last
// requests carried: a page that is frozen reads no Blob.
func (t *Tab) thaw(ctx context.Context) {
	bodies := t.record.untold()
	if len(bodies) == 0 {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, flushTime)
	defer cancel()
	if _, err := call(ctx, t.view.sess, page.SetWebLifecycleState, page.SetWebLifecycleStateParams{State: page.SetWebLifecycleStateStateActive}); err != nil {
		return
	}
	for _, h := range bodies {
		select {
		case a := <-h.told:
			t.record.mu.Lock()
			h.tell(a)
			t.record.mu.Unlock()
		case <-ctx.Done():
			return
		}
	}
}

// untold are the hops whose bodies were asked for and have not come.
func (r *record) untold() []*hop {
	r.mu.Lock()
	defer r.mu.Unlock()
	var out []*hop
	for _, q := range r.order {
		for _, h := range q.hops {
			if h.whole(); h.told != nil {
				out = append(out, h)
			}
		}
	}
	return out
}

// flushTime is what a page that is being closed gets for an answer.
const flushTime = 2 * time.Second

// take turns the record into observations and empties it. Callers hold mu.
func (r *record) take(answers *answersSeen) []ledger.Observation {
	r.prove()
	out := r.seen
	keepalive := map[string]bool{}
	for _, u := range r.beacons {
		keepalive[u] = true
	}
	for _, h := range r.hooked {
		if script, ok := h.registered(); ok {
			answers.addSilent(script, silent{at: h.at, initiators: append([]string{h.setter.URL}, h.setter.Initiators...)})
		}
	}
	called := map[string][]string{} // who called fetchLater, by address
	for _, f := range r.later {
		called[f.url] = f.by.initiators
	}
	for _, q := range r.order {
		if len(q.hops) > 0 && q.initiator != nil && q.initiator.Stack == nil {
			q.caller = called[q.hops[0].url]
		}
		for _, h := range q.hops {
			h.beacon = h.beacon || keepalive[h.url]
		}
		out = append(out, r.ofRequest(q, answers)...)
	}
	for _, f := range r.later { // after what was sent before the end
		answers.addSilent(f.url, f.by)
	}
	out = append(out, r.ofStorage()...)
	r.seen, r.order, r.domItems, r.hooked, r.beacons, r.later = nil, nil, nil, nil, nil, nil
	clear(r.requests)
	return out
}
