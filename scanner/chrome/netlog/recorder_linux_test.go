package netlog

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// running is a Recorder whose Run goes on in a goroutine that the test waits for.
type running struct {
	*Recorder
	t    *testing.T
	path string
	done chan error
}

func start(ctx context.Context, t *testing.T) *running {
	t.Helper()
	r, err := Create(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	path, _ := strings.CutPrefix(r.Flags()[0], "--log-net-log=")
	run := &running{Recorder: r, t: t, path: path, done: make(chan error, 1)}
	go func() { run.done <- r.Run(ctx) }()
	return run
}

// browser opens the FIFO for writing, as Chromium does.
func (r *running) browser() *os.File {
	r.t.Helper()
	f, err := os.OpenFile(r.path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		r.t.Fatal(err)
	}
	r.t.Cleanup(func() { f.Close() })
	return f
}

func write(t *testing.T, f *os.File, s string) {
	t.Helper()
	if _, err := f.WriteString(s); err != nil {
		t.Fatal(err)
	}
}

// ended waits for Run and checks that the FIFO is gone.
func (r *running) ended() error {
	r.t.Helper()
	err := <-r.done
	if _, statErr := os.Lstat(r.path); !errors.Is(statErr, fs.ErrNotExist) {
		r.t.Errorf("the FIFO is still there: %v", statErr)
	}
	return err
}

func TestRunToTheEnd(t *testing.T) {
	r := start(t.Context(), t)
	log := fixture(t, "full-h2.json")
	f := r.browser()
	write(t, f, log)
	f.Close()
	if err := r.ended(); err != nil {
		t.Fatal(err)
	}
	want, _ := readLog(t, log)
	if s := r.Stats(); len(r.Events()) != len(want) || !s.Complete || s.Bytes != int64(len(log)) {
		t.Errorf("%d events of %d, stats %+v", len(r.Events()), len(want), s)
	}
	if err := r.Run(t.Context()); err == nil {
		t.Error("a second Run was allowed")
	}
	r.Close()
}

// TestBrowserDies: what was written is kept, the half line is not.
func TestBrowserDies(t *testing.T) {
	r := start(t.Context(), t)
	f := r.browser()
	write(t, f, testHead+event("added", "1", "0", `{"name":"a"}`)+`{"params":{"na`)
	f.Close()
	if err := r.ended(); err != nil {
		t.Fatal(err)
	}
	if s := r.Stats(); len(r.Events()) != 1 || s.Complete || s.Lost() != 0 {
		t.Errorf("%d events, stats %+v", len(r.Events()), s)
	}
}

func TestBrowserNeverStarts(t *testing.T) {
	cause := errors.New("no browser")
	ctx, cancel := context.WithCancelCause(t.Context())
	r := start(ctx, t)
	cancel(cause)
	if err := r.ended(); !errors.Is(err, cause) {
		t.Errorf("error %v, want %v", err, cause)
	}
}

func TestContextEndsWhileBrowserLives(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	r := start(ctx, t)
	f := r.browser()
	m := r.NewMarker()
	write(t, f, testHead+event("added", "1", "0", `{"name":"`+m+`"}`))
	if err := r.WaitFor(t.Context(), m); err != nil {
		t.Fatal(err)
	}
	cancel()
	if err := r.ended(); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want context.Canceled", err)
	}
	if _, err := f.WriteString("x"); !errors.Is(err, syscall.EPIPE) {
		t.Errorf("writing on gave %v, want EPIPE", err)
	}
}

// TestNotALogLetsTheBrowserGo: Run ends at once and does not leave the browser
// with a pipe that nobody empties.
func TestNotALogLetsTheBrowserGo(t *testing.T) {
	r := start(t.Context(), t)
	m := r.NewMarker()
	f := r.browser()
	write(t, f, "something else\n")
	if err := r.ended(); err == nil {
		t.Error("no error")
	}
	if err := r.WaitFor(t.Context(), m); !errors.Is(err, errEnded) {
		t.Errorf("waiting gave %v, want %v", err, errEnded)
	}
}

func TestMarkers(t *testing.T) {
	r := start(t.Context(), t)
	f := r.browser()
	write(t, f, testHead+event("added", "1", "0", `{"name":"a"}`))
	early, late, host := r.NewMarker(), r.NewMarker(), r.NewMarker()
	var wg sync.WaitGroup
	var store int
	var waitErr error
	wg.Go(func() { store, waitErr = r.WaitForStore(t.Context(), early) })
	write(t, f, event("start", "5", "1", `{"url":"http://`+host+`.invalid/`+early+`"}`)) // seen, not stored
	write(t, f, strings.Repeat(event("added", "42", "0", `{"name":"`+early+`"}`), 2)+event("deleted", "42", "0", `{"name":"`+early+`"}`))
	wg.Wait()
	if store != 42 || waitErr != nil {
		t.Errorf("store %d, error %v; want 42", store, waitErr)
	}
	write(t, f, event("added", "43", "0", `{"name":"`+late+`"}`))
	for _, m := range []string{late, host} { // host was read long ago
		if err := r.WaitFor(t.Context(), m); err != nil {
			t.Error(err)
		}
	}
	if events := r.Events(); len(events) != 1 || events[0].(*CookieStored).Name != "a" {
		t.Errorf("%d events, want only the page's own", len(events))
	}
	never := r.NewMarker()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := r.WaitFor(ctx, never); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want context.Canceled", err)
	}
	for _, m := range []string{early, never, "foreign"} {
		if err := r.WaitFor(t.Context(), m); err == nil {
			t.Errorf("waiting for %q was allowed", m)
		}
	}
	f.Close()
	if err := r.ended(); err != nil {
		t.Error(err)
	}
}

func TestCreate(t *testing.T) {
	dir := t.TempDir()
	r, err := Create(dir)
	if err != nil {
		t.Fatal(err)
	}
	info, err := os.Lstat(filepath.Join(dir, "netlog.fifo"))
	if err != nil || info.Mode() != fs.ModeNamedPipe|0o600 {
		t.Errorf("FIFO %v, %v; want a pipe with mode 0600", info, err)
	}
	if _, err := Create(dir); !errors.Is(err, fs.ErrExist) {
		t.Errorf("a second Create gave %v, want %v", err, fs.ErrExist)
	}
	if _, err := Create(filepath.Join(dir, "missing")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("Create in a missing folder gave %v, want %v", err, fs.ErrNotExist)
	}
	m := r.NewMarker()
	r.Close()
	r.Close()
	if err := r.Run(t.Context()); err == nil {
		t.Error("Run after Close was allowed")
	}
	if err := r.WaitFor(t.Context(), m); !errors.Is(err, errEnded) {
		t.Errorf("waiting gave %v, want %v", err, errEnded)
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) != 0 {
		t.Errorf("left behind: %v, %v", entries, err)
	}
}
