package ledger

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"cookiescan/scanner"
)

// Caps of one cookie in the document.
const (
	maxWrites = 200
	maxPages  = 100
)

// entry is a cookie of the document under construction.
type entry struct {
	cookie  scanner.Cookie
	stored  bool
	present []string
	folded  map[string]int // fold key to index in Writes
	sent    map[scanner.SentTo]bool
	pages   map[string]bool
	runs    runs
	beyond  int     // pages of restored passes that the document does not name
	kept    summary // of writes that were stored, also beyond the cap
	tried   summary // of all attempts, for what was never stored
}

// summary sums up writes.
type summary struct {
	phases []string
	some   bool
	life   scanner.Lifetime
	looked bool // life was measured from a look at the jar
}

// take adds a write, by its lifetime as stored or as declared.
func (s *summary) take(w scanner.Write, measure func(scanner.Lifetime) *int64) {
	s.phases = addText(s.phases, w.State)
	if w.Action == scanner.Delete || w.Action == scanner.Expire || w.Action == scanner.Evict {
		return
	}
	if w.Via == scanner.ViaUnknown && w.Proof != scanner.ProofJar {
		return // it was sent or logged, which says nothing of its end
	}
	looked, a, b := w.Via == scanner.ViaUnknown, measure(w.Lifetime), measure(s.life)
	varies := s.life.Varies || s.some && seconds(a) != seconds(b) && !((looked || s.looked) && about(a, b))
	if !s.some || length(a) > length(b) {
		s.life, s.looked = w.Lifetime, looked
	}
	s.life.Varies, s.some = varies, true
}

// about tells whether two lifetimes are the same but for the time that may pass
// between a write that nobody saw and the look that found it.
func about(a, b *int64) bool {
	return a != nil && b != nil && time.Duration(max(*a, *b)-min(*a, *b))*time.Second < expirySlack
}

func asStored(l scanner.Lifetime) *int64   { return l.StoredSeconds }
func asDeclared(l scanner.Lifetime) *int64 { return l.DeclaredSeconds }

func length(s *int64) int64 {
	if s == nil {
		return -1
	}
	return *s
}

func (l *Ledger) entry(k Key) *entry {
	e := l.cookies[k]
	if e == nil {
		e = &entry{runs: runs{}, folded: map[string]int{}, sent: map[scanner.SentTo]bool{}, pages: map[string]bool{}}
		e.cookie = scanner.Cookie{Name: k.Name, Domain: k.Domain, HostOnly: k.HostOnly, Path: k.Path, Party: l.party(k.Domain)}
		if k.Partition != "" {
			e.cookie.PartitionKey = &scanner.PartitionKey{TopLevelSite: k.Partition, HasCrossSiteAncestor: k.CrossSite}
		}
		l.cookies[k] = e
	}
	return e
}

func (e *entry) sentTo(s scanner.SentTo) { e.sent[s] = true }

// attributes takes what the cookie is now from the last stored write.
func (e *entry) attributes(l *Ledger, c *candidate, jar *JarCookie) {
	if jar != nil {
		e.fromJar(l, jar)
		return
	}
	d := &e.cookie
	d.HTTPOnly, d.Secure, d.SameSite, d.Priority = c.httpOnly, c.secure, c.sameSite, c.priority
	e.value(l, c.value)
}

func (e *entry) fromJar(l *Ledger, j *JarCookie) {
	d := &e.cookie
	d.HTTPOnly, d.Secure, d.SameSite, d.Priority = j.HTTPOnly, j.Secure, j.SameSite, j.Priority
	e.value(l, j.Value)
}

func (e *entry) value(l *Ledger, v string) {
	e.cookie.Size, e.cookie.ValueDigest = len(e.cookie.Name)+len(v), l.o.Digest(v)
	given := slices.ContainsFunc(l.given, func(j JarCookie) bool { return j.Key.Name == e.cookie.Name && j.Value == v })
	if l.o.KeepValues && !given {
		e.cookie.Value = v
	}
}

