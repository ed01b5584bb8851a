package walk

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"cookiescan/scanner"
	"cookiescan/scanner/crawl"
)

// pass walks the pages in a fresh profile.
func (s *scan) pass(ctx context.Context, phase string) {
	p, err := s.o.Open(ctx, phase)
	if err != nil && ctx.Err() != nil {
		s.missed(ctx, phase)
		return
	}
	if err != nil {
		s.incomplete(scanner.PassNotDone, phase, "", err.Error())
		return
	}
	w := &passWalk{scan: s, phase: phase, profile: p, pressed: map[string]int{}, known: map[string]bool{}}
	w.frontier = crawl.New(crawl.Options{
		Bounds: s.o.Bounds, MaxPages: s.o.MaxPages, PerTemplate: s.o.PerTemplate, Depth: s.o.Depth, Fixed: s.pagesOf(phase),
	})
	w.result.Phase = phase
	if s.run > 1 {
		w.result.Run = s.run
	}
	s.record(EventPass, PassEvent{Phase: phase})
	w.recordProfile(ctx)
	s.ledger.Begin(phase, p.UserCookies())
	if Answers(phase) {
		s.ledger.Choosing()
	}
	w.run(ctx)
	w.end(context.WithoutCancel(ctx))
	s.ledger.End()
	if ctx.Err() != nil && !w.over && (w.cut || w.frontier.More()) {
		s.missed(ctx, phase)
	}
	s.doc.Passes = append(s.doc.Passes, w.result)
	s.record(EventPassEnd, PassEvent{Phase: phase, Pages: len(w.result.Pages), Cookies: w.result.Cookies})
	if s.fixed == nil {
		s.cover(w.frontier.Coverage(), w.seen())
		if !w.over { // one that could not answer saw one page, which is not the site
			s.fixed = w.walked
		}
	}
}

// passWalk is one pass under way.
type passWalk struct {
	scan     *scan
	phase    string
	profile  Profile
	frontier *crawl.Frontier
	result   scanner.Pass
	walked   []crawl.Page    // in order
	number   int             // of the last visit
	retry    []*visit        // pages that were open when the browser was lost
	pressed  map[string]int  // on how many pages a control was pressed
	known    map[string]bool // item identities that pages brought
	failed   bool            // the browser is gone
	blind    bool            // the jar could not be read, which is told once
	cut      bool            // the scan was ended while pages were visited
	over     bool            // the pass could not give its answer, or do the steps
	session  session
	waiting  atomic.Int64 // visits of the round that have not begun
	busy     atomic.Int64 // visits under way
	more     bool         // pages are known that come after the round

	telling sync.Mutex
	told    Progress // the last that was told, behind telling
}

// run visits the first page alone and the others in rounds. A round ends
// before the next begins, so what is visited does not depend on which tab was
// faster; nor does it on the number of tabs, since rounds have one size.
func (w *passWalk) run(ctx context.Context) {
	answered := w.consult(ctx)
	round := w.frontier.Next(1)
	var again []crawl.Page
	for ctx.Err() == nil && !w.failed && !w.over && len(again)+len(round) > 0 {
		visits := w.visitAll(ctx, w.plan(slices.Concat(again, round)))
		again = nil
		w.cut = ctx.Err() != nil
		w.collect(ctx, visits)
		answered()
		answered = func() {}
		w.recover(ctx)
		if len(w.walked) == 0 {
			w.signIn(ctx)
			again = w.again(ctx, round[0])
		} else {
			w.keepSession(ctx, visits)
		}
		w.walked = append(w.walked, round...)
		if ctx.Err() == nil {
			w.learn(ctx)
		}
		round = w.frontier.Next(crawl.Round)
	}
	w.cut = w.cut || ctx.Err() != nil && len(again)+len(round) > 0
	answered()
	w.retryLost(ctx)
	// In the order of their numbers, as they would be without a loss: those of
	// one pass differ in the digits at their end.
	slices.SortStableFunc(w.result.Pages, func(a, b scanner.Page) int {
		return cmp.Or(len(a.ID)-len(b.ID), strings.Compare(a.ID, b.ID))
	})
}

