package consent

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// LookBehind finds out whether the page can be read behind the banner: what lies
// over its text is asked of the browser, at places that a visitor sees.
// Banner.Blocks stays nil where that cannot be told.
func (b *Banner) LookBehind(ctx context.Context, page Page) error {
	s, err := page.Snapshot(ctx)
	if err != nil {
		return fmt.Errorf("looking behind the consent banner: %w", err)
	}
	banner := s.Index(b.id)
	if !b.Shown || banner < 0 {
		return nil
	}
	texts, little, elsewhere := s.textsBehind(banner)
	if len(texts) == 0 && !elsewhere {
		b.Blocks = new(true) // the page has nothing else
		return nil
	}
	seen := false
	for _, i := range spread(texts, mostLooks) {
		x, y := s.Nodes[i].Box.middle()
		top, err := page.At(ctx, x, y)
		if err != nil {
			return fmt.Errorf("looking behind the consent banner: %w", err)
		}
		k := s.Index(top)
		if k < 0 {
			continue
		}
		if !s.covers(k, i, banner) {
			if !little { // else it may be all that there is to read, or as good as nothing
				b.Blocks = new(false)
			}
			return nil
		}
		seen = true
	}
	if seen {
		b.Blocks = new(true)
	}
	return nil
}

const (
	mostLooks = 12 // at places of the page
	// littleText is what a page may say besides its banner and yet say nothing,
	// and what a backdrop may say, in letters.
	littleText = 40
	picture    = 100 // CSS pixels, width and height of what is worth seeing
)

// textsBehind lists what of the top document's text is in the window beside the
// banner, without what floats over the page, such as a button to chat. It tells
// too whether that is little, and whether the page has anything to see that is not
// listed.
func (s *Snapshot) textsBehind(banner int) (list []int, little, elsewhere bool) {
	letters, whole := 0, s.fills(banner)
	for i := range s.Nodes {
		n := &s.Nodes[i]
		if n.Frame != 0 || !s.drawn(i) || s.within(i, banner) {
			continue
		}
		if n.Tag != TagText {
			elsewhere = elsewhere || slices.Contains([]string{"img", "video", "canvas", "iframe", "svg", "object"}, n.Tag) &&
				n.Box.W >= picture && n.Box.H >= picture && !s.within(banner, i)
			continue
		}
		said := utf8.RuneCountInString(strings.TrimSpace(n.Text))
		letters += said
		if x, y := n.Box.middle(); said >= 2 && x > 0 && y > 0 && x < s.Width && y < s.Height && (whole || !s.Nodes[banner].Box.has(x, y)) && !s.floats(i) {
			list = append(list, i)
		}
	}
	little = letters < littleText
	return list, little, elsewhere || !little
}

// floats tells whether a node is in a box that lies over a part of the page.
func (s *Snapshot) floats(i int) bool {
	for p := s.around(i); p >= 0; p = s.around(p) {
		if t := s.Nodes[p].Tag; t != "html" && t != "body" && s.isOverlay(p) && !s.fills(p) {
			return true
		}
	}
	return false
}

// fills tells whether a node takes all of the window.
func (s *Snapshot) fills(i int) bool {
	b := s.Nodes[i].Box
	return b.X <= 1 && b.Y <= 1 && b.X+b.W >= s.Width-1 && b.Y+b.H >= s.Height-1
}

// covers tells whether what is topmost at a place of a text keeps it from being
// read because of the banner: it is the banner, a box around it that does not
// hold the text, or a backdrop.
func (s *Snapshot) covers(top, text, banner int) bool {
	if s.within(text, top) || s.within(top, s.Nodes[text].Parent) {
		return false
	}
	if s.within(top, banner) {
		return true
	}
	for p := top; p >= 0; p = s.around(p) {
		n := &s.Nodes[p]
		if n.Tag == "body" || n.Tag == "html" || s.within(text, p) {
			return false
		}
		if s.within(banner, p) {
			return true
		}
		if s.fills(p) && (s.isOverlay(p) || n.Style.Position == "absolute") {
			return utf8.RuneCountInString(s.text(p)) < littleText && !s.otherDialog(banner)
		}
	}
	return false
}

// otherDialog tells whether another dialog is shown, to which a backdrop may
// belong.
func (s *Snapshot) otherDialog(banner int) bool {
	for i := range s.Nodes {
		if n := &s.Nodes[i]; n.isElement() && (n.isDialog() || s.isOverlay(i) && s.asksFor(i, "email", "tel")) &&
			!s.within(i, banner) && !s.within(banner, i) && s.visible(i) && s.inWindow(i) {
			return true
		}
	}
	return false
}

// spread picks at most n of a list, evenly.
func spread(list []int, n int) []int {
	if len(list) <= n {
		return list
	}
	out := make([]int, n)
	for k := range out {
		out[k] = list[k*len(list)/n]
	}
	return out
}

func (b Box) middle() (x, y float64) { return b.X + b.W/2, b.Y + b.H/2 }

func (b Box) has(x, y float64) bool {
	return x >= b.X && y >= b.Y && x <= b.X+b.W && y <= b.Y+b.H
}
