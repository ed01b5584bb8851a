package chrome

import (
	"net/url"
	"strings"
	"time"

	"github.com/chromedp/cdproto/cdp/jsonv2"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"cookiescan/scanner"
	"cookiescan/scanner/ledger"
)

// request is one request with its redirects. CDP reports every hop under the
// same id, and the raw headers of each hop in events of their own that may
// come before or after; both are in hop order, so they are matched by order.
type request struct {
	id        network.RequestID
	kind      network.ResourceType
	context   scanner.Context
	frame     *frame
	initiator *network.Initiator
	caller    []string // who called fetchLater, up to the page: the browser does not say
	hops      []*hop
	sent      []*sentInfo
	answers   []*answerInfo
	status    int
	failed    string
	pixel     bool
	size      float64
	preflight bool
	websocket bool
	sess      *session // that can read the answer's body
	maker     *session // that can read the request's
	length    int      // of the body, by the headers; 0: not known
}

type hop struct {
	url, method string
	at          ledger.At
	body        []byte
	bodyless    bool             // there is a body, and the event was without it
	told        <-chan callReply // the body, where the browser was asked for it
	messages    []byte           // that a socket was given to send
	fragment    string           // of the address, which nobody is sent: a frame reads it
	beacon      bool
	hasExtra    bool
	decided     bool // hasExtra is known
	answer      ledger.Answer
}

type sentInfo struct {
	at      ledger.At
	cookies []ledger.SentCookie
}

type answerInfo struct {
	at        ledger.At
	setCookie []ledger.SetCookieLine
	clear     string
	date      time.Time
	partition *scanner.PartitionKey
}

func decode[E any](params jsonv2.Value) (*E, bool) {
	e := new(E)
	err := jsonv2.Unmarshal(params, e, chromedp.DefaultUnmarshalOptions)
	return e, err == nil
}

// get finds or makes the request of an id; nil when the page has too many.
func (r *record) request(id network.RequestID) *request {
	q := r.requests[id]
	if q == nil {
		if len(r.order) >= maxRequests {
			r.dropped++
			return nil
		}
		q = &request{id: id, context: scanner.InDocument}
		r.requests[id] = q
		r.order = append(r.order, q)
	}
	return q
}

func (r *record) onRequest(s *session, seq int64, c scanner.Context, owner *frame, e *network.EventRequestWillBeSent) {
	q := r.request(e.RequestID)
	if q == nil {
		return
	}
	if e.RedirectResponse != nil && len(q.hops) > 0 {
		last := q.hops[len(q.hops)-1]
		last.hasExtra, last.decided = e.RedirectHasExtraInfo, true
		last.answer = answerOf(e.RedirectResponse)
		last.answer.Ended, last.answer.Octets = last.answer.Began, int64(e.RedirectResponse.EncodedDataLength)
	} else {
		q.kind, q.initiator, q.context = e.Type, e.Initiator, c
		q.frame = owner
		if f := r.frames.get(e.FrameID); f != nil {
			q.frame = f
		}
		q.preflight = e.Type == network.ResourceTypePreflight
		r.clock.set(e)
	}
	h := &hop{url: e.Request.URL, method: e.Request.Method, at: r.requestPlace(seq, q, e)}
	if byBrowser(e) && h.at.Trigger == scanner.OnTimer {
		h.at.Trigger = scanner.OnLoad
	}
	if q.initiator != nil {
		h.at.Trigger = r.clock.trigger(h.at.Trigger, float64(e.WallTime), q.initiator.Stack)
	}
	h.body = bodyOf(e.Request)
	h.bodyless = e.Request.HasPostData && len(h.body) == 0
	if e.Type == network.ResourceTypeDocument {
		h.fragment = e.Request.URLFragment
	}
	h.beacon = isBeacon(e)
	q.hops = append(q.hops, h)
	q.maker = s
	q.askBody()
	if _, ok := r.scripts[h.url]; !ok {
		r.scripts[h.url] = q
	}
	r.stir()
	if !endless(e.Type) {
		r.inflight[e.RequestID] = struct{}{}
	}
}

