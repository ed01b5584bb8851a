package chrome

import (
	"maps"
	"slices"
	"strings"
	"sync/atomic"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/cdp/jsonv2"
	"github.com/chromedp/cdproto/debugger"
	"github.com/chromedp/cdproto/domstorage"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/inspector"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/cdproto/security"
	"github.com/chromedp/cdproto/serviceworker"
	"github.com/chromedp/cdproto/storage"
	"github.com/chromedp/cdproto/target"

	"cookiescan/scanner"
	"cookiescan/scanner/walk"
)

// view is one attached target that can write: a page, a pop-up or a worker.
// Its events go into the record of the page that it belongs to.
type view struct {
	profile  *Profile
	record   atomic.Pointer[record]
	sess     *session
	target   target.ID
	context  scanner.Context
	owner    *frame // workers: the frame that started it
	contexts contextTable
	worlds   worldTable
	tab      *Tab // nil for workers
	main     bool // the tab itself, not a pop-up
	url      string
	stray    bool // a worker that belongs to whichever page asked for it
}

// waitingTargets is the filter of a page's own auto-attachment. Service and
// shared workers are attached by the root session; without the exclusion they
// are attached twice and some pages never finish loading.
var waitingTargets = target.Filter{
	{Type: "service_worker", Exclude: true},
	{Type: "shared_worker", Exclude: true},
	{},
}

func autoAttach(f target.Filter) target.SetAutoAttachParams {
	flat := true
	return target.SetAutoAttachParams{AutoAttach: true, WaitForDebuggerOnStart: true, Flatten: &flat, Filter: f}
}

// setUp sends everything that must be in force before the target runs. The
// commands of a session are carried out in order, so none is awaited; the last
// one lets the target go.
func (v *view) setUp() {
	s := v.sess
	size := int64(maxBody)
	fire(s, network.Enable, network.EnableParams{MaxPostDataSize: &size})
	fire(s, target.SetAutoAttach, autoAttach(waitingTargets))
	v.identify()
	if v.tab != nil {
		v.setUpPage()
	} else if v.profile.browser.hook != "" {
		// Workers open databases and caches too.
		fire(s, runtime.Enable, cdp.Empty{})
		fire(s, asyncStacks, debugger.SetAsyncCallStackDepthParams{MaxDepth: 16})
		fire(s, runtime.Evaluate, runtime.EvaluateParams{Expression: v.profile.browser.hook})
	}
	if v.tab == nil {
		for _, src := range v.scripts() {
			fire(s, runtime.Evaluate, runtime.EvaluateParams{Expression: src})
		}
	}
	fire(s, runtime.RunIfWaitingForDebugger, cdp.Empty{})
}

// maxBody is how many octets of a request body are kept: enough to find an
// identifier that leaves the page.
const maxBody = 64 << 10

func (v *view) setUpPage() {
	s := v.sess
	// The empty document of a pop-up is its opener's to write in; that of a tab
	// of ours nobody sees.
	now := !v.main
	fire(s, page.Enable, page.EnableParams{})
	if v.profile.options.Insecure {
		fire(s, security.SetIgnoreCertificateErrors, security.SetIgnoreCertificateErrorsParams{Ignore: true})
	}
	fire(s, inspector.Enable, cdp.Empty{})
	fire(s, domstorage.Enable, cdp.Empty{})
	fire(s, serviceworker.Enable, cdp.Empty{})
	// Without Runtime.enable no console message is reported, silently.
	fire(s, runtime.Enable, cdp.Empty{})
	fire(s, asyncStacks, debugger.SetAsyncCallStackDepthParams{MaxDepth: 16})
	if v.profile.browser.hook != "" {
		fire(s, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: v.profile.browser.hook, RunImmediately: &now})
	}
	for _, src := range v.scripts() {
		fire(s, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: src, RunImmediately: &now})
	}
}

// scripts run before the code of the target.
func (v *view) scripts() []string {
	list := v.profile.options.Scripts
	if d := v.profile.browser.options.Identity.device; d != nil && d.model == "" {
		list = append(list[:len(list):len(list)], noHintsSource)
	}
	return list
}

// identify makes pages and workers the same ordinary browser.
func (v *view) identify() {
	id := v.profile.browser.options.Identity
	s := v.sess
	if id.UserAgent != "" {
		fire(s, emulation.SetUserAgentOverride, emulation.SetUserAgentOverrideParams{
			UserAgent: id.UserAgent, AcceptLanguage: id.languages(), Platform: id.Platform, UserAgentMetadata: id.metadata(),
		})
	}
	if id.Locale != "" && v.tab != nil {
		fire(s, emulation.SetLocaleOverride, emulation.SetLocaleOverrideParams{Locale: id.Locale})
	}
	if id.Timezone != "" && v.tab != nil {
		fire(s, emulation.SetTimezoneOverride, emulation.SetTimezoneOverrideParams{TimezoneID: id.Timezone})
	}
	switch {
	case id.device != nil && v.tab != nil:
		id.device.emulate(s)
	case v.main: // pop-ups have the size that their opener gives them
		v.desktop()
	}
	if v.main {
		fire(s, input.SetIgnoreInputEvents, input.SetIgnoreInputEventsParams{Ignore: true}) // see touch
	}
	if g := v.profile.options.Geolocation; g != nil && v.tab != nil {
		g.emulate(s)
	}
	if h := v.profile.options.ExtraHeaders; len(h) > 0 {
		headers := network.Headers{}
		for k, val := range h {
			headers[k] = val
		}
		fire(s, network.SetExtraHTTPHeaders, network.SetExtraHTTPHeadersParams{Headers: headers})
	}
}

