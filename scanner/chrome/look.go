package chrome

import (
	"context"
	"fmt"

	"github.com/chromedp/cdproto/cachestorage"
	"github.com/chromedp/cdproto/domstorage"
	"github.com/chromedp/cdproto/indexeddb"
	"github.com/chromedp/cdproto/storage"
	"golang.org/x/sync/errgroup"

	"cookiescan/scanner"
	"cookiescan/scanner/ledger"
)

// maxLooks bounds how many storage keys of one page are looked at.
const maxLooks = 200

// Look reads what the frames of the page hold in storage other than cookies.
// A frame must be alive for that, so it comes before the page is hidden.
func (t *Tab) Look(ctx context.Context) error {
	areas := t.areas(ctx)
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(8)
	for _, a := range areas {
		g.Go(func() error { return t.lookAt(ctx, a) })
	}
	return g.Wait()
}

type storageArea struct {
	key string
	at  ledger.At
}

// areas lists the storage keys of the live frames, each once.
func (t *Tab) areas(ctx context.Context) []storageArea {
	t.record.mu.Lock()
	frames := t.record.frames.live()
	t.record.mu.Unlock()
	seen := map[string]bool{}
	var out []storageArea
	for _, f := range frames {
		if f.origin == "null" || f.origin == "" || len(out) >= maxLooks {
			continue
		}
		res, err := call(ctx, t.view.sess, storage.GetStorageKey, storage.GetStorageKeyParams{FrameID: f.id})
		if err != nil {
			continue // the frame went meanwhile: what it wrote was reported live
		}
		key := string(res.StorageKey)
		if seen[key] {
			continue
		}
		seen[key] = true
		t.record.mu.Lock()
		at := t.record.at(t.profile.Seq(), scanner.InDocument, f)
		t.record.mu.Unlock()
		out = append(out, storageArea{key: key, at: at})
	}
	return out
}

func (t *Tab) lookAt(ctx context.Context, a storageArea) error {
	s := t.view.sess
	for _, local := range []bool{true, false} {
		id := &domstorage.StorageID{StorageKey: domstorage.SerializedStorageKey(a.key), IsLocalStorage: local}
		res, err := call(ctx, s, domstorage.GetDOMStorageItems, domstorage.GetDOMStorageItemsParams{StorageID: id})
		if err == nil {
			t.present(a, areaKind(local), webItems(res.Entries))
		} else if ctx.Err() != nil {
			return fmt.Errorf("looking at storage: %w", err)
		}
	}
	if res, err := call(ctx, s, indexeddb.RequestDatabaseNames, indexeddb.RequestDatabaseNamesParams{StorageKey: a.key}); err == nil {
		t.present(a, scanner.IndexedDB, names(res.DatabaseNames))
	}
	if res, err := call(ctx, s, cachestorage.RequestCacheNames, cachestorage.RequestCacheNamesParams{StorageKey: a.key}); err == nil {
		var list []string
		for _, c := range res.Caches {
			list = append(list, c.CacheName)
		}
		t.present(a, scanner.CacheStorage, names(list))
	}
	return nil
}

func (t *Tab) present(a storageArea, kind scanner.StorageKind, items []ledger.StorageEntry) {
	t.record.mu.Lock()
	defer t.record.mu.Unlock()
	t.record.keep(ledger.StoragePresent{At: a.at, Kind: kind, StorageKey: a.key, Items: items})
}

func webItems(entries []domstorage.Item) []ledger.StorageEntry {
	var out []ledger.StorageEntry
	for _, e := range entries {
		if len(e) == 2 {
			out = append(out, ledger.StorageEntry{Key: e[0], Value: e[1], Size: len(e[0]) + len(e[1])})
		}
	}
	return out
}

func names(list []string) []ledger.StorageEntry {
	var out []ledger.StorageEntry
	for _, n := range list {
		out = append(out, ledger.StorageEntry{Key: n})
	}
	return out
}
