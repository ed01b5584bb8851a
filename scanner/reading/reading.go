// Package reading reads what a page says to a visitor who unfolds all of its
// parts, and writes it as one HTML document without scripts and styles: frames
// and shadow roots, open and closed, stand in their place. It does not load
// pages, and does not know what their text means.
package reading

import (
	"context"
	"fmt"
	"strings"
	"time"

	"cookiescan/scanner/consent"
	"cookiescan/scanner/crawl/control"
)

// Page is what reading needs of a page. Its methods are called by one
// goroutine.
type Page interface {
	// Snapshot reads the documents of all frames as they are now.
	Snapshot(ctx context.Context) (*consent.Snapshot, error)
	// Wait lets page time pass and the network come to rest.
	Wait(ctx context.Context, pageTime time.Duration) error
	// Unfold opens a details element or clicks on a control, whatever lies over
	// it. False: it has gone.
	Unfold(ctx context.Context, id consent.NodeID) (bool, error)
}

// Bounds of unfolding.
const (
	mostRounds   = 5  // what was unfolded may hold more that is folded away
	mostUnfolded = 80 // of a page
	mostAlone    = 30 // that fold away when another is unfolded

	afterRound = 5 * time.Second // of page time: what is shown may be loaded first
	afterOne   = time.Second
)

// Read unfolds what is folded away, if it is to, and reads the page. A page that
// goes elsewhere because of that is read as it was before.
func Read(ctx context.Context, p Page, unfold bool) (*Document, error) {
	words, err := control.Load()
	if err != nil {
		return nil, fmt.Errorf("reading the words of controls: %w", err)
	}
	r := reader{page: p, tried: map[consent.NodeID]bool{}, alone: map[consent.NodeID]*node{}, shows: func(name string) bool {
		return words.Decide(control.Safe, control.Control{Name: name, Role: "button", Tag: "button", Type: "button"}).Press
	}}
	if err := r.look(ctx); err != nil {
		return nil, err
	}
	for n := 0; unfold && n < mostRounds; n++ {
		if more, err := r.round(ctx); err != nil {
			return nil, err
		} else if !more {
			break
		}
	}
	r.doc.insert(r.alone)
	return r.doc, nil
}

// reader is the reading of one page.
type reader struct {
	page  Page
	shows func(name string) bool
	last  *consent.Snapshot
	doc   *Document // of last
	tried map[consent.NodeID]bool
	alone map[consent.NodeID]*node // what was shown by a control that has folded it away again
	left  bool                     // the page went elsewhere
}

// look takes the page as it is now, unless it is another one.
func (r *reader) look(ctx context.Context) error {
	s, err := r.page.Snapshot(ctx)
	if err != nil {
		return err
	}
	if r.last != nil && address(s) != address(r.last) {
		r.left = true
		return nil
	}
	r.last, r.doc = s, flatten(s)
	return nil
}

// address is that of the top document, without fragment.
func address(s *consent.Snapshot) string {
	if len(s.Frames) == 0 {
		return ""
	}
	at, _, _ := strings.Cut(s.Frames[0].URL, "#")
	return at
}

// round unfolds all that is folded away now, then one by one what does not stay
// unfolded beside others. It is false when there is nothing more to do.
func (r *reader) round(ctx context.Context) (bool, error) {
	var pressed []consent.NodeID
	for _, id := range r.last.Folded(r.shows) {
		if r.tried[id] || len(r.tried) >= mostUnfolded {
			continue
		}
		r.tried[id] = true
		if done, err := r.page.Unfold(ctx, id); err != nil {
			return false, err
		} else if done {
			pressed = append(pressed, id)
		}
	}
	if len(pressed) == 0 {
		return false, nil
	}
	if err := r.page.Wait(ctx, afterRound); err != nil {
		return false, err
	}
	if err := r.look(ctx); err != nil || r.left {
		return false, err
	}
	for _, id := range pressed {
		if err := r.unfoldAlone(ctx, id); err != nil || r.left {
			return false, err
		}
	}
	return true, nil
}

// unfoldAlone unfolds what was folded away again when others were unfolded, as
// accordions do that show one part at a time, and keeps what it shows.
func (r *reader) unfoldAlone(ctx context.Context, id consent.NodeID) error {
	i := r.last.Index(id)
	if i < 0 || !r.last.Nodes[i].IsFolded() || len(r.alone) >= mostAlone {
		return nil
	}
	if done, err := r.page.Unfold(ctx, id); err != nil || !done {
		return err
	}
	if err := r.page.Wait(ctx, afterOne); err != nil {
		return err
	}
	if err := r.look(ctx); err != nil || r.left {
		return err
	}
	if i := r.last.Index(id); i >= 0 && !r.last.Nodes[i].IsFolded() {
		if shown := r.doc.shownBy(id); shown != nil {
			r.alone[id] = shown
		}
	}
	return nil
}