// requestPlace places a request. A frame's own document is fetched before the
// frame has it, so its chain ends with the origin that is being loaded.
func (r *record) requestPlace(seq int64, q *request, e *network.EventRequestWillBeSent) ledger.At {
	at := r.at(seq, q.context, q.frame)
	if e.Type == network.ResourceTypeDocument && q.frame != nil {
		at.Frame = append(r.frames.origins(q.frame.parent), originOf(e.Request.URL))
		at.TopSite = siteOf(at.Frame)
	}
	if q.preflight && q.initiator != nil && q.frame == nil {
		if by := r.requests[q.initiator.RequestID]; by != nil && by.frame != nil {
			q.frame = by.frame
			at.Frame = r.frames.origins(by.frame)
			at.TopSite = siteOf(at.Frame)
		}
	}
	return at
}

// byBrowser tells the requests that no page code makes: the icon, which the
// browser fetches some time after the load event and because of it.
func byBrowser(e *network.EventRequestWillBeSent) bool {
	return e.Type == network.ResourceTypeOther && e.Initiator != nil && e.Initiator.Type == network.InitiatorTypeOther
}

// endless tells the requests that by their nature do not finish.
func endless(t network.ResourceType) bool {
	return t == network.ResourceTypeEventSource || t == network.ResourceTypeWebSocket || t == network.ResourceTypePing
}

func isBeacon(e *network.EventRequestWillBeSent) bool {
	return e.Type == network.ResourceTypePing // sendBeacon and <a ping>
}

func bodyOf(q *network.Request) (body []byte) {
	for _, p := range q.PostDataEntries {
		body = append(body, p.Bytes...)
	}
	return body
}

// askBody asks for the body of the last hop if the event was without it: it has
// neither what is in a Blob nor what is too long. The length is known by the
// headers; beacons may not be longer than we keep (Fetch, section 4.6).
func (q *request) askBody() {
	if len(q.hops) == 0 {
		return // the headers came first
	}
	h := q.hops[len(q.hops)-1]
	if h.bodyless && (h.beacon || q.length > 0 && q.length <= maxBody) {
		h.bodyless = false
		h.told = ask(q.maker, network.GetRequestPostData, network.GetRequestPostDataParams{RequestID: q.id})
	}
}

// whole is the body, as far as the browser has told it.
func (h *hop) whole() []byte {
	select {
	case a := <-h.told:
		h.tell(a)
	default:
	}
	return h.body
}

func (h *hop) tell(a callReply) {
	h.told = nil
	var res network.GetRequestPostDataResult
	if a.err == nil && jsonv2.Unmarshal(a.result, &res, chromedp.DefaultUnmarshalOptions) == nil {
		h.body = res.PostData
	}
}

func (r *record) onResponse(s *session, e *network.EventResponseReceived) {
	q := r.request(e.RequestID)
	if q == nil || len(q.hops) == 0 {
		return
	}
	last := q.hops[len(q.hops)-1]
	last.hasExtra, last.decided = e.HasExtraInfo, true
	last.answer = answerOf(e.Response)
	q.status = int(e.Response.Status)
	q.sess = s
	if q.kind == "" {
		q.kind = e.Type
	}
	r.lastBusy = time.Now()
	// A body may stay open for ever (long polling): what counts is the answer.
	if e.Type == network.ResourceTypeFetch || e.Type == network.ResourceTypeXHR || e.Type == network.ResourceTypeOther {
		delete(r.inflight, e.RequestID)
	}
	if e.Response.FromServiceWorker || q.context == scanner.InWorker {
		delete(r.inflight, e.RequestID)
	}
}

// answerOf is an answer that begins now.
func answerOf(e *network.Response) ledger.Answer {
	a := ledger.Answer{Status: int(e.Status), Protocol: e.Protocol, MediaType: e.MimeType, Began: time.Now()}
	switch {
	case e.FromServiceWorker:
		a.From = "serviceWorker"
	case e.FromDiskCache, e.FromPrefetchCache:
		a.From = "cache"
	}
	return a
}

// answer is that of the last hop; nil before the request itself was reported.
func (q *request) answer() *ledger.Answer {
	if len(q.hops) == 0 {
		return nil
	}
	return &q.hops[len(q.hops)-1].answer
}

func (r *record) onFinished(e *network.EventLoadingFinished) {
	if q := r.requests[e.RequestID]; q != nil {
		q.size = e.EncodedDataLength
		if a := q.answer(); a != nil {
			a.Ended, a.Octets = time.Now(), int64(e.EncodedDataLength)
		}
	}
	delete(r.inflight, e.RequestID)
	r.lastBusy = time.Now()
}

