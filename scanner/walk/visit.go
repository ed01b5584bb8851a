package walk

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"cookiescan/scanner"
	"cookiescan/scanner/crawl"
	"cookiescan/scanner/ledger"
	"cookiescan/scanner/steps"
)

// afterScroll is the page time that follows scrolling: what comes into view
// loads late, but not as late as a page's own timers.
const afterScroll = 10 * time.Second

// closeTime is what a tab gets to close when the page's own budget is gone.
const closeTime = 5 * time.Second

// visit is one page under way.
type visit struct {
	pass       *passWalk
	known      knowledge
	entry      crawl.Page
	page       scanner.Page
	shown      scanner.Page // what the document says of it
	row        int          // of it, once it is in the document
	entered    bool         // it is
	links      []crawl.Link
	canonical  string
	structure  uint64
	retryAfter string
	controls   controlCount
	inputs     []Input
	banner     *bannerSeen
	said       said
	redone     bool                                     // of a page that was met without the session
	errand     func(*visit, context.Context, Tab) error // in place of the stations; may be nil
	wall       *wallError                               // what stands before the page; may be nil
	chosen     time.Time                                // when the banner was answered
	withdrawn  time.Time                                // when consent was withdrawn
	seen       Seen
	opened     bool                 // there was a tab
	skipped    bool                 // the scan ended before the page's turn came
	earlier    []Seen               // of attempts at which the server asked to come back
	jars       []ledger.Observation // looks into the jar while the page was open
	incomplete []scanner.Incomplete
	notes      []Note
}

// run walks through the stations of the page. Whatever happens, the tab is
// closed and what was seen is kept.
func (v *visit) run(ctx context.Context) {
	began := v.pass.scan.o.Now()
	defer func() { v.page.DurationMs = v.pass.scan.o.Now().Sub(began).Milliseconds() }()
	pageCtx, cancel := context.WithTimeoutCause(ctx, v.pass.scan.o.PageTimeout, errPageTime)
	defer cancel()
	tab, err := v.pass.profile.NewTab(pageCtx, v.page.ID)
	if err != nil {
		v.fail(ctx, err)
		return
	}
	v.opened = true
	if v.errand != nil {
		err = v.errand(v, pageCtx, tab)
	} else {
		err = v.stations(pageCtx, tab)
	}
	closeCtx, done := context.WithTimeout(context.WithoutCancel(ctx), closeTime)
	defer done()
	if err != nil {
		v.rescue(ctx, closeCtx, tab, err)
	}
	v.seen = tab.Close(closeCtx)
	if err == nil {
		err = v.seen.Cut
	}
	if err == nil {
		err = v.answer()
	}
	if err != nil {
		v.fail(ctx, err)
	}
	v.seen.Notes = append(v.seen.Notes, v.notes...)
}

// statusError is an answer that is not the page: what the site stores behind it
// was not seen, though the answer itself may store something.
type statusError int

func (e statusError) Error() string {
	if e == http.StatusForbidden || e == http.StatusTooManyRequests {
		return fmt.Sprintf("the site refused this visitor (%d %s)", int(e), strings.ToLower(http.StatusText(int(e))))
	}
	return fmt.Sprintf("the server answered with status %d (%s) in place of the page", int(e), strings.ToLower(http.StatusText(int(e))))
}

// answer tells whether the server showed the page. A dead link is no gap in what
// was planned; a start page that is refused is, and so is a server that fails
// or asks to come back later.
func (v *visit) answer() error {
	s := v.page.Status
	if v.entry.Source == crawl.SourceStart && s >= 400 || s >= 500 || s == http.StatusTooManyRequests {
		return statusError(s)
	}
	return nil
}

// rescue reads the links of a page that used up its time before they were
// read: one page without rest must not end the crawl behind it.
func (v *visit) rescue(ctx, closeCtx context.Context, tab Tab, err error) {
	if ctx.Err() != nil || len(v.links) > 0 || codeOf(err) != scanner.PageTimeout {
		return
	}
	rescueCtx, done := context.WithTimeout(closeCtx, rescueTime)
	defer done()
	_ = v.read(rescueCtx, tab) // the page has its row already
}

const rescueTime = time.Second

var errPageTime = errors.New("the page used up its time")

