package walk

import (
	"context"
	"slices"

	"cookiescan/scanner"
	"cookiescan/scanner/ledger"
)

// lost tells whether the browser ended while the page was open, or before it
// could be opened.
func (v *visit) lost() bool {
	return slices.ContainsFunc(v.incomplete, func(i scanner.Incomplete) bool { return i.Code == scanner.BrowserLost })
}

// observations are those of all attempts at the page.
func (v *visit) observations() []ledger.Observation {
	var list []ledger.Observation
	for _, s := range v.earlier {
		list = append(list, s.Observations...)
	}
	list = append(list, v.jars...)
	return append(list, v.seen.Observations...)
}

// recover goes on with a new browser when the first one was lost. The pages that
// were open and not seen come last, one by one: one of them may have been the
// cause.
func (w *passWalk) recover(ctx context.Context) {
	if len(w.retry) > 0 && w.scan.restarts == 0 && ctx.Err() == nil {
		w.restart(ctx)
	}
}

// restart opens a profile with a new browser. Its jar is empty, as on another
// device of the visitor.
func (w *passWalk) restart(ctx context.Context) {
	w.scan.restarts++
	w.scan.ledger.End()
	w.recordHosts(w.profile.Hosts())
	_ = w.profile.Close(context.WithoutCancel(ctx)) // there is nothing to close any more
	p, err := w.scan.o.Open(ctx, w.phase)
	if err != nil {
		w.failed = true
		w.scan.ledger.Begin(w.phase, nil)
		return
	}
	w.profile, w.blind, w.failed = p, false, false
	w.scan.ledger.Begin(w.phase, p.UserCookies())
	w.scan.record(EventRestart, PassEvent{Phase: w.phase})
	w.recordProfile(ctx)
	w.scan.note("browser-restarted", w.phase, "", "the browser was lost and started again", 1)
	if w.session.on {
		w.signIn(ctx)
	}
}

// retryLost visits the pages that were not seen when the browser was lost. If
// it is lost again the page is the cause, and the others get a new one: there
// are no more of them than are under way at a time.
func (w *passWalk) retryLost(ctx context.Context) {
	for i, v := range w.retry {
		if w.failed && w.scan.restarts <= len(w.retry) && i > 0 && ctx.Err() == nil {
			w.restart(ctx)
		}
		if w.failed || ctx.Err() != nil {
			if v.opened {
				w.enter(v) // as it was when the browser was lost
				w.recordPage(v)
			}
			continue
		}
		w.collect(ctx, w.visitAll(ctx, v.anew()))
	}
}
