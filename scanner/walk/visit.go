package walk

import (
	"context"
	"errors"
	"fmt"
	"time"

	"cookiescan/scanner"
)

// afterScroll is the page time that follows scrolling: what comes into view
// loads late, but not as late as a page's own timers.
const afterScroll = 10 * time.Second

// closeTime is what a tab gets to close when the page's own budget is gone.
const closeTime = 5 * time.Second

// visit is one page under way.
type visit struct {
	pass       *passWalk
	entry      entry
	page       scanner.Page
	links      []string
	seen       Seen
	incomplete []scanner.Incomplete
}

// run walks through the stations of the page. Whatever happens, the tab is
// closed and what was seen is kept.
func (v *visit) run(ctx context.Context) {
	began := v.pass.scan.o.Now()
	pageCtx, cancel := context.WithTimeoutCause(ctx, v.pass.scan.o.PageTimeout, errPageTime)
	defer cancel()
	tab, err := v.pass.profile.NewTab(pageCtx, v.page.ID)
	if err != nil {
		v.fail(ctx, err)
		return
	}
	if err := v.stations(pageCtx, tab); err != nil {
		v.fail(ctx, err)
	}
	closeCtx, done := context.WithTimeout(context.WithoutCancel(ctx), closeTime)
	defer done()
	v.seen = tab.Close(closeCtx)
	v.page.DurationMs = v.pass.scan.o.Now().Sub(began).Milliseconds()
}

var errPageTime = errors.New("the page used up its time")

func (v *visit) stations(ctx context.Context, tab Tab) error {
	loaded, err := tab.Load(ctx, v.page.URL)
	v.page.FinalURL, v.page.Status = loaded.FinalURL, loaded.Status
	if err != nil {
		return err
	}
	tab.Enter(scanner.OnTimer)
	if err := tab.Settle(ctx, v.pass.scan.o.Settle); err != nil {
		return err
	}
	if err := v.read(ctx, tab); err != nil {
		return err
	}
	tab.Enter(scanner.OnScroll)
	if err := tab.Scroll(ctx); err != nil {
		return err
	}
	if err := tab.Settle(ctx, min(afterScroll, v.pass.scan.o.Settle)); err != nil {
		return err
	}
	// Links that only scrolling brought, and storage before the page goes.
	if err := v.read(ctx, tab); err != nil {
		return err
	}
	if err := tab.Look(ctx); err != nil {
		return err
	}
	tab.Enter(scanner.OnPageHide)
	return tab.Hide(ctx)
}

func (v *visit) read(ctx context.Context, tab Tab) error {
	c, err := tab.Links(ctx)
	if err != nil {
		return err
	}
	v.page.Title = c.Title
	if c.URL != "" {
		v.page.FinalURL = c.URL
	}
	v.links = append(v.links, c.Links...)
	return nil
}

// fail records why the page was not seen to its end. A download and an
// interruption are not failures of the page.
func (v *visit) fail(ctx context.Context, err error) {
	var netErr *NetError
	code := scanner.PageFailed
	switch {
	case errors.Is(err, ErrDownload):
		v.seen.Notes = append(v.seen.Notes, Note{Code: "download", Count: 1})
		return
	case ctx.Err() != nil:
		return // the pass says so
	case errors.Is(err, ErrLost):
		code = scanner.BrowserLost
	case errors.Is(err, ErrCrashed):
		code = scanner.PageCrashed
	case errors.As(err, &netErr) || errors.Is(err, ErrNoAnswer):
	case errors.Is(err, errPageTime), errors.Is(err, ErrBusy), errors.Is(err, context.DeadlineExceeded):
		code = scanner.PageTimeout
	}
	v.page.Error = err.Error()
	if code == scanner.PageFailed && v.entry.source == "start" {
		code = scanner.StartFailed
	}
	v.incomplete = append(v.incomplete, scanner.Incomplete{Code: code, Detail: fmt.Sprint(err)})
}
