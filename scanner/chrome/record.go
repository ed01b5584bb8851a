package chrome

import (
	"sync"
	"time"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/storage"

	"cookiescan/scanner"
	"cookiescan/scanner/ledger"
)

// Caps of what one page may make us keep. A page that goes beyond is reported
// as events-dropped, never silently cut.
const (
	maxRequests     = 20_000
	maxObservations = 50_000
)

// record is what one page, with its frames, workers and pop-ups, made the
// browser report. Shared and service workers belong to no page and have a
// record of their own per profile. The reader's goroutine writes it, the page's
// owner reads it: everything is behind mu.
type record struct {
	mu       sync.Mutex
	page     string // id of the page, empty for the profile's own record
	station  scanner.Trigger
	began    time.Time
	aheadMs  float64 // page time gained over the wall clock by virtual time
	clock    loadClock
	requests map[network.RequestID]*request
	order    []*request
	scripts  map[string]*request // by URL: who loaded this script
	seen     []ledger.Observation
	hooked   []hookReport
	nameless []nameless
	told     map[*session]bool     // sessions that tell where scripts stand
	places   map[scriptID]standing // of scripts that have given themselves a name
	domItems []domChange
	buckets  map[string]storage.Bucket // storage buckets, by their ids
	filing   map[string]bool           // origins whose scripts had files in hand
	frames   frameTree
	dropped  int
	unlisted int      // files beyond those that are listed, as far as they were counted
	beacons  []string // addresses of fetches with keepalive
	later    []laterFetch
	silenced int // the hook reached its own cap

	activity  int // requests begun and writes made so far
	inflight  map[network.RequestID]struct{}
	lastBusy  time.Time
	crashed   bool
	hookOn    bool // script writes are reported
	navigated int  // navigations of the main frame
	notes     map[noteKey]int
	workers   int // dedicated workers alive
}

type noteKey struct{ code, detail string }

func newRecord(page string) *record {
	return &record{
		page: page, station: scanner.OnLoad, began: time.Now(),
		requests: map[network.RequestID]*request{},
		scripts:  map[string]*request{},
		told:     map[*session]bool{},
		places:   map[scriptID]standing{},
		buckets:  map[string]storage.Bucket{},
		filing:   map[string]bool{},
		frames:   newFrameTree(),
		inflight: map[network.RequestID]struct{}{},
		notes:    map[noteKey]int{},
	}
}

// at places an observation made now. Callers hold mu.
func (r *record) at(seq int64, c scanner.Context, f *frame) ledger.At {
	a := ledger.At{Seq: seq, Page: r.page, Trigger: r.station, Context: c, Time: time.Now()}
	a.FirstMs = time.Since(r.began).Milliseconds() + int64(r.aheadMs)
	if f != nil {
		a.Frame = r.frames.origins(f)
		a.TopSite = siteOf(a.Frame)
	}
	return a
}

func (r *record) keep(o ledger.Observation) {
	if len(r.seen) >= maxObservations {
		r.dropped++
		return
	}
	r.seen = append(r.seen, o)
}

func (r *record) note(code, detail string) { r.notes[noteKey{code, detail}]++ }

// enter changes the station: what is observed from now on carries its trigger.
func (r *record) enter(t scanner.Trigger) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.station = t
}

// busy tells what the page is doing: its activity so far, requests that are
// still open, and for how long there has been nothing new.
func (r *record) busy() (activity, inflight int, quiet time.Duration) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.activity, len(r.inflight), time.Since(r.lastBusy)
}

func (r *record) stir() {
	r.activity++
	r.lastBusy = time.Now()
}

// abandon stops waiting for the requests that are open: they were waited for
// once, and a page may keep some open for ever.
func (r *record) abandon() {
	r.mu.Lock()
	defer r.mu.Unlock()
	clear(r.inflight)
}

// leave stops waiting for the requests of a frame that is gone. Callers hold mu.
func (r *record) leave(f *frame) {
	for id := range r.inflight {
		if q := r.requests[id]; q != nil && q.frame == f {
			delete(r.inflight, id)
		}
	}
}

// taken stops waiting for the script of a shared worker, whose answer comes to
// nobody (DevTools reports it neither to the page nor to the worker).
func (r *record) taken(script string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for id := range r.inflight {
		if q := r.requests[id]; q != nil && len(q.hops) > 0 && q.hops[len(q.hops)-1].url == script {
			delete(r.inflight, id)
		}
	}
}
