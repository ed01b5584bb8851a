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
	"cookiescan/scanner/egress"
	"cookiescan/scanner/ledger"
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
	for ctx.Err() == nil && !w.failed && !w.over && len(round) > 0 {
		visits := w.visitAll(ctx, w.plan(round))
		w.cut = ctx.Err() != nil
		w.collect(ctx, visits)
		answered()
		answered = func() {}
		w.recover(ctx)
		if len(w.walked) == 0 {
			w.signIn(ctx)
			w.again(ctx, round[0])
		} else {
			w.keepSession(ctx, visits)
		}
		w.walked = append(w.walked, round...)
		if ctx.Err() == nil {
			w.learn(ctx)
		}
		round = w.frontier.Next(crawl.Round)
	}
	w.cut = w.cut || ctx.Err() != nil && len(round) > 0
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
			visits[i] = w.visitPatiently(ctx, visits[i])
			return nil
		})
	}
	_ = group.Wait() // visits keep their errors
	return visits
}

// warm has a tab opened for a page that will follow. While one scrolls it mostly
// waits to be drawn.
func (w *passWalk) warm(ctx context.Context) {
	if w.more || w.waiting.Load() > 0 {
		w.profile.Warm(ctx, max(1, w.scan.o.Workers))
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
		next := &visit{pass: w, entry: v.entry, repeat: v.repeat, redone: v.redone, page: scanner.Page{ID: v.page.ID, URL: v.page.URL, Depth: v.page.Depth, Source: v.page.Source}}
		next.earlier = append(v.earlier, v.seen)
		v = next
	}
}

// collect takes a finished round into the document, into the ledger and into
// the frontier, with a look at the jar, which has the last word on what was
// stored.
func (w *passWalk) collect(ctx context.Context, visits []*visit) {
	var seen []ledger.Observation
	var ids []string
	var pages []*scanner.Page
	var taken []*visit
	restart := false
	for _, v := range visits {
		if v.skipped {
			continue
		}
		w.choice(v)
		seen = append(seen, v.observations()...)
		ids = append(ids, v.page.ID)
		v.shown = v.page
		pages = append(pages, &v.shown)
		// With the browser a choice is lost, and the pass would be another.
		if v.lost() && w.scan.restarts == 0 && ctx.Err() == nil && !Answers(w.phase) && v.errand == nil {
			w.retry, restart = append(w.retry, v), true
			continue
		}
		w.take(v)
		taken = append(taken, v)
	}
	seen = append(seen, w.profile.Background()...)
	if !restart { // there is no jar to look into
		if jar, ok := w.jar(ctx, ids, false); ok {
			jar.Trigger = w.cause()
			seen = append(seen, jar)
		}
	}
	w.cleared(seen, pages)
	w.scan.ledger.Add(seen, pages...)
	for _, v := range taken {
		w.recordPage(v)
	}
	w.recordHeaders(seen)
	w.recordRequests(seen)
}

// take takes one page into the document and the frontier.
func (w *passWalk) take(v *visit) {
	v.row = len(w.result.Pages)
	w.result.Pages = append(w.result.Pages, v.page)
	w.report(v)
	if v.repeat || v.redone || v.errand != nil { // the frontier knows the page
		if w.scan.o.Steps != nil {
			w.frontier.Add(crawl.Page{URL: v.page.URL, Depth: v.page.Depth, Source: crawl.SourceStart}, v.links)
		}
		return
	}
	w.frontier.Done(v.entry, crawl.Outcome{
		FinalURL: v.page.FinalURL, Canonical: v.canonical, NewItems: w.news(v), Structure: v.structure, Failed: v.page.Error != "",
	})
	w.frontier.Add(v.entry, v.links)
	for _, sign := range v.controls.pressed {
		w.pressed[sign]++
	}
	w.scan.pressed += len(v.controls.pressed)
	for reason, n := range v.controls.left {
		w.scan.leftOut[reason] += n
	}
	w.progress(v.page.URL, false)
}

// seen counts the pages that were visited.
func (w *passWalk) seen() int {
	n := 0
	for _, p := range w.result.Pages {
		if p.Source != string(crawl.SourceAgain) && p.Source != string(crawl.SourceSteps) {
			n++
		}
	}
	return n
}

