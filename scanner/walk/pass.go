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
	w := &passWalk{scan: s, phase: phase, profile: p, pressed: map[string]int{}, items: map[string]bool{}}
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
	pressed  map[string]int  // on how many pages a control was pressed; never changed, but replaced
	items    map[string]bool // identities that pages brought
	failed   bool            // the browser is gone
	blind    bool            // the jar could not be read, which is told once
	cut      bool            // the scan was ended while pages were visited
	over     bool            // the pass could not give its answer, or do the steps
	session  session
	waiting  atomic.Int64 // visits that have a page and no tab yet
	busy     atomic.Int64 // visits under way
	more     atomic.Bool  // pages are known that have no visit yet

	telling sync.Mutex
	told    Progress // the last that was told, behind telling
}

// run visits the first page alone, then the other start pages, and the rest in
// stretches.
func (w *passWalk) run(ctx context.Context) {
	answered := w.consult(ctx)
	visits := w.stretch(ctx, nil, 1)
	for first := true; len(visits) > 0; first = false {
		w.cut = ctx.Err() != nil
		w.collect(ctx, visits)
		answered()
		answered = func() {}
		w.recover(ctx)
		var again []crawl.Page
		if first {
			w.signIn(ctx)
			again = w.again(ctx, visits[0].entry)
		} else {
			w.keepSession(ctx, visits)
		}
		w.learn(ctx)
		w.cut = w.cut || ctx.Err() != nil && len(again) > 0
		visits = w.stretch(ctx, again, w.length())
	}
	answered()
	w.retryLost(ctx)
	// In the order of their numbers, as they would be without a loss: those of
	// one pass differ in the digits at their end.
	slices.SortStableFunc(w.result.Pages, func(a, b scanner.Page) int {
		return cmp.Or(len(a.ID)-len(b.ID), strings.Compare(a.ID, b.ID))
	})
}

// plan gives a page its number, and what is known when it is chosen.
func (w *passWalk) plan(p crawl.Page) *visit {
	w.number++
	id := fmt.Sprintf("%s/%d", w.scan.name(w.phase), w.number)
	w.scan.record(EventVisit, VisitEvent{Phase: w.phase, Page: id, URL: p.URL})
	return &visit{pass: w, entry: p, known: w.knows(), page: scanner.Page{ID: id, URL: p.URL, Depth: p.Depth, Source: string(p.Source)}}
}

// anew is another attempt at the page of a visit.
func (v *visit) anew() *visit {
	return &visit{pass: v.pass, entry: v.entry, known: v.known, redone: v.redone, page: scanner.Page{
		ID: v.page.ID, URL: v.page.URL, Depth: v.page.Depth, Source: v.page.Source,
	}}
}

// warm has tabs opened for the pages that will follow: one for this page's
// successor, and one for each worker that has nothing to do.
func (w *passWalk) warm(ctx context.Context) {
	if !w.more.Load() && w.waiting.Load() == 0 {
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
		next := v.anew()
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
