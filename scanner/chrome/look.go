package chrome

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/chromedp/cdproto/cachestorage"
	"github.com/chromedp/cdproto/domstorage"
	"github.com/chromedp/cdproto/indexeddb"
	"github.com/chromedp/cdproto/storage"
	"golang.org/x/sync/errgroup"

	"cookiescan/scanner"
	"cookiescan/scanner/ledger"
	"cookiescan/scanner/walk"
)

// maxLooks bounds how many storage keys of one page are looked at.
const maxLooks = 200

// Look reads what the frames of the page hold in storage other than cookies.
// A frame must be alive for that, so it comes before the page is hidden; so
// must the bodies of images be read that may be pixels.
func (t *Tab) Look(ctx context.Context) error {
	t.measure(ctx)
	areas := t.areas(ctx)
	lookCtx, cancel := context.WithTimeoutCause(ctx, t.patience.read, walk.ErrBusy)
	defer cancel()
	g, lookCtx := errgroup.WithContext(lookCtx)
	for _, a := range areas {
		g.Go(func() error { return t.lookAt(lookCtx, a) })
	}
	done := make(chan error, 1)
	go func() { done <- g.Wait() }()
	return t.tick(ctx, done)
}

// tick lets page time pass in small steps until done: databases and caches
// answer in tasks of the page, which stand still while its clock does.
func (t *Tab) tick(ctx context.Context, done <-chan error) error {
	for {
		select {
		case err := <-done:
			return err
		default:
		}
		if err := t.advance(ctx, lookStep); err != nil {
			return errors.Join(err, <-done)
		}
		if err := t.wait(ctx, time.Millisecond); err != nil {
			return errors.Join(err, <-done)
		}
	}
}

const lookStep = 10 * time.Millisecond

type storageArea struct {
	key    string
	sess   *session
	at     ledger.At
	secure bool // so are all frames that have it
}

// areas lists the storage keys of the live frames, each once.
func (t *Tab) areas(ctx context.Context) []storageArea {
	t.record.mu.Lock()
	frames := t.record.frames.live()
	t.record.mu.Unlock()
	seen := map[string]int{}
	var out []storageArea
	for _, f := range frames {
		if f.sess == nil || f.origin == "null" || f.origin == "" || len(out) >= maxLooks {
			continue
		}
		res, err := call(ctx, f.sess, storage.GetStorageKey, storage.GetStorageKeyParams{FrameID: f.id})
		if err != nil {
			continue // the frame went meanwhile: what it wrote was reported live
		}
		key := string(res.StorageKey)
		if i, again := seen[key]; again {
			out[i].secure = out[i].secure && f.secure
			continue
		}
		seen[key] = len(out)
		t.record.mu.Lock()
		at := t.record.at(t.profile.Seq(), scanner.InDocument, f)
		t.record.mu.Unlock()
		if at.Trigger == scanner.OnScroll || at.Trigger == scanner.OnInteraction {
			at.Trigger = "" // the first look since the page began: any station before may have brought it
		}
		out = append(out, storageArea{key: key, sess: f.sess, at: at, secure: f.secure})
	}
	return out
}

// question asks for what one bucket holds of one kind.
type question struct {
	kind   scanner.StorageKind
	bucket string
	read   func(context.Context, storageArea, string) ([]ledger.StorageEntry, error)
}

// lookAt asks for all kinds, and for what the buckets hold that came to light with
// them: only secure contexts have files and buckets of their own, and Chromium
// ends the process of any other page whose files are asked for.
func (t *Tab) lookAt(ctx context.Context, a storageArea) error {
	trackBuckets(a, true)
	err := t.read(ctx, a, []question{
		{scanner.LocalStorage, "", webStorage(true)},
		{scanner.SessionStorage, "", webStorage(false)},
		{scanner.IndexedDB, "", databases},
		{scanner.CacheStorage, "", caches},
	})
	trackBuckets(a, false)
	if !a.secure {
		return err
	}
	var more []question
	files := t.filing(a)
	for _, b := range t.bucketsOf(a) {
		if files {
			more = append(more, question{scanner.FileSystem, b, t.files})
		}
		if b != "" {
			more = append(more, question{scanner.IndexedDB, b, databases}, question{scanner.CacheStorage, b, caches})
		}
	}
	return cmp.Or(err, t.read(ctx, a, more))
}

// read asks for all at once: an answer waits for the page, not for the one
// before it.
func (t *Tab) read(ctx context.Context, a storageArea, list []question) error {
	items, errs := make([][]ledger.StorageEntry, len(list)), make([]error, len(list))
	var g sync.WaitGroup
	for i, q := range list {
		g.Go(func() { items[i], errs[i] = q.read(ctx, a, q.bucket) })
	}
	g.Wait()
	for i, q := range list {
		if errs[i] == nil {
			t.present(a, q, items[i])
		}
	}
	if err := cmp.Or(errs...); err != nil && ctx.Err() != nil {
		return fmt.Errorf("looking at storage: %w", err)
	}
	return nil // a frame that has no such area, or went meanwhile
}

func webStorage(local bool) func(context.Context, storageArea, string) ([]ledger.StorageEntry, error) {
	return func(ctx context.Context, a storageArea, _ string) ([]ledger.StorageEntry, error) {
		id := &domstorage.StorageID{StorageKey: domstorage.SerializedStorageKey(a.key), IsLocalStorage: local}
		res, err := call(ctx, a.sess, domstorage.GetDOMStorageItems, domstorage.GetDOMStorageItemsParams{StorageID: id})
		if err != nil {
			return nil, err
		}
		var out []ledger.StorageEntry
		for _, e := range res.Entries {
			if len(e) == 2 {
				out = append(out, ledger.StorageEntry{Key: e[0], Value: e[1], Size: len(e[0]) + len(e[1])})
			}
		}
		return out, nil
	}
}

func databases(ctx context.Context, a storageArea, bucket string) ([]ledger.StorageEntry, error) {
	key, b := a.bucket(bucket)
	res, err := call(ctx, a.sess, indexeddb.RequestDatabaseNames, indexeddb.RequestDatabaseNamesParams{StorageKey: key, StorageBucket: b})
	if err != nil {
		return nil, err
	}
	return names(res.DatabaseNames), nil
}

func caches(ctx context.Context, a storageArea, bucket string) ([]ledger.StorageEntry, error) {
	key, b := a.bucket(bucket)
	res, err := call(ctx, a.sess, cachestorage.RequestCacheNames, cachestorage.RequestCacheNamesParams{StorageKey: key, StorageBucket: b})
	if err != nil {
		return nil, err
	}
	var list []string
	for _, c := range res.Caches {
		list = append(list, c.CacheName)
	}
	return names(list), nil
}

// bucket names a bucket as commands want it: the default one by its storage key.
func (a storageArea) bucket(name string) (key string, b *storage.Bucket) {
	if name == "" {
		return a.key, nil
	}
	return "", &storage.Bucket{StorageKey: storage.SerializedStorageKey(a.key), Name: name}
}

func (t *Tab) present(a storageArea, q question, items []ledger.StorageEntry) {
	t.record.mu.Lock()
	defer t.record.mu.Unlock()
	t.record.keep(ledger.StoragePresent{At: a.at, Kind: q.kind, Area: ledger.Area{StorageKey: a.key, Bucket: q.bucket}, Items: items})
}

func names(list []string) []ledger.StorageEntry {
	var out []ledger.StorageEntry
	for _, n := range list {
		out = append(out, ledger.StorageEntry{Key: n})
	}
	return out
}
