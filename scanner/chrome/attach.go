package chrome

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/systeminfo"
	"github.com/chromedp/cdproto/target"
	"github.com/chromedp/chromedp/remote"

	"cookiescan/scanner/chrome/process"
)

// attach connects to a browser that runs already.
func (b *Browser) attach(ctx context.Context) error {
	ctx, cancel := context.WithTimeoutCause(ctx, callTimeout, errNoAnswer)
	defer cancel()
	conn, err := remote.DialContext(ctx, b.options.Binary.Running)
	if errors.Is(err, context.Canceled) {
		return fmt.Errorf("connecting to the browser: %w", context.Cause(ctx))
	}
	if err != nil {
		return &process.Error{
			Kind: process.ErrNoAnswer, Cause: err, Message: fmt.Sprintf("connecting to the browser that runs already: %.200v", err),
			Advice: "if it was started anew meanwhile, try again",
		}
	}
	b.conn = conn
	b.route(conn)
	return nil
}

// suits tells whether a browser that runs already can be scanned with.
func (b *Browser) suits(ctx context.Context) error {
	info, err := call(ctx, b.root, systeminfo.GetInfo, cdp.Empty{})
	if err != nil {
		return b.startError(err)
	}
	engine := b.options.Binary.Engine
	if err := process.CheckSwitches(info.CommandLine, engine, append(b.options.Identity.Switches(engine), b.options.Flags...)); err != nil {
		return err
	}
	return b.alone(ctx)
}

// aloneLimit is how long a program that drives the same browser may take to let
// go: a connection that was closed ends a moment later.
const aloneLimit = 5 * time.Second

// alone waits until nobody else drives the browser: targets wait for all who do,
// and headers go to all pages. Two that begin at the same time both see the other.
func (b *Browser) alone(ctx context.Context) error {
	own, err := b.mark(ctx)
	if err != nil {
		return b.startError(err)
	}
	ctx, cancel := context.WithTimeout(ctx, aloneLimit)
	defer cancel()
	for {
		list, err := call(ctx, b.root, target.GetTargets, target.GetTargetsParams{})
		if err != nil && ctx.Err() == nil {
			return b.startError(err)
		}
		if err == nil && !slices.ContainsFunc(list.TargetInfos, func(i *target.Info) bool { return i.Attached && i.TargetID != own }) {
			return nil
		}
		select {
		case <-time.After(50 * time.Millisecond):
		case <-ctx.Done():
			if errors.Is(context.Cause(ctx), context.Canceled) {
				return b.startError(context.Cause(ctx))
			}
			return &process.Error{
				Kind: process.ErrInUse, Message: "another program drives the browser that runs already, or its DevTools are open",
				Advice: "give each scan a browser of its own, or make one scan after the other",
			}
		}
	}
}

// mark opens an empty page without network, and attaches to it: whoever else wants
// to drive the browser sees that somebody does. It ends with the connection.
func (b *Browser) mark(ctx context.Context) (target.ID, error) {
	own, err := b.createContext(ctx, b.refuse)
	if err != nil {
		return "", err
	}
	tab, err := call(ctx, b.root, target.CreateTarget, target.CreateTargetParams{URL: "about:blank", BrowserContextID: own})
	if err != nil {
		return "", err
	}
	flat := true
	_, err = call(ctx, b.root, target.AttachToTarget, target.AttachToTargetParams{TargetID: tab.TargetID, Flatten: &flat})
	return tab.TargetID, err
}

// leave disposes of what is ours in a browser that ran before; what does not end
// in time ends with the connection.
func (b *Browser) leave() {
	b.mu.Lock()
	var left []cdp.BrowserContextID
	for id := range b.profiles {
		left = append(left, id)
	}
	b.mu.Unlock()
	for _, id := range left {
		_, _ = call(context.Background(), b.root, target.DisposeBrowserContext, target.DisposeBrowserContextParams{BrowserContextID: id})
	}
	_ = b.conn.Close() // it may have ended already, which is as well
}
