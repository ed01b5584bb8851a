package chrome

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/chromedp/cdproto"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/cdp/jsonv2"
	"github.com/chromedp/cdproto/target"
	"github.com/chromedp/chromedp"

	"cookiescan/scanner/walk"
)

// callTimeout bounds every command to the browser itself: no caller may wait for
// ever.
const callTimeout = 15 * time.Second

var (
	errSessionGone = errors.New("the target is gone")
	errLost        = walk.ErrLost
)

// eventHandler receives the events of one session, in the order in which the
// browser sent them, on the reader's goroutine: it must not call commands, only
// fire them. seq is the place of the event in the whole stream.
type eventHandler func(seq int64, method string, params jsonv2.Value)

// router shares one DevTools connection among sessions. chromedp's own
// contexts drop the sessions that auto-attach makes (frames, workers,
// pop-ups), so only its transports are used: the pipe of a browser that was
// started, and the WebSocket of one that runs already.
type router struct {
	conn chromedp.Transport
	out  *sendQueue

	mu       sync.Mutex
	nextID   int64
	pending  map[int64]pendingCall
	sessions map[target.SessionID]*session
	lost     error

	seq  atomic.Int64 // written by the reader's goroutine
	done chan struct{}
}

type pendingCall struct {
	session target.SessionID
	reply   chan<- callReply
}

type callReply struct {
	result jsonv2.Value
	err    error
}

// session is one attached target. The root session has an empty id.
type session struct {
	id     target.SessionID
	router *router
	handle eventHandler
	gone   chan struct{} // closed when the browser has detached it

	// page is how long a command to a page may take, 0 if this is none: a hung
	// or crashed target never answers (Chromium keeps its session open).
	page time.Duration
}

func newRouter(conn chromedp.Transport) *router {
	return &router{
		conn:     conn,
		out:      newSendQueue(),
		pending:  map[int64]pendingCall{},
		sessions: map[target.SessionID]*session{},
		done:     make(chan struct{}),
	}
}

// run reads until the connection ends and returns after the writer has ended
// too. Every waiting call then fails with errLost.
func (r *router) run() {
	defer close(r.done)
	var writer sync.WaitGroup
	writer.Go(func() { r.out.drain(r.conn) })
	var err error
	for {
		var msg cdproto.Message
		if err = r.conn.Read(context.Background(), &msg); err != nil {
			break
		}
		r.seq.Add(1)
		r.dispatch(&msg)
	}
	r.out.close()
	writer.Wait()
	r.fail(fmt.Errorf("%w: %w", errLost, err))
}

func (r *router) dispatch(msg *cdproto.Message) {
	if msg.Method == "" {
		r.mu.Lock()
		p, ok := r.pending[msg.ID]
		delete(r.pending, msg.ID)
		r.mu.Unlock()
		if ok {
			p.reply <- replyOf(msg)
		}
		return
	}
	r.mu.Lock()
	s := r.sessions[msg.SessionID]
	r.mu.Unlock()
	if s != nil && s.handle != nil {
		s.handle(r.seq.Load(), string(msg.Method), msg.Params)
	}
}

func replyOf(msg *cdproto.Message) callReply {
	if msg.Error != nil {
		return callReply{err: msg.Error}
	}
	return callReply{result: msg.Result}
}

func (r *router) fail(err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.lost = err
	for id, p := range r.pending {
		p.reply <- callReply{err: err}
		delete(r.pending, id)
	}
}

// open registers a session that the browser has attached.
func (r *router) open(id target.SessionID, handle eventHandler) *session {
	s := &session{id: id, router: r, handle: handle, gone: make(chan struct{})}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.sessions[id] = s
	return s
}

// drop forgets a detached session; calls that wait on it fail at once.
func (r *router) drop(id target.SessionID) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if s := r.sessions[id]; s != nil {
		close(s.gone)
		delete(r.sessions, id)
	}
	r.abort(id, errSessionGone)
}

// crashed fails the calls that wait for a target which will not answer: its
// session stays.
func (r *router) crashed(id target.SessionID) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.abort(id, walk.ErrCrashed)
}

// abort fails the calls that wait on a session. Callers hold mu.
func (r *router) abort(id target.SessionID, why error) {
	for n, p := range r.pending {
		if p.session == id {
			p.reply <- callReply{err: why}
			delete(r.pending, n)
		}
	}
}

// send queues a command. reply may be nil, then the answer is not awaited.
func (r *router) send(id target.SessionID, method string, params any, reply chan<- callReply) error {
	raw, err := jsonv2.Marshal(params, chromedp.DefaultMarshalOptions)
	if err != nil {
		return fmt.Errorf("encoding %s: %w", method, err)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.lost != nil {
		return r.lost
	}
	r.nextID++
	if reply != nil {
		r.pending[r.nextID] = pendingCall{session: id, reply: reply}
	}
	r.out.push(&cdproto.Message{ID: r.nextID, SessionID: id, Method: cdproto.MethodType(method), Params: raw})
	return nil
}

// call runs a command and waits for its answer, a bounded time.
func call[P, R any](ctx context.Context, s *session, c cdp.Command[P, R], params P) (R, error) {
	var res R
	limit, silence := callTimeout, errNoAnswer
	if s.page > 0 {
		limit, silence = s.page, walk.ErrBusy
	}
	ctx, cancel := context.WithTimeoutCause(ctx, limit, silence)
	defer cancel()
	reply := make(chan callReply, 1)
	if err := s.router.send(s.id, c.Method, params, reply); err != nil {
		return res, fmt.Errorf("%s: %w", c.Method, err)
	}
	select {
	case a := <-reply:
		if a.err != nil {
			return res, fmt.Errorf("%s: %w", c.Method, a.err)
		}
		if err := jsonv2.Unmarshal(a.result, &res, chromedp.DefaultUnmarshalOptions); err != nil {
			return res, fmt.Errorf("%s: decoding the answer: %w", c.Method, err)
		}
		return res, nil
	case <-ctx.Done():
		return res, fmt.Errorf("%s: %w", c.Method, context.Cause(ctx))
	}
}

var errNoAnswer = errors.New("the browser did not answer in time")

// fire runs a command without waiting: the only kind that event handlers may
// use. A target that has gone meanwhile is normal, so there is no error.
func fire[P, R any](s *session, c cdp.Command[P, R], params P) {
	_ = s.router.send(s.id, c.Method, params, nil)
}

// ask runs a command whose answer an event handler leaves to be picked up later,
// if it comes.
func ask[P, R any](s *session, c cdp.Command[P, R], params P) <-chan callReply {
	reply := make(chan callReply, 1)
	if s.router.send(s.id, c.Method, params, reply) != nil {
		return nil
	}
	return reply
}

// at is the place in the event stream that has been read so far.
func (r *router) at() int64 { return r.seq.Load() }
