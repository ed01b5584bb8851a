package scanner

// StorageKind is a kind of storage other than cookies.
type StorageKind string

// The kinds of storage.
const (
	LocalStorage   StorageKind = "localStorage"
	SessionStorage StorageKind = "sessionStorage"
	IndexedDB      StorageKind = "indexedDB"
	CacheStorage   StorageKind = "cacheStorage"
	FileSystem     StorageKind = "fileSystem"
	ServiceWorker  StorageKind = "serviceWorker"
)

// StorageItem is one item of other storage: a key of web storage, an IndexedDB
// database, a named cache, a file of the origin's own (File System Standard,
// section 3: the bucket file system), a service worker registration.
type StorageItem struct {
	Kind       StorageKind    `json:"kind"`
	Origin     string         `json:"origin"`
	StorageKey string         `json:"storageKey"` // as Chromium serialises it, with the partition
	TopSite    string         `json:"topSite"`
	Bucket     string         `json:"bucket,omitempty"` // name of the storage bucket that it is in (Storage Buckets API), if not the default one
	Key        string         `json:"key"`              // the key, database or cache name, the path of a file, or the scope of a service worker
	Size       int            `json:"size"`             // octets of key and value in UTF-8, or of a file; 0 where not known
	Party      Party          `json:"party"`
	Phases     []string       `json:"phases"`
	Present    []string       `json:"present"` // passes at whose last look it was there
	Pages      []string       `json:"pages"`
	Seen       string         `json:"seen,omitempty"` // in how many runs of how many
	Writes     []StorageWrite `json:"writes"`

	Classification *Classification `json:"classification,omitempty"`
}

// StorageWrite is one kind of write to a storage item.
type StorageWrite struct {
	Pass        string      `json:"pass"`
	State       string      `json:"state"`
	Trigger     Trigger     `json:"trigger"`
	Page        string      `json:"page"`
	Frame       []string    `json:"frame"`
	Via         string      `json:"via"` // the method, such as setItem, property, open, snapshot when only seen afterwards
	URL         string      `json:"url"` // the script
	Line        int         `json:"line,omitempty"`
	Column      int         `json:"column,omitempty"`
	Initiators  []string    `json:"initiators"`
	Action      Action      `json:"action"`
	Size        int         `json:"size"`
	ValueDigest string      `json:"valueDigest,omitempty"`
	Personal    []Personal  `json:"personal,omitempty"` // what the value holds of a person, by its shape
	Attribution Attribution `json:"attribution"`
	Count       int         `json:"count"`
}

// TrackerKind is a kind of observation that stores nothing by itself.
type TrackerKind string

// The kinds of trackers.
const (
	Pixel       TrackerKind = "pixel"       // an image of one by one or without content
	Beacon      TrackerKind = "beacon"      // sendBeacon, ping, fetch keepalive
	Fingerprint TrackerKind = "fingerprint" // a read of canvas, audio, WebGL or fonts
	RequestTo   TrackerKind = "request"     // any other request to a third party, one row per host and group of paths
)

// Tracker is a pixel, a beacon, a fingerprinting call or a third-party request.
type Tracker struct {
	Kind       TrackerKind `json:"kind"`
	URL        string      `json:"url"`              // without query; the script for a fingerprint; the host, or host and pattern of its paths, for a request
	API        string      `json:"api,omitempty"`    // canvas, audio, webgl, fonts: for a fingerprint
	Line       int         `json:"line,omitempty"`   // for a fingerprint
	Column     int         `json:"column,omitempty"` // for a fingerprint
	Host       string      `json:"host"`
	Party      Party       `json:"party"`
	Phases     []string    `json:"phases"`
	Pages      []string    `json:"pages"`
	Seen       string      `json:"seen,omitempty"` // in how many runs of how many
	Initiators []string    `json:"initiators"`
	Count      int         `json:"count"`

	Classification *Classification `json:"classification,omitempty"`
}