// asyncStacks makes the browser tell who scheduled a callback. cdproto has the
// command only in the Debugger domain, which would slow every script down.
var asyncStacks = cdp.Command[debugger.SetAsyncCallStackDepthParams, cdp.Empty]{Method: "Runtime.setAsyncCallStackDepth"}

// handle takes the events of the view's session.
func (v *view) handle(seq int64, method string, params jsonv2.Value) {
	v.bind()
	r := v.record.Load()
	r.mu.Lock()
	defer r.mu.Unlock()
	switch method {
	case target.AttachedToTarget.Method:
		if e, ok := decode[target.EventAttachedToTarget](params); ok {
			v.profile.browser.attachChild(v, e)
		}
	case target.DetachedFromTarget.Method:
		if e, ok := decode[target.EventDetachedFromTarget](params); ok {
			v.profile.browser.detached(e.SessionID)
		}
	case debugger.ScriptParsed.Method:
		if e, ok := decode[debugger.EventScriptParsed](params); ok {
			r.onScript(v.sess, e)
		}
	case runtime.ConsoleAPICalled.Method:
		r.onConsole(seq, v.context, v.sess, v.profile.browser.token, v.frameOf, params)
	default:
		if !v.handleNetwork(r, seq, method, params) && v.tab != nil {
			v.handlePage(seq, method, params)
		}
	}
}

// handleNetwork takes the events of the Network domain, and is false for others.
// Callers hold r.mu.
func (v *view) handleNetwork(r *record, seq int64, method string, params jsonv2.Value) bool {
	switch method {
	case network.RequestWillBeSent.Method:
		if e, ok := decode[network.EventRequestWillBeSent](params); ok {
			r.onRequest(v.sess, seq, v.context, v.owner, e)
		}
	case network.RequestWillBeSentExtraInfo.Method:
		if v.profile.sources.NoSent {
			return true
		}
		if e, ok := decode[sentExtra](params); ok {
			r.onSent(seq, e)
		}
	case network.ResponseReceivedExtraInfo.Method:
		if v.profile.sources.NoHeaders {
			return true
		}
		if e, ok := decode[network.EventResponseReceivedExtraInfo](params); ok {
			r.onAnswer(seq, e)
		}
	case network.ResponseReceived.Method:
		if e, ok := decode[network.EventResponseReceived](params); ok {
			r.onResponse(v.sess, e)
			v.profile.certificates.take(e.Response)
			v.onMainResponse(e)
		}
	case network.LoadingFinished.Method:
		if e, ok := decode[network.EventLoadingFinished](params); ok {
			r.onFinished(e)
		}
	case network.LoadingFailed.Method:
		if e, ok := decode[network.EventLoadingFailed](params); ok {
			r.onFailed(e)
			r.noteRefusal(e)
			v.onMainFailure(e)
		}
	case network.WebSocketCreated.Method:
		if e, ok := decode[network.EventWebSocketCreated](params); ok {
			r.onWebSocket(seq, v.context, v.mainFrame(), e)
		}
	case network.WebSocketFrameSent.Method:
		if e, ok := decode[network.EventWebSocketFrameSent](params); ok {
			r.onMessage(e)
		}
	default:
		return false
	}
	return true
}

// handlePage takes the events of a page. Callers hold the record's mu.
func (v *view) handlePage(seq int64, method string, params jsonv2.Value) {
	r := v.record.Load()
	switch method {
	case runtime.ExecutionContextCreated.Method:
		if e, ok := decode[runtime.EventExecutionContextCreated](params); ok {
			v.addContext(&r.frames, e.Context)
		}
	case runtime.ExecutionContextDestroyed.Method:
		if e, ok := decode[runtime.EventExecutionContextDestroyed](params); ok {
			v.worlds.drop(e.ExecutionContextUniqueID)
		}
	case runtime.ExecutionContextsCleared.Method:
		clear(v.worlds)
	case page.FrameAttached.Method:
		if e, ok := decode[page.EventFrameAttached](params); ok {
			r.frames.attach(e.FrameID, e.ParentFrameID, v.sess)
		}
	case page.FrameNavigated.Method:
		if e, ok := decode[page.EventFrameNavigated](params); ok {
			r.frames.navigate(e.Frame, v.sess)
			if v.main && e.Frame.ParentID == "" {
				v.tab.onNavigated(e.Frame)
			}
		}
	case page.NavigatedWithinDocument.Method:
		if e, ok := decode[page.EventNavigatedWithinDocument](params); ok && v.main && e.FrameID == cdp.FrameID(v.target) {
			v.tab.onRoute(e.URL)
		}
	case page.FrameDetached.Method:
		if e, ok := decode[page.EventFrameDetached](params); ok && e.Reason == page.FrameDetachedReasonRemove {
			r.frames.gone[e.FrameID] = true
			r.leave(r.frames.get(e.FrameID))
		}
	case page.JavascriptDialogOpening.Method:
		if e, ok := decode[page.EventJavascriptDialogOpening](params); ok {
			r.note("dialog", string(e.Type))
			fire(v.sess, page.HandleJavaScriptDialog, page.HandleJavaScriptDialogParams{Accept: e.Type == page.DialogTypeBeforeunload || e.Type == page.DialogTypeAlert})
		}
	case inspector.TargetCrashed.Method:
		if v.main {
			v.tab.onCrash()
		}
		v.profile.browser.router.crashed(v.sess.id)
	case page.LoadEventFired.Method:
		if e, ok := decode[page.EventLoadEventFired](params); ok && v.main {
			v.tab.onLoad(e.Timestamp)
		}
	case emulation.VirtualTimeBudgetExpired.Method:
		if v.main {
			v.tab.onBudget()
		}
	default:
		v.handleStorage(r, seq, method, params)
	}
}

