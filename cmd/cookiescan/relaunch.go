package main

import (
	"context"
	"fmt"

	"cookiescan/scanner/chrome"
	"cookiescan/scanner/walk"
)

// browserOf is the browser of a site's scan, which is started anew when it was
// lost.
type browserOf struct {
	start   func(context.Context) (*chrome.Browser, error)
	browser *chrome.Browser
}

func (b *browserOf) renew(ctx context.Context) error {
	next, err := b.start(ctx)
	if err != nil {
		return fmt.Errorf("starting the browser: %w", err)
	}
	b.browser = next
	return nil
}

// open makes an empty profile.
func (b *browserOf) open(ctx context.Context, o chrome.ProfileOptions) (walk.Profile, error) {
	if b.wasLost() {
		_ = b.browser.Close() // what is left of it
		if err := b.renew(ctx); err != nil {
			return nil, err
		}
	}
	return b.browser.Open(ctx, o)
}

func (b *browserOf) wasLost() bool {
	select {
	case <-b.browser.Lost():
		return true
	default:
		return false
	}
}
