package walk

import (
	"context"
	"errors"
	"fmt"
	"mime"
	"time"

	"cookiescan/scanner"
	"cookiescan/scanner/reading"
)

// ReadOptions say how long a page that is read may take.
type ReadOptions struct {
	PageTimeout time.Duration
	Settle      time.Duration // page time that timers get
	Folded      bool          // what is folded away stays so
}

// Reading is a page that was read.
type Reading struct {
	Document *reading.Document
	Values   []string // of the cookies that it left
}

// The reasons why there is nothing to read, beside those of a tab.
var (
	ErrNoDocument = errors.New("the address is no HTML page")
	ErrBlank      = errors.New("the page shows no text")
)

// Unread is a page that was not seen: what it says is not known. Its sentence
// is for a person.
type Unread struct{ Cause error }

func (e *Unread) Error() string { return sentence(e.Cause) }
func (e *Unread) Unwrap() error { return e.Cause }

// ReadPage reads what a page says to a visitor who scrolls to its end and, unless
// told otherwise, unfolds all of its parts, without answering its banner. The error is an
// *Unread, or that of the end of ctx.
func ReadPage(ctx context.Context, p Profile, address string, o ReadOptions) (*Reading, error) {
	pageCtx, cancel := context.WithTimeoutCause(ctx, o.PageTimeout, errPageTime)
	defer cancel()
	tab, err := p.NewTab(pageCtx, "policy/1")
	if err != nil {
		return nil, unread(ctx, err)
	}
	doc, err := readTab(pageCtx, tab, address, o)
	closeCtx, done := context.WithTimeout(context.WithoutCancel(ctx), closeTime)
	defer done()
	if seen := tab.Close(closeCtx); err == nil {
		err = seen.Cut
	}
	if err != nil {
		return nil, unread(ctx, err)
	}
	r := &Reading{Document: doc}
	jar, err := p.Jar(closeCtx)
	if err != nil {
		return nil, unread(ctx, err)
	}
	for _, c := range jar {
		r.Values = append(r.Values, c.Value)
	}
	return r, nil
}

func unread(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return fmt.Errorf("reading a page: %w", context.Cause(ctx))
	}
	return &Unread{err}
}

func readTab(ctx context.Context, tab Tab, address string, o ReadOptions) (*reading.Document, error) {
	loaded, err := tab.Load(ctx, address)
	if err != nil {
		if errors.Is(err, ErrDownload) {
			err = ErrNoDocument
		}
		return nil, err
	}
	if loaded.Status < 400 && !isHTML(loaded.MIME) {
		return nil, ErrNoDocument
	}
	c := Contents{Answer: loaded.Answer}
	if !loaded.Empty {
		tab.Enter(scanner.OnTimer)
		if err := tab.Settle(ctx, o.Settle); err != nil {
			return nil, err
		}
		if c, err = tab.Links(ctx); err != nil {
			return nil, err
		}
	}
	v := &visit{page: scanner.Page{Status: loaded.Status}}
	v.recognize(c)
	switch {
	case v.wall != nil:
		return nil, v.wall
	case v.page.Status >= 400:
		return nil, statusError(v.page.Status)
	}
	tab.Enter(scanner.OnScroll)
	if err := tab.Scroll(ctx); err != nil {
		return nil, err
	}
	if err := tab.Settle(ctx, min(afterScroll, o.Settle)); err != nil {
		return nil, err
	}
	tab.Enter(scanner.OnInteraction)
	doc, err := reading.Read(ctx, tab.ReadingPage(), !o.Folded)
	if err == nil && doc.Blank() {
		err = ErrBlank
	}
	return doc, err
}

// isHTML tells a document by what the server calls it; one that it calls
// nothing is for the browser to tell.
func isHTML(contentType string) bool {
	kind, _, err := mime.ParseMediaType(contentType)
	return err != nil || kind == "text/html" || kind == "application/xhtml+xml"
}
