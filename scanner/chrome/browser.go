package chrome

import (
	"context"
	"crypto/rand"
	_ "embed"
	"encoding/hex"
	"fmt"
	"strings"
	"sync"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/cdp/jsonv2"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/cdproto/target"
	"github.com/chromedp/chromedp"

	"cookiescan/scanner"
	"cookiescan/scanner/chrome/netlog"
	"cookiescan/scanner/chrome/process"
	"cookiescan/scanner/egress"
)

//go:embed js/hook.js
var hookSource string

// Options says which browser to start and how. One that runs already is
// connected to: switches are then those that it must have been started with, and
// there is neither recorder nor MemoryLimit.
type Options struct {
	Binary     process.Binary
	Identity   Identity // what the browser says of itself
	Flags      []string // further switches
	NoRecorder bool     // without the NetLog recorder
	// Ordinary lets pages run in real time and without the hook, as they do in
	// a browser that nobody watches: what they store is seen in headers and in
	// the jar.
	Ordinary bool
	// MemoryLimit is what each process of the browser may use, in bytes; 0 is
	// process.DefaultMemoryLimit.
	MemoryLimit int64
	Sources     Sources
}

// Sources switches capture sources off. Tests use it to prove that each one is
// needed; a scan leaves it zero.
type Sources struct {
	NoHeaders, NoHook, NoSent, NoJar, NoNetLog bool
}

// Browser is one running Chromium. It ends with Close, or is left alone if it ran
// before; profiles end before that.
type Browser struct {
	options Options
	process *process.Process   // nil: it ran before
	conn    chromedp.Transport // to one that ran before
	refuse  *egress.Exit
	router  *router
	root    *session
	token   []byte
	hook    string
	log     *netlog.Recorder
	heard   heard
	logErr  error // of the recorder, after done
	stopLog func()
	done    sync.WaitGroup
	Product string // such as HeadlessChrome/156.0.8078.79
	Version string // such as 156.0.8078.79

	mu       sync.Mutex
	profiles map[cdp.BrowserContextID]*Profile
	injected *Profile

	mute endpoints // those that kept a page waiting
}

// Start starts the browser, or connects to the one that runs already, and waits
// until it answers.
func Start(ctx context.Context, o Options) (*Browser, error) {
	refuse, err := egress.Refuse(ctx)
	if err != nil {
		return nil, fmt.Errorf("opening the refusing proxy: %w", err)
	}
	b := &Browser{options: o, refuse: refuse, stopLog: func() {}, profiles: map[cdp.BrowserContextID]*Profile{}}
	if err := b.start(ctx); err != nil {
		_ = b.Close()
		return nil, err
	}
	return b, nil
}

func (b *Browser) start(ctx context.Context) error {
	token := make([]byte, 16)
	if _, err := rand.Read(token); err != nil {
		return fmt.Errorf("making the hook's token: %w", err)
	}
	b.token = []byte(hex.EncodeToString(token))
	if !b.options.Sources.NoHook && !b.options.Ordinary {
		b.hook = strings.ReplaceAll(hookSource, "__TOKEN__", string(b.token))
	}
	if err := b.connect(ctx); err != nil {
		return err
	}
	v, err := call(ctx, b.root, browser.GetVersion, cdp.Empty{})
	if err != nil {
		return b.startError(err)
	}
	b.Product = v.Product
	_, b.Version, _ = strings.Cut(v.Product, "/")
	if b.conn != nil {
		if err := b.suits(ctx); err != nil {
			return err
		}
	}
	all := autoAttach(target.Filter{{Type: "browser", Exclude: true}, {Type: "tab", Exclude: true}, {Type: "browser_ui", Exclude: true}, {}})
	if _, err := call(ctx, b.root, target.SetAutoAttach, all); err != nil {
		return b.startError(err)
	}
	return nil
}

// startError prefers what the process said on its way out.
func (b *Browser) startError(err error) error {
	if b.process == nil {
		return fmt.Errorf("connecting to the browser: %w", err)
	}
	if perr := b.process.Err(); perr != nil {
		return perr
	}
	return fmt.Errorf("starting the browser: %w", err)
}

