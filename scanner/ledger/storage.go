package ledger

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"cookiescan/scanner"
	"cookiescan/scanner/setcookie"
)

// storageID is the identity of an item of other storage.
type storageID struct {
	Area
	kind     scanner.StorageKind
	item     string
	topLevel string
}

// item is a storage item of the document under construction.
type item struct {
	doc    scanner.StorageItem
	there  bool // in this pass, by the last that was seen of it
	seen   bool // by a look
	opened bool // a script opened it; whether it exists a look must tell
	folded map[string]int
	runs   runs
	tabs   map[string]bool // session storage: the pages that have it
	undo   *undo           // of a write that only a look of this batch knows
	missed bool            // a look did not find it, and no change says why
}

// undo is what an item was before a look added a write.
type undo struct {
	phases, pages []string
	key           string
}

// has tells whether the item is there for a page: each tab has a session
// storage of its own.
func (it *item) has(page string) bool {
	if it.doc.Kind == scanner.SessionStorage {
		return it.tabs[page]
	}
	return it.there
}

func (it *item) put(page string, there bool) {
	if it.doc.Kind != scanner.SessionStorage {
		it.there = there
		return
	}
	delete(it.tabs, page)
	if there {
		it.tabs[page] = true
	}
	it.there = len(it.tabs) > 0
}

// parseStorageKey splits Chromium's serialisation (blink::StorageKey): the
// origin, and behind ^0 the top-level site of a third-party frame.
func parseStorageKey(key string) (origin, topSite string) {
	origin, rest, partitioned := strings.Cut(key, "^")
	origin = strings.TrimSuffix(origin, "/")
	if u, err := url.Parse(origin); err == nil {
		topSite = setcookie.SchemefulSite(u)
	}
	if partitioned && strings.HasPrefix(rest, "0") {
		topSite = strings.TrimPrefix(rest, "0")
		topSite, _, _ = strings.Cut(topSite, "^")
	}
	return origin, topSite
}

func (l *Ledger) item(kind scanner.StorageKind, a Area, name string) *item {
	origin, top := parseStorageKey(a.StorageKey)
	id := storageID{a, kind, name, top}
	it := l.storage[id]
	if it == nil {
		it = &item{runs: runs{}, folded: map[string]int{}, tabs: map[string]bool{}}
		it.doc = scanner.StorageItem{Kind: kind, Origin: origin, StorageKey: a.StorageKey, Bucket: a.Bucket, TopSite: top, Key: name, Party: scanner.Third}
		if u, err := url.Parse(origin); err == nil {
			it.doc.Party = l.party(u.Hostname())
		}
		l.storage[id] = it
	}
	return it
}

// opens are the kinds that a script opens: opening creates, opening again does
// not.
func opens(k scanner.StorageKind) bool {
	return k == scanner.IndexedDB || k == scanner.CacheStorage || k == scanner.FileSystem || k == scanner.ServiceWorker
}

func (l *Ledger) storageChange(o StorageChange) {
	if o.Via == "clear" && o.Key == "" {
		l.clearArea(o)
		return
	}
	it := l.item(o.Kind, o.Area, o.Key)
	it.missed = false
	if o.Action == scanner.Delete {
		if it.has(o.Page) {
			it.put(o.Page, false)
			it.write(l, l.storageWrite(o))
		}
		it.opened = false
		return
	}
	if opens(o.Kind) {
		it.forgetLook()
		if it.there || it.opened {
			return
		}
		it.opened, it.there = true, true
	} else {
		// The browser says that it is new: what a look of another tab saw of it
		// meanwhile was this very write, reported late.
		if o.Kind == scanner.LocalStorage && o.Action == scanner.Set {
			it.forgetLook()
		}
		if it.has(o.Page) && o.Action == scanner.Set {
			o.Action = scanner.Change
		}
		it.put(o.Page, true)
		it.doc.Size = len(o.Key) + len(o.Value)
	}
	it.write(l, l.storageWrite(o))
}

// forgetLook drops what a look said of an item when the script that made it is
// reported after all: another tab of the origin may show it first.
func (it *item) forgetLook() {
	if u := it.undo; u != nil && !it.opened {
		it.doc.Writes = it.doc.Writes[:len(it.doc.Writes)-1]
		it.doc.Phases, it.doc.Pages, it.there, it.undo = u.phases, u.pages, false, nil
		delete(it.folded, u.key)
	}
}

// clearArea ends every key of the area.
func (l *Ledger) clearArea(o StorageChange) {
	for id, it := range l.storage {
		if id.kind == o.Kind && id.Area == o.Area && it.has(o.Page) {
			it.put(o.Page, false)
			it.write(l, l.storageWrite(o))
		}
	}
}

func (l *Ledger) storageWrite(o StorageChange) scanner.StorageWrite {
	by := l.setter(o.Setter)
	w := scanner.StorageWrite{
		Pass: l.pass, State: l.state(o.Time), Trigger: o.Trigger, Page: o.Page, Frame: o.Frame, Via: o.Via,
		URL: by.URL, Line: by.Line, Column: by.Column, Initiators: by.Initiators,
		Action: o.Action, Attribution: o.Attribution, Count: 1,
	}
	if o.Action != scanner.Delete && !opens(o.Kind) {
		w.Size, w.ValueDigest, w.Personal = len(o.Key)+len(o.Value), l.o.Digest(o.Value), personalIn(o.Value, l.o.Site)
	}
	return w
}

