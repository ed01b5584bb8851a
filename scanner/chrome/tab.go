package chrome

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/cdproto/target"

	"cookiescan/scanner/walk"
)

// Tab is one page in one fresh tab. Its methods are called by one goroutine.
type Tab struct {
	profile *Profile
	id      target.ID
	record  *record
	view    *view

	attached chan struct{}
	crashed  chan struct{}
	loaded   chan struct{} // one value per load event
	broken   chan struct{} // the document broke off
	expired  chan struct{} // one value per expired budget of virtual time
	once     struct{ attach, crash sync.Once }
	ended    int  // scripts that were ended because they burned the processor
	lively   bool // it answered a question while it loaded
	touched  bool // it was given input, and takes it
	hung     bool // ending its scripts did not make it answer
	patience patience
	hoped    time.Duration // that it was waited for slow answers, beyond the usual
	origin   historyEntry  // where the page was before the last press

	// Behind record.mu.
	popups   map[target.ID]bool
	unopened int // pop-ups beyond the cap
	workers  []*view
	status   int
	finalURL string
	mime     string
	again    string // the header Retry-After of the answer
	reply    walk.Answer
	document network.RequestID // of the request that brought it
	foreign  bool              // what shows is an error page of the browser's own
	routes   []string          // addresses that the page's scripts went to without loading
	routed   int               // how often they went to one
	clicked  time.Time         // when the last trusted click was made
	watch    bool              // load events count: the tab has been sent somewhere
	pause    bool              // stop the page's clock at the next load event
	settled  int               // navigations of the main frame that were followed
	reloads  int               // times that the page went elsewhere by itself
	stay     bool              // do not follow any more: the page is being left
	failure  string            // of the last navigation that failed, by Chromium's name
	cut      error             // why the page was not seen to its end
}

func newTab(p *Profile, id target.ID) *Tab {
	r := newRecord("")
	r.hookOn = p.browser.hook != ""
	return &Tab{
		profile: p, id: id, record: r, popups: map[target.ID]bool{},
		patience: patienceFor(0), attached: make(chan struct{}), crashed: make(chan struct{}),
		loaded: make(chan struct{}, 1), broken: make(chan struct{}, 1), expired: make(chan struct{}, 1),
	}
}

func (t *Tab) onAttached(v *view) {
	t.once.attach.Do(func() { t.view = v; close(t.attached) })
}

// onBroken meets the end of a document that broke off. One that was replaced, or
// that is an error status without a body, did not.
func (t *Tab) onBroken(code string) {
	if t.watch && t.cut == nil && code != "ERR_ABORTED" && code != "ERR_HTTP_RESPONSE_CODE_FAILURE" {
		t.cut = &walk.NetError{Code: code}
		signal(t.broken)
	}
}

func (t *Tab) onCrash() {
	t.record.crashed = true
	t.once.crash.Do(func() { close(t.crashed) })
}

// onNavigated meets a document. All error pages of the browser are in one process
// and so have one clock between them: it is left alone, or tabs would stop each
// other's.
func (t *Tab) onNavigated(f *cdp.Frame) {
	t.record.navigated++
	t.foreign = strings.HasPrefix(f.URL, "chrome-error:")
	t.pause = t.pause && !t.foreign
	switch elsewhere := t.record.navigated > 1 && t.watch; {
	case elsewhere && t.cut == nil && t.foreign:
		t.cut = &walk.NetError{Code: t.failure}
	case elsewhere && t.cut == nil && f.URL == "about:blank":
		t.cut = walk.ErrEmptied
	case errors.Is(t.cut, walk.ErrEmptied):
		t.cut = nil
	}
	if f.URL != "" && !t.foreign && f.URL != "about:blank" {
		t.finalURL = f.URL
	}
}

// maxRoutes bounds the addresses that a page goes to by history.pushState and
// hashes: some make a new one in every frame.
const (
	maxRoutes = 200
	maxRoute  = 8 << 10 // bytes: no page has a longer address
)

func (t *Tab) onRoute(address string) {
	t.routed++
	if len(address) <= maxRoute && len(t.routes) < maxRoutes && !slices.Contains(t.routes, address) {
		t.routes = append(t.routes, address)
	}
}

// onLoad stops the page's clock at once: which timers still fire in real time
// must not depend on how fast this machine is.
func (t *Tab) onLoad(at cdp.MonotonicTime) {
	if !t.watch {
		return
	}
	t.record.clock.load(at)
	// Only once: later it would take away the page time that was granted.
	if t.pause {
		t.pause = false
		fire(t.view.sess, emulation.SetVirtualTimePolicy, emulation.SetVirtualTimePolicyParams{Policy: emulation.VirtualTimePolicyPause})
	}
	t.settled = t.record.navigated
	signal(t.loaded)
}

func (t *Tab) onBudget() { signal(t.expired) }

func signal(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

// maxPopups bounds the pop-ups of a page: each is a tab like any other.
const maxPopups = 50

// addPopup is false for one too many, which is closed before it loads.
func (t *Tab) addPopup(info *target.Info) bool {
	t.record.mu.Lock()
	defer t.record.mu.Unlock()
	t.record.note("popup", "")
	if len(t.popups) >= maxPopups {
		t.unopened++
		return false
	}
	t.popups[info.TargetID] = true
	f := t.record.frames.get(cdp.FrameID(info.TargetID))
	f.opener = t.record.frames.get(cdp.FrameID(info.OpenerID))
	if by := t.record.frames.get(info.OpenerFrameID); by != nil {
		f.opener = by
	}
	f.origin = f.opener.origin
	return true
}

func (t *Tab) opened(id target.ID) bool {
	t.record.mu.Lock()
	defer t.record.mu.Unlock()
	return t.popups[id]
}

func (t *Tab) addWorker(v *view) {
	t.record.mu.Lock()
	defer t.record.mu.Unlock()
	t.workers = append(t.workers, v)
}

// hasPage tells whether the tab has a page, and is not kept ready for one.
func (r *record) hasPage() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.page != ""
}

