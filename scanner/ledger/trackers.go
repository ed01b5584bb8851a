package ledger

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"cookiescan/scanner"
)

// trackerID is the identity of a tracker row.
type trackerID struct {
	kind scanner.TrackerKind
	url  string
	api  string
	line string
}

// request files a request: as a pixel or beacon by its address without query,
// and for other sites one row a host and group of paths.
func (l *Ledger) request(o Request) {
	u, err := url.Parse(o.URL)
	if err != nil || u.Host == "" {
		return
	}
	host := u.Hostname()
	party := l.party(host)
	initiators := l.addresses(o.Initiators)
	plain := l.origin(u) + l.path(u)
	switch o.Kind {
	case PixelRequest:
		l.tracker(trackerID{kind: scanner.Pixel, url: plain}, o.At, host, party, initiators)
	case BeaconRequest:
		l.tracker(trackerID{kind: scanner.Beacon, url: plain}, o.At, host, party, initiators)
	case PlainRequest:
	}
	if party == scanner.Third {
		group := "/" + strings.TrimPrefix(l.o.PathGroup(host, u.EscapedPath()), "/")
		t := l.tracker(trackerID{kind: scanner.RequestTo, url: host + group}, o.At, host, party, initiators)
		if t.Count == 1 {
			root := url.URL{Scheme: u.Scheme, Host: u.Host}
			t.URL = root.String() + group // a pattern, that nothing escapes
		}
	}
}

func (l *Ledger) fingerprint(o FingerprintCall) {
	u, err := url.Parse(o.Setter.URL)
	if err != nil {
		return
	}
	by := l.setter(o.Setter)
	id := trackerID{kind: scanner.Fingerprint, url: by.URL, api: o.API, line: fmt.Sprint(o.Setter.Line, ":", o.Setter.Column)}
	t := l.tracker(id, o.At, u.Hostname(), l.party(u.Hostname()), by.Initiators)
	t.Line, t.Column = by.Line, by.Column
}

func (l *Ledger) tracker(id trackerID, at At, host string, party scanner.Party, initiators []string) *scanner.Tracker {
	t := l.trackers[id]
	if t == nil {
		t = &scanner.Tracker{Kind: id.kind, URL: id.url, API: id.api, Host: host, Party: party, Initiators: initiators}
		l.trackers[id], l.runs[id] = t, runs{}
	}
	l.runs[id][l.run] = true
	// Which of several tabs was first is chance: the lowest page counts.
	if len(t.Pages) > 0 && !slices.ContainsFunc(t.Pages, func(p string) bool { return comparePages(p, at.Page) <= 0 }) {
		t.Initiators = initiators
	}
	t.Count++
	t.Phases = addText(t.Phases, l.state(at.Time))
	if at.Page != "" && len(t.Pages) < maxPages {
		t.Pages = addText(t.Pages, at.Page)
	}
	return t
}

// Trackers returns the trackers of all passes so far, sorted.
func (l *Ledger) Trackers() []scanner.Tracker {
	out := make([]scanner.Tracker, 0, len(l.trackers))
	for id, t := range l.trackers {
		d := *t
		d.Seen = l.runs[id].seen(l)
		d.Pages = slices.Clone(t.Pages)
		slices.SortFunc(d.Pages, comparePages)
		out = append(out, d)
	}
	slices.SortFunc(out, func(a, b scanner.Tracker) int {
		if c := strings.Compare(string(a.Kind)+"|"+a.Host+"|"+a.URL+"|"+a.API, string(b.Kind)+"|"+b.Host+"|"+b.URL+"|"+b.API); c != 0 {
			return c
		}
		if a.Line != b.Line {
			return a.Line - b.Line
		}
		return a.Column - b.Column
	})
	return out
}
