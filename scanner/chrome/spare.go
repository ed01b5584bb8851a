package chrome

import (
	"context"
	"sync"
)

// spares are empty tabs that are opened ahead, oldest first: each starts a
// process, which takes as long as a small page.
type spares struct {
	opening sync.WaitGroup

	mu     sync.Mutex
	list   []*spare
	closed bool
}

// spare is a tab on its way. tab and err are there once done is closed.
type spare struct {
	done   chan struct{}
	cancel context.CancelFunc
	tab    *Tab
	err    error
}

// Warm opens a tab in the background, which the next NewTab takes; there are
// never more than n of them.
func (p *Profile) Warm(ctx context.Context, n int) {
	p.spares.mu.Lock()
	defer p.spares.mu.Unlock()
	if p.spares.closed || len(p.spares.list) >= n {
		return
	}
	s := &spare{done: make(chan struct{})}
	ctx, s.cancel = context.WithTimeout(context.WithoutCancel(ctx), usualBudget) // the page that asks may end first
	p.spares.list = append(p.spares.list, s)
	p.spares.opening.Go(func() {
		defer close(s.done)
		s.tab, s.err = p.openTab(ctx)
	})
}

// take is the oldest spare tab, nil if there is none that could be opened.
func (l *spares) take(ctx context.Context) (*Tab, error) {
	l.mu.Lock()
	if len(l.list) == 0 {
		l.mu.Unlock()
		return nil, nil
	}
	s := l.list[0]
	l.list = l.list[1:]
	l.mu.Unlock()
	defer s.cancel()
	select {
	case <-s.done:
		if s.err != nil || s.tab.dead() {
			return nil, nil // a fresh one tells why, if that fails too
		}
		return s.tab, nil
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
}

// close gives up what is on its way. Tabs that are open end with the profile.
func (l *spares) close() {
	l.mu.Lock()
	l.closed = true
	for _, s := range l.list {
		s.cancel()
	}
	l.list = nil
	l.mu.Unlock()
	l.opening.Wait()
}

// dead tells whether the tab's process has ended.
func (t *Tab) dead() bool {
	select {
	case <-t.crashed:
		return true
	default:
		return false
	}
}
