package walk

import (
	"errors"
	"slices"
	"time"

	"cookiescan/scanner"
	"cookiescan/scanner/crawl"
)

// State is how far a scan has come: the passes that were done whole, one after
// the other from the first, and what they found.
type State struct {
	Done     []string                 `json:"done"`  // phases, from the second run with its number
	Pages    []crawl.Page             `json:"pages"` // that every pass walks
	Delays   map[string]time.Duration `json:"delays,omitempty"`
	Document *scanner.Scan            `json:"document"`
}

// resume takes up what the passes that were done found.
func (s *scan) resume(st *State) {
	if st == nil {
		return
	}
	d := st.Document
	s.ledger.Restore(d.Cookies, d.Storage, d.Trackers)
	s.doc.Started, s.doc.Passes, s.doc.Coverage = d.Started, d.Passes, d.Coverage
	if s.fixed = st.Pages; s.fixed != nil {
		s.sitemaps = d.Coverage.Sitemaps
	}
	if c := d.Coverage.Controls; c != nil && s.lexicon != nil {
		s.pressed = c.Pressed
		for _, l := range c.Left {
			s.leftOut[l.Reason] = l.Count
		}
	}
	for _, n := range d.Notes {
		s.note(n.Code, n.Pass, n.Page, n.Detail, n.Count)
	}
	for i := range d.Hosts {
		s.hosts[d.Hosts[i].Name] = &d.Hosts[i]
	}
	for origin, delay := range st.Delays {
		s.pace.every(origin, delay)
	}
	for _, p := range d.Passes {
		if Answers(p.Phase) || p.Consent == nil {
			continue
		}
		for _, page := range p.Pages {
			if page.ID == p.Consent.Page {
				s.found(p.Consent, page.URL)
			}
		}
	}
	s.done = slices.Clone(st.Done)
}

// keep hands out the state after a pass, as long as all passes so far were
// done whole: what came after a gap is walked again.
func (s *scan) keep(phase string) error {
	if s.o.Keep == nil || len(s.done)+1 != len(s.doc.Passes) || len(s.doc.Incomplete) > 0 {
		return nil
	}
	s.done = append(s.done, s.name(phase))
	s.fill()
	return s.o.Keep(State{Done: s.done, Pages: s.fixed, Delays: s.pace.delays(), Document: s.doc})
}

// record tells what happened to whoever keeps the log.
func (s *scan) record(event string, data any) {
	if s.o.Record == nil {
		return
	}
	s.recordErr = errors.Join(s.recordErr, s.o.Record(event, data))
}
