package chrome

import (
	"context"
	"path"
	"slices"
	"strings"

	"github.com/chromedp/cdproto/filesystem"
	"github.com/chromedp/cdproto/storage"

	"cookiescan/scanner"
	"cookiescan/scanner/ledger"
)

// maxFiles bounds how many files of one storage bucket are listed.
const maxFiles = 1000

// trackBuckets makes the browser name the storage buckets of a storage key, the
// default one too if there is one, before it answers any later command about
// storage. It would go on to report each change of each.
func trackBuckets(a storageArea, on bool) {
	fire(a.sess, storage.SetStorageBucketTracking, storage.SetStorageBucketTrackingParams{StorageKey: a.key, Enable: on})
}

// onBucket takes a storage bucket that the browser names.
func (r *record) onBucket(e *storage.EventStorageBucketCreatedOrUpdated) {
	if len(r.buckets) < maxLooks && e.BucketInfo != nil && e.BucketInfo.Bucket != nil {
		r.buckets[e.BucketInfo.ID] = *e.BucketInfo.Bucket
	}
}

// bucketsOf lists the buckets of an area, sorted; "" is the default one.
func (t *Tab) bucketsOf(a storageArea) []string {
	t.record.mu.Lock()
	defer t.record.mu.Unlock()
	var out []string
	for _, b := range t.record.buckets {
		if string(b.StorageKey) == a.key {
			out = append(out, b.Name)
		}
	}
	slices.Sort(out)
	t.record.keep(ledger.BucketsPresent{At: a.at, StorageKey: a.key, Names: out})
	return out
}

// filing tells whether a script of an area had files in hand, or may have: a look
// where nobody keeps any costs the browser a database on disk, and now and then it
// does not answer.
func (t *Tab) filing(a storageArea) bool {
	if t.profile.browser.hook == "" {
		return true
	}
	for _, r := range []*record{t.record, t.profile.background} {
		r.mu.Lock()
		yes := r.filing[keyOrigin(a.key)] || r.silenced > 0
		r.mu.Unlock()
		if yes {
			return true
		}
	}
	return false
}

// files lists the files that an origin keeps for itself (File System Standard,
// section 3), folder by folder. Of a bucket that does not exist the browser
// does not answer.
func (t *Tab) files(ctx context.Context, a storageArea, bucket string) ([]ledger.StorageEntry, error) {
	var out []ledger.StorageEntry
	looked := 0
	for folders := [][]string{{}}; len(folders) > 0; folders = folders[1:] {
		if looked++; looked > maxFiles {
			t.unlist(len(folders))
			break
		}
		at := filesystem.BucketFileSystemLocator{StorageKey: storage.SerializedStorageKey(a.key), BucketName: bucket, PathComponents: folders[0]}
		res, err := call(ctx, a.sess, filesystem.GetDirectory, filesystem.GetDirectoryParams{BucketFileSystemLocator: &at})
		if err != nil {
			return nil, err
		}
		if res.Directory == nil {
			continue
		}
		found := res.Directory.NestedFiles
		slices.SortFunc(found, func(x, y *filesystem.File) int { return strings.Compare(x.Name, y.Name) })
		for i, f := range found {
			if len(out) == maxFiles {
				t.unlist(len(found) - i)
				return out, nil
			}
			out = append(out, ledger.StorageEntry{Key: strings.Join(append(slices.Clone(folders[0]), f.Name), "/"), Size: int(f.Size)})
		}
		slices.Sort(res.Directory.NestedDirectories)
		for _, d := range res.Directory.NestedDirectories {
			folders = append(folders, append(slices.Clone(folders[0]), d))
		}
	}
	return out, nil
}

func (t *Tab) unlist(n int) {
	t.record.mu.Lock()
	defer t.record.mu.Unlock()
	t.record.unlisted += n
}

// filesFound are the files that looks found, by storage key and name, until a
// script is known to have made them.
type filesFound map[fileName][]ledger.StorageChange

type fileName struct{ storageKey, name string }

func (r *record) filesFound() filesFound {
	found := filesFound{}
	for _, o := range r.seen {
		p, ok := o.(ledger.StoragePresent)
		if !ok || p.Kind != scanner.FileSystem {
			continue
		}
		for _, item := range p.Items {
			name := fileName{p.StorageKey, path.Base(item.Key)}
			found[name] = append(found[name], ledger.StorageChange{Area: p.Area, Key: item.Key})
		}
	}
	return found
}

// of puts what a script did to a file, of which it knows only the name, to the
// files of that name: which of several it was is not known. One that no look
// found had been there if it was written to.
func (found filesFound) of(o ledger.StorageChange) []ledger.Observation {
	name := fileName{o.StorageKey, o.Key}
	files, known := found[name]
	switch {
	case known && o.Action == scanner.Delete:
		return nil // it was another, or has been made again
	case !known && o.Via != "getFileHandle":
		return []ledger.Observation{o}
	}
	if len(files) > 1 {
		o.Attribution = scanner.Inferred
	}
	var out []ledger.Observation
	for _, f := range files {
		o.Area, o.Key = f.Area, f.Key
		out = append(out, o)
	}
	if known {
		found[name] = nil // the first made them
	}
	return out
}
