package chrome

import (
	"context"
	"fmt"
	"strings"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
)

// historyEntry is a place in the history of a tab.
type historyEntry struct {
	id    int64
	index int
	url   string
}

func (t *Tab) historyEntry(ctx context.Context) (historyEntry, error) {
	h, err := call(ctx, t.view.sess, page.GetNavigationHistory, cdp.Empty{})
	if err != nil {
		return historyEntry{}, fmt.Errorf("reading the history of the page: %w", err)
	}
	i := int(h.CurrentIndex)
	if i < 0 || i >= len(h.Entries) || h.Entries[i] == nil {
		return historyEntry{}, nil
	}
	return historyEntry{id: h.Entries[i].ID, index: i, url: h.Entries[i].URL}, nil
}

// elsewhere tells whether a press added another page to the history. An entry
// that was replaced leaves no way back, and an anchor is a place on the page.
func (t *Tab) elsewhere(ctx context.Context) (bool, error) {
	at, err := t.historyEntry(ctx)
	return t.origin.id != 0 && at.index > t.origin.index && route(at.url) != route(t.origin.url), err
}

// route is what tells the pages of an application apart in their address.
func route(address string) string {
	path, fragment, _ := strings.Cut(address, "#")
	if strings.HasPrefix(fragment, "/") || strings.HasPrefix(fragment, "!") {
		return address
	}
	return path
}

// Return goes back to where the page was before the last press, as the button
// of the browser does.
func (t *Tab) Return(ctx context.Context) (bool, error) {
	t.record.mu.Lock()
	before := t.record.navigated
	t.record.mu.Unlock()
	if _, err := call(ctx, t.view.sess, page.NavigateToHistoryEntry, page.NavigateToHistoryEntryParams{EntryID: t.origin.id}); err != nil {
		return false, fmt.Errorf("going back: %w", err)
	}
	if err := t.rest(ctx); err != nil {
		return false, err
	}
	return !t.left(before), nil
}
