package walk

import (
	"context"
	"strings"
	"time"

	"cookiescan/scanner"
	"cookiescan/scanner/crawl"
	"cookiescan/scanner/crawl/control"
)

const (
	// maxPresses bounds what is pressed on one page.
	maxPresses = 15
	// sameControl is on how many pages a control of the same name and kind is
	// pressed: the menu of a site is on every page of it.
	sameControl = 2
	// afterPress is the page time that follows the last press.
	afterPress = 10 * time.Second
)

// controlCount is what became of the controls of a page.
type controlCount struct {
	pressed []string // signatures
	left    map[string]int
}

// interact presses the controls of the page that only show something, and
// reads where that led. After a press there may be more of them: those in an
// opened menu come next.
func (v *visit) interact(ctx context.Context, tab Tab) error {
	s := v.pass.scan
	if s.lexicon == nil {
		return nil
	}
	v.controls.left = map[string]int{}
	tried := map[string]bool{}
	for len(v.controls.pressed) < maxPresses {
		c, err := v.nextControl(ctx, tab, tried)
		if err != nil || c == nil {
			return v.afterwards(ctx, tab, err)
		}
		if len(v.controls.pressed) == 0 { // where nothing is pressed, nothing comes of it
			tab.Enter(scanner.OnInteraction)
		}
		p, err := tab.Press(ctx, c.Handle)
		if err != nil {
			return err
		}
		v.input(InputPress, c.Role, c.Name, p.Done)
		if p.Done {
			v.controls.pressed = append(v.controls.pressed, c.signature())
		} else {
			v.controls.left["covered"]++
		}
		if p.Left {
			break
		}
	}
	return v.afterwards(ctx, tab, nil)
}

// nextControl is the first control that may be pressed and was not tried. What
// is left alone is counted once.
func (v *visit) nextControl(ctx context.Context, tab Tab, tried map[string]bool) (*Control, error) {
	list, err := tab.Controls(ctx)
	if err != nil {
		return nil, err
	}
	for i, c := range list {
		sign := c.signature()
		if tried[sign] {
			continue
		}
		tried[sign] = true
		c.Consent = c.Consent || v.answersBanner(c.Name)
		verdict := v.pass.scan.lexicon.Decide(v.pass.scan.o.Interact, c.judged())
		switch {
		case !verdict.Press:
			v.controls.left[string(verdict.Reason)]++
		case v.pass.pressed[sign] >= sameControl:
			v.controls.left["seen-before"]++
		default:
			return &list[i], nil
		}
	}
	return nil, nil
}

// answersBanner tells a control that is called like one of the banner that was
// found here, on a page before or in a pass before, in whatever words it asks.
func (v *visit) answersBanner(name string) bool {
	return v.banner != nil && answersLike(&v.banner.Consent, name) ||
		answersLike(v.pass.result.Consent, name) || answersLike(v.pass.scan.banner, name)
}

// afterwards lets the page come to rest and reads it again.
func (v *visit) afterwards(ctx context.Context, tab Tab, err error) error {
	if err != nil || len(v.controls.pressed) == 0 {
		return err
	}
	if err := tab.Settle(ctx, min(afterPress, v.pass.scan.o.Settle)); err != nil {
		return err
	}
	before, title, final := len(v.links), v.page.Title, v.page.FinalURL
	if err := v.read(ctx, tab); err != nil {
		return err
	}
	if v.page.FinalURL != final { // a control led there, not the address
		v.links = append(v.links, crawl.Link{URL: v.page.FinalURL, Source: crawl.SourceControl})
	}
	for i := range v.links[before:] {
		if l := &v.links[before+i]; l.Source == crawl.SourceLink {
			l.Source = crawl.SourceControl
		}
	}
	v.page.Title, v.page.FinalURL = title, final
	return nil
}

// signature tells controls apart: of several alike one is pressed.
func (c Control) signature() string {
	return strings.Join([]string{c.Role, c.Tag, c.Name, c.ID, c.Controls}, "\x00")
}

func (c Control) judged() control.Control {
	return control.Control{
		Name: c.Name, Role: c.Role, Tag: c.Tag, Type: c.Type, Href: c.Href, ID: c.ID, Class: c.Class,
		Expanded: c.Expanded, Controls: c.Controls, HasPopup: c.HasPopup, Pressed: c.Pressed, Checked: c.Checked,
		Disabled: c.Disabled, Hidden: c.Hidden, InForm: c.InForm, InDialog: c.InDialog,
		InPlayer: c.InPlayer, Consent: c.Consent, Around: c.Around,
		Selected: c.Selected, PopoverTarget: c.Popover, Download: c.Download,
	}
}
