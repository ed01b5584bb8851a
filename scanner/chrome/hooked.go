package chrome

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/chromedp/cdproto/cdp/jsonv2"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"cookiescan/scanner"
	"cookiescan/scanner/ledger"
)

// hookReport is a report of js/hook.js that needs other evidence to be
// complete: who touched storage.
type hookReport struct {
	at      ledger.At
	frame   *frame
	setter  ledger.Setter
	kind    string // a: access to web storage, w: a method of it, o: something opened
	args    []string
	matched bool
}

// laterFetch is a call of fetchLater. The browser sends it at a time that was
// given, or when the page is gone.
type laterFetch struct {
	url string
	by  silent
}

// onConsole takes the hook's reports out of the page's console messages; all
// others are dropped before they are decoded.
func (r *record) onConsole(seq int64, c scanner.Context, s *session, token []byte, of func(runtime.ExecutionContextID) *frame, params jsonv2.Value) {
	if !bytes.Contains(params, token) {
		return
	}
	e, ok := decode[runtime.EventConsoleAPICalled](params)
	if !ok || e.Type != "trace" || len(e.Args) < 2 {
		return
	}
	args := make([]string, len(e.Args))
	for i, a := range e.Args {
		if jsonv2.Unmarshal(a.Value, &args[i], chromedp.DefaultUnmarshalOptions) != nil {
			return
		}
	}
	if args[0] != string(token) {
		return
	}
	f := of(e.ExecutionContextID)
	at := r.at(seq, c, f)
	at.Trigger = r.clock.trigger(at.Trigger, float64(e.Timestamp)/1000, e.StackTrace)
	n := nameless{session: s, stack: e.StackTrace, document: urlOf(f), wrapped: wrapped(args), seen: len(r.seen), hooked: len(r.hooked)}
	r.onReport(at, f, r.setterOf(e.StackTrace, n.document, n.wrapped), args[1], args[2:])
	r.doubt(n)
}

func (r *record) onReport(at ledger.At, f *frame, by ledger.Setter, kind string, args []string) {
	switch {
	case kind == "c" && len(args) == 5:
		r.stir()
		r.keep(ledger.ScriptCookie{
			At: at, Setter: by, Via: scanner.ViaDocumentCookie, DocumentURL: urlOf(f),
			Raw: args[0], PageTime: millis(args[1]), ReadBack: args[2] == "1", Count: atoi(args[3]),
		})
	case (kind == "s" || kind == "d") && len(args) == 10:
		r.stir()
		r.keep(ledger.ScriptCookie{
			At: at, Setter: by, Via: scanner.ViaCookieStore, DocumentURL: urlOf(f),
			Store: storeOptions(kind == "d", args), PageTime: millis(args[7]), Count: atoi(args[8]),
		})
	case kind == "f" && len(args) == 1:
		r.keep(ledger.FingerprintCall{At: at, Setter: by, API: args[0]})
	case kind == "b" && len(args) == 1:
		r.beacons = append(r.beacons, resolve(urlOf(f), args[0]))
	case kind == "l" && len(args) == 1:
		if len(r.later) >= maxObservations {
			r.dropped++
			return
		}
		at.Trigger = scanner.OnPageHide
		r.later = append(r.later, laterFetch{url: resolve(urlOf(f), args[0]), by: silent{at: at, initiators: append([]string{by.URL}, by.Initiators...)}})
	case kind == "d" && len(args) == 0:
		if f != nil {
			r.filing[f.origin] = true
		}
	case kind == "x":
		r.silenced++
	case kind == "a" || kind == "w" || kind == "o":
		if kind != "a" {
			r.stir()
		}
		if len(r.hooked) >= maxObservations {
			r.dropped++
			return
		}
		r.hooked = append(r.hooked, hookReport{at: at, frame: f, setter: by, kind: kind, args: args})
	}
}

func storeOptions(del bool, a []string) *ledger.StoreOptions {
	o := &ledger.StoreOptions{Delete: del, Name: a[0], Value: a[1], Domain: given(a[2]), Path: given(a[3]), SameSite: given(a[5]), Partitioned: a[6] == "1"}
	if ms, err := strconv.ParseFloat(a[4], 64); err == nil {
		o.ExpiresMs = &ms
	}
	if s, err := strconv.ParseFloat(a[9], 64); err == nil {
		o.MaxAge = &s
	}
	return o
}

