package chrome

import (
	"net/url"
	"strings"

	"github.com/chromedp/cdproto/cdp/jsonv2"
	"github.com/chromedp/cdproto/domstorage"
	"github.com/chromedp/cdproto/serviceworker"

	"cookiescan/scanner"
	"cookiescan/scanner/ledger"
)

// domChange is a change of web storage as the browser reports it: what and
// when, but not by whom. The hook's reports tell by whom.
type domChange struct {
	seq    int64
	at     ledger.At
	kind   scanner.StorageKind
	key    string // storage key, with the partition
	item   string
	value  string
	action scanner.Action
	all    bool // the area was cleared
}

func (r *record) onDOMStorage(seq int64, method string, params jsonv2.Value) {
	var c domChange
	var id *domstorage.StorageID
	switch method {
	case domstorage.DomStorageItemAdded.Method:
		if e, ok := decode[domstorage.EventDomStorageItemAdded](params); ok {
			id, c.item, c.value, c.action = e.StorageID, e.Key, e.NewValue, scanner.Set
		}
	case domstorage.DomStorageItemUpdated.Method:
		if e, ok := decode[domstorage.EventDomStorageItemUpdated](params); ok {
			id, c.item, c.value, c.action = e.StorageID, e.Key, e.NewValue, scanner.Change
			if e.OldValue == e.NewValue {
				c.action = scanner.Refresh
			}
		}
	case domstorage.DomStorageItemRemoved.Method:
		if e, ok := decode[domstorage.EventDomStorageItemRemoved](params); ok {
			id, c.item, c.action = e.StorageID, e.Key, scanner.Delete
		}
	case domstorage.DomStorageItemsCleared.Method:
		if e, ok := decode[domstorage.EventDomStorageItemsCleared](params); ok {
			id, c.action, c.all = e.StorageID, scanner.Delete, true
		}
	}
	if id == nil {
		return
	}
	if len(r.domItems) >= maxObservations {
		r.dropped++
		return
	}
	c.seq, c.key, c.kind = seq, string(id.StorageKey), areaKind(id.IsLocalStorage)
	c.at = r.at(seq, scanner.InDocument, nil)
	r.stir()
	r.domItems = append(r.domItems, c)
}

func areaKind(local bool) scanner.StorageKind {
	if local {
		return scanner.LocalStorage
	}
	return scanner.SessionStorage
}

// ofStorage joins the browser's changes with the hook's reports. A method's
// report names its key, so it fits exactly; a write by property is inferred if
// only one script touched that storage, and else is nobody's.
func (r *record) ofStorage() []ledger.Observation {
	var out []ledger.Observation
	for i := range r.domItems {
		c := &r.domItems[i]
		o := ledger.StorageChange{
			At: c.at, Kind: c.kind, Area: ledger.Area{StorageKey: c.key}, Key: c.item, Value: c.value,
			Via: "property", Action: c.action, Attribution: scanner.NoOne,
		}
		if c.all {
			o.Via = "clear"
		}
		if h := r.methodReport(c); h != nil {
			o.Setter, o.Via, o.Attribution = h.setter, h.args[0], scanner.Exact
			o.Trigger, o.FirstMs = h.at.Trigger, h.at.FirstMs
			o.Frame, o.TopSite = h.at.Frame, h.at.TopSite
		} else if h := r.onlyAccess(c); h != nil {
			o.Setter, o.Attribution = h.setter, scanner.Inferred
			o.Line, o.Column = 0, 0 // of the access, not of the write
			o.Trigger = h.at.Trigger
			o.Frame, o.TopSite = h.at.Frame, h.at.TopSite
		} else if r.hookOn && !r.touched(c) {
			continue // the browser tells every tab of the origin: another one wrote
		}
		out = append(out, o)
	}
	return append(out, r.ofOpened()...)
}

func (r *record) methodReport(c *domChange) *hookReport {
	for i := range r.hooked {
		h := &r.hooked[i]
		if h.matched || h.kind != "w" || len(h.args) != 5 || h.args[1] != "?" && areaKind(h.args[1] == "l") != c.kind || !sameStorage(h.frame, c.key) {
			continue
		}
		if c.all && h.args[0] == "clear" || !c.all && h.args[0] != "clear" && h.args[2] == c.item && h.args[3] == c.value && (h.args[0] == "removeItem") == (c.action == scanner.Delete) {
			h.matched = true
			return h
		}
	}
	return nil
}

// onlyAccess finds the script that touched the storage object before the
// change, if there is just one.
func (r *record) onlyAccess(c *domChange) *hookReport {
	var found *hookReport
	for i := range r.hooked {
		h := &r.hooked[i]
		if h.at.Seq > c.seq {
			break
		}
		if h.kind == "a" && len(h.args) == 2 && areaKind(h.args[0] == "l") == c.kind && sameStorage(h.frame, c.key) {
			return nil // from here on accesses are no longer reported
		}
		if h.kind != "a" || len(h.args) != 1 || areaKind(h.args[0] == "l") != c.kind || !sameStorage(h.frame, c.key) {
			continue
		}
		if found != nil && found.setter.URL != h.setter.URL {
			return nil
		}
		found = h
	}
	return found
}