func (r *record) onFailed(e *network.EventLoadingFailed) {
	if q := r.requests[e.RequestID]; q != nil {
		q.failed = e.ErrorText
		if a := q.answer(); a != nil {
			a.Ended, a.Failed = time.Now(), strings.TrimPrefix(e.ErrorText, "net::")
		}
	}
	delete(r.inflight, e.RequestID)
	r.lastBusy = time.Now()
}

func (r *record) onWebSocket(seq int64, c scanner.Context, owner *frame, e *network.EventWebSocketCreated) {
	q := r.request(e.RequestID)
	if q == nil {
		return
	}
	q.kind, q.initiator, q.websocket, q.frame = network.ResourceTypeWebSocket, e.Initiator, true, owner
	q.context = scanner.InWebSocket
	q.hops = append(q.hops, &hop{url: e.URL, method: "GET", at: r.at(seq, scanner.InWebSocket, owner)})
	r.stir()
}

// onMessage takes what a page sends by a socket, as far as of a body.
func (r *record) onMessage(e *network.EventWebSocketFrameSent) {
	q := r.requests[e.RequestID]
	if q == nil || len(q.hops) == 0 || e.Response == nil {
		return
	}
	if h := q.hops[0]; len(h.messages)+len(e.Response.PayloadData) < maxBody {
		h.messages = append(append(h.messages, e.Response.PayloadData...), '\n')
	}
}

// observations turns a finished request into what the ledger joins.
func (r *record) ofRequest(q *request, seen *answersSeen) []ledger.Observation {
	var out []ledger.Observation
	sent, answers := q.sent, q.answers
	for i, h := range q.hops {
		initiators := r.initiators(q, i)
		out = append(out, ledger.Request{
			At: h.at, URL: h.url, Method: h.method, Body: h.whole(), Fragment: h.fragment, Messages: h.messages,
			Kind: requestKind(q, h), Initiators: initiators, Request: string(q.id), Type: string(q.kind), Answer: h.answer,
		})
		// An undecided hop never got an answer event (CORS failure,
		// abort): its headers may have come all the same.
		if h.decided && !h.hasExtra {
			seen.addSilent(h.url, silent{at: h.at, initiators: initiators})
			continue
		}
		if len(sent) > 0 {
			out = append(out, ledger.Sent{At: withPlace(sent[0].at, h.at, q), Host: hostOf(h.url), Cookies: sent[0].cookies})
			sent = sent[1:]
		}
		if len(answers) > 0 {
			a := answers[0]
			answers = answers[1:]
			if len(a.setCookie) == 0 && a.clear == "" {
				continue
			}
			seen.addShown(h.url, a.setCookie, a.clear)
			out = append(out, ledger.Response{
				At:      withPlace(a.at, h.at, q),
				Setter:  ledger.Setter{URL: h.url, Initiators: initiators},
				Request: string(q.id), SetCookie: a.setCookie, ClearSiteData: a.clear, Date: a.date, PartitionKey: a.partition,
			})
			continue
		}
		seen.addSilent(h.url, silent{at: h.at, initiators: initiators})
	}
	return out
}

// withPlace gives an answer the place of its request: the state that counts
// is the one in which the request was sent; the order is that of the answer.
func withPlace(answer, sent ledger.At, q *request) ledger.At {
	sent.Seq, sent.Time, sent.FirstMs, sent.Began = answer.Seq, answer.Time, answer.FirstMs, q.hops[0].at.Time
	return sent
}

func requestKind(q *request, h *hop) ledger.RequestKind {
	switch {
	case h.beacon:
		return ledger.BeaconRequest
	case q.pixel && h == q.hops[len(q.hops)-1]:
		return ledger.PixelRequest
	}
	return ledger.PlainRequest
}

func hostOf(raw string) string {
	u, err := url.Parse(raw)
	if err != nil {
		return ""
	}
	return u.Hostname()
}

// noteRefusal notes a request that the browser itself refused: mixed content,
// or a page of a public site that calls into the local network.
func (r *record) noteRefusal(e *network.EventLoadingFailed) {
	why := string(e.BlockedReason)
	if e.CorsErrorStatus != nil && strings.Contains(string(e.CorsErrorStatus.CorsError), "NetworkAccess") {
		why = string(e.CorsErrorStatus.CorsError)
	}
	if q := r.requests[e.RequestID]; why != "" && q != nil && len(q.hops) > 0 {
		r.note("request-refused", hostOf(q.hops[len(q.hops)-1].url)+": "+why)
	}
}