// given is nil for a member that the dictionary lacks; the hook marks one that
// is there with a leading "=".
func given(s string) *string {
	v, ok := strings.CutPrefix(s, "=")
	if !ok {
		return nil
	}
	return &v
}

// setterOf reads the stack that the inspector took: the frames of the hook
// itself come first and share one script; the next one is who wrote. Without any,
// it is the document. A script that has put itself before document.cookie passes on
// what others write: whoever called its function wrote.
func (r *record) setterOf(st *runtime.StackTrace, document string, wrapped bool) ledger.Setter {
	var by ledger.Setter
	if st != nil && len(st.CallFrames) > 0 {
		hook := st.CallFrames[0].ScriptID
		rest := st.CallFrames
		for len(rest) > 0 && rest[0].ScriptID == hook {
			rest = rest[1:]
		}
		by = r.fromFrames(rest, st.Parent)
		if wrapped {
			by = r.behind(by, rest, st.Parent)
		}
	}
	if by.URL == "" {
		by.URL = document
	}
	if r.scripts[by.URL] != nil {
		by.Initiators = nil // who loaded it is known; who called it does not count
	}
	last := by.URL
	if n := len(by.Initiators); n > 0 {
		last = by.Initiators[n-1]
	}
	by.Initiators = r.climb(by.Initiators, r.scripts[last], last)
	return by
}

// wrapped tells whether a report says that document.cookie is the page's own.
func wrapped(args []string) bool { return args[1] == "c" && len(args) == 7 && args[6] == "1" }

// behind is who wrote through a script that has put itself before document.cookie:
// whoever called its function, which engines name "set". Where that is not to be
// found, the innermost script may have written itself.
func (r *record) behind(innermost ledger.Setter, frames []*runtime.CallFrame, parent *runtime.StackTrace) ledger.Setter {
	own := slices.IndexFunc(frames, func(c *runtime.CallFrame) bool { return c.URL != "" && c.ScriptID != frames[0].ScriptID })
	if own < 0 {
		return innermost // nobody else was there
	}
	setter := slices.IndexFunc(frames[:own], func(c *runtime.CallFrame) bool {
		return c.FunctionName == "set" || c.FunctionName == "set cookie" || c.FunctionName == "" && own == 1
	})
	by := innermost
	if setter >= 0 {
		by = r.fromFrames(frames[setter+1:], parent)
	}
	by.Inferred = setter < 0 || by.URL != innermost.URL
	return by
}

// fromFrames takes the first frame with an address as the setter and the
// others, with those of the asynchronous parents, as who called it. Code of
// eval and string timers has no address of its own.
func (r *record) fromFrames(frames []*runtime.CallFrame, parent *runtime.StackTrace) ledger.Setter {
	var by ledger.Setter
	for n := 0; n < maxChain; n++ {
		for _, c := range frames {
			switch {
			case c.URL == "":
			case by.URL == "":
				by.URL, by.Line, by.Column = stable(c.URL), int(c.LineNumber)+1, int(c.ColumnNumber)+1
			case stable(c.URL) != by.URL:
				by.Initiators = add(by.Initiators, stable(c.URL))
			}
		}
		if parent == nil {
			break
		}
		frames, parent = parent.CallFrames, parent.Parent
	}
	return by
}

// stable cuts the random part of a blob address: scans must be repeatable.
func stable(u string) string {
	if !strings.HasPrefix(u, "blob:") {
		return u
	}
	return u[:strings.LastIndexByte(u, '/')+1]
}

// urlOf is the address of a frame's document; an empty document has that of
// the frame or page that made it.
func urlOf(f *frame) string {
	for n := 0; f != nil && n < maxChain; f, n = f.parent, n+1 {
		if f.url != "" && f.url != "about:blank" && f.url != "about:srcdoc" && f.url != ":" {
			return stable(f.url)
		}
		if f.parent == nil && f.opener != nil {
			f = &frame{parent: f.opener}
		}
	}
	return ""
}

func millis(s string) time.Time {
	ms, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return time.Time{}
	}
	return time.UnixMilli(int64(ms)).UTC()
}

func atoi(s string) int {
	n, err := strconv.Atoi(strings.TrimSuffix(s, ".0"))
	if err != nil || n < 1 {
		return 1
	}
	return n
}