// news counts the items that no page before brought.
func (w *passWalk) news(v *visit) int {
	n := 0
	for _, o := range v.observations() {
		for _, id := range w.scan.ledger.Identities(o) {
			if !w.known[id] {
				w.known[id] = true
				n++
			}
		}
	}
	return n
}

// gone tells whether the browser has stopped answering altogether: then a
// failure is not the page's.
func (w *passWalk) gone(ctx context.Context) bool {
	_, err := w.profile.Jar(context.WithoutCancel(ctx))
	return err != nil
}

func (w *passWalk) jar(ctx context.Context, pages []string, final bool) (ledger.Jar, bool) {
	cookies, err := w.profile.Jar(context.WithoutCancel(ctx))
	if err != nil {
		if !w.failed && !w.blind {
			w.scan.incomplete(scanner.SnapshotFailed, w.phase, "", err.Error())
		}
		w.blind = true
		return ledger.Jar{}, false
	}
	w.result.Cookies = len(cookies)
	at := ledger.At{Seq: w.profile.Seq(), Time: w.scan.o.Now()}
	return ledger.Jar{At: at, Pages: pages, Cookies: cookies, Final: final}, true
}

// end takes the last look and closes the profile.
func (w *passWalk) end(ctx context.Context) {
	seen := w.profile.Background()
	if jar, ok := w.jar(ctx, w.closed(), true); ok {
		jar.Trigger = w.cause()
		seen = append(seen, jar)
	}
	// After the last look: reading the log leaves marks in the jar.
	log, err := w.profile.Log(ctx)
	if err != nil && !w.failed {
		w.scan.incomplete(scanner.RecorderFailed, w.phase, "", err.Error())
	}
	seen = append(seen, log...)
	var pages []*scanner.Page
	for i := range w.result.Pages {
		pages = append(pages, &w.result.Pages[i])
	}
	w.cleared(seen, pages)
	w.scan.ledger.Add(seen)
	w.recordHeaders(seen)
	w.recordRequests(seen)
	hosts := w.profile.Hosts()
	w.recordHosts(hosts)
	for _, h := range hosts {
		w.scan.host(w.phase, h)
		if h.Reasons[egress.ReasonGuard] > 0 && h.Connections == 0 && h.FromBrowser > 0 {
			w.scan.incomplete(scanner.RequestsGuarded, w.phase, "", "pages called "+h.Host+", a private address, and were refused; --allow-private lets them")
		}
	}
	if w.scan.ledger.Blocked() {
		w.scan.incomplete(scanner.ThirdPartyBlocked, w.phase, "", "this browser refuses third-party cookies by its own settings, so what they do was not seen")
	}
	if err := w.profile.Close(ctx); err != nil && !w.failed {
		w.scan.note("close", w.phase, "", err.Error(), 1)
	}
	w.progress("", true)
}

// report turns what went wrong on a page into incomplete rows and notes.
func (w *passWalk) report(v *visit) {
	s := w.scan
	for _, i := range v.incomplete {
		s.incomplete(i.Code, w.phase, v.page.URL, i.Detail)
		if i.Code == scanner.BrowserLost {
			w.failed = true
		}
	}
	if v.seen.Dropped > 0 {
		s.incomplete(scanner.EventsDropped, w.phase, v.page.URL, fmt.Sprintf("the page made %d more events than are kept", v.seen.Dropped))
	}
	if v.seen.Unopened > 0 {
		s.incomplete(scanner.EventsDropped, w.phase, v.page.URL, fmt.Sprintf("the page opened %d more pop-ups than are looked at", v.seen.Unopened))
	}
	if v.seen.Silenced > 0 {
		s.incomplete(scanner.HookSilenced, w.phase, v.page.URL, "scripts of the page wrote more often than is recorded")
	}
	for _, n := range v.seen.Notes {
		if n.Code == string(scanner.ServiceWorkerUnread) {
			s.incomplete(scanner.ServiceWorkerUnread, w.phase, v.page.URL, "without the recorder, cookies that the script "+n.Detail+" sets are seen in the jar only")
			continue
		}
		s.note(n.Code, w.phase, v.page.URL, n.Detail, n.Count)
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
