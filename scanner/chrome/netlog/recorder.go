package netlog

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
)

// Bounds on what a Recorder without Handle keeps: events, and octets of the
// lines they came from.
const (
	maxEvents     = 500_000
	maxEventBytes = 256 << 20
)

// Recorder reads the NetLog of one browser process. Make it with [Create], start
// [Recorder.Run], then the browser with [Recorder.Flags].
type Recorder struct {
	// Handle, if set before Run, gets every event in order, from Run's goroutine;
	// nothing is kept then. It must be quick: while it works the log queues up
	// in the browser's memory.
	Handle func(Event)
	// NoSends leaves out verdicts about sent cookies ([OpSend]), most of the log.
	NoSends bool

	fifo    *fifo
	markers *markers
	started atomic.Bool
	ended   chan struct{} // closed when nothing more will be read

	mu     sync.Mutex
	events []Event
	stats  Stats
	kept   int // octets of lines that events came from
	limit  int // of events
}

// Stats counts what was read and what was lost.
type Stats struct {
	Lines, Bytes int64
	Events       int64 // handed to Handle or kept
	// DroppedEvents did not fit into the memory that Events may use,
	// DroppedRequests were too many open at once: their events have no Request.
	DroppedEvents, DroppedRequests int64
	LongLines                      int64 // skipped, over 4 MiB
	BadLines                       int64 // not understood
	// Complete is set when the log ended as it should: the browser shut down by
	// itself and nothing was left in its queue.
	Complete bool
}

// Lost is the number of pieces that are missing from the events; not 0 belongs
// into the report.
func (s Stats) Lost() int64 {
	return s.DroppedEvents + s.DroppedRequests + s.LongLines + s.BadLines
}

// Create makes the FIFO in dir, a private folder of the caller, with mode 0600.
// The Recorder must be ended by Run or Close. On a system without FIFOs that can
// be interrupted the error is [errors.ErrUnsupported].
func Create(dir string) (*Recorder, error) {
	f, err := newFIFO(filepath.Join(dir, "netlog.fifo"))
	if err != nil {
		return nil, err
	}
	return newRecorder(f), nil
}

func newRecorder(f *fifo) *Recorder {
	return &Recorder{
		fifo:    f,
		markers: newMarkers(),
		ended:   make(chan struct{}),
		limit:   maxEvents,
	}
}

// Flags are the Chromium switches that make it write its NetLog into the FIFO.
func (r *Recorder) Flags() []string {
	return []string{"--log-net-log=" + r.fifo.path, "--net-log-capture-mode=IncludeSensitive"}
}

// Run reads until the browser closes its end, which gives nil, until ctx ends,
// which gives its cause, or until the log proves not to be one that is understood.
// If the browser never starts only ctx ends it. Run closes and removes the FIFO;
// a browser that still runs is not disturbed. It can be called once.
func (r *Recorder) Run(ctx context.Context) error {
	if r.started.Swap(true) {
		return errors.New("reading the NetLog: the recorder has run or was closed")
	}
	defer close(r.ended)
	defer r.fifo.close()
	stop := context.AfterFunc(ctx, r.fifo.interrupt)
	defer stop()
	err := r.read(r.fifo)
	if ctx.Err() != nil {
		err = context.Cause(ctx)
	}
	if err != nil {
		return fmt.Errorf("reading the NetLog: %w", err)
	}
	return nil
}

// Close releases a Recorder whose Run was never called; after Run it does nothing.
func (r *Recorder) Close() {
	if !r.started.Swap(true) {
		r.fifo.close()
		close(r.ended)
	}
}

// read takes a whole log from src.
func (r *Recorder) read(src io.Reader) error {
	lines, p := newLineReader(src, maxLine), newParser(r.NoSends)
	for {
		line, err := lines.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		event, err := p.line(line)
		if err != nil {
			return err
		}
		if mine := r.markers.about(line); event != nil && !mine {
			r.deliver(event, len(line))
		}
		r.count(lines, p)
		// Only now: whoever waits for the marker finds all before it handed out.
		r.markers.match(line, event)
	}
}

// deliver hands an event out or keeps it.
func (r *Recorder) deliver(e Event, size int) {
	if r.Handle != nil {
		r.Handle(e)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	switch {
	case r.Handle != nil:
	case len(r.events) >= r.limit || r.kept+size > maxEventBytes:
		r.stats.DroppedEvents++
		return
	default:
		r.events = append(r.events, e)
		r.kept += size
	}
	r.stats.Events++
}

func (r *Recorder) count(lines *lineReader, p *parser) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.stats.Lines, r.stats.Bytes, r.stats.LongLines = p.seq, lines.bytes, lines.skipped
	r.stats.DroppedRequests, r.stats.BadLines = p.requests.dropped, p.bad
	r.stats.Complete = p.part == partTail
}

// Events returns all events read so far, in order. It is empty if Handle is set.
func (r *Recorder) Events() []Event {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.events)
}

// Stats returns the counts so far.
func (r *Recorder) Stats() Stats {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.stats
}

// NewMarker returns a text to look for, such as "netlog-3JQ5ZK2M7AXB4CDE-00000001".
// It is a valid cookie name and, with a domain after it, a host name. Make it,
// cause it to appear in the log, then wait for it; the wait may come later than
// the log. Events with a marker in them are never handed out.
func (r *Recorder) NewMarker() string { return r.markers.add() }

// WaitFor returns when an event with the marker has been read: everything that
// the network service logged before it has then been handed out. Chromium queues
// 15 events before it writes, so cause at least as many with the marker: setting
// 16 cookies of that name in one Storage.setCookies makes 31. The error is ctx's
// cause, or says that the log has ended.
func (r *Recorder) WaitFor(ctx context.Context, marker string) error {
	return r.markers.wait(ctx, marker, r.ended)
}

// WaitForStore is WaitFor for a marker that was set as a cookie's name in one
// browser context. It returns the source id of that context's cookie store,
// which is the Source of its CookieStored events.
func (r *Recorder) WaitForStore(ctx context.Context, marker string) (int, error) {
	return r.markers.waitStored(ctx, marker, r.ended)
}
