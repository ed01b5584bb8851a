package ledger

import (
	"fmt"
	"net/url"
	"slices"

	"cookiescan/scanner"
)

// Restore takes up what the passes before an interruption found, as a document
// holds it. It comes before the first Begin; digests of values compare only
// under the same key.
func (l *Ledger) Restore(cookies []scanner.Cookie, storage []scanner.StorageItem, trackers []scanner.Tracker) {
	for _, c := range cookies {
		l.restoreCookie(c)
	}
	for _, s := range storage {
		it := l.item(s.Kind, Area{s.StorageKey, s.Bucket}, s.Key)
		it.doc, it.seen, it.runs = s, s.Kind == scanner.ServiceWorker, restoreRuns(s.Seen)
		for i, w := range s.Writes {
			it.folded[storageFoldKey(w)] = i
		}
	}
	for _, t := range trackers {
		id := trackerID{kind: t.Kind, url: t.URL, api: t.API}
		switch t.Kind {
		case scanner.RequestTo:
			id.url = t.Host + "/"
			if u, err := url.Parse(t.URL); err == nil {
				id.url = t.Host + u.EscapedPath()
			}
		case scanner.Fingerprint:
			id.line = fmt.Sprint(t.Line, ":", t.Column)
		case scanner.Pixel, scanner.Beacon:
		}
		l.trackers[id], l.runs[id] = &t, restoreRuns(t.Seen)
	}
}

func (l *Ledger) restoreCookie(c scanner.Cookie) {
	k := Key{Name: c.Name, Domain: c.Domain, HostOnly: c.HostOnly, Path: c.Path}
	if p := c.PartitionKey; p != nil {
		k.Partition, k.CrossSite = p.TopLevelSite, p.HasCrossSiteAncestor
	}
	e := l.entry(k)
	e.stored, e.present, e.beyond = c.Stored, c.Present, c.PageCount-len(c.Pages)
	s := &e.tried
	if c.Stored {
		s = &e.kept
	}
	// What was never stored is summed up anew once it is.
	*s = summary{phases: slices.Clone(c.Phases), some: true, life: c.Lifetime}
	for _, to := range c.SentTo {
		e.sent[to] = true
	}
	for _, p := range c.Pages {
		e.pages[p] = true
	}
	e.runs = restoreRuns(c.Seen)
	for i, w := range c.Writes {
		e.folded[foldKey(w)] = i
	}
	c.Phases, c.Present, c.SentTo, c.Pages = nil, nil, nil, nil
	e.cookie = c
}