// storagePresent takes a look at one area: what is there and was not seen to
// come is added without a name; what is no longer there is noticed.
func (l *Ledger) storagePresent(o StoragePresent) {
	there := map[string]bool{}
	for _, s := range o.Items {
		there[s.Key] = true
		it := l.item(o.Kind, o.Area, s.Key)
		// Each process has a copy of an area, and what another one writes comes a
		// moment later: the look before may have been too early.
		if !it.has(o.Page) && !it.opened && !(o.Kind == scanner.LocalStorage && it.missed) {
			before := undo{phases: slices.Clone(it.doc.Phases), pages: slices.Clone(it.doc.Pages)}
			writes := len(it.doc.Writes)
			page, trigger := o.Page, o.Trigger
			if l.together > 1 {
				page, trigger = "", "" // any of them may have made it
			}
			it.write(l, scanner.StorageWrite{
				Pass: l.pass, State: l.state(o.Time), Trigger: trigger, Page: page, Frame: o.Frame, Via: "snapshot",
				Action: scanner.Set, Size: s.Size, Personal: personalIn(s.Value, l.o.Site), Attribution: scanner.NoOne, Count: 1,
			})
			if len(it.doc.Writes) > writes {
				before.key = storageFoldKey(it.doc.Writes[writes])
				it.undo = &before
			}
		}
		it.put(o.Page, true)
		it.seen, it.missed = true, false
		if s.Size > 0 {
			it.doc.Size = s.Size
		}
	}
	if o.Kind == scanner.ServiceWorker {
		return // reported one by one, with their ends
	}
	for id, it := range l.storage {
		if id.kind == o.Kind && id.Area == o.Area && !there[id.item] {
			it.missed = it.missed || it.there
			it.put(o.Page, false)
		}
	}
}

// bucketsPresent ends what was in buckets that are gone.
func (l *Ledger) bucketsPresent(o BucketsPresent) {
	for id, it := range l.storage {
		if id.StorageKey == o.StorageKey && id.Bucket != "" && !slices.Contains(o.Names, id.Bucket) {
			it.put(o.Page, false)
		}
	}
}

// endStorage closes the pass.
func (l *Ledger) endStorage() {
	for _, it := range l.storage {
		if it.there {
			it.doc.Present = addText(it.doc.Present, l.pass)
		}
		it.there, it.opened, it.undo, it.missed = false, false, nil, false
		clear(it.tabs)
	}
}

func (it *item) write(l *Ledger, w scanner.StorageWrite) {
	it.undo, it.runs[l.run] = nil, true
	it.doc.Phases = addText(it.doc.Phases, w.State)
	if w.Page != "" && len(it.doc.Pages) < maxPages {
		it.doc.Pages = addText(it.doc.Pages, w.Page)
	}
	key := storageFoldKey(w)
	if i, ok := it.folded[key]; ok {
		it.doc.Writes[i].Count++
		it.doc.Writes[i].Personal = union(it.doc.Writes[i].Personal, w.Personal)
		return
	}
	if len(it.doc.Writes) >= maxWrites {
		it.doc.Writes[maxWrites-1].Count++
		return
	}
	it.folded[key] = len(it.doc.Writes)
	it.doc.Writes = append(it.doc.Writes, w)
}

func storageFoldKey(w scanner.StorageWrite) string {
	return fmt.Sprintf("%s|%s|%s|%s|%s|%d|%d|%s|%s|%s", w.Pass, w.State, w.Trigger, w.Via, w.URL, w.Line, w.Column, w.Action, w.Attribution, strings.Join(w.Frame, " "))
}

// Storage returns the storage items of all passes so far, sorted. What a
// script tried to open and no look has found is left out for service workers:
// a registration may fail.
func (l *Ledger) Storage() []scanner.StorageItem {
	var out []scanner.StorageItem
	for id, it := range l.storage {
		if len(it.doc.Writes) == 0 || id.kind == scanner.ServiceWorker && !it.seen {
			continue
		}
		d := it.doc
		d.Seen = it.runs.seen(l)
		out = append(out, d)
	}
	slices.SortFunc(out, func(a, b scanner.StorageItem) int {
		return strings.Compare(a.Origin+"|"+string(a.Kind)+"|"+a.Key+"|"+a.Bucket+"|"+a.StorageKey, b.Origin+"|"+string(b.Kind)+"|"+b.Key+"|"+b.Bucket+"|"+b.StorageKey)
	})
	return out
}

// onceEach drops the copies of a change of shared storage that other tabs of
// the same origin were told too. The one whose hook saw the write is kept; if
// none did, the change is kept once and belongs to no page, because the
// browser does not say which tab it was.
func onceEach(seen []Observation) []Observation {
	type change struct {
		kind             scanner.StorageKind
		key, item, value string
		action           scanner.Action
	}
	best, several := map[change]int{}, map[change]bool{}
	id := func(o StorageChange) change { return change{o.Kind, o.StorageKey, o.Key, o.Value, o.Action} }
	for i, ob := range seen {
		o, ok := ob.(StorageChange)
		if !ok || o.Kind != scanner.LocalStorage {
			continue
		}
		j, known := best[id(o)]
		if !known {
			best[id(o)] = i
			continue
		}
		if first := seen[j].(StorageChange); first.Page != o.Page {
			several[id(o)] = true
			if first.Attribution != scanner.Exact && o.Attribution == scanner.Exact {
				best[id(o)] = i
			}
		}
	}
	var out []Observation
	for i, ob := range seen {
		o, ok := ob.(StorageChange)
		if !ok || o.Kind != scanner.LocalStorage || !several[id(o)] {
			out = append(out, ob)
			continue
		}
		keep := seen[best[id(o)]].(StorageChange)
		switch {
		case o.Attribution == scanner.Exact:
			out = append(out, o)
		case i == best[id(o)] && keep.Attribution != scanner.Exact:
			o.Page, o.Setter, o.Attribution, o.Trigger = "", Setter{}, scanner.NoOne, ""
			out = append(out, o)
		}
	}
	return out
}
