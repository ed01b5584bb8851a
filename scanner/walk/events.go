package walk

import (
	"context"
	"errors"
	"time"

	"cookiescan/scanner"
	"cookiescan/scanner/consent"
	"cookiescan/scanner/egress"
	"cookiescan/scanner/ledger"
)

// Events of Record, with the type of their data.
const (
	EventPass    = "pass"     // PassEvent: a pass begins
	EventProfile = "profile"  // ProfileEvent: the look into its jar, before any page
	EventVisit   = "visit"    // VisitEvent: a page is going to be visited
	EventPage    = "page"     // scanner.Page: a page was visited
	EventInput   = "input"    // InputEvent: what was done to it
	EventGap     = "gap"      // scanner.Incomplete: something was not seen
	EventRestart = "restart"  // PassEvent: the browser was lost and is started again
	EventSent    = "requests" // RequestsEvent: what a page, or workers of no single page, asked for
	EventHosts   = "hosts"    // HostsEvent: whom the pass contacted
	EventPassEnd = "pass-end" // PassEvent: a pass is over
)

// PassEvent names a pass.
type PassEvent struct {
	Phase   string `json:"phase"`
	Pages   int    `json:"pages,omitempty"`   // visited
	Cookies int    `json:"cookies,omitempty"` // in the jar at its end
}

// ProfileEvent proves that a pass began with an empty jar.
type ProfileEvent struct {
	Phase   string `json:"phase"`
	Cookies int    `json:"cookies"`         // in the jar before the first page
	Given   int    `json:"given"`           // of these, put there by the user
	Error   string `json:"error,omitempty"` // why the jar could not be read
}

// VisitEvent names a page that was chosen.
type VisitEvent struct {
	Phase string `json:"phase"`
	Page  string `json:"page"` // id
	URL   string `json:"url"`
}

// InputEvent lists what was done to one page, in order.
type InputEvent struct {
	Page   string  `json:"page"` // id
	Inputs []Input `json:"inputs"`
}

// Input is one thing that was done to a page.
type Input struct {
	Time time.Time `json:"time"`           // UTC
	Kind string    `json:"kind"`           // scroll, press, answer or step
	Role string    `json:"role,omitempty"` // of the control that was pressed
	Name string    `json:"name,omitempty"` // of that control, at most 200 characters
	Done bool      `json:"done"`           // false: the control was covered, or gone
}

// The kinds of input. An answer is a press in the consent banner.
const (
	InputScroll = "scroll"
	InputPress  = "press"
	InputAnswer = "answer"
	InputStep   = "step" // of the user's; Role is its kind
)

// RequestsEvent lists the requests of a visit, or of workers that belong to no
// single page, in the order in which they were sent.
type RequestsEvent struct {
	Pass     string            `json:"pass"`           // with the number of its run, such as none#2
	Page     string            `json:"page,omitempty"` // id
	Requests []scanner.Request `json:"requests"`
}

// HostsEvent lists the hosts that a pass contacted, by name.
type HostsEvent struct {
	Phase string      `json:"phase"`
	Hosts []HostEvent `json:"hosts"`
}

// HostEvent is one of them.
type HostEvent struct {
	Name        string       `json:"name"`
	FirstSeen   time.Time    `json:"firstSeen"` // UTC
	Ports       []uint16     `json:"ports"`
	Addresses   []string     `json:"addresses,omitempty"` // as dialled; none behind a proxy
	Outcome     string       `json:"outcome"`
	Certificate *Certificate `json:"certificate,omitempty"` // that it showed to the browser
}

// Certificate is what a host proved itself with.
type Certificate struct {
	Protocol  string    `json:"protocol"` // such as TLS 1.3
	Subject   string    `json:"subject"`
	Issuer    string    `json:"issuer"`
	Names     []string  `json:"names,omitempty"`  // alternative ones, at most 50
	NotBefore time.Time `json:"notBefore"`        // UTC
	NotAfter  time.Time `json:"notAfter"`         // UTC
	SHA256    string    `json:"sha256,omitempty"` // of the certificate; known for hosts of pages only
}

// recordProfile looks into the jar before the first page.
func (w *passWalk) recordProfile(ctx context.Context) {
	if w.scan.o.Record == nil {
		return
	}
	e := ProfileEvent{Phase: w.phase, Given: len(w.profile.UserCookies())}
	jar, err := w.profile.Jar(ctx)
	if err != nil {
		e.Error = err.Error()
	}
	e.Cookies = len(jar)
	w.scan.record(EventProfile, e)
}

// recordHosts tells whom the pass contacted.
func (w *passWalk) recordHosts(hosts []egress.HostRecord) {
	if w.scan.o.Record == nil {
		return
	}
	e := HostsEvent{Phase: w.phase, Hosts: []HostEvent{}}
	certificates := w.profile.Certificates()
	for _, r := range hosts {
		outcome, _ := fate(r)
		h := HostEvent{Name: r.Host, FirstSeen: r.FirstSeen.UTC(), Ports: r.Ports, Outcome: string(outcome)}
		for _, a := range r.Addrs {
			h.Addresses = append(h.Addresses, a.String())
		}
		if c, ok := certificates[r.Host]; ok {
			h.Certificate = &c
		}
		e.Hosts = append(e.Hosts, h)
	}
	w.scan.record(EventHosts, e)
}

// recordRequests tells what was asked for, page by page. The ledger has taken
// the observations in.
func (w *passWalk) recordRequests(seen []ledger.Observation) {
	if w.scan.o.Record == nil {
		return
	}
	by := map[string][]scanner.Request{}
	var pages []string
	for _, r := range w.scan.ledger.Requests(seen) {
		if by[r.Page] == nil {
			pages = append(pages, r.Page)
		}
		by[r.Page] = append(by[r.Page], r)
	}
	for _, page := range pages {
		w.scan.record(EventSent, RequestsEvent{Pass: w.scan.name(w.phase), Page: page, Requests: by[page]})
	}
}

// recordPage puts what the ledger left of a page into the document and the log.
func (w *passWalk) recordPage(v *visit) {
	w.result.Pages[v.row] = v.shown
	w.scan.record(EventPage, v.shown)
	if len(v.inputs) > 0 {
		w.scan.record(EventInput, InputEvent{Page: v.page.ID, Inputs: v.inputs})
	}
}

// recordHeaders hands out the responses that tried to change cookies, under the
// addresses that the log has for them. The ledger has taken them in.
func (w *passWalk) recordHeaders(seen []ledger.Observation) {
	if w.scan.o.Headers == nil {
		return
	}
	for _, o := range seen {
		if r, ok := o.(ledger.Response); ok && len(r.SetCookie) > 0 {
			r.URL = w.scan.ledger.Address(r.URL)
			w.scan.recordErr = errors.Join(w.scan.recordErr, w.scan.o.Headers(w.phase, r))
		}
	}
}

// input notes what was done to the page. A name comes from the page.
func (v *visit) input(kind, role, name string, done bool) {
	v.inputs = append(v.inputs, Input{Time: v.pass.scan.o.Now().UTC(), Kind: kind, Role: role, Name: clipName(name), Done: done})
}

func clipName(name string) string {
	if r := []rune(name); len(r) > maxInputName {
		return string(r[:maxInputName])
	}
	return name
}

const maxInputName = 200

// pressedBanner notes the presses that an answer to the banner took.
func (v *visit) pressedBanner(out consent.Outcome) {
	for _, s := range out.Steps {
		v.input(InputAnswer, string(s.Role), s.Text, s.Hit)
	}
}