// touched tells whether any script of the page had this storage in hand.
func (r *record) touched(c *domChange) bool {
	for i := range r.hooked {
		h := &r.hooked[i]
		if (h.kind == "a" && areaKind(h.args[0] == "l") == c.kind || h.kind == "w" && (h.args[1] == "?" || areaKind(h.args[1] == "l") == c.kind)) && sameStorage(h.frame, c.key) {
			return true
		}
	}
	return false
}

// sameStorage tells whether a frame's storage has this key. The key begins
// with the origin: "https://www.x.test/" or, partitioned,
// "https://w.third.test/^0https://x.test".
func sameStorage(f *frame, key string) bool {
	return f != nil && keyOrigin(key) == f.origin
}

func keyOrigin(key string) string {
	origin, _, _ := strings.Cut(key, "^")
	return strings.TrimSuffix(origin, "/")
}

var openedKinds = map[string]scanner.StorageKind{
	"i": scanner.IndexedDB, "k": scanner.CacheStorage, "f": scanner.FileSystem, "r": scanner.ServiceWorker,
}

// ofOpened turns the reports of databases, caches, files and service workers that
// a script opened into changes. Whether they are there the look afterwards tells.
func (r *record) ofOpened() []ledger.Observation {
	var out []ledger.Observation
	files := r.filesFound()
	for _, h := range r.hooked {
		if h.kind != "o" || len(h.args) < 4 || h.frame == nil {
			continue
		}
		o := ledger.StorageChange{
			At: h.at, Setter: h.setter, Kind: openedKinds[h.args[0]], Key: h.args[1],
			Area: ledger.Area{StorageKey: r.storageKey(h.frame)}, Via: h.args[2], Action: scanner.Set, Attribution: scanner.Exact,
		}
		switch h.args[2] {
		case "deleteDatabase", "delete", "removeEntry", "remove":
			o.Action = scanner.Delete
		}
		switch {
		case o.Kind == scanner.FileSystem:
			out = append(out, files.of(o)...)
			continue
		case o.Kind == scanner.ServiceWorker:
			o.Key = scopeOf(urlOf(h.frame), h.args[1], h.args[3])
		case len(h.args) > 4:
			o.Bucket = h.args[4]
		}
		out = append(out, o)
	}
	return out
}

// storageKey is the storage key of a frame as Chromium serialises it: the
// origin, and for a third-party frame the top-level site behind ^0
// (blink::StorageKey::Serialize).
func (r *record) storageKey(f *frame) string {
	origins := r.frames.origins(f)
	key := f.origin + "/"
	if len(origins) == 0 {
		return key
	}
	top := siteOf(origins)
	for _, o := range origins {
		if siteOf([]string{o}) != top {
			if siteOf([]string{f.origin}) == top {
				return key + "^31"
			}
			return key + "^0" + top
		}
	}
	return key
}

func resolve(base, ref string) string {
	b, err := url.Parse(base)
	if err != nil {
		return ref
	}
	u, err := b.Parse(ref)
	if err != nil {
		return ref
	}
	u.Fragment = ""
	return u.String()
}

// scopeOf is the scope of a registration: the one given, else the folder of
// the script (Service Workers, section 3.4.3).
func scopeOf(base, script, scope string) string {
	if scope != "" {
		return resolve(base, scope)
	}
	return resolve(resolve(base, script), ".")
}

// onRegistrations takes the service workers that the browser has registered.
func (r *record) onRegistrations(seq int64, f *frame, e *serviceworker.EventWorkerRegistrationUpdated) {
	for _, reg := range e.Registrations {
		at := r.at(seq, scanner.InDocument, f)
		key := originOf(reg.ScopeURL) + "/"
		if reg.IsDeleted {
			r.keep(ledger.StorageChange{
				At: at, Kind: scanner.ServiceWorker, Area: ledger.Area{StorageKey: key}, Key: reg.ScopeURL, Via: "unregister",
				Action: scanner.Delete, Attribution: scanner.NoOne,
			})
			continue
		}
		r.keep(ledger.StoragePresent{At: at, Kind: scanner.ServiceWorker, Area: ledger.Area{StorageKey: key}, Items: []ledger.StorageEntry{{Key: reg.ScopeURL}}})
	}
}

// registered is the address of the script that a report registers as a service
// worker.
func (h *hookReport) registered() (script string, ok bool) {
	if h.kind != "o" || len(h.args) != 4 || h.args[0] != "r" {
		return "", false
	}
	return resolve(urlOf(h.frame), h.args[1]), true
}
