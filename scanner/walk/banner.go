package walk

import (
	"slices"
	"strings"

	"cookiescan/scanner"
	"cookiescan/scanner/consent"
)

// bannerSeen is what the document says of a banner.
type bannerSeen struct{ scanner.Consent }

func consentOf(b *consent.Banner) *bannerSeen {
	s := &bannerSeen{scanner.Consent{
		Banner: b.Shown, CMP: b.CMP, BannerText: clip(b.Text), Language: b.Language, PageLanguage: b.Page, PolicyLink: b.Policy, BlocksPage: b.Blocks,
	}}
	if b.Shown {
		s.Method = scanner.ConsentMethod(b.Method)
	}
	if !b.Shown && len(b.Loaded) > 0 {
		s.CMP, s.Failure = b.Loaded[0], scanner.BannerElsewhere
	}
	if !b.Shown && languageCode(b.Page) && !consent.Speaks(b.Page) {
		s.Detail = "how banners speak in the language of the page, " + b.Page + ", is not known"
	}
	s.VendorsLink, s.VendorCount = b.Recipients()
	for _, c := range b.Controls {
		if c.Role != consent.RoleToggle {
			s.Buttons = append(s.Buttons, scanner.ConsentButton{
				Role: scanner.ButtonRole(c.Role), Text: c.Text, Tag: c.Tag, Width: int(c.Box.W), Height: int(c.Box.H), Contrast: c.Contrast, Layer: 1,
			})
		}
	}
	return s
}

// take adds what became of the answer.
func (s *bannerSeen) take(out consent.Outcome) {
	s.Action, s.Text, s.Layer, s.Clicks = scanner.ConsentAction(out.Action), out.Text, out.Layer, out.Clicks
	s.Preticked, s.LegitimateInterest = out.Preticked, out.Interests
	if out.Method != "" {
		s.Method = scanner.ConsentMethod(out.Method)
	}
	switch out.Result {
	case consent.Answered:
		reopen := out.Reopen != nil
		s.Reopen, s.ReopenLink = &reopen, out.ReopenLink
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
		if slices.ContainsFunc(out.Steps, func(p consent.Step) bool { return p.Covered != "" }) && out.Clicks == 0 {
			s.Detail = "something lies over the banner and has nothing that only closes it"
		}
	}
}

// languageCode tells a code of ISO 639 from whatever else a page declares.
func languageCode(s string) bool {
	return (len(s) == 2 || len(s) == 3) && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz") == ""
}

// clip bounds the banner's text.
func clip(text string) string {
	if r := []rune(text); len(r) > maxBannerText {
		return string(r[:maxBannerText])
	}
	return text
}

const maxBannerText = 4000

// answersLike tells whether a banner has a control of this name that gives an
// answer or leads to one. Buttons that only read on are called what many are.
func answersLike(c *scanner.Consent, name string) bool {
	if c == nil {
		return false
	}
	name = strings.Join(strings.Fields(name), " ")
	return name != "" && slices.ContainsFunc(c.Buttons, func(b scanner.ConsentButton) bool {
		return b.Role != scanner.ButtonRole(consent.RoleMore) && strings.EqualFold(strings.TrimSuffix(b.Text, "…"), name)
	})
}

// takeBack adds what became of the withdrawal of an acceptance.
func (s *bannerSeen) takeBack(out consent.Outcome) {
	s.Action, s.Text, s.Layer, s.Clicks = scanner.ActionWithdraw, out.Text, out.Layer, out.Clicks
	switch out.Result {
	case consent.Answered:
	case consent.NoBanner, consent.Silent:
		s.Failure = scanner.NoReopen
		s.Detail = "nothing on the page opens the choice again"
	case consent.NotOffered:
		s.Failure = scanner.NoReject
		s.Detail = "what opens again has no control that refuses"
	case consent.NotOperable:
		s.Failure = scanner.NotOperated
		s.Detail = "what opens again stayed, whatever was pressed"
	}
}
