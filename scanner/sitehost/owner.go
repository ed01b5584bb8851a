package sitehost

import (
	"net"
	"net/http"
	"sync"
)

// gate counts work that may begin until shut and is waited for after it. A
// bare WaitGroup would race between the last Add and Wait.
type gate struct {
	mu     sync.Mutex
	closed bool
	wg     sync.WaitGroup
}

// enter reports whether the work may begin; then leave must follow.
func (g *gate) enter() bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.closed {
		return false
	}
	g.wg.Add(1)
	return true
}

func (g *gate) leave() { g.wg.Done() }

func (g *gate) shut() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.closed = true
}

func (g *gate) wait() { g.wg.Wait() }

// connTracker knows which connections net/http still serves: http.Server.Close
// does not wait for their goroutines.
type connTracker struct {
	mu   sync.Mutex
	open map[net.Conn]struct{}
	wg   sync.WaitGroup
}

// observe is the server's ConnState hook. New comes from the accept loop, so
// every Add happens before that loop has ended.
func (t *connTracker) observe(c net.Conn, state http.ConnState) {
	t.mu.Lock()
	defer t.mu.Unlock()
	switch state {
	case http.StateNew:
		if t.open == nil {
			t.open = make(map[net.Conn]struct{})
		}
		t.open[c] = struct{}{}
		t.wg.Add(1)
	case http.StateClosed, http.StateHijacked:
		if _, ok := t.open[c]; ok {
			delete(t.open, c)
			t.wg.Done()
		}
	case http.StateActive, http.StateIdle:
	}
}

func (t *connTracker) wait() { t.wg.Wait() }
