package walk

import (
	"context"
	"slices"
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

// pressing is the state of a page whose controls are pressed one by one.
type pressing struct {
	presses int
	tried   map[string]bool   // by signature
	hidden  map[string]bool   // met, but never shown so far
	opener  map[string]string // of what may be pressed: what had been pressed when it appeared
	waiting []string          // those of opener, in the order of their appearance
	last    string            // what was pressed last
}

// interact presses the controls of the page that only show something, and
// reads where that led. After a press there may be more of them: those in an
// opened menu come next. Where a press put another page in place of this one it
// goes back, as that page will be visited on its own.
func (v *visit) interact(ctx context.Context, tab Tab) error {
	if v.pass.scan.lexicon == nil {
		return nil
	}
	v.controls.left = map[string]int{}
	p := pressing{tried: map[string]bool{}, hidden: map[string]bool{}, opener: map[string]string{}}
	err := v.pressAll(ctx, tab, &p)
	if len(p.hidden) > 0 {
		v.controls.left[string(control.Inoperable)] += len(p.hidden)
	}
	return v.afterwards(ctx, tab, err)
}

func (v *visit) pressAll(ctx context.Context, tab Tab, p *pressing) error {
	for p.presses < maxPresses {
		c, err := v.nextControl(ctx, tab, p)
		if err != nil || c == nil {
			return err
		}
		if p.presses == 0 { // where nothing is pressed, nothing comes of it
			tab.Enter(scanner.OnInteraction)
		}
		p.presses++
		gone, err := v.press(ctx, tab, c)
		if err != nil || gone {
			return err
		}
		p.last = c.signature()
	}
	return nil
}

// press presses a control and takes what that brought. It tells whether the page
// went elsewhere for good.
func (v *visit) press(ctx context.Context, tab Tab, c *Control) (bool, error) {
	done, err := tab.Press(ctx, c.Handle)
	if err != nil {
		return false, err
	}
	v.input(InputPress, c.Role, c.Name, done.Done)
	if !done.Done {
		v.controls.left["covered"]++
		return false, nil
	}
	sign := c.signature()
	if !slices.Contains(v.controls.pressed, sign) {
		v.controls.pressed = append(v.controls.pressed, sign)
	}
	switch {
	case done.Left:
		return true, nil
	case done.Routed:
		back, err := tab.Return(ctx)
		return !back, err
	case v.pass.scan.fixed == nil: // the next press may take away what this one brought
		return false, v.readMore(ctx, tab)
	}
	return false, nil
}

// nextControl is the first control that may be pressed and was not tried: those
// that stand for links come last, as they may change the page. What is left
// alone is counted once.
func (v *visit) nextControl(ctx context.Context, tab Tab, p *pressing) (*Control, error) {
	list, err := tab.Controls(ctx)
	if err != nil {
		return nil, err
	}
	var leading *Control
	for i, c := range list {
		sign := c.signature()
		if p.tried[sign] {
			continue
		}
		c.Consent = c.Consent || v.answersBanner(c.Name)
		verdict := v.pass.scan.lexicon.Decide(v.pass.scan.o.Interact, c.judged())
		if verdict.Reason == control.Inoperable { // what is in a closed menu comes when that is open
			p.hidden[sign] = true
			continue
		}
		delete(p.hidden, sign)
		switch {
		case !verdict.Press:
			p.tried[sign] = true
			v.controls.left[string(verdict.Reason)]++
			continue
		case v.known.pressed[sign] >= sameControl:
			p.tried[sign] = true
			v.controls.left["seen-before"]++
			continue
		}
		if _, known := p.opener[sign]; !known {
			p.opener[sign] = p.last
			p.waiting = append(p.waiting, sign)
		}
		if verdict.Reason != control.LeadsByPlace && verdict.Reason != control.NotDangerous {
			p.tried[sign] = true
			return &list[i], nil
		}
		// Where a press leaves the page its other controls are for the next one.
		if leading == nil || v.known.pressed[sign] < v.known.pressed[leading.signature()] {
			leading = &list[i]
		}
	}
	if leading != nil {
		p.tried[leading.signature()] = true
		return leading, nil
	}
	return p.reopen(list), nil
}

// reopen is the control to press once more because something that it brought
// is gone again and was not tried: a menu closes when one of its entries is
// chosen. Nil if there is none.
func (p *pressing) reopen(list []Control) *Control {
	for _, sign := range p.waiting {
		if p.tried[sign] || p.opener[sign] == "" {
			continue
		}
		by := slices.IndexFunc(list, func(c Control) bool { return c.signature() == p.opener[sign] && !c.Hidden && !c.Disabled })
		p.opener[sign] = "" // one attempt for each
		if by >= 0 {
			return &list[by]
		}
	}
	return nil
}

// answersBanner tells a control that is called like one of the banner that was
// found here, on a page before or in a pass before, in whatever words it asks.
func (v *visit) answersBanner(name string) bool {
	return v.banner != nil && answersLike(&v.banner.Consent, name) ||
		answersLike(v.known.consent, name) || answersLike(v.known.banner, name)
}

// readMore reads the page for links that were not there before.
func (v *visit) readMore(ctx context.Context, tab Tab) error {
	before, title, final := len(v.links), v.page.Title, v.page.FinalURL
	if err := v.read(ctx, tab); err != nil {
		return err
	}
	known := map[string]bool{}
	for _, l := range v.links[:before] {
		known[l.URL] = true
	}
	more := slices.DeleteFunc(v.links[before:], func(l crawl.Link) bool { return known[l.URL] })
	v.links = v.links[:before+len(more)]
	for i := range more {
		if more[i].Source == crawl.SourceLink {
			more[i].Source = crawl.SourceControl
		}
	}
	if v.page.FinalURL != final && !known[v.page.FinalURL] { // a control led there, not the address
		v.links = append(v.links, crawl.Link{URL: v.page.FinalURL, Source: crawl.SourceControl})
	}
	v.page.Title, v.page.FinalURL = title, final
	return nil
}

// afterwards lets the page come to rest and reads it again.
func (v *visit) afterwards(ctx context.Context, tab Tab, err error) error {
	if err != nil || len(v.controls.pressed) == 0 {
		return err
	}
	if err := tab.Settle(ctx, min(afterPress, v.pass.scan.o.Settle)); err != nil {
		return err
	}
	return v.readMore(ctx, tab)
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
		InPlayer: c.InPlayer, InMenu: c.InMenu, Card: c.Card, Lang: c.Lang, Consent: c.Consent, Around: c.Around,
		Selected: c.Selected, PopoverTarget: c.Popover, Download: c.Download,
	}
}
