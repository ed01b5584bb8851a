package chrome

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/cdp/jsonv2"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/target"
	"github.com/chromedp/chromedp"
	"golang.org/x/sync/errgroup"

	"cookiescan/scanner/chrome/process"
	"cookiescan/scanner/egress"
)

// Cut ends the connection to a browser that ran before, as the end of this
// process does.
func (b *Browser) Cut() { _ = b.conn.Close() }

// PID is the id of the browser process.
func (b *Browser) PID() int { return b.process.PID() }

// Raw is a browser that loads pages with as few commands as DevTools allows:
// what a scan is measured against. It has the same switches and the same way
// out, but no recorder, no domain except Page, and does not wait for anything
// after the load event.
type Raw struct {
	process *process.Process
	refuse  *egress.Exit
	router  *router
	root    *session
	done    sync.WaitGroup
}

// StartRaw starts a browser as Start does, without the recorder.
func StartRaw(ctx context.Context, o Options) (*Raw, error) {
	refuse, err := egress.Refuse(ctx)
	if err != nil {
		return nil, err
	}
	flags := append([]string{"--proxy-server=" + refuse.ProxyServer(), "--proxy-bypass-list=" + egress.ProxyBypassList}, o.Flags...)
	p, err := process.Start(ctx, process.Options{Binary: o.Binary, Flags: flags})
	if err != nil {
		_ = refuse.Close()
		return nil, err
	}
	r := &Raw{process: p, refuse: refuse, router: newRouter(chromedp.NewPipeConn(p.Pipe()))}
	r.root = r.router.open("", nil)
	r.done.Go(r.router.run)
	return r, nil
}

// Close ends the browser.
func (r *Raw) Close() error {
	err := r.process.Close(context.Background())
	r.done.Wait()
	if cerr := r.refuse.Close(); err == nil {
		err = cerr
	}
	return err
}

// PID is the id of the browser process.
func (r *Raw) PID() int { return r.process.PID() }

// LoadAll loads every address in a fresh tab of one new browser context, in so
// many tabs at a time.
func (r *Raw) LoadAll(ctx context.Context, out egress.Options, urls []string, tabs int) error {
	exit, err := egress.Listen(ctx, out)
	if err != nil {
		return err
	}
	defer exit.Close()
	c, err := call(ctx, r.root, target.CreateBrowserContext, target.CreateBrowserContextParams{
		ProxyServer: exit.ProxyServer(), ProxyBypassList: egress.ProxyBypassList,
	})
	if err != nil {
		return err
	}
	g, tabCtx := errgroup.WithContext(ctx)
	g.SetLimit(tabs)
	for _, u := range urls {
		g.Go(func() error { return r.load(tabCtx, c.BrowserContextID, u) })
	}
	if err := g.Wait(); err != nil {
		return err
	}
	_, err = call(ctx, r.root, target.DisposeBrowserContext, target.DisposeBrowserContextParams(c))
	return err
}

// rawTimeout bounds one page: a baseline that hangs must not look fast.
const rawTimeout = 30 * time.Second

func (r *Raw) load(ctx context.Context, in cdp.BrowserContextID, url string) error {
	ctx, cancel := context.WithTimeout(ctx, rawTimeout)
	defer cancel()
	tab, err := call(ctx, r.root, target.CreateTarget, target.CreateTargetParams{URL: "about:blank", BrowserContextID: in})
	if err != nil {
		return err
	}
	flat := true
	at, err := call(ctx, r.root, target.AttachToTarget, target.AttachToTargetParams{TargetID: tab.TargetID, Flatten: &flat})
	if err != nil {
		return err
	}
	loaded := make(chan struct{})
	s := r.router.open(at.SessionID, onceLoaded(loaded))
	defer r.router.drop(at.SessionID)
	if _, err := call(ctx, s, page.Enable, page.EnableParams{}); err != nil {
		return err
	}
	nav, err := call(ctx, s, page.Navigate, page.NavigateParams{URL: url})
	if err != nil || nav.ErrorText != "" {
		return fmt.Errorf("loading %s: %s: %w", url, nav.ErrorText, err)
	}
	select {
	case <-loaded:
	case <-ctx.Done():
		return fmt.Errorf("loading %s: %w", url, context.Cause(ctx))
	}
	_, err = call(ctx, r.root, target.CloseTarget, target.CloseTargetParams(tab))
	return err
}

// onceLoaded closes the channel at the first load event after the page itself
// is there: the empty first document has one too.
func onceLoaded(loaded chan struct{}) eventHandler {
	there, fired := false, false
	return func(_ int64, method string, params jsonv2.Value) {
		switch method {
		case page.FrameNavigated.Method:
			e, ok := decode[page.EventFrameNavigated](params)
			there = there || ok && e.Frame.ParentID == "" && strings.HasPrefix(e.Frame.URL, "http")
		case page.LoadEventFired.Method:
			if there && !fired {
				fired = true
				close(loaded)
			}
		}
	}
}