// write adds a write, folded with one that is equal in all but time.
func (e *entry) write(l *Ledger, w scanner.Write) {
	if w.Pass == "" {
		w.Pass, w.State = l.pass, l.latest()
	}
	if w.Page != "" && w.Action != scanner.Refused {
		e.pages[w.Page] = true
	}
	if w.Action == scanner.Set || w.Action == scanner.Change || w.Action == scanner.Refresh {
		e.kept.take(w, asStored)
	}
	e.tried.take(w, asDeclared)
	e.runs[l.run] = true
	key := foldKey(w)
	if i, ok := e.folded[key]; ok {
		e.cookie.Writes[i].Count += w.Count
		e.cookie.Writes[i].Faults = union(e.cookie.Writes[i].Faults, w.Faults)
		e.cookie.Writes[i].Personal = union(e.cookie.Writes[i].Personal, w.Personal)
		if strength[w.Proof] > strength[e.cookie.Writes[i].Proof] {
			e.cookie.Writes[i].Proof = w.Proof
		}
		// Which of several tabs was first is chance: the lowest page is named.
		if w.Page != "" && comparePages(w.Page, e.cookie.Writes[i].Page) < 0 {
			e.cookie.Writes[i].Page, e.cookie.Writes[i].FirstMs, e.cookie.Writes[i].Initiators = w.Page, w.FirstMs, w.Initiators
		}
		return
	}
	if len(e.cookie.Writes) >= maxWrites {
		e.cookie.Writes[maxWrites-1].Count += w.Count
		return
	}
	e.folded[key] = len(e.cookie.Writes)
	e.cookie.Writes = append(e.cookie.Writes, w)
}

// union joins sorted what several writes have, since what one was is said of
// all that are folded with it.
func union[T ~string](a, b []T) []T {
	if len(b) == 0 {
		return a
	}
	all := slices.Concat(a, b)
	slices.Sort(all)
	return slices.Compact(all)
}

// strength orders the proofs.
var strength = map[scanner.Proof]int{scanner.ProofNone: 0, scanner.ProofNetLog: 1, scanner.ProofReadback: 2, scanner.ProofSent: 3, scanner.ProofJar: 4}

func foldKey(w scanner.Write) string {
	return fmt.Sprintf("%s|%s|%s|%s|%s|%d|%d|%s|%s|%s|%s|%s|%s|%v|%v|%s|%s|%s", w.Pass, w.State, w.Trigger, w.Context, w.URL, w.Line, w.Column,
		w.Via, w.Action, strings.Join(w.Frame, " "), w.TopSite, seconds(w.Lifetime.DeclaredSeconds), seconds(w.Lifetime.StoredSeconds),
		w.HTTPOnly, w.Secure, w.SameSite, strings.Join(w.Blocked, " "), w.Attribution)
}

// seconds rounds a lifetime for folding: the same rule gives 31536000 and
// 31535999.
func seconds(s *int64) string {
	if s == nil {
		return "session"
	}
	return fmt.Sprint((*s + 30) / 60)
}

// Cookies returns the cookies of all passes so far, sorted.
func (l *Ledger) Cookies() []scanner.Cookie {
	keys := make([]Key, 0, len(l.cookies))
	for k, e := range l.cookies {
		if len(e.cookie.Writes) > 0 {
			keys = append(keys, k)
		}
	}
	slices.SortFunc(keys, compareKeys)
	out := make([]scanner.Cookie, 0, len(keys))
	for _, k := range keys {
		out = append(out, l.cookies[k].document(l))
	}
	return out
}

func (e *entry) document(l *Ledger) scanner.Cookie {
	c := e.cookie
	c.Seen = e.runs.seen(l)
	c.Stored, c.Present = e.stored, e.present
	if e.stored {
		c.Phases, c.Lifetime, c.Session = e.kept.phases, e.kept.life, e.kept.life.StoredSeconds == nil
	} else {
		c.Phases, c.Lifetime, c.Session = e.tried.phases, e.tried.life, e.tried.life.DeclaredSeconds == nil
	}
	for s := range e.sent {
		c.SentTo = append(c.SentTo, s)
	}
	slices.SortFunc(c.SentTo, func(a, b scanner.SentTo) int {
		return strings.Compare(a.Host+"|"+a.How+"|"+a.Form+"|"+a.Pass, b.Host+"|"+b.How+"|"+b.Form+"|"+b.Pass)
	})
	for p := range e.pages {
		c.Pages = append(c.Pages, p)
	}
	c.PageCount = len(c.Pages) + e.beyond
	slices.SortFunc(c.Pages, comparePages)
	c.Pages = c.Pages[:min(len(c.Pages), maxPages)]
	return c
}

// comparePages sorts none/2 before none/10.
func comparePages(a, b string) int {
	if len(a) != len(b) && strings.SplitN(a, "/", 2)[0] == strings.SplitN(b, "/", 2)[0] {
		return len(a) - len(b)
	}
	return strings.Compare(a, b)
}

func addText(list []string, s string) []string {
	if slices.Contains(list, s) {
		return list
	}
	return append(list, s)
}
