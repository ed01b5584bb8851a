package chrome

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/storage"

	"cookiescan/scanner"
	"cookiescan/scanner/chrome/netlog"
	"cookiescan/scanner/ledger"
)

// heard keeps the events of the browser's own log until a pass takes them.
type heard struct {
	mu     sync.Mutex
	events []netlog.Event
}

func (h *heard) add(e netlog.Event) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.events = append(h.events, e)
}

func (h *heard) take() []netlog.Event {
	h.mu.Lock()
	defer h.mu.Unlock()
	out := h.events
	h.events = nil
	return out
}

// logWait bounds the wait for the last entries of the log.
const logWait = 10 * time.Second

// flushCookies is how many cookies push the log's queue out: Chromium writes
// once 15 events wait, and each cookie makes about two.
const flushCookies = 16

// Log returns what the browser's own log says about this profile. It puts
// cookies of its own into the jar to push the log's queue out and to learn
// which cookie store is the profile's, so it comes after the last snapshot.
func (p *Profile) Log(ctx context.Context) ([]ledger.Observation, error) {
	b := p.browser
	if b.log == nil || p.sources.NoNetLog {
		return nil, nil
	}
	marker := b.log.NewMarker()
	params := storage.SetCookiesParams{BrowserContextID: p.id}
	for i := range flushCookies {
		params.Cookies = append(params.Cookies, &network.CookieParam{Name: marker, Value: "1", URL: fmt.Sprintf("https://flush-%d.invalid/", i)})
	}
	if _, err := call(ctx, b.root, storage.SetCookies, params); err != nil {
		return nil, fmt.Errorf("reading the browser's log: %w", err)
	}
	ctx, cancel := context.WithTimeout(ctx, logWait)
	defer cancel()
	store, err := b.log.WaitForStore(ctx, marker)
	if err != nil {
		return nil, fmt.Errorf("reading the browser's log: %w", err)
	}
	out := p.fromLog(b.heard.take(), store)
	if b.log.Stats().Lost() == 0 {
		out = append(out, ledger.LogRead{At: ledger.At{Time: time.Now(), Seq: p.Seq()}})
	}
	return out, nil
}

// fromLog keeps the entries of one cookie store, and adds the responses whose
// headers DevTools does not show: WebSocket handshakes, service worker scripts,
// requests of shared workers.
func (p *Profile) fromLog(events []netlog.Event, store int) []ledger.Observation {
	var out []ledger.Observation
	verdicts := verdictsOf(events)
	for _, e := range events {
		at := ledger.At{Time: e.At().Time}
		switch e := e.(type) {
		case *netlog.CookieStored:
			if e.Source == store {
				out = append(out, ledger.LogEntry{At: at, Key: logKey(e.Cookie), Value: e.Value, What: ledger.LogStored})
			}
		case *netlog.CookieDeleted:
			if e.Source == store {
				out = append(out, ledger.LogEntry{At: at, Key: logKey(e.Cookie), Value: e.Value, What: ledger.LogDeleted, Cause: e.Cause})
			}
		case *netlog.CookieRejected:
			if e.Source == store {
				out = append(out, ledger.LogEntry{At: at, Key: logKey(e.Cookie), Value: e.Value, What: ledger.LogRefused, Blocked: []string{e.Reason}})
			}
		case *netlog.SetCookieHeader:
			if o, ok := p.unseenResponse(e, verdicts); ok {
				out = append(out, o)
			}
		}
	}
	return out
}

func logKey(c netlog.Cookie) ledger.Key {
	return ledger.Key{Name: c.Name, Domain: c.Domain, HostOnly: c.HostOnly, Path: c.Path}
}

// verdict is the place of a Set-Cookie line: the request's source and line,
// since Chromium decides about each line on its own.
type verdict struct {
	source int
	line   string
}

func verdictsOf(events []netlog.Event) map[verdict]*netlog.CookieInclusion {
	m := map[verdict]*netlog.CookieInclusion{}
	for _, e := range events {
		if i, ok := e.(*netlog.CookieInclusion); ok && i.Operation != netlog.OpSend && i.Line != "" {
			m[verdict{i.Source, i.Line}] = i
		}
	}
	return m
}