// handleStorage takes the events of what a page stores besides cookies. Callers hold
// r.mu.
func (v *view) handleStorage(r *record, seq int64, method string, params jsonv2.Value) {
	switch method {
	case serviceworker.WorkerRegistrationUpdated.Method:
		if e, ok := decode[serviceworker.EventWorkerRegistrationUpdated](params); ok {
			r.onRegistrations(seq, v.mainFrame(), e)
		}
	case storage.StorageBucketCreatedOrUpdated.Method:
		if e, ok := decode[storage.EventStorageBucketCreatedOrUpdated](params); ok {
			r.onBucket(e)
		}
	default:
		r.onDOMStorage(seq, method, params)
	}
}

// bind looks for the page of a shared or service worker as long as none is
// known: the page's own request may be reported after the worker's start.
func (v *view) bind() {
	if !v.stray || v.record.Load() != v.profile.background {
		return
	}
	if t := v.profile.owner(v.url); t != nil {
		v.record.Store(t.record)
		t.addWorker(v)
		t.record.taken(v.url)
	}
}

func (v *view) frameOf(id runtime.ExecutionContextID) *frame {
	if f := v.contexts[id]; f != nil {
		return f
	}
	return v.mainFrame()
}

func (v *view) mainFrame() *frame {
	if v.tab != nil {
		return v.record.Load().frames.get(cdp.FrameID(v.target))
	}
	return v.owner
}

func (v *view) onMainResponse(e *network.EventResponseReceived) {
	if v.main && e.Type == network.ResourceTypeDocument && e.FrameID == cdp.FrameID(v.target) {
		v.tab.status, v.tab.finalURL, v.tab.mime = int(e.Response.Status), e.Response.URL, e.Response.MimeType
		v.tab.again = headerOf(e.Response.Headers, "Retry-After")
		v.tab.reply, v.tab.document = walk.Answer{Status: v.tab.status, Headers: headersOf(e.Response.Headers)}, e.RequestID
	}
}

// onMainFailure meets a document that breaks off after it has begun to arrive.
func (v *view) onMainFailure(e *network.EventLoadingFailed) {
	q := v.record.Load().requests[e.RequestID]
	if !v.main || e.Type != network.ResourceTypeDocument || e.Canceled || q == nil || q.frame == nil || q.frame.id != cdp.FrameID(v.target) {
		return
	}
	v.tab.failure = strings.TrimPrefix(e.ErrorText, "net::")
	if q.status != 0 && !noContent(q.status) {
		v.tab.onBroken(v.tab.failure)
	}
}

// headerOf is the value of a header, whose name servers write in any case.
func headerOf(h network.Headers, name string) string {
	for k, v := range h {
		if text, ok := v.(string); ok && strings.EqualFold(k, name) {
			return text
		}
	}
	return ""
}

// The headers of an answer that are kept: more of them, or longer ones, tell
// nothing of who answers.
const (
	maxHeaders     = 100
	maxHeaderValue = 300 // octets
)

// headersOf are the headers of an answer but for those with cookies.
func headersOf(h network.Headers) map[string]string {
	kept := map[string]string{}
	for _, name := range slices.Sorted(maps.Keys(h)) {
		text, ok := h[name].(string)
		if lower := strings.ToLower(name); ok && lower != "set-cookie" && len(kept) < maxHeaders {
			kept[lower] = text[:min(len(text), maxHeaderValue)]
		}
	}
	return kept
}

// answer is how the document that is shown was answered. Callers hold record.mu.
func (t *Tab) answer() walk.Answer {
	a := t.reply
	q := t.record.requests[t.document]
	if q == nil {
		return a
	}
	for _, info := range q.answers {
		for _, line := range info.setCookie {
			if name, _, ok := strings.Cut(line.Raw, "="); ok && len(name) <= maxHeaderValue && len(a.Cookies) < maxHeaders {
				a.Cookies = append(a.Cookies, strings.TrimSpace(name))
			}
		}
	}
	return a
}
