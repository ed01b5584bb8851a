package walk

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"cookiescan/scanner"
	"cookiescan/scanner/egress"
	"cookiescan/scanner/ledger"
)

// scan is one scan under way.
type scan struct {
	o      Options
	ledger *ledger.Ledger
	doc    *scanner.Scan
	notes  map[noteKey]int
	hosts  map[string]*scanner.Host
}

type noteKey struct{ code, pass, page, detail string }

// Run walks all passes and returns the document, also when it was interrupted
// or a pass failed: what was seen is in it, what was not is in Incomplete. The
// error is non-nil only when nothing at all could be looked at.
func Run(ctx context.Context, o Options) (*scanner.Scan, error) {
	s := &scan{o: o, notes: map[noteKey]int{}, hosts: map[string]*scanner.Host{}}
	s.ledger = ledger.New(ledger.Options{Site: o.Site, Digest: o.Digest, KeepValues: o.KeepValues})
	s.doc = &scanner.Scan{Schema: scanner.SchemaV1, Started: o.Now().UTC()}
	s.doc.Target = scanner.Target{URL: o.Start[0], URLs: o.Start, Site: o.Site}
	walkCtx := ctx
	if o.Timeout > 0 {
		var cancel context.CancelFunc
		walkCtx, cancel = context.WithTimeoutCause(ctx, o.Timeout, errOutOfTime)
		defer cancel()
	}
	for _, phase := range o.Phases {
		if walkCtx.Err() != nil {
			s.missed(walkCtx, phase)
			continue
		}
		s.pass(walkCtx, phase)
	}
	s.finish()
	return s.doc, nil
}

var errOutOfTime = errors.New("the time for the whole scan is used up")

// missed records a pass that was not begun or not ended.
func (s *scan) missed(ctx context.Context, phase string) {
	cause := context.Cause(ctx)
	if errors.Is(cause, errOutOfTime) {
		s.incomplete(scanner.PassNotDone, phase, "", errOutOfTime.Error())
		return
	}
	s.incomplete(scanner.Interrupted, phase, "", "the scan was interrupted before this pass was done")
}

func (s *scan) incomplete(code scanner.IncompleteCode, pass, page, detail string) {
	s.doc.Incomplete = append(s.doc.Incomplete, scanner.Incomplete{Code: code, Pass: pass, Page: page, Detail: detail})
}

func (s *scan) note(code, pass, page, detail string, n int) {
	s.notes[noteKey{code, pass, page, detail}] += n
}

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
	w := &passWalk{scan: s, phase: phase, profile: p, frontier: newFrontier(s.o)}
	w.result.Phase = phase
	s.ledger.Begin(phase, p.UserCookies())
	w.run(ctx)
	w.end(context.WithoutCancel(ctx))
	s.ledger.End()
	if ctx.Err() != nil && (w.cut || w.frontier.more()) {
		s.missed(ctx, phase)
	}
	s.doc.Passes = append(s.doc.Passes, w.result)
	w.frontier.report(&s.doc.Coverage, len(w.result.Pages))
}

// passWalk is one pass under way.
type passWalk struct {
	scan     *scan
	phase    string
	profile  Profile
	frontier *frontier
	result   scanner.Pass
	failed   bool // the browser is gone
	blind    bool // the jar could not be read, which is told once
	cut      bool // the scan was ended while pages were visited
}

// run visits the first page alone and the others in breadth-first rounds. A
// round ends before the next begins, so what is visited does not depend on
// which tab was faster.
func (w *passWalk) run(ctx context.Context) {
	for size := 1; ctx.Err() == nil && !w.failed; size = w.scan.o.Workers {
		round := w.frontier.next(size)
		if len(round) == 0 {
			return
		}
		visits := w.visitAll(ctx, round)
		w.cut = ctx.Err() != nil
		w.collect(ctx, visits)
	}
}

func (w *passWalk) visitAll(ctx context.Context, round []entry) []*visit {
	visits := make([]*visit, len(round))
	var wg sync.WaitGroup
	for i, e := range round {
		v := &visit{pass: w, entry: e}
		v.page = scanner.Page{ID: fmt.Sprintf("%s/%d", w.phase, len(w.result.Pages)+i+1), URL: e.url, Depth: e.depth, Source: e.source}
		visits[i] = v
		wg.Go(func() { v.run(ctx) })
	}
	wg.Wait()
	return visits
}

// collect takes a finished round into the document and into the ledger, with a
// look at the jar, which has the last word on what was stored.
func (w *passWalk) collect(ctx context.Context, visits []*visit) {
	var seen []ledger.Observation
	var ids []string
	for _, v := range visits {
		seen = append(seen, v.seen.Observations...)
		ids = append(ids, v.page.ID)
		w.result.Pages = append(w.result.Pages, v.page)
		w.report(v)
		w.frontier.add(v.links, v.entry.depth+1)
		w.progress(v.page.URL, false)
	}
	seen = append(seen, w.profile.Background()...)
	if jar, ok := w.jar(ctx, ids, false); ok {
		seen = append(seen, jar)
	}
	w.scan.ledger.Add(seen)
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
	if jar, ok := w.jar(ctx, nil, true); ok {
		seen = append(seen, jar)
	}
	// After the last look: reading the log leaves marks in the jar.
	log, err := w.profile.Log(ctx)
	if err != nil && !w.failed {
		w.scan.incomplete(scanner.RecorderFailed, w.phase, "", err.Error())
	}
	seen = append(seen, log...)
	w.scan.ledger.Add(seen)
	for _, h := range w.profile.Hosts() {
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

func (w *passWalk) progress(page string, finished bool) {
	if f := w.scan.o.Progress; f != nil {
		f(Progress{Phase: w.phase, Done: len(w.result.Pages), Found: w.frontier.found(), Page: page, Finished: finished, Cookies: w.result.Cookies})
	}
}

// finish fills the document from the ledger.
func (s *scan) finish() {
	d := s.doc
	d.Cookies, d.Storage, d.Trackers = s.ledger.Cookies(), s.ledger.Storage(), s.ledger.Trackers()
	for k, n := range s.notes {
		d.Notes = append(d.Notes, scanner.Note{Code: k.code, Pass: k.pass, Page: k.page, Detail: k.detail, Count: n})
	}
	slices.SortFunc(d.Notes, func(a, b scanner.Note) int {
		return strings.Compare(a.Pass+"\x00"+a.Page+"\x00"+a.Code+"\x00"+a.Detail, b.Pass+"\x00"+b.Page+"\x00"+b.Code+"\x00"+b.Detail)
	})
	for _, h := range s.hosts {
		d.Hosts = append(d.Hosts, *h)
	}
	slices.SortFunc(d.Hosts, func(a, b scanner.Host) int { return strings.Compare(a.Name, b.Name) })
	d.Complete = len(d.Incomplete) == 0
	d.Finished = s.o.Now().UTC()
}