// unseenResponse turns a response into an observation if DevTools did not show
// its headers.
func (p *Profile) unseenResponse(h *netlog.SetCookieHeader, verdicts map[verdict]*netlog.CookieInclusion) (ledger.Response, bool) {
	if h.Request == nil || p.shown(h) {
		return ledger.Response{}, false
	}
	o := ledger.Response{
		At:     ledger.At{Time: h.Time, Trigger: scanner.OnLoad, Context: logContext(h.Request), TopSite: h.Request.TopLevelSite},
		Setter: ledger.Setter{URL: withoutFragment(h.Request.URL)}, ClearSiteData: strings.Join(h.ClearSiteData, ", "),
	}
	if q, ok := p.silentRequest(o.Setter.URL); ok {
		at := o.At
		o.At = q.at
		o.Time, o.Seq = at.Time, q.at.Seq
		if at.Context != scanner.InDocument {
			o.Context = at.Context
		}
		if o.TopSite == "" {
			o.TopSite = at.TopSite
		}
		o.Initiators = q.initiators
	}
	for _, line := range h.Lines {
		l := ledger.SetCookieLine{Raw: line}
		if v := verdicts[verdict{h.Source, line}]; v != nil {
			l.Blocked = v.Blocked
			if v.PartitionKey != nil {
				o.PartitionKey = &scanner.PartitionKey{TopLevelSite: v.PartitionKey.TopLevelSite, HasCrossSiteAncestor: v.PartitionKey.HasCrossSiteAncestor}
			}
		}
		o.SetCookie = append(o.SetCookie, l)
	}
	return o, true
}

func logContext(q *netlog.Request) scanner.Context {
	switch {
	case q.Kind == netlog.KindWebSocket:
		return scanner.InWebSocket
	case q.Kind == netlog.KindServiceWorkerScript || q.Dest == "serviceworker":
		return scanner.InServiceWorker
	case q.Dest == "sharedworker":
		return scanner.InSharedWorker
	}
	return scanner.InDocument
}

func withoutFragment(u string) string {
	u, _, _ = strings.Cut(u, "#")
	return u
}

// silent is a request whose answer DevTools did not show.
type silent struct {
	at         ledger.At
	initiators []string
}

// answersSeen remembers, over all pages of a profile, which responses DevTools
// showed with their cookies and which requests it left without an answer.
type answersSeen struct {
	mu     sync.Mutex
	shown  map[string]int
	silent map[string][]silent
}

func newAnswersSeen() *answersSeen {
	return &answersSeen{shown: map[string]int{}, silent: map[string][]silent{}}
}

func answerID(u string, lines []string, clear string) string {
	return withoutFragment(u) + "\x00" + strings.Join(lines, "\n") + "\x00" + clear
}

func (a *answersSeen) addShown(u string, lines []ledger.SetCookieLine, clear string) {
	raw := make([]string, len(lines))
	for i, l := range lines {
		raw[i] = plainASCII(l.Raw)
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	a.shown[answerID(u, raw, clear)]++
}

func (a *answersSeen) addSilent(u string, s silent) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.silent[withoutFragment(u)] = append(a.silent[withoutFragment(u)], s)
}

// shown tells whether DevTools showed this response, each showing once.
func (p *Profile) shown(h *netlog.SetCookieHeader) bool {
	raw := make([]string, len(h.Lines))
	for i, l := range h.Lines {
		raw[i] = plainASCII(l)
	}
	id := answerID(h.Request.URL, raw, strings.Join(h.ClearSiteData, ", "))
	a := p.answers
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.shown[id] > 0 {
		a.shown[id]--
		return true
	}
	return false
}

func (p *Profile) silentRequest(u string) (silent, bool) {
	a := p.answers
	a.mu.Lock()
	defer a.mu.Unlock()
	list := a.silent[u]
	if len(list) == 0 {
		return silent{}, false
	}
	if len(list) > 1 {
		a.silent[u] = list[1:]
	}
	return list[0], true
}

// plainASCII drops octets that DevTools and the log write differently.
func plainASCII(s string) string {
	return strings.Map(func(r rune) rune {
		if r > 0x7e {
			return -1
		}
		return r
	}, strings.TrimSpace(s))
}
