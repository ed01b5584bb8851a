package walk

import (
	"context"
	"errors"
	"fmt"
	"time"

	"cookiescan/scanner"
	"cookiescan/scanner/consent"
)

// afterChoice is the page time that follows an answer to the banner: what it
// sets free loads late, and has timers of its own.
const afterChoice = 45 * time.Second

// answers are the passes that answer the banner, and how.
func answers() map[string]consent.Action {
	return map[string]consent.Action{"accept": consent.Accept, "reject": consent.Reject, "close": consent.Close}
}

// Answers tells whether a phase answers the banner.
func Answers(phase string) bool {
	_, ok := answers()[phase]
	return ok
}

// consent deals with the banner on the first page of a pass: one that answers
// nothing looks at it, the others answer it.
func (v *visit) consent(ctx context.Context, tab Tab) error {
	if v.page.ID != v.pass.phase+"/1" || v.pass.scan.o.LeaveBanner {
		return nil
	}
	page := tab.ConsentPage()
	options := v.pass.scan.o.Consent
	banner, err := consent.Find(ctx, page, options)
	if err != nil {
		return fmt.Errorf("looking for a consent banner: %w", err)
	}
	v.banner = consentOf(banner)
	action, answers := answers()[v.pass.phase]
	if !answers {
		return nil
	}
	tab.Enter(scanner.OnChoice)
	out, err := banner.Answer(ctx, page, action)
	v.pressedBanner(out)
	if err != nil {
		return fmt.Errorf("answering the consent banner: %w", err)
	}
	v.banner.take(out)
	if out.Result != consent.Answered {
		return nil
	}
	if v.chosen = tab.Clicked(); v.chosen.IsZero() {
		return errNoClick
	}
	return tab.Settle(ctx, min(afterChoice, v.pass.scan.o.Settle))
}

// errNoClick: without the moment of the choice nothing could be told to be
// before or after it.
var errNoClick = errors.New("the consent banner went without a click")

// bannerSeen is what the document says of a banner.
type bannerSeen struct{ scanner.Consent }

func consentOf(b *consent.Banner) *bannerSeen {
	s := &bannerSeen{scanner.Consent{
		Banner: b.Shown, CMP: b.CMP, BannerText: clip(b.Text), Language: b.Language, PageLanguage: b.Page, PolicyLink: b.Policy,
	}}
	if b.Shown {
		s.Method = scanner.ConsentMethod(b.Method)
	}
	if !b.Shown && len(b.Loaded) > 0 {
		s.CMP, s.Failure = b.Loaded[0], scanner.BannerElsewhere
	}
	for _, c := range b.Controls {
		if c.Role != consent.RoleToggle {
			s.Buttons = append(s.Buttons, scanner.ConsentButton{
				Role: scanner.ButtonRole(c.Role), Text: c.Text, Tag: c.Tag, Width: int(c.Box.W), Height: int(c.Box.H), Layer: 1,
			})
		}
	}
	return s
}

// take adds what became of the answer.
func (s *bannerSeen) take(out consent.Outcome) {
	s.Action, s.Text, s.Layer, s.Clicks, s.Preticked = scanner.ConsentAction(out.Action), out.Text, out.Layer, out.Clicks, out.Preticked
	if out.Method != "" {
		s.Method = scanner.ConsentMethod(out.Method)
	}
	switch out.Result {
	case consent.Answered:
		reopen := out.Reopen != nil
		s.Reopen = &reopen
		if out.Action == consent.Accept {
			s.AcceptClicks = out.Clicks
		} else {
			s.RejectClicks = out.Clicks
		}
	case consent.NoBanner:
		s.Failure = scanner.NoBanner
	case consent.Silent:
		s.Failure = scanner.BannerElsewhere
	case consent.NotOffered:
		s.Failure = scanner.NoReject
		s.Detail = "the banner has no control for this answer"
	case consent.NotOperable:
		s.Failure = scanner.NotOperated
		s.Detail = "the banner stayed, whatever was pressed"
	}
}

// clip bounds the banner's text.
func clip(text string) string {
	if r := []rune(text); len(r) > maxBannerText {
		return string(r[:maxBannerText])
	}
	return text
}

const maxBannerText = 4000

// settle takes what the first page showed into the pass. A pass that could not
// give its answer ends there: what would follow is another state.
func (w *passWalk) choice(v *visit) {
	if v.banner == nil {
		return
	}
	c := v.banner.Consent
	w.result.Consent = &c
	if !v.chosen.IsZero() {
		w.scan.ledger.Chosen(v.chosen, w.phase)
	}
	if !Answers(w.phase) {
		w.scan.banner = &c
		return
	}
	w.over = c.Failure != ""
	if c.Failure == scanner.NotOperated {
		w.scan.incomplete(scanner.BannerNotOperated, w.phase, v.page.URL, "the consent banner could not be answered: "+c.Detail)
	}
}

// needless tells whether a pass has nothing to answer, because the pass before
// any choice met no banner: its result would be the same.
func (s *scan) needless(phase string) bool {
	if !Answers(phase) || s.banner == nil || s.banner.Banner {
		return false
	}
	c := *s.banner
	c.Action = scanner.ConsentAction(answers()[phase])
	if c.Failure == "" {
		c.Failure = scanner.NoBanner
	}
	s.doc.Passes = append(s.doc.Passes, scanner.Pass{Phase: phase, Consent: &c})
	return true
}
