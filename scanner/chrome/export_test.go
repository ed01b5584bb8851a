package chrome

import (
	"time"

	"github.com/chromedp/cdproto/cdp"
)

// MisplaceWorld makes the tab believe in a script context that has gone with its
// document, as when that is replaced before the tab hears of it.
func (t *Tab) MisplaceWorld() {
	t.record.mu.Lock()
	defer t.record.mu.Unlock()
	t.view.worlds[cdp.FrameID(t.id)] = "1.1"
}

// ReadLate leaves no time to read what stands in the page.
func (t *Tab) ReadLate() { t.patience.read = time.Nanosecond }
