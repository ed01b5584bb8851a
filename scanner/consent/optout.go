package consent

import (
	"context"
	"regexp"
	"slices"
)

// OptOut is what a page shows to those who object to the sale and sharing of
// their data (California: 11 CCR 7013, 7015, 7025(c)(6)).
type OptOut struct {
	Display string // words that say that the signal of the browser was processed
	Control string // text of the link or button to opt out
}

// processed are words such as "Opt-Out Request Honored": the regulation's own,
// and others that name the signal and say what became of it.
var processed = regexp.MustCompile(`(?i)\bopt[- ]?out (request|preference|signal|choice)s?\b[^.]{0,60}\b(honou?red|processed|applied|received|detected|recogni[sz]ed)` +
	`|\b(gpc|global privacy control)\b[^.]{0,80}\b(honou?red|processed|applied|detected|recogni[sz]ed|enabled|active)\b` +
	`|\byou (are|have been)( automatically)? opted[- ]out\b`)

// optOutWords are the titles that the regulation gives to the link, and usual
// ones.
var optOutWords = regexp.MustCompile(`(?i)\bdo not sell\b|\byour( california)? privacy choices\b|\bopt[- ]?out of (the )?(sale|selling|sharing|targeted advertising)\b|\bno vend(er|a)\b.{0,20}\bcompart`)

// ReadOptOut reads a page as it is now: what is not drawn does not count.
func ReadOptOut(ctx context.Context, p Page) (OptOut, error) {
	s, err := p.Snapshot(ctx)
	if err != nil {
		return OptOut{}, err
	}
	var out OptOut
	for _, i := range s.all(0) {
		if !s.Nodes[i].isElement() || !s.drawn(i) {
			continue
		}
		if out.Control == "" && s.isControl(i, false) {
			out.Control = optOutText(s.name(i))
		}
		if out.Display == "" && s.speaks(i) {
			out.Display = clip(processed.FindString(s.text(i)), maxWords)
		}
	}
	return out, nil
}

// optOutText is the text of a control, if it is one to opt out.
func optOutText(name string) string {
	if !optOutWords.MatchString(name) {
		return ""
	}
	return clip(name, maxWords)
}

// maxWords bounds what is kept of a text, in characters.
const maxWords = 120

// speaks tells whether an element has text of its own.
func (s *Snapshot) speaks(i int) bool {
	return slices.ContainsFunc(s.Nodes[i].Children, func(c int) bool { return s.Nodes[c].Tag == TagText && fold(s.Nodes[c].Text) != "" })
}