// plan gives the pages of a round their numbers.
func (w *passWalk) plan(round []crawl.Page) []*visit {
	visits := make([]*visit, len(round))
	for i, e := range round {
		visits[i] = &visit{pass: w, entry: e, page: scanner.Page{
			ID: fmt.Sprintf("%s/%d", w.scan.name(w.phase), w.number+1), URL: e.URL, Depth: e.Depth, Source: string(e.Source),
		}}
		w.number++
	}
	w.scan.record(EventRound, RoundEvent{Phase: w.phase, Pages: addresses(visits)})
	return visits
}

func addresses(visits []*visit) []string {
	var list []string
	for _, v := range visits {
		list = append(list, v.page.URL)
	}
	return list
}

// visitAll visits pages in as many tabs as there are workers.
func (w *passWalk) visitAll(ctx context.Context, visits []*visit) []*visit {
	var group errgroup.Group
	group.SetLimit(max(1, w.scan.o.Workers))
	w.waiting.Store(int64(len(visits)))
	w.more = w.frontier.More()
	for i := range visits {
		group.Go(func() error {
			w.waiting.Add(-1)
			w.busy.Add(1)
			defer w.busy.Add(-1)
			visits[i] = w.visitPatiently(ctx, visits[i])
			return nil
		})
	}
	_ = group.Wait() // visits keep their errors
	return visits
}

// warm has tabs opened for the pages that will follow: one for this page's
// successor, and one for each worker that has nothing to do.
func (w *passWalk) warm(ctx context.Context) {
	if !w.more && w.waiting.Load() == 0 {
		return
	}
	workers := int64(max(1, w.scan.o.Workers))
	for range workers - w.busy.Load() + 1 {
		w.profile.Warm(ctx, int(workers))
	}
}

// visitPatiently visits a page, and once more when the server asks to come
// back later. What every attempt saw counts.
func (w *passWalk) visitPatiently(ctx context.Context, v *visit) *visit {
	s := w.scan
	origin := originOf(v.page.URL)
	for try := 0; ; try++ {
		if err := s.pace.wait(ctx, origin, func(d time.Duration) {
			w.waits(fmt.Sprintf("%s asks for a pause of %v", origin, d.Round(time.Second)))
		}); err != nil {
			if v.skipped = try == 0; !v.skipped {
				v.fail(ctx, err)
			}
			return v
		}
		v.run(ctx)
		pause, asked := v.comeBack(s.o.Now())
		if !asked || try == maxAgain || ctx.Err() != nil || !s.pace.backOff(origin, pause) {
			return v
		}
		next := &visit{pass: w, entry: v.entry, redone: v.redone, page: scanner.Page{ID: v.page.ID, URL: v.page.URL, Depth: v.page.Depth, Source: v.page.Source}}
		next.earlier = append(v.earlier, v.seen)
		v = next
	}
}

// progress tells how far the pass is. Only the pass's own goroutine calls it.
func (w *passWalk) progress(page string, finished bool) {
	w.tell(func(p *Progress) {
		*p = Progress{Phase: w.phase, Done: len(w.result.Pages), Found: w.found(), Page: page, Finished: finished, Cookies: w.result.Cookies}
	})
}

// waits tells what the pass waits for. Any goroutine may call it.
func (w *passWalk) waits(what string) {
	w.tell(func(p *Progress) { p.Page, p.Waiting = "", what })
}

func (w *passWalk) tell(change func(*Progress)) {
	f := w.scan.o.Progress
	if f == nil {
		return
	}
	w.telling.Lock()
	defer w.telling.Unlock()
	change(&w.told)
	f(w.told)
}

// found is how many pages the pass may visit, as far as is known.
func (w *passWalk) found() int {
	n := w.number + w.frontier.Left()
	if w.scan.fixed != nil {
		return n
	}
	limit := w.scan.o.MaxPages
	if limit == 0 {
		limit = crawl.DefaultMaxPages
	}
	return min(n, limit)
}
