package checks

import (
	"cmp"
	"slices"

	"cookiescan/scanner"
)

// item is a cookie or another stored thing, with what both have.
type item struct {
	kind    string
	name    string
	domain  string
	party   scanner.Party
	found   *scanner.Classification
	writes  []write
	sent    []scanner.SentTo
	present []string
	seconds int64 // declared lifetime; 0: a session, or not known
	size    int   // octets of name and value; 0: not known
	stored  int64 // lifetime in the browser; 0: a session, or not known
	session bool  // gone with the browser, or the tab

	known                   *scanner.Classification // by the rules, whatever is declared
	declared, todo, retired *entry                  // that are about it, by how far a person has come with them
	misplaced               bool                    // the entry names another place
}

// write is one kind of write that put a value there.
type write struct {
	pass, state, page, setter string
	trigger                   scanner.Trigger
	line, column              int
	via                       string
	action                    scanner.Action
	straddles                 bool
	firstMs, seconds          int64
	digest                    string // of the value
}

// noClassification is that of what nobody judged.
func noClassification(name string) *scanner.Classification {
	return &scanner.Classification{Category: scanner.Unclassified, Confidence: scanner.NotClassified, Pattern: name}
}

func cookieItem(c *scanner.Cookie) *item {
	i := &item{
		kind: "cookie", name: c.Name, domain: c.Domain, party: c.Party, found: cmp.Or(c.Classification, noClassification(c.Name)),
		sent: c.SentTo, present: c.Present, seconds: declared(c.Lifetime), session: c.Session, size: c.Size,
	}
	if c.Lifetime.StoredSeconds != nil {
		i.stored = *c.Lifetime.StoredSeconds
	}
	for _, w := range c.Writes {
		if !puts(w.Action) || w.Via == scanner.ViaUser || w.Proof == scanner.ProofNone {
			continue
		}
		i.writes = append(i.writes, write{
			pass: w.Pass, state: w.State, page: w.Page, setter: w.URL, trigger: w.Trigger, line: w.Line, column: w.Column,
			via: string(w.Via), action: w.Action, straddles: w.Straddles, firstMs: w.FirstMs, seconds: declared(w.Lifetime), digest: w.ValueDigest,
		})
	}
	return i
}

func storageItem(s *scanner.StorageItem) *item {
	i := &item{
		kind: string(s.Kind), name: s.Key, domain: hostOf(s.Origin), party: s.Party,
		found: cmp.Or(s.Classification, noClassification(s.Key)), present: s.Present, size: s.Size,
		session: s.Kind == scanner.SessionStorage,
	}
	for _, w := range s.Writes {
		if puts(w.Action) {
			i.writes = append(i.writes, write{
				pass: w.Pass, state: w.State, page: w.Page, setter: w.URL, trigger: w.Trigger, line: w.Line, column: w.Column, via: w.Via, action: w.Action, digest: w.ValueDigest,
			})
		}
	}
	return i
}

// declared is how long something was to stay, as its setter wrote, or else as
// the browser stored it.
func declared(l scanner.Lifetime) int64 {
	for _, s := range []*int64{l.DeclaredSeconds, l.StoredSeconds} {
		if s != nil {
			return *s
		}
	}
	return 0
}

func puts(a scanner.Action) bool {
	switch a {
	case scanner.Set, scanner.Change, scanner.Refresh:
		return true
	case scanner.Delete, scanner.Expire, scanner.Evict, scanner.Refused:
	}
	return false
}

func (i *item) isCookie() bool { return i.kind == "cookie" }

// pattern is the folded name.
func (i *item) pattern() string { return cmp.Or(i.found.Pattern, i.name) }

// written are the writes in a consent state; with triggers, only those that
// came of one of them.
func (i *item) written(state string, triggers ...scanner.Trigger) []write {
	var list []write
	for _, w := range i.writes {
		if w.state == state && (len(triggers) == 0 || slices.Contains(triggers, w.trigger)) {
			list = append(list, w)
		}
	}
	return list
}

// Triggers that need nothing of a visitor, those that do, and the choice.
var (
	unasked = []scanner.Trigger{scanner.OnLoad, scanner.OnTimer}
	asked   = []scanner.Trigger{scanner.OnScroll, onInteraction}
	settled = []scanner.Trigger{scanner.OnLoad, scanner.OnTimer, onChoice}
)

const (
	onInteraction scanner.Trigger = "interaction"
	onChoice      scanner.Trigger = "choice"
)
