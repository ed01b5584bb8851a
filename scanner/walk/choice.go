package walk

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"cookiescan/scanner"
	"cookiescan/scanner/consent"
	"cookiescan/scanner/crawl"
)

// afterChoice is the page time that follows an answer to the banner: what it
// sets free loads late, and has timers of its own.
const afterChoice = 45 * time.Second

// lateBanner is how much page time a banner may take to come.
const lateBanner = 10 * time.Second

// plan is what a pass does about the banner, on the page that shows it.
type plan struct {
	answer   consent.Action // empty: none, it is only looked at
	withdraw bool           // then the choice is changed to a refusal
	comeBack bool           // then all pages are visited as by one who was here before
}

// plans are those of the passes that answer.
func plans() map[string]plan {
	return map[string]plan{
		"accept":   {answer: consent.Accept},
		"reject":   {answer: consent.Reject},
		"close":    {answer: consent.Close},
		"withdraw": {answer: consent.Accept, withdraw: true},
		"return":   {answer: consent.Reject, comeBack: true},
	}
}

// Answers tells whether a phase answers the banner.
func Answers(phase string) bool { return plans()[phase].answer != "" }

// looksAt tells whether a banner is looked for on this page. Passes that answer
// visit the page that shows it first, and once more after that; the others look
// on every page until one shows it.
func (v *visit) looksAt() bool {
	w := v.pass
	switch {
	case w.scan.o.LeaveBanner, v.repeats() && w.scan.o.Still:
		return false
	case v.repeats() && Answers(w.phase), v.known.first:
		return true
	}
	// The first page may have failed before anybody looked.
	return !Answers(w.phase) && (v.known.consent == nil || !v.known.consent.Banner)
}

// consent deals with the banner: a pass that answers nothing looks at it, the
// others answer it.
func (v *visit) consent(ctx context.Context, tab Tab) error {
	if !v.looksAt() {
		return nil
	}
	page := tab.ConsentPage()
	options := v.pass.scan.o.Consent
	if options.Patience = lateBanner - v.settles(); options.Patience <= 0 {
		options.Patience = -1 // the page has had all of it
	}
	banner, err := consent.Find(ctx, page, options)
	if err != nil {
		return fmt.Errorf("looking for a consent banner: %w", err)
	}
	again := v.repeats() && Answers(v.pass.phase)
	if !again {
		if err := v.look(ctx, page, banner); err != nil {
			return err
		}
	}
	v.banner, v.said.before = consentOf(banner), &banner.Signals
	if again {
		return nil
	}
	if v.pass.phase == phaseGPC && v.known.first {
		if v.said.gpc, err = v.readGPC(ctx, page); err != nil {
			return err
		}
	}
	if plan := plans()[v.pass.phase]; plan.answer != "" {
		return v.answerBanner(ctx, tab, banner, plan)
	}
	return nil
}

// answerBanner answers as the pass plans.
func (v *visit) answerBanner(ctx context.Context, tab Tab, banner *consent.Banner, plan plan) error {
	page := tab.ConsentPage()
	if err := v.unanswered(ctx, tab, scanner.OnTimer); err != nil {
		return err
	}
	tab.Enter(scanner.OnChoice)
	out, err := banner.Answer(ctx, page, plan.answer)
	v.pressedBanner(out)
	if err != nil {
		return fmt.Errorf("answering the consent banner: %w", err)
	}
	v.banner.take(out)
	if out.Clicks > 0 {
		if err := v.picture(ctx, page, AfterChoice); err != nil {
			return err
		}
	}
	if out.Result != consent.Answered {
		return nil
	}
	if v.chosen = tab.Clicked(); v.chosen.IsZero() {
		return errNoClick
	}
	if err := tab.Settle(ctx, min(afterChoice, v.pass.scan.o.Settle)); err != nil {
		return err
	}
	if plan.withdraw {
		return v.withdraw(ctx, tab)
	}
	return v.listen(ctx, page)
}

// withdraw changes the choice that was made to a refusal.
func (v *visit) withdraw(ctx context.Context, tab Tab) error {
	page := tab.ConsentPage()
	if err := v.unanswered(ctx, tab, scanner.OnChoice); err != nil {
		return err
	}
	out, err := consent.Withdraw(ctx, page, v.pass.scan.o.Consent)
	v.pressedBanner(out)
	if err != nil {
		return fmt.Errorf("withdrawing consent: %w", err)
	}
	v.banner.takeBack(out)
	if out.Result != consent.Answered {
		return nil
	}
	if err := v.picture(ctx, page, AfterWithdrawal); err != nil {
		return err
	}
	v.withdrawn = tab.Clicked()
	if err := tab.Settle(ctx, min(afterChoice, v.pass.scan.o.Settle)); err != nil {
		return err
	}
	return v.listen(ctx, page)
}

// errNoClick: without the moment of the choice nothing could be told to be
// before or after it.
var errNoClick = errors.New("the consent banner went without a click")

