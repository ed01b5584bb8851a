package walk

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"time"

	"cookiescan/scanner"
	"cookiescan/scanner/crawl"
	"cookiescan/scanner/ledger"
	"cookiescan/scanner/setcookie"
	"cookiescan/scanner/steps"
)

const (
	// beforeSteps is the page time that a page gets before its first step.
	beforeSteps = 10 * time.Second
	// maxProbes bounds the looks whether the session lasts, in one pass. Pages
	// that lead to the log-in are looked into all the same.
	maxProbes = 20
	// probePatience is how long a look waits for what it expects (steps.Patience).
	probePatience = time.Second
)

// session is what the user's steps began in a pass.
type session struct {
	on      bool   // the steps were done
	probe   string // the address at which the expected step held; empty: nothing is expected
	probes  int    // looks so far
	renewed bool   // it was lost, and the steps were done once more
	lost    bool   // and lost again
}

// signIn does the user's steps, each part in a fresh tab. A pass in which they
// fail ends there: what would follow is another state.
func (w *passWalk) signIn(ctx context.Context) {
	script := w.scan.o.Steps
	if script == nil || ctx.Err() != nil || w.failed || w.over {
		return
	}
	w.session.probe = ""
	for _, part := range script.Parts() {
		v := w.errand(part[0].URL, func(v *visit, ctx context.Context, tab Tab) error { return v.steps(ctx, tab, part) })
		w.run1(ctx, v)
		switch {
		case ctx.Err() != nil:
			w.cut = true
			return
		case v.lost():
			w.over = true
			return
		case v.page.Error != "":
			w.over, w.scan.barred = true, true
			return
		}
	}
	w.session.on = true
}

// errand is a visit that serves the session and not the crawl.
func (w *passWalk) errand(address string, do func(*visit, context.Context, Tab) error) *visit {
	v := w.plan(crawl.Page{URL: address, Source: crawl.SourceSteps})
	v.errand = do
	return v
}

// run1 makes a visit that is not a part of a stretch.
func (w *passWalk) run1(ctx context.Context, v *visit) {
	if err := w.scan.pace.wait(ctx, originOf(v.page.URL), func(time.Duration) {}); err != nil {
		v.skipped = true
	} else {
		v.run(ctx)
	}
	w.take(ctx, v)
	w.collect(ctx, []*visit{v})
}

// steps does the steps from one opened address to the next.
func (v *visit) steps(ctx context.Context, tab Tab, part []steps.Step) error {
	if err := v.arrive(ctx, tab, beforeSteps); err != nil {
		return failed(&part[0], err)
	}
	v.loggedOut(part[0].URL, "", part[0].URL)
	tab.Enter(scanner.OnInteraction)
	hand := &steps.Hand{Page: tab.StepsPage(), Hosts: append(slices.Clip(v.pass.scan.o.Steps.Hosts), v.pass.scan.o.Site), Done: v.stepped}
	err := hand.Do(ctx, part[1:])
	v.told(hand)
	if err != nil {
		return failed(hand.At, err)
	}
	if hand.Probe != "" {
		v.pass.session.probe = hand.Probe
	}
	if err := tab.Settle(ctx, min(afterPress, v.pass.scan.o.Settle)); err != nil {
		return err
	}
	if err := v.read(ctx, tab); err != nil {
		return err
	}
	v.links = append(v.links, crawl.Link{URL: v.page.FinalURL, Source: crawl.SourceControl})
	if err := tab.Look(ctx); err != nil {
		return err
	}
	tab.Enter(scanner.OnPageHide)
	return tab.Hide(ctx)
}

// arrive loads the page and lets it come to rest.
func (v *visit) arrive(ctx context.Context, tab Tab, pageTime time.Duration) error {
	loaded, err := tab.Load(ctx, v.page.URL)
	v.page.FinalURL, v.page.Status = loaded.FinalURL, loaded.Status
	switch {
	case err != nil:
		return err
	case loaded.Status >= 400:
		return statusError(loaded.Status)
	}
	tab.Enter(scanner.OnTimer)
	return tab.Settle(ctx, min(pageTime, v.pass.scan.o.Settle))
}

// failed says at which step the page, or its time, came to an end. The end of
// the browser is another matter.
func failed(st *steps.Step, err error) error {
	var already *steps.Failure
	if errors.As(err, &already) || errors.Is(err, ErrLost) || st == nil {
		return err
	}
	return &steps.Failure{Step: st, Why: sentence(err)}
}

// stepped notes a step that was done, or could not be.
func (v *visit) stepped(st *steps.Step, done bool) {
	v.input(InputStep, string(st.Kind), st.Target, done)
	if done && st.Kind == steps.Press {
		v.loggedOut(st.Target, st.Target, "")
	}
}

