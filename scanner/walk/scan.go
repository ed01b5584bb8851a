package walk

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"cookiescan/scanner"
	"cookiescan/scanner/crawl"
	"cookiescan/scanner/crawl/control"
	"cookiescan/scanner/ledger"
)

// scan is one scan under way.
type scan struct {
	o      Options
	ledger *ledger.Ledger
	doc    *scanner.Scan
	notes  map[noteKey]int
	hosts  map[string]*scanner.Host

	guide    *guide
	guided   bool         // the site was asked about itself
	listed   []crawl.Link // in its sitemaps
	sitemaps []scanner.Sitemap
	pace     *pace
	lexicon  *control.Lexicon // nil: no control is pressed
	words    *control.Lexicon // of links that log out; nil without steps
	barred   bool             // the steps failed: nobody tries once more
	pressed  int              // controls, of all pages
	leftOut  map[string]int   // controls by reason
	fixed    []crawl.Page     // the pages of the first pass, which later ones walk
	restarts int              // of a browser that was lost
	banner   *scanner.Consent // what a pass without an answer saw
	bannerAt string           // the address of the page that showed it
	run      int              // of all passes, from 1

	done      []string // phases that were done whole
	recordErr error    // of the log
}

type noteKey struct{ code, pass, page, detail string }

// Run walks all passes and returns the document, also when it was interrupted
// or a pass failed: what was seen is in it, what was not is in Incomplete. The
// error is non-nil only when nothing at all could be looked at.
func Run(ctx context.Context, o Options) (*scanner.Scan, error) {
	o.Bounds.Starts = o.Start
	s := &scan{o: o, notes: map[noteKey]int{}, hosts: map[string]*scanner.Host{}, guide: newGuide(o), pace: newPace(o.Now)}
	if err := s.prepareControls(); err != nil {
		return nil, err
	}
	s.ledger = ledger.New(ledger.Options{Site: o.Site, Digest: o.Digest, KeepValues: o.KeepValues, PathGroup: o.PathGroup})
	s.doc = &scanner.Scan{Schema: scanner.SchemaV1, Started: o.Now().UTC()}
	s.doc.Target = scanner.Target{URL: o.Start[0], URLs: o.Start, Site: o.Site}
	s.resume(o.Resume)
	walkCtx := ctx
	if o.Timeout > 0 {
		var cancel context.CancelFunc
		walkCtx, cancel = context.WithTimeoutCause(ctx, o.Timeout, errOutOfTime)
		defer cancel()
	}
	for s.run = 1; s.run <= max(1, o.Repeat); s.run++ {
		if s.run > 1 {
			s.ledger.Repeat()
		}
		for _, phase := range o.Phases {
			if err := s.next(walkCtx, phase); err != nil {
				return nil, err
			}
		}
	}
	s.canonicalNames(walkCtx)
	s.finish()
	return s.doc, nil
}

// next makes the next pass, if there is a reason to.
func (s *scan) next(ctx context.Context, phase string) error {
	switch {
	case slices.Contains(s.done, s.name(phase)), s.needless(phase):
		return nil
	case s.unreachable():
		s.incomplete(scanner.PassNotDone, phase, "", "the site could not be reached in the pass before")
		return nil
	case s.barred: // accounts are locked after a few attempts
		s.incomplete(scanner.PassNotDone, phase, "", "the steps failed in a pass before")
		return nil
	case ctx.Err() != nil:
		s.missed(ctx, phase)
		return nil
	}
	s.pass(ctx, phase)
	return errors.Join(s.keep(phase), s.recordErr)
}

// name is that of a pass: the phase, with the number of the run from the second.
func (s *scan) name(phase string) string {
	if s.run > 1 {
		return fmt.Sprintf("%s#%d", phase, s.run)
	}
	return phase
}

// unreachable tells whether the first pass met no server at all.
func (s *scan) unreachable() bool {
	return len(s.doc.Passes) > 0 && slices.ContainsFunc(s.doc.Incomplete, func(i scanner.Incomplete) bool { return i.Code == scanner.StartFailed }) &&
		!slices.ContainsFunc(s.doc.Passes[0].Pages, func(p scanner.Page) bool { return p.Status != 0 })
}

