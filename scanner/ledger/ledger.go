package ledger

import (
	"slices"
	"strings"

	"cookiescan/scanner"
	"cookiescan/scanner/setcookie"
)

// Options says how the document is written.
type Options struct {
	Site       string                    // eTLD+1 of the target
	Digest     func(value string) string // of a cookie's value; nil: no digests
	KeepValues bool
	// PathGroup puts requests to a host of another site into groups that differ
	// in what they are for: it returns the pattern of the path, or "" for all other
	// paths. Nil: one group.
	PathGroup func(host, path string) string
}

// Ledger collects the observations of a scan, pass by pass.
type Ledger struct {
	o        Options
	pass     string
	logged   bool // the browser's own log was read in this pass
	blocked  bool // the browser refused third-party cookies by preference
	tracks   map[Key]*track
	alike    map[Key][]Key // of the tracks, by what all sources show alike
	cookies  map[Key]*entry
	storage  map[storageID]*item
	trackers map[trackerID]*scanner.Tracker
	needles  needles
	odd      map[Key]bool    // names that are not UTF-8
	together int             // pages that ran at the same time
	ran      map[string]bool // pages since the last look at the jar
	choosing bool            // the pass answers the banner
	choices  []choice
	visited  map[string]string // what the document says of addresses of pages
	given    []JarCookie       // the user's cookies in this pass
	run      int               // 0 is the first
	runs     map[trackerID]runs
}

// New makes an empty ledger.
func New(o Options) *Ledger {
	if o.Digest == nil {
		o.Digest = func(string) string { return "" }
	}
	if o.PathGroup == nil {
		o.PathGroup = func(_, _ string) string { return "" }
	}
	return &Ledger{
		o: o, visited: map[string]string{}, cookies: map[Key]*entry{}, storage: map[storageID]*item{},
		trackers: map[trackerID]*scanner.Tracker{}, needles: newNeedles(), runs: map[trackerID]runs{},
	}
}

// Begin opens a pass. Cookies that the user put into the jar are told apart
// from the site's.
func (l *Ledger) Begin(pass string, user []JarCookie) {
	l.pass, l.logged, l.tracks, l.alike = pass, false, map[Key]*track{}, map[Key][]Key{}
	l.choosing, l.choices = false, nil
	l.odd, l.blocked, l.ran = map[Key]bool{}, false, map[string]bool{}
	l.needles, l.given = newNeedles(), user // the jar is empty: no value of before is in it
	for _, j := range user {
		t := l.track(j.Key)
		t.add(event{candidate: &candidate{
			via: scanner.ViaUser, key: j.Key, value: j.Value, kind: sets, jarred: &j, count: 1,
			expires: j.Expires, secure: j.Secure, httpOnly: j.HTTPOnly, sameSite: j.SameSite, priority: j.Priority,
		}})
	}
}

// Blocked tells whether the browser refused third-party cookies of this pass for
// its user's sake, which no visitor's settings are known to do.
func (l *Ledger) Blocked() bool { return l.blocked }

// LogRead says that the browser's own log of this pass is complete: a write
// that it does not show was not stored.
type LogRead struct{ At }

// Add takes observations in any order; those of one call must all be later
// than those of the calls before, but for entries of the browser's log. Pages are
// those that were visited meanwhile: their titles, and the addresses at which
// they ended, lose values.
func (l *Ledger) Add(seen []Observation, pages ...*scanner.Page) {
	l.learn(seen)
	l.visit(pages)
	slices.SortStableFunc(seen, func(a, b Observation) int {
		x, y := a.place(), b.place()
		if c := x.Time.Compare(y.Time); c != 0 {
			return c
		}
		return int(x.Seq - y.Seq)
	})
	seen = onceEach(seen)
	l.together = l.pagesIn(seen)
	for _, it := range l.storage {
		it.undo = nil
	}
	var requests []Request
	var entries []LogEntry
	for _, o := range seen {
		switch o := o.(type) {
		case Response:
			l.response(o)
		case ScriptCookie:
			l.script(o)
		case Sent:
			l.sent(o)
		case Jar:
			l.jar(o)
		case LogEntry:
			entries = append(entries, o)
		case LogRead:
			l.logged = true
		case Request:
			requests = append(requests, o)
			l.request(o)
		case FingerprintCall:
			l.fingerprint(o)
		case StorageChange:
			l.storageChange(o)
		case StoragePresent:
			l.storagePresent(o)
		case BucketsPresent:
			l.bucketsPresent(o)
		}
	}
	// An entry is filed under what it fits best, so all else must be known.
	for _, o := range entries {
		l.logEntry(o)
	}
	left := maxAtOnce
	for _, q := range requests {
		l.leaks(q, &left)
	}
}

// pagesIn counts the pages that observations come from, and remembers them.
func (l *Ledger) pagesIn(seen []Observation) int {
	pages := map[string]bool{}
	for _, o := range seen {
		if p := o.place().Page; p != "" {
			pages[p], l.ran[p] = true, true
		}
	}
	return len(pages)
}

// End closes the pass: every write is weighed against the evidence.
func (l *Ledger) End() {
	keys := make([]Key, 0, len(l.tracks))
	for k := range l.tracks {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, compareKeys)
	for _, k := range keys {
		l.settle(k, l.tracks[k])
	}
	l.endStorage()
	l.tracks, l.alike = nil, nil
}

func (l *Ledger) track(k Key) *track {
	t := l.tracks[k]
	if t == nil {
		t = &track{}
		l.tracks[k] = t
		l.alike[alike(k)] = append(l.alike[alike(k)], k)
	}
	return t
}

func (l *Ledger) party(host string) scanner.Party {
	if setcookie.Site(host) == l.o.Site {
		return scanner.First
	}
	return scanner.Third
}

func compareKeys(a, b Key) int {
	x := strings.Join([]string{a.Domain, a.Name, a.Path, a.Partition}, "\x00")
	y := strings.Join([]string{b.Domain, b.Name, b.Path, b.Partition}, "\x00")
	if c := strings.Compare(x, y); c != 0 {
		return c
	}
	switch {
	case a.HostOnly != b.HostOnly && a.HostOnly, a.HostOnly == b.HostOnly && a.CrossSite && !b.CrossSite:
		return -1
	case a == b:
		return 0
	}
	return 1
}
