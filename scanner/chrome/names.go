package chrome

import (
	"strings"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/debugger"
	"github.com/chromedp/cdproto/runtime"

	"cookiescan/scanner/ledger"
)

// A script may end with //# sourceURL=NAME, and stacks then show that name in
// place of its address: builds name their parts so, and whoever wants to can
// name another's script. Only the Debugger domain tells the address. It is
// switched on, for good, where a stack shows an address that nothing was loaded
// from; elsewhere it would cost every page time.

// standing is where a script stands that has given itself a name.
type standing struct {
	url          string // empty for code that a script made
	line, column int64  // of its begin there
}

// scriptID is a script of one session.
type scriptID struct {
	session *session
	id      cdp.ScriptID
}

// nameless is a report whose stack shows an address that nothing was loaded from.
type nameless struct {
	session  *session
	stack    *runtime.StackTrace
	document string // of the frame that reported
	wrapped  bool
	// Its place in one of the two lists.
	seen, hooked int
	waits        bool // it is in the second, of reports that need other evidence
}

// maxNameless is how many such reports of a page are proven.
const maxNameless = 5_000

// doubt remembers a report that was kept if its stack has to be proven.
func (r *record) doubt(n nameless) {
	n.waits = len(r.hooked) > n.hooked
	kept := n.waits || len(r.seen) > n.seen
	if kept && len(r.nameless) < maxNameless && r.unproven(n.stack) {
		r.nameless = append(r.nameless, n)
		r.askNames(n.session)
	}
}

// unproven tells whether a stack shows an address that nothing was loaded from.
// Those of blob: and data: are no requests that all engines report.
func (r *record) unproven(st *runtime.StackTrace) bool {
	for n := 0; st != nil && n < maxChain; st, n = st.Parent, n+1 {
		for _, c := range st.CallFrames {
			if c.URL != "" && !strings.HasPrefix(c.URL, "blob:") && !strings.HasPrefix(c.URL, "data:") && r.scripts[withoutFragment(c.URL)] == nil {
				return true
			}
		}
	}
	return false
}

// askNames makes the browser tell where the scripts of a session stand: those
// there are at once, others as they come. Pages with debugger statements must
// not stop.
func (r *record) askNames(s *session) {
	if r.told[s] {
		return
	}
	r.told[s] = true
	fire(s, debugger.SetSkipAllPauses, debugger.SetSkipAllPausesParams{Skip: true})
	fire(s, debugger.Enable, debugger.EnableParams{})
}

func (r *record) onScript(s *session, e *debugger.EventScriptParsed) {
	if e.HasSourceURL && len(r.places) < maxObservations {
		r.places[scriptID{s, e.ScriptID}] = standing{e.EmbedderName, e.StartLine, e.StartColumn}
	}
}

// prove puts addresses in place of names. What the browser did not tell of, as
// the script was gone, keeps its name. Callers hold mu.
func (r *record) prove() {
	for _, u := range r.nameless {
		by := r.setterOf(r.unnamed(u.session, u.stack), u.document, u.wrapped)
		if u.waits {
			r.hooked[u.hooked].setter = by
			continue
		}
		switch o := r.seen[u.seen].(type) {
		case ledger.ScriptCookie:
			o.Setter = by
			r.seen[u.seen] = o
		case ledger.FingerprintCall:
			o.Setter = by
			r.seen[u.seen] = o
		}
	}
	r.nameless = nil
}

// unnamed is the stack with addresses in place of names.
func (r *record) unnamed(s *session, st *runtime.StackTrace) *runtime.StackTrace {
	if st == nil {
		return nil
	}
	out := &runtime.StackTrace{Parent: r.unnamed(s, st.Parent)}
	for _, c := range st.CallFrames {
		if p, ok := r.places[scriptID{s, c.ScriptID}]; ok {
			moved := *c
			moved.URL = p.url
			if moved.LineNumber == 0 {
				moved.ColumnNumber += p.column
			}
			moved.LineNumber += p.line
			c = &moved
		}
		out.CallFrames = append(out.CallFrames, c)
	}
	return out
}