// asked tells whether the page requested this address, or registered it as its
// service worker.
func (r *record) asked(u string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.scripts[u] != nil {
		return true
	}
	for _, h := range r.hooked {
		if script, ok := h.registered(); ok && script == u {
			return true
		}
	}
	return false
}

// Load navigates and waits for the load event, then for the network to be
// quiet. A page that never fires the event is used as far as it came, once
// half of the time that ctx leaves is gone.
func (t *Tab) Load(ctx context.Context, url string) (walk.Loaded, error) {
	t.record.mu.Lock()
	t.record.began, t.watch, t.pause = time.Now(), true, !t.ordinary()
	t.record.mu.Unlock()
	reply := make(chan callReply, 1)
	if err := t.profile.browser.router.send(t.view.sess.id, page.Navigate.Method, page.NavigateParams{URL: url}, reply); err != nil {
		return walk.Loaded{}, fmt.Errorf("loading: %w", err)
	}
	half, cancel := context.WithTimeout(ctx, budgetOf(ctx)/2)
	defer cancel()
	err := t.awaitLoad(half, reply)
	empty := errors.Is(err, errNoBody)
	switch {
	case empty:
		err = nil
	case errors.Is(err, errNotLoaded) && ctx.Err() == nil:
		err = t.giveUpLoading(ctx)
	}
	if err == nil {
		err = t.quiet(ctx, t.patience.loaded)
	}
	out := t.outcome()
	out.Empty = empty
	if err == nil {
		t.readCertificate(ctx, out.FinalURL)
	}
	if out.Status == http.StatusUnauthorized {
		// The shell shows the body of the answer, the full engine an error.
		t.cutShort(&walk.NetError{Code: "ERR_INVALID_AUTH_CREDENTIALS"})
	}
	return out, err
}

var errNotLoaded = errors.New("no load event")

// awaitLoad waits for the answer to the navigation and for the load event.
func (t *Tab) awaitLoad(ctx context.Context, reply <-chan callReply) error {
	loaded := t.loaded
	var answered, fired bool
	// Halfway the page is asked for a sign of life, by which giveUpLoading goes.
	var sign chan callReply
	ask := time.NewTimer(budgetOf(ctx) / 2)
	defer ask.Stop()
	t.lively = false
	for !answered || !fired {
		select {
		case <-ask.C:
			sign = make(chan callReply, 1)
			if err := t.view.sess.router.send(t.view.sess.id, runtime.Evaluate.Method, runtime.EvaluateParams{Expression: "0"}, sign); err != nil {
				return err
			}
		case a := <-sign:
			t.lively = a.err == nil
		case a := <-reply:
			if err := navigationError(a, t.outcome().Status); err != nil {
				return err
			}
			answered, reply = true, nil
		case <-loaded:
			fired = true
		case <-t.broken: // there may never be a load event
			if answered {
				return errNotLoaded
			}
			signal(t.broken)
			if err := t.wait(ctx, 5*time.Millisecond); err != nil {
				return err
			}
		case <-t.crashed:
			return walk.ErrCrashed
		case <-t.profile.browser.router.done:
			return errLost
		case <-ctx.Done():
			if !answered {
				t.unwatch() // nothing of the page is there that could be flushed
				return walk.ErrNoAnswer
			}
			return errNotLoaded
		}
	}
	return nil
}

func (t *Tab) unwatch() {
	t.record.mu.Lock()
	defer t.record.mu.Unlock()
	t.watch = false
}

// giveUpLoading stops the clock by hand and goes on with what is there: what
// is still open was waited for long enough.
func (t *Tab) giveUpLoading(ctx context.Context) error {
	t.record.mu.Lock()
	t.record.note("no-load-event", "")
	t.pause, t.settled = false, t.record.navigated
	t.record.mu.Unlock()
	// One that answered while it loaded waits for the network and burns no
	// processor: it gets longer to answer once more, on a machine that is busy.
	if !t.lively || !t.answers(ctx, t.patience.step) {
		if err := t.release(ctx); err != nil {
			return err
		}
	}
	if err := t.stopClock(ctx); err != nil {
		return err
	}
	state, err := t.evaluate(ctx, readyState, false)
	if err != nil {
		return err
	}
	if string(state) == `"loading"` {
		t.cutShort(walk.ErrUnfinished)
	}
	t.record.abandon()
	return nil
}

// readyState goes by the prototype: an element of that name hides the property.
const readyState = "Object.getOwnPropertyDescriptor(Document.prototype, 'readyState').get.call(document)"

// cutShort remembers the first reason why the page is not seen to its end.
func (t *Tab) cutShort(why error) {
	t.record.mu.Lock()
	defer t.record.mu.Unlock()
	if t.cut == nil {
		t.cut = why
	}
}

// outcome is what became of the navigation.
func (t *Tab) outcome() walk.Loaded {
	t.record.mu.Lock()
	defer t.record.mu.Unlock()
	return walk.Loaded{FinalURL: t.finalURL, Status: t.status, MIME: t.mime, RetryAfter: t.again, Answer: t.answer()}
}
