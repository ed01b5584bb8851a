// Package ledger joins what was observed during a pass into the document's
// cookies, storage items and trackers: headers, script writes, cookies that
// were sent, the browser's own log and snapshots of the jar, which has the
// final word. It knows nothing of how the observations were made, reads no
// clock and no network: the same observations give the same result.
package ledger

import (
	"time"

	"cookiescan/scanner"
)

// Observation is one thing that the browser reported. The implementations are
// the types of this file and nothing else.
type Observation interface{ place() At }

// At places an observation.
type At struct {
	Seq     int64  // place in the event stream of the browser
	Page    string // id of the page; empty when it belongs to no single page (shared and service workers)
	Trigger scanner.Trigger
	Context scanner.Context
	Time    time.Time // wall clock
	Began   time.Time // when its cause began, such as the first hop of its request; zero: at Time
	FirstMs int64     // milliseconds of page time since the page began to load
	TopSite string    // schemeful site of the top-level document
	Frame   []string  // origins from the top document to the one concerned
}

func (a At) place() At { return a }

// Setter is who did it: the innermost script or the response, and who loaded
// that, innermost first, up to the document.
type Setter struct {
	URL          string
	Line, Column int // 1-based, 0 when not a script
	Initiators   []string
	Inferred     bool // it called the script that did it
}

// Response is a response that tried to change cookies.
type Response struct {
	At
	Setter
	Request       string // the browser's id of the request; redirects share it
	SetCookie     []SetCookieLine
	ClearSiteData string                // the header's value
	Date          time.Time             // Date header, zero when there is none
	PartitionKey  *scanner.PartitionKey // the key that a Partitioned cookie gets here
}

// SetCookieLine is one raw Set-Cookie value with the browser's reasons to
// refuse it. No reason does not mean stored: credentials may be omitted.
type SetCookieLine struct {
	Raw     string
	Blocked []string
}

// ScriptCookie is a write by document.cookie or the cookieStore API, reported
// by the hook before and after it ran.
type ScriptCookie struct {
	At
	Setter
	Via          scanner.Via
	DocumentURL  string    // of the writing document
	PageTime     time.Time // the document's own clock, which may be ahead of the wall clock
	Raw          string    // the assigned string, for document.cookie
	Store        *StoreOptions
	ReadBack     bool // the new value could be read right after
	Count        int  // how many writes this report stands for
	PartitionKey *scanner.PartitionKey
}

// StoreOptions is the argument of cookieStore.set or cookieStore.delete.
type StoreOptions struct {
	Delete      bool
	Name, Value string
	Domain      *string
	Path        *string
	ExpiresMs   *float64 // milliseconds since the epoch, nil when not given
	MaxAge      *float64 // seconds, nil when not given
	SameSite    *string
	Partitioned bool
}

// Sent is a request that carried cookies.
type Sent struct {
	At
	Host    string
	Cookies []SentCookie
}

// SentCookie is one cookie of a request.
type SentCookie struct {
	Key   Key
	Value string
}

// Request is any request of the page, for pixels, beacons, third parties and
// values that leave in addresses and bodies.
type Request struct {
	At
	URL        string
	Method     string
	Body       []byte
	Messages   []byte // that a socket was given to send
	Fragment   string // of a frame's address, for the script in it to read
	Kind       RequestKind
	Initiators []string
	Request    string // the browser's id of it; redirects share it
	Type       string // of the resource, as Chromium names it
	Answer     Answer
}

// RequestKind tells the requests apart that matter for trackers.
type RequestKind string

// The kinds of requests.
const (
	PlainRequest  RequestKind = "request"
	PixelRequest  RequestKind = "pixel"
	BeaconRequest RequestKind = "beacon"
)

// Area is where an origin keeps things.
type Area struct {
	StorageKey string // as Chromium serialises it, with the partition
	Bucket     string // of the Storage Buckets API; "" is the default one
}

// StorageChange is a change of storage other than cookies.
type StorageChange struct {
	At
	Setter
	Area
	Kind        scanner.StorageKind
	Key         string
	Value       string
	Via         string
	Action      scanner.Action
	Attribution scanner.Attribution
}

// StoragePresent lists what one area holds at a look.
type StoragePresent struct {
	At
	Area
	Kind  scanner.StorageKind
	Items []StorageEntry
}

// BucketsPresent lists the storage buckets that a storage key has at a look.
type BucketsPresent struct {
	At
	StorageKey string
	Names      []string // "" is the default one
}

// StorageEntry is one item found at a look. Size is in octets of key and value.
type StorageEntry struct {
	Key   string
	Size  int
	Value string
}

// FingerprintCall is a call that fingerprinting scripts make.
type FingerprintCall struct {
	At
	Setter
	API string
}

// Jar is a snapshot of the whole cookie jar of the pass.
type Jar struct {
	At
	Pages   []string // pages that ran since the snapshot before
	Cookies []JarCookie
	Final   bool // the last of the pass
}

// JarCookie is a cookie as the browser holds it.
type JarCookie struct {
	Key              Key
	Value            string
	Expires          time.Time // zero: session
	Secure, HTTPOnly bool
	SameSite         string
	Priority         string
}

// LogEntry is what the browser's own log tells about one cookie.
type LogEntry struct {
	At
	Key     Key
	Value   string
	What    LogEvent
	Cause   string   // of a deletion: expired, evicted, explicit, overwrite
	Blocked []string // of a refusal
}

// LogEvent is the kind of a LogEntry.
type LogEvent string

// The kinds of log entries.
const (
	LogStored  LogEvent = "stored"
	LogDeleted LogEvent = "deleted"
	LogRefused LogEvent = "refused"
)

// Key is the identity of a cookie: RFC 6265bis section 5.7 and CHIPS.
type Key struct {
	Name, Domain string // domain without leading dot
	HostOnly     bool
	Path         string
	Partition    string // top-level site, empty when not partitioned
	CrossSite    bool   // the partition has a cross-site ancestor
}