// choice takes what a page showed into the pass. A pass that could not give its
// answer ends there: what would follow is another state.
func (w *passWalk) choice(v *visit) {
	switch have := w.result.Consent; {
	case v.banner == nil:
		return
	case v.repeats() && Answers(w.phase):
		have.Returned = v.banner.Banner
		return
	case have != nil && !v.banner.Banner:
		return // a page behind the first, without a banner as that
	case have != nil && have.Banner:
		return // one that was under way beside it was first
	}
	c := v.banner.Consent
	c.Page, c.Signals = v.page.ID, v.change()
	if have := w.result.Consent; have != nil && have.Signals != nil && c.Signals != nil {
		c.Signals.Before.GPC = have.Signals.Before.GPC // the first page was asked
	}
	s := w.scan
	if w.result.Consent == nil {
		s.compare(w.phase, &c, v.page.URL)
	}
	w.result.Consent = &c
	if !Answers(w.phase) {
		s.found(&c, v.page.URL)
		return
	}
	if !v.chosen.IsZero() {
		s.ledger.Chosen(v.chosen, string(plans()[w.phase].answer))
	}
	if !v.withdrawn.IsZero() {
		s.ledger.Chosen(v.withdrawn, w.phase)
	}
	w.over = c.Failure != "" && !plans()[w.phase].comeBack
	switch {
	case c.Failure == scanner.NotOperated:
		s.incomplete(scanner.BannerNotOperated, w.phase, v.page.URL, "the consent banner could not be answered: "+c.Detail)
	case !c.Banner && s.banner != nil && s.banner.Banner:
		s.incomplete(scanner.StateNotIsolated, w.phase, v.page.URL, "the banner of the pass before shows no more, although the browser profile is new: the site seems to know its visitor by something else")
	}
}

// compare notes that the first page shows another banner than in the run before:
// a test between several, or one that is not always shown.
func (s *scan) compare(phase string, c *scanner.Consent, page string) {
	for _, p := range slices.Backward(s.doc.Passes) {
		if p.Phase != phase || p.Consent == nil {
			continue
		}
		switch before := p.Consent; {
		case before.Banner != c.Banner:
			s.note("banner-differs", phase, page, fmt.Sprintf("shown in run %d: %t, in the run before: %t", s.run, c.Banner, before.Banner), 1)
		case before.BannerText != c.BannerText || before.CMP != c.CMP:
			s.note("banner-differs", phase, page, fmt.Sprintf("in run %d it says something else than in the run before", s.run), 1)
		}
		return
	}
}

// found keeps what passes that touch nothing saw of a banner, and where.
func (s *scan) found(c *scanner.Consent, address string) {
	if s.banner == nil || !s.banner.Banner {
		s.banner, s.bannerAt = c, address
	}
}

// pagesOf are the pages that a pass walks, nil if it looks for them itself. One
// that answers begins where the banner is.
func (s *scan) pagesOf(phase string) []crawl.Page {
	at := slices.IndexFunc(s.fixed, func(p crawl.Page) bool { return p.URL == s.bannerAt })
	if at <= 0 || !Answers(phase) {
		return s.fixed
	}
	first := s.fixed[at]
	return append([]crawl.Page{first}, slices.Delete(slices.Clone(s.fixed), at, at+1)...)
}

// again is one more visit of the page on which the banner was answered: what a
// choice sets free on a page that is loaded after it, and whether the banner
// comes back. So it is after the user's steps: the visitor is another one. It
// comes before the pages that follow, unless what it leads to decides which pages
// those are; then it is made at once.
func (w *passWalk) again(ctx context.Context, first crawl.Page) []crawl.Page {
	answered := w.result.Consent != nil && Answers(w.phase)
	if ctx.Err() != nil || w.failed || w.over || !answered && !w.session.on {
		return nil
	}
	if plans()[w.phase].comeBack {
		w.scan.ledger.Chosen(w.scan.o.Now(), w.phase)
	}
	first.Source = crawl.SourceAgain
	if w.scan.fixed != nil && !w.session.on {
		return []crawl.Page{first}
	}
	w.collect(ctx, w.visitAll(ctx, w.plan(first)))
	w.recover(ctx)
	return nil
}

// repeats tells a visit of the page on which the banner was answered.
func (v *visit) repeats() bool { return v.entry.Source == crawl.SourceAgain }

// needless tells whether a pass has nothing to answer, because the pass before
// any choice met no banner: its result would be the same.
func (s *scan) needless(phase string) bool {
	plan := plans()[phase]
	if plan.answer == "" || plan.comeBack || s.banner == nil || s.banner.Banner {
		return false
	}
	c := *s.banner
	c.Action, c.Page, c.Signals = actionOf(plan), "", nil
	if c.Failure == "" {
		c.Failure = scanner.NoBanner
	}
	s.doc.Passes = append(s.doc.Passes, scanner.Pass{Phase: phase, Consent: &c})
	return true
}

func actionOf(p plan) scanner.ConsentAction {
	if p.withdraw {
		return scanner.ActionWithdraw
	}
	return scanner.ConsentAction(p.answer)
}