var errOutOfTime = errors.New("the time for the whole scan is used up")

// missed records a pass that was not begun or not ended.
func (s *scan) missed(ctx context.Context, phase string) {
	cause := context.Cause(ctx)
	if errors.Is(cause, errOutOfTime) {
		s.incomplete(scanner.PassNotDone, phase, "", errOutOfTime.Error())
		return
	}
	s.incomplete(scanner.Interrupted, phase, "", "the scan was interrupted before this pass was done")
}

func (s *scan) incomplete(code scanner.IncompleteCode, pass, page, detail string) {
	gap := scanner.Incomplete{Code: code, Pass: pass, Page: page, Detail: detail}
	s.doc.Incomplete = append(s.doc.Incomplete, gap)
	s.record(EventGap, gap)
}

func (s *scan) note(code, pass, page, detail string, n int) {
	s.notes[noteKey{code, pass, page, detail}] += n
}

// prepareControls reads the words that controls are judged by.
func (s *scan) prepareControls() error {
	presses := s.o.Interact != "" && s.o.Interact != control.Off
	if !presses && s.o.Steps == nil {
		return nil
	}
	lexicon, err := control.Load()
	if err != nil {
		return fmt.Errorf("reading the words of controls: %w", err)
	}
	if s.o.Steps != nil {
		s.words = lexicon
	}
	if presses {
		s.lexicon, s.leftOut = lexicon, map[string]int{}
	}
	return nil
}

// cover writes what was looked at and what was left out by design.
func (s *scan) cover(c crawl.Coverage, visited int) {
	out := scanner.Coverage{PagesVisited: visited, PagesFound: c.Found, NotVisited: c.NotVisited, Forbidden: c.Forbidden, Sitemaps: s.sitemaps}
	for _, l := range c.LeftOut {
		out.LeftOut = append(out.LeftOut, scanner.Left{Reason: string(l.Reason), Count: l.Count})
	}
	for _, t := range c.Templates {
		out.Templates = append(out.Templates, scanner.Template{
			Template: t.Template, Found: t.Found, Visited: t.Visited, Structures: t.Structures, Sample: t.Sample,
		})
	}
	s.doc.Coverage = out
}

// finish fills the document.
func (s *scan) finish() {
	s.fill()
	s.doc.Complete = len(s.doc.Incomplete) == 0
	s.doc.Finished = s.o.Now().UTC()
}

// fill takes what was found so far into the document.
func (s *scan) fill() {
	d := s.doc
	d.Cookies, d.Storage, d.Trackers = s.ledger.Cookies(), s.ledger.Storage(), s.ledger.Trackers()
	d.Notes, d.Hosts = nil, nil
	for k, n := range s.notes {
		d.Notes = append(d.Notes, scanner.Note{Code: k.code, Pass: k.pass, Page: k.page, Detail: k.detail, Count: n})
	}
	slices.SortFunc(d.Notes, func(a, b scanner.Note) int {
		return strings.Compare(a.Pass+"\x00"+a.Page+"\x00"+a.Code+"\x00"+a.Detail, b.Pass+"\x00"+b.Page+"\x00"+b.Code+"\x00"+b.Detail)
	})
	for _, h := range s.hosts {
		d.Hosts = append(d.Hosts, *h)
	}
	slices.SortFunc(d.Hosts, func(a, b scanner.Host) int { return strings.Compare(a.Name, b.Name) })
	if s.lexicon != nil {
		d.Coverage.Controls = &scanner.Controls{Pressed: s.pressed, Left: leftOut(s.leftOut)}
	}
}

// leftOut lists counts by reason.
func leftOut(counts map[string]int) []scanner.Left {
	var list []scanner.Left
	for _, reason := range slices.Sorted(maps.Keys(counts)) {
		list = append(list, scanner.Left{Reason: reason, Count: counts[reason]})
	}
	return list
}
