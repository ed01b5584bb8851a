package chrome

import (
	"bytes"
	"context"
	"fmt"
	"time"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/cdp/jsonv2"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/io"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/target"

	"cookiescan/scanner/chrome/process"
	"cookiescan/scanner/egress"
)

// printTimeout bounds each step of printing: a report of a large site has
// thousands of rows.
const printTimeout = 3 * time.Minute

// The size of paper: A4, in inches.
const (
	paperWidth  = 210 / 25.4
	paperHeight = 297 / 25.4
)

// footer stands on every page. The browser fills in what the classes name, as
// text.
const footer = `<div style="font: 7pt sans-serif; color: #555; width: 100%; padding: 0 14mm; display: flex; justify-content: space-between">` +
	`<span class="title" style="overflow: hidden; text-overflow: ellipsis; white-space: nowrap; max-width: 150mm"></span>` +
	`<span><span class="pageNumber"></span> / <span class="totalPages"></span></span></div>`

// Print makes a PDF of an HTML page in a browser of its own, or in a profile of
// its own of one that runs already, with page numbers and an outline of its
// headings. The page gets no network, and its scripts do not run. The PDF says
// when it was made.
func Print(ctx context.Context, bin process.Binary, html []byte) ([]byte, error) {
	refuse, err := egress.Refuse(ctx)
	if err != nil {
		return nil, fmt.Errorf("opening the refusing proxy: %w", err)
	}
	b := &Browser{options: Options{Binary: bin, NoRecorder: true}, refuse: refuse, stopLog: func() {}}
	pdf, err := b.print(ctx, html)
	if cerr := b.Close(); err == nil && cerr != nil {
		err = cerr
	}
	if err != nil {
		return nil, fmt.Errorf("printing a page: %w", err)
	}
	return pdf, nil
}

func (b *Browser) print(ctx context.Context, html []byte) ([]byte, error) {
	if err := b.connect(ctx); err != nil {
		return nil, err
	}
	if _, err := call(ctx, b.root, browser.GetVersion, cdp.Empty{}); err != nil {
		return nil, b.startError(err)
	}
	s, loaded, err := b.blank(ctx)
	if err != nil {
		return nil, err
	}
	if err := fill(ctx, s, html, loaded); err != nil {
		return nil, err
	}
	on, margin := true, 14/25.4
	res, err := call(ctx, s, page.PrintToPDF, page.PrintToPDFParams{
		DisplayHeaderFooter: &on, HeaderTemplate: "<span></span>", FooterTemplate: footer, PrintBackground: &on,
		PaperWidth: paperWidth, PaperHeight: paperHeight,
		MarginTop: &margin, MarginBottom: &margin, MarginLeft: &margin, MarginRight: &margin,
		TransferMode: page.PrintToPDFTransferModeReturnAsStream, GenerateTaggedPDF: &on, GenerateDocumentOutline: &on,
	})
	if err != nil {
		return nil, err
	}
	return download(ctx, s, res.Stream)
}

// blank opens an empty page; loaded gets something when a document in it is
// there with all that it shows.
func (b *Browser) blank(ctx context.Context) (s *session, loaded chan struct{}, err error) {
	own, err := b.createContext(ctx, b.refuse)
	if err != nil {
		return nil, nil, err
	}
	tab, err := call(ctx, b.root, target.CreateTarget, target.CreateTargetParams{URL: "about:blank", BrowserContextID: own})
	if err != nil {
		return nil, nil, err
	}
	flat := true
	attached, err := call(ctx, b.root, target.AttachToTarget, target.AttachToTargetParams{TargetID: tab.TargetID, Flatten: &flat})
	if err != nil {
		return nil, nil, err
	}
	loaded = make(chan struct{}, 1)
	s = b.router.open(attached.SessionID, func(_ int64, method string, _ jsonv2.Value) {
		if method == page.LoadEventFired.Method {
			signal(loaded)
		}
	})
	s.page = printTimeout
	return s, loaded, nil
}

// fill puts a document into the page.
func fill(ctx context.Context, s *session, html []byte, loaded <-chan struct{}) error {
	if _, err := call(ctx, s, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}); err != nil {
		return err
	}
	tree, err := call(ctx, s, page.GetFrameTree, cdp.Empty{})
	if err != nil {
		return err
	}
	if _, err := call(ctx, s, page.Enable, page.EnableParams{}); err != nil {
		return err
	}
	if _, err := call(ctx, s, page.SetDocumentContent, page.SetDocumentContentParams{FrameID: tree.FrameTree.Frame.ID, HTML: string(html)}); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeoutCause(ctx, printTimeout, errNoAnswer)
	defer cancel()
	select {
	case <-loaded:
		return nil
	case <-s.router.done:
		return errLost
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

// download reads a stream of the browser to its end.
func download(ctx context.Context, s *session, stream io.StreamHandle) ([]byte, error) {
	var out bytes.Buffer
	for {
		part, err := call(ctx, s, io.Read, io.ReadParams{Handle: stream, Size: 1 << 20})
		if err != nil {
			return nil, err
		}
		out.Write(part.Data)
		if part.EOF {
			return out.Bytes(), nil
		}
	}
}
