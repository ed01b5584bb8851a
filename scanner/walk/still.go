package walk

import (
	"context"
	"time"

	"cookiescan/scanner"
	"cookiescan/scanner/ledger"
)

// stillBefore is the page time before a choice where pages are left alone: a
// visitor who answers does not wait for all timers of the page.
const stillBefore = 2 * time.Second

// settles is the page time that a page gets when it has loaded.
func (v *visit) settles() time.Duration {
	s := v.pass.scan
	if s.o.Still && Answers(v.pass.phase) && !v.repeats() {
		return min(stillBefore, s.o.Settle)
	}
	return s.o.Settle
}

// glance looks into the jar while the page is open: before the banner is answered,
// and at the end of a page that is left alone. What no script or response was seen
// to store, such as what a service worker does, came before it. so is what brought
// what is new. A jar that cannot be read is told of by the look that follows the
// page.
func (v *visit) glance(ctx context.Context, so scanner.Trigger) {
	w := v.pass
	if cookies, err := w.profile.Jar(ctx); err == nil {
		at := ledger.At{Seq: w.profile.Seq(), Time: w.scan.o.Now(), Trigger: so}
		v.jars = append(v.jars, ledger.Jar{At: at, Pages: []string{v.page.ID}, Cookies: cookies})
	}
}

// unanswered looks at all that is stored before the banner is answered, or answered
// anew: what is found only afterwards would count as of that answer. A page too busy
// to say what it stores is answered all the same: the look at its end tells of it.
func (v *visit) unanswered(ctx context.Context, tab Tab, so scanner.Trigger) error {
	if err := tab.Look(ctx); err != nil && ctx.Err() != nil {
		return err
	}
	v.glance(ctx, so)
	return nil
}

// seeStill ends the stations of a page that is left alone: what is stored, before
// the page is closed and stores more.
func (v *visit) seeStill(ctx context.Context, tab Tab) error {
	if err := tab.Look(ctx); err != nil {
		return err
	}
	if v.chosen.IsZero() {
		v.glance(ctx, scanner.OnTimer)
	} else {
		v.glance(ctx, scanner.OnChoice)
	}
	return nil
}

// closed are the pages whose going the last look at the jar shows.
func (w *passWalk) closed() []string {
	if !w.scan.o.Still || len(w.result.Pages) == 0 {
		return nil
	}
	return []string{w.result.Pages[len(w.result.Pages)-1].ID}
}

// cause is what brought what the look into the jar after a stretch shows and none
// before did, as far as that is known.
func (w *passWalk) cause() scanner.Trigger {
	if w.scan.o.Still {
		return scanner.OnPageHide
	}
	return ""
}
