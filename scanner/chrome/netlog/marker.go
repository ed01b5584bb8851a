package netlog

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"strings"
	"sync"
)

// errEnded is why a wait fails once nothing more will be read.
var errEnded = errors.New("the log has ended")

// markers are texts that the recorder looks for in the log. Their prefix is
// random, so that no page can forge one.
type markers struct {
	prefix []byte

	mu      sync.Mutex
	count   uint32
	pending map[string]*mark
}

type mark struct {
	seen   chan struct{} // closed at the first line with the marker
	stored chan struct{} // closed at the first stored cookie of that name
	store  int           // its store; valid once stored is closed

	isSeen, isStored bool // guarded by markers.mu
}

func newMarkers() *markers {
	return &markers{
		prefix:  fmt.Appendf(nil, "netlog-%s-", strings.ToLower(rand.Text()[:16])),
		pending: map[string]*mark{},
	}
}

func (m *markers) add() string {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.count++
	// Fixed width: no marker is a part of another.
	text := fmt.Sprintf("%s%08x", m.prefix, m.count)
	m.pending[text] = &mark{seen: make(chan struct{}), stored: make(chan struct{})}
	return text
}

// about says whether the line is about any marker, awaited or not: such events
// are ours and not a page's.
func (m *markers) about(line []byte) bool { return bytes.Contains(line, m.prefix) }

// match tells those who wait about a line and the event made of it.
func (m *markers) match(line []byte, e Event) {
	if !m.about(line) {
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	for text, mk := range m.pending {
		if !bytes.Contains(line, []byte(text)) {
			continue
		}
		if !mk.isSeen {
			mk.isSeen = true
			close(mk.seen)
		}
		if s, ok := e.(*CookieStored); ok && s.Name == text && !mk.isStored {
			mk.store, mk.isStored = s.Source, true
			close(mk.stored)
		}
	}
}

// wait blocks until the marker was read and then forgets it.
func (m *markers) wait(ctx context.Context, text string, ended <-chan struct{}) error {
	mk, err := m.get(text)
	if err != nil {
		return err
	}
	defer m.forget(text)
	return waitFor(ctx, mk.seen, ended)
}

// waitStored blocks until a cookie of the marker's name was stored.
func (m *markers) waitStored(ctx context.Context, text string, ended <-chan struct{}) (int, error) {
	mk, err := m.get(text)
	if err != nil {
		return 0, err
	}
	defer m.forget(text)
	if err := waitFor(ctx, mk.stored, ended); err != nil {
		return 0, err
	}
	return mk.store, nil
}

func (m *markers) get(text string) (*mark, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	mk, ok := m.pending[text]
	if !ok {
		return nil, errors.New("waiting for a NetLog marker: not made by NewMarker, or waited for already")
	}
	return mk, nil
}

// waitFor prefers ready: what was read counts, even if the log has ended since.
func waitFor(ctx context.Context, ready, ended <-chan struct{}) error {
	var err error
	select {
	case <-ready:
		return nil
	case <-ended:
		err = errEnded
	case <-ctx.Done():
		err = context.Cause(ctx)
	}
	select {
	case <-ready:
		return nil
	default:
		return fmt.Errorf("waiting for a NetLog marker: %w", err)
	}
}

func (m *markers) forget(text string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.pending, text)
}
