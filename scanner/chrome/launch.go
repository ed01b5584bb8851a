package chrome

import (
	"context"
	"errors"
	"fmt"

	"github.com/chromedp/chromedp"

	"cookiescan/scanner/chrome/netlog"
	"cookiescan/scanner/chrome/process"
	"cookiescan/scanner/egress"
)

// connect starts the process, or connects to the one that runs already.
func (b *Browser) connect(ctx context.Context) error {
	if b.options.Binary.Running != "" {
		return b.attach(ctx)
	}
	return b.launch(ctx)
}

// route begins to read a connection and to share it among sessions.
func (b *Browser) route(conn chromedp.Transport) {
	b.router = newRouter(conn)
	b.root = b.router.open("", b.handleRoot)
	b.done.Go(b.router.run)
}

// launch starts the process with its recorder and connects the router.
func (b *Browser) launch(ctx context.Context) error {
	flags := append([]string{
		// The browser's own requests go nowhere: each pass has a way out of
		// its own, set on its browser context.
		"--proxy-server=" + b.refuse.ProxyServer(), "--proxy-bypass-list=" + egress.ProxyBypassList,
	}, b.options.Identity.Switches(b.options.Binary.Engine)...)
	flags = append(flags, b.options.Flags...)
	var prepare func(string) ([]string, error)
	if !b.options.NoRecorder {
		prepare = b.record
	}
	var err error
	if b.process, err = process.Start(ctx, process.Options{Binary: b.options.Binary, Flags: flags, Prepare: prepare, MemoryLimit: b.options.MemoryLimit}); err != nil {
		b.stopLog()
		return err
	}
	b.route(chromedp.NewPipeConn(b.process.Pipe()))
	return nil
}

// record begins to read the browser's own log through a FIFO in its folder.
func (b *Browser) record(dir string) ([]string, error) {
	log, err := netlog.Create(dir)
	if errors.Is(err, errors.ErrUnsupported) {
		return nil, nil // the scan goes on and says that it had no recorder
	}
	if err != nil {
		return nil, fmt.Errorf("preparing the recorder: %w", err)
	}
	log.NoSends, log.Handle = true, b.heard.add
	ctx, stop := context.WithCancel(context.Background())
	b.log, b.stopLog = log, stop
	b.done.Go(func() { b.logErr = log.Run(ctx) })
	return log.Flags(), nil
}

// Recorded tells whether the browser's own log is read.
func (b *Browser) Recorded() bool { return b.log != nil }