// loggedOut notes how the steps ended the session, if a name or an address says
// that they did. The first counts.
func (v *visit) loggedOut(how, name, address string) {
	if v.page.Logout == "" && v.pass.scan.words.LogsOut(name, address) {
		v.page.Logout = clipName(how)
	}
}

// cleared notes what answers of the site named in Clear-Site-Data headers on
// each of the pages.
func (w *passWalk) cleared(seen []ledger.Observation, pages []*scanner.Page) {
	for _, o := range seen {
		r, ok := o.(ledger.Response)
		if !ok || r.ClearSiteData == "" {
			continue
		}
		u, err := url.Parse(r.URL)
		if err != nil || setcookie.Site(u.Hostname()) != w.scan.o.Site {
			continue
		}
		for _, p := range pages {
			if p.ID == r.Page {
				p.ClearSiteData = slices.Compact(slices.Sorted(slices.Values(slices.Concat(p.ClearSiteData, r.Clears()))))
			}
		}
	}
}

// told notes what was unusual about steps: presses by the keyboard, and pages of
// other sites.
func (v *visit) told(hand *steps.Hand) {
	for _, why := range hand.ByKey {
		v.notes = append(v.notes, Note{Code: "steps-by-key", Detail: why, Count: 1})
	}
	for _, host := range hand.Seen {
		if setcookie.Site(host) != v.pass.scan.o.Site {
			v.notes = append(v.notes, Note{Code: "steps-elsewhere", Detail: "the steps led to " + host + ", another site", Count: 1})
		}
	}
}

// keepSession looks after a stretch whether the session lasts, and does the steps
// once more if it does not.
func (w *passWalk) keepSession(ctx context.Context, visits []*visit) {
	ses := &w.session
	if !ses.on || ses.lost || ctx.Err() != nil || w.failed || w.over {
		return
	}
	turned := w.turnedAway(visits)
	if !w.sessionLost(ctx, len(turned) > 0) || ctx.Err() != nil {
		return
	}
	where := visits[len(visits)-1].page.URL
	if len(turned) > 0 {
		where = turned[0].URL
	}
	if ses.renewed {
		ses.lost = true
		w.scan.incomplete(scanner.SessionLost, w.phase, where, "the session that the steps began was lost twice; this page and those after it may have been seen logged out")
		return
	}
	ses.renewed = true
	w.scan.note("session-renewed", w.phase, where, "the session was lost by the end of this page; the steps were done once more", 1)
	if w.signIn(ctx); w.over || ctx.Err() != nil || len(turned) == 0 {
		return
	}
	// What was not seen because of it.
	var next []*visit
	for _, p := range turned {
		p.Source = crawl.SourceAgain
		v := w.plan(p)
		v.redone = true
		next = append(next, v)
	}
	next = w.visitAll(ctx, next...)
	w.collect(ctx, next)
	w.keepSession(ctx, next)
}

// turnedAway are the pages that led to the log-in.
func (w *passWalk) turnedAway(visits []*visit) []crawl.Page {
	var list []crawl.Page
	script := w.scan.o.Steps
	for _, v := range visits {
		if !v.skipped && v.page.FinalURL != "" && script.Opens(v.page.FinalURL) && !script.Opens(v.page.URL) {
			list = append(list, v.entry)
		}
	}
	return list
}

// sessionLost looks whether what the steps expect still shows. Where they expect
// nothing, a page that led to the log-in has to do.
func (w *passWalk) sessionLost(ctx context.Context, turned bool) bool {
	ses, probe := &w.session, w.scan.o.Steps.Probe()
	switch {
	case probe == nil || ses.probe == "":
		return turned
	case ses.probes >= maxProbes && !turned:
		return false
	}
	ses.probes++
	gone := false
	v := w.errand(ses.probe, func(v *visit, ctx context.Context, tab Tab) error {
		var missing *steps.Failure
		if err := v.arrive(ctx, tab, beforeSteps); err != nil {
			return err
		}
		hand := &steps.Hand{Page: tab.StepsPage(), Patience: probePatience}
		err := hand.Do(ctx, []steps.Step{*probe})
		if gone = errors.As(err, &missing); gone {
			err = nil
		}
		return err
	})
	w.run1(ctx, v)
	return gone || v.page.Error != "" && turned
}

// leaves tells the links that would end the session. That a page has some is
// noted, with the first.
func (v *visit) leaves(name, address string) bool {
	s := v.pass.scan
	if s.o.Steps == nil || !s.words.LogsOut(name, address) {
		return false
	}
	const code = "logout-not-followed"
	if !slices.ContainsFunc(v.notes, func(n Note) bool { return n.Code == code }) {
		v.notes = append(v.notes, Note{Code: code, Detail: fmt.Sprintf("the link %q to %s would end the session", clipName(name), address), Count: 1})
	}
	return true
}