func (v *visit) stations(ctx context.Context, tab Tab) error {
	loaded, err := tab.Load(ctx, v.page.URL)
	v.page.FinalURL, v.page.Status, v.retryAfter = loaded.FinalURL, loaded.Status, loaded.RetryAfter
	if err != nil {
		return err
	}
	if loaded.Empty {
		return v.refused(loaded)
	}
	tab.Enter(scanner.OnTimer)
	if err := tab.Settle(ctx, v.settles()); err != nil {
		return err
	}
	if err := v.read(ctx, tab); err != nil {
		return err
	}
	if v.wall != nil {
		return v.wall
	}
	if err := v.consent(ctx, tab); err != nil {
		return err
	}
	if v.pass.scan.o.Still {
		return v.seeStill(ctx, tab)
	}
	v.pass.warm(ctx)
	tab.Enter(scanner.OnScroll)
	if err := tab.Scroll(ctx); err != nil {
		return err
	}
	v.input(InputScroll, "", "", true)
	if err := tab.Settle(ctx, min(afterScroll, v.pass.scan.o.Settle)); err != nil {
		return err
	}
	if v.pass.scan.fixed == nil { // the pages are still to be found: links that only scrolling brought
		if err := v.read(ctx, tab); err != nil {
			return err
		}
	}
	if err := v.interact(ctx, tab); err != nil {
		return err
	}
	if err := tab.Look(ctx); err != nil {
		return err
	}
	tab.Enter(scanner.OnPageHide)
	return tab.Hide(ctx)
}

// read takes what the page leads to, first things first: what is read later
// adds to it. The outline is that of the page as it came.
func (v *visit) read(ctx context.Context, tab Tab) error {
	c, err := tab.Links(ctx)
	if err != nil {
		return err
	}
	v.page.Title = c.Title
	if c.URL != "" {
		v.page.FinalURL = c.URL
	}
	if v.structure == 0 {
		v.structure, v.canonical = crawl.Structure(c.Outline), c.Canonical
		v.recognize(c)
	}
	for _, group := range []struct {
		source crawl.Source
		urls   []string
	}{
		{crawl.SourceLink, c.Links}, {crawl.SourceRoute, c.Routes}, {crawl.SourceNext, c.Next}, {crawl.SourceAlternate, c.Alternates},
	} {
		for i, u := range group.urls {
			name := ""
			if group.source == crawl.SourceLink && i < len(c.Names) {
				name = c.Names[i]
			}
			if v.leaves(name, u) {
				continue
			}
			v.links = append(v.links, crawl.Link{URL: u, Source: group.source})
		}
	}
	if c.Canonical != "" {
		v.links = append(v.links, crawl.Link{URL: c.Canonical, Source: crawl.SourceCanonical})
	}
	return nil
}

// fail records why the page was not seen to its end. A download, an answer
// without content and the end of the scan are not failures of the page.
func (v *visit) fail(ctx context.Context, err error) {
	switch {
	case errors.Is(err, ErrDownload):
		v.notes = append(v.notes, Note{Code: "download", Count: 1})
		return
	case errors.Is(err, ErrNoContent):
		v.notes = append(v.notes, Note{Code: "no-content", Count: 1})
		return
	case ctx.Err() != nil:
		v.page.Error = "the scan ended before this page was done"
		return // the pass has the row
	}
	code := codeOf(err)
	if code == scanner.PageFailed && !known(err) && v.pass.gone(ctx) {
		code, err = scanner.BrowserLost, fmt.Errorf("%w: %w", ErrLost, err)
	}
	v.page.Error = sentence(err)
	if code == scanner.PageFailed && v.entry.Source == crawl.SourceStart {
		code = scanner.StartFailed
	}
	v.incomplete = append(v.incomplete, scanner.Incomplete{Code: code, Detail: v.page.Error})
}

// codeOf is the kind of incomplete row that an error of a tab makes.
func codeOf(err error) scanner.IncompleteCode {
	var netErr *NetError
	var wall *wallError
	var step *steps.Failure
	switch {
	case errors.As(err, &wall):
		return scanner.BotWall
	case errors.As(err, &step):
		return scanner.StepsFailed
	case errors.Is(err, ErrLost):
		return scanner.BrowserLost
	case errors.Is(err, ErrCrashed):
		return scanner.PageCrashed
	case errors.As(err, &netErr), errors.Is(err, ErrNoAnswer):
		return scanner.PageFailed
	case errors.Is(err, errPageTime), errors.Is(err, ErrBusy), errors.Is(err, ErrUnfinished), errors.Is(err, ErrReloads),
		errors.Is(err, context.DeadlineExceeded):
		return scanner.PageTimeout
	}
	return scanner.PageFailed
}

// known tells the failures of a page from those of the browser.
func known(err error) bool {
	var netErr *NetError
	var status statusError
	var wall *wallError
	return errors.As(err, &netErr) || errors.As(err, &wall) || errors.As(err, &status) || errors.Is(err, ErrNoAnswer) || errors.Is(err, ErrEmptied)
}

// sentence is what a person reads: where a cause is known, without the command
// that met it.
func sentence(err error) string {
	for _, cause := range []error{ErrLost, ErrCrashed, ErrNoAnswer, ErrBusy, ErrUnfinished, ErrReloads, ErrEmptied, errPageTime} {
		if errors.Is(err, cause) {
			return cause.Error()
		}
	}
	var netErr *NetError
	if errors.As(err, &netErr) {
		return netErr.Error()
	}
	return err.Error()
}