// Close ends the browser process and waits until nothing of it is left. Of one
// that ran before it ends what is ours.
func (b *Browser) Close() error {
	var err error
	if b.process != nil {
		err = b.process.Close(context.Background())
	}
	if b.conn != nil {
		b.leave()
	}
	b.stopLog()
	b.done.Wait()
	if cerr := b.refuse.Close(); err == nil {
		err = cerr
	}
	return err
}

// Lost is closed when the browser has gone.
func (b *Browser) Lost() <-chan struct{} { return b.router.done }

func (b *Browser) addProfile(p *Profile) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.profiles[p.id] = p
}

func (b *Browser) dropProfile(p *Profile) {
	b.mu.Lock()
	defer b.mu.Unlock()
	delete(b.profiles, p.id)
}

func (b *Browser) profile(id cdp.BrowserContextID) *Profile {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.profiles[id]
}

// handleRoot takes the events of the browser's own session.
func (b *Browser) handleRoot(_ int64, method string, params jsonv2.Value) {
	switch method {
	case target.AttachedToTarget.Method:
		if e, ok := decode[target.EventAttachedToTarget](params); ok {
			b.attachRoot(e)
		}
	case target.DetachedFromTarget.Method:
		if e, ok := decode[target.EventDetachedFromTarget](params); ok {
			b.detached(e.SessionID)
		}
	case "Fetch.requestPaused":
		b.inject(params)
	}
}

// attachRoot meets pages, pop-ups, shared and service workers. Every target
// waits and must be let go; one that is forgotten hangs its page.
func (b *Browser) attachRoot(e *target.EventAttachedToTarget) {
	info := e.TargetInfo
	p := b.profile(info.BrowserContextID)
	if p == nil {
		s := b.router.open(e.SessionID, nil)
		fire(s, runtime.RunIfWaitingForDebugger, cdp.Empty{})
		return
	}
	v := &view{profile: p, target: info.TargetID, context: scanner.InDocument, contexts: contextTable{}, worlds: worldTable{}, url: info.URL}
	switch info.Type {
	case "page":
		t := p.tab(opened(p, info))
		v.tab, v.main = t, t.id == info.TargetID
		v.record.Store(t.record)
		if !v.main && !t.addPopup(info) {
			// Its opener waits until it runs.
			fire(b.router.open(e.SessionID, nil), runtime.RunIfWaitingForDebugger, cdp.Empty{})
			fire(b.root, target.CloseTarget, target.CloseTargetParams{TargetID: info.TargetID})
			return
		}
	case "service_worker":
		b.bindWorker(v, scanner.InServiceWorker)
		if b.log == nil {
			v.profile.noteUnread(v.url)
		}
	case "shared_worker":
		b.bindWorker(v, scanner.InSharedWorker)
	default:
		v.record.Store(p.background)
	}
	v.sess = b.router.open(e.SessionID, v.handle)
	v.setUp()
	if v.main {
		v.tab.onAttached(v)
	}
}

// opened is the tab that a page target belongs to: itself, or for a pop-up the
// tab that opened it, however many pop-ups lie between.
func opened(p *Profile, info *target.Info) target.ID {
	if info.OpenerID == "" {
		return info.TargetID
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	for id, t := range p.tabs {
		if id == info.OpenerID || t.opened(info.OpenerID) {
			return id
		}
	}
	return info.TargetID
}

func (b *Browser) bindWorker(v *view, c scanner.Context) {
	v.context, v.stray = c, true
	v.owner = &frame{url: v.url, origin: originOf(v.url)}
	v.record.Store(v.profile.background)
	v.bind()
}

// attachChild meets the dedicated workers of a page and nested ones. The
// caller holds the record's lock.
func (b *Browser) attachChild(parent *view, e *target.EventAttachedToTarget) {
	r := parent.record.Load()
	v := &view{
		profile: parent.profile, target: e.TargetInfo.TargetID, context: scanner.InWorker,
		owner: parent.mainFrame(), contexts: contextTable{}, url: e.TargetInfo.URL,
	}
	v.record.Store(r)
	if f := e.TargetInfo.ParentFrameID; f != "" {
		v.owner = r.frames.get(f)
	}
	r.workers++
	v.sess = b.router.open(e.SessionID, v.handle)
	v.setUp()
}

func (b *Browser) detached(id target.SessionID) { b.router.drop(id) }
