package chrome

import (
	"context"
	"fmt"
	"os"

	"cookiescan/scanner/chrome/netlog"
	"cookiescan/scanner/chrome/process"
	"cookiescan/scanner/egress"
)

// launch starts the process with its recorder and connects the router.
func (b *Browser) launch(ctx context.Context) error {
	flags := append([]string{
		// The browser's own requests go nowhere: each pass has a way out of
		// its own, set on its browser context.
		"--proxy-server=" + b.refuse.ProxyServer(), "--proxy-bypass-list=" + egress.ProxyBypassList,
	}, b.options.Flags...)
	if !b.options.NoRecorder {
		dir, err := os.MkdirTemp("", "cookiescan-log-")
		if err != nil {
			return err
		}
		if b.log, err = netlog.Create(dir); err != nil {
			return fmt.Errorf("preparing the recorder: %w", err)
		}
		b.log.NoSends = true
		b.log.Handle = b.heard.add
		flags = append(flags, b.log.Flags()...)
		b.done.Go(func() { b.logErr = b.log.Run(context.WithoutCancel(ctx)) })
	}
	var err error
	if b.process, err = process.Start(ctx, process.Options{Binary: b.options.Binary, Flags: flags}); err != nil {
		if b.log != nil {
			b.log.Close()
		}
		return err
	}
	b.router = newRouter(b.process.Pipe())
	b.root = b.router.open("", b.handleRoot)
	b.done.Go(b.router.run)
	return nil
}
