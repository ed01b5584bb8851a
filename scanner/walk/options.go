package walk

import (
	"context"
	"net/http"
	"runtime"
	"time"

	"cookiescan/scanner/consent"
	"cookiescan/scanner/crawl"
	"cookiescan/scanner/crawl/control"
	"cookiescan/scanner/ledger"
	"cookiescan/scanner/steps"
)

// UsualWorkers is how many pages are visited at the same time where nobody says
// otherwise: twice as many as there are processors, since pages wait for the
// network and for frames to be drawn, and not more than four, for the site's sake.
func UsualWorkers() int { return min(2*runtime.NumCPU(), 4) }

// Options says what to scan and how.
type Options struct {
	Start  []string // normalised start addresses of one site
	Site   string   // eTLD+1
	Phases []string // none, accept, reject, close, gpc
	// Repeat is how often all passes are made; 0 is once.
	Repeat int
	Bounds crawl.Bounds // which links are followed; Start are its starts
	// MaxPages bounds the visits of a pass, PerTemplate those of pages alike; 0
	// is the crawl's default.
	MaxPages, PerTemplate int
	Depth                 int // links from a start page; negative: no limit
	// Fetch gets robots.txt, sitemaps and gpc.json, by the way that pages take.
	// Without it there are none.
	Fetch Fetch
	// CanonicalNames are the names behind the alias that a host is in DNS, the
	// canonical one last; none for no alias. Nil: nobody asks. Called from several
	// goroutines.
	CanonicalNames func(ctx context.Context, host string) []string
	// IgnoreRobots visits what robots.txt forbids too.
	IgnoreRobots bool
	// Sitemaps are read beside those that the site names, NoSitemaps reads none.
	Sitemaps   []string
	NoSitemaps bool
	// Interact says which controls are pressed; empty is none.
	Interact control.Mode
	// Consent says how the consent banner is found and answered.
	Consent consent.Options
	// Steps are what the visitor does after the first page of each pass, such as
	// to log in. Their values are filled in. Nil: nothing.
	Steps *steps.Script
	// Screenshot is given PNGs of the window on the first page of a pass: before
	// the banner that shows there is touched, and after the last press. Nil: none
	// are taken. Its error ends the visit.
	Screenshot func(phase string, m Moment, png []byte) error
	// LeaveBanner does not even look for one.
	LeaveBanner bool
	// Still leaves pages alone but for their banner: they are not scrolled, used
	// or left. Nobody need watch their scripts then: what the jar shows came by
	// itself, or after the choice by the choice.
	Still       bool
	Workers     int
	Timeout     time.Duration // of the whole scan, 0: none
	PageTimeout time.Duration
	Settle      time.Duration // page time that timers get
	// Open makes an empty profile, with a new browser if the last one was lost.
	Open       func(ctx context.Context, phase string) (Profile, error)
	Digest     func(value string) string // of cookie values
	KeepValues bool
	// PathGroup is that of ledger.Options.
	PathGroup func(host, path string) string
	// Resume takes up a scan after the passes that were done; nil begins anew.
	Resume *State
	// Keep is given the state after each pass that was done whole; its error
	// ends the scan. May be nil.
	Keep func(State) error
	// Record is told what happens, as it happens. May be nil; called from one
	// goroutine at a time.
	Record func(event string, data any) error
	// Headers is told of each response that tried to change cookies, as it was
	// received. May be nil; called like Record.
	Headers  func(phase string, r ledger.Response) error
	Now      func() time.Time
	Progress func(Progress) // may be nil; called from one goroutine at a time
}

// Fetch sends a GET request, follows redirects and returns the answer, whose
// body the caller closes.
type Fetch func(ctx context.Context, address string) (*http.Response, error)

// Progress tells how far a scan is.
type Progress struct {
	Phase       string
	Done, Found int
	Page        string
	Finished    bool // of the pass
	Cookies     int
	Waiting     string // what the pass waits for, empty while it visits pages
}
