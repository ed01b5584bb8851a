package walk

import (
	"context"
	"fmt"
	"maps"

	"cookiescan/scanner"
	"cookiescan/scanner/crawl"
	"cookiescan/scanner/egress"
	"cookiescan/scanner/ledger"
)

// take takes a visit that has ended into the document and the frontier. What
// was not seen because the browser was lost is put off.
func (w *passWalk) take(ctx context.Context, v *visit) {
	if v.skipped {
		return
	}
	w.choice(v)
	// With the browser a choice is lost, and the pass would be another.
	if v.lost() && w.scan.restarts == 0 && ctx.Err() == nil && !Answers(w.phase) && v.errand == nil {
		w.retry = append(w.retry, v)
		return
	}
	w.enter(v)
}

// enter gives a visit its row in the document.
func (w *passWalk) enter(v *visit) {
	v.row, v.entered = len(w.result.Pages), true
	w.result.Pages = append(w.result.Pages, v.page)
	w.report(v)
	if v.repeats() || v.redone || v.errand != nil { // the frontier knows the page
		if w.scan.o.Steps != nil {
			w.frontier.Add(crawl.Page{URL: v.page.URL, Depth: v.page.Depth, Source: crawl.SourceStart}, v.links)
		}
		return
	}
	w.frontier.Done(v.entry, crawl.Outcome{
		FinalURL: v.page.FinalURL, Canonical: v.canonical, NewItems: w.news(v), Structure: v.structure, Failed: v.page.Error != "",
	})
	w.frontier.Add(v.entry, v.links)
	if len(v.controls.pressed) > 0 {
		w.pressed = maps.Clone(w.pressed) // visits under way go by the one before
	}
	for _, sign := range v.controls.pressed {
		w.pressed[sign]++
	}
	w.scan.pressed += len(v.controls.pressed)
	for reason, n := range v.controls.left {
		w.scan.leftOut[reason] += n
	}
	w.progress(v.page.URL, false)
}

// collect takes what the visits of a stretch saw into the ledger, with a look at the
// jar, which has the last word on what was stored. They were taken before.
func (w *passWalk) collect(ctx context.Context, visits []*visit) {
	var seen []ledger.Observation
	var ids []string
	var pages []*scanner.Page
	lost := false
	for _, v := range visits {
		if v.skipped {
			continue
		}
		seen = append(seen, v.observations()...)
		ids = append(ids, v.page.ID)
		v.shown = v.page
		pages = append(pages, &v.shown)
		lost = lost || !v.entered
	}
	seen = append(seen, w.profile.Background()...)
	if !lost { // there is no jar to look into
		if jar, ok := w.jar(ctx, ids, false); ok {
			jar.Trigger = w.cause()
			seen = append(seen, jar)
		}
	}
	w.cleared(seen, pages)
	w.scan.ledger.Add(seen, pages...)
	for _, v := range visits {
		if v.entered {
			w.recordPage(v)
		}
	}
	w.recordHeaders(seen)
	w.recordRequests(seen)
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
			if !w.items[id] {
				w.items[id] = true
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
	for _, script := range w.profile.UnreadWorkers() {
		w.scan.incomplete(scanner.ServiceWorkerUnread, w.phase, "", "without the recorder, cookies that the script "+script+" sets are seen in the jar only")
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
	if v.seen.Unlisted > 0 {
		s.incomplete(scanner.EventsDropped, w.phase, v.page.URL, fmt.Sprintf("the page keeps at least %d more files than are listed", v.seen.Unlisted))
	}
	if v.seen.Unopened > 0 {
		s.incomplete(scanner.EventsDropped, w.phase, v.page.URL, fmt.Sprintf("the page opened %d more pop-ups than are looked at", v.seen.Unopened))
	}
	if v.seen.Silenced > 0 {
		s.incomplete(scanner.HookSilenced, w.phase, v.page.URL, "scripts of the page wrote more often than is recorded")
	}
	for _, n := range v.seen.Notes {
		s.note(n.Code, w.phase, v.page.URL, n.Detail, n.Count)
	}
}
