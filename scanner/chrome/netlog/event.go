package netlog

import "time"

// Event is one of [CookieStored], [CookieDeleted], [CookieRejected],
// [CookieInclusion] and [SetCookieHeader], all by pointer.
type Event interface {
	// At says when and on which source the event happened.
	At() Stamp
}

// Stamp is what every NetLog event has.
type Stamp struct {
	// Seq is the number of the line in the log, rising and unique. It is the true
	// order: many events share a millisecond.
	Seq int64
	// Time is wall-clock time, from Tick and the offset that Chromium took once
	// at its start. Resolution is one millisecond.
	Time time.Time
	// Tick is Chromium's monotonic clock, the one that the DevTools protocol
	// calls MonotonicTime (there in seconds). It does not follow virtual time.
	Tick time.Duration
	// Source is the log's id of what the event belongs to: a cookie store or a
	// request. Ids are never used twice within one browser process.
	Source int
}

// At returns the stamp itself, so that embedding it makes an [Event].
func (s Stamp) At() Stamp { return s }

// Cookie is the identity of a cookie as the log writes it. The partition key is
// not part of store events; [CookieInclusion] has it.
type Cookie struct {
	Name     string
	Domain   string // without leading dot
	HostOnly bool
	Path     string
}

// CookieStored says that a cookie was written to the store Source. A change of
// an existing cookie is a [CookieDeleted] with cause overwrite and then this.
// Octets that are not UTF-8 are U+FFFD here; [CookieInclusion.Line] has them.
type CookieStored struct {
	Stamp
	Cookie
	Value    string
	Secure   bool
	HTTPOnly bool
	SameSite string // "Strict", "Lax", "None", or "" when unspecified
	Priority string // "Low", "Medium", "High"
	// Persistent is false for a session cookie. The log has no expiry.
	Persistent bool
}

// Causes of a [CookieDeleted].
const (
	CauseExplicit  = "explicit"  // an API, Clear-Site-Data, or the browser's user
	CauseOverwrite = "overwrite" // replaced; a CookieStored follows
	CauseExpired   = "expired"   // its time was over; noticed at the next access
	CauseEvicted   = "evicted"   // too many cookies of its domain or altogether
	// CauseExpiredOverwrite is a write with an expiry in the past: how a header,
	// document.cookie and cookieStore.delete delete.
	CauseExpiredOverwrite = "expired_overwrite"
)

// CookieDeleted says that a cookie left the store Source.
type CookieDeleted struct {
	Stamp
	Cookie
	Value      string // the value it had
	Persistent bool
	Cause      string // one of the Cause constants, or another word of a later Chromium
}

// CookieRejected says that the store Source kept an existing cookie against a
// write. Reason is OverwriteSecure (RFC 6265bis: an insecure origin must leave
// Secure cookies alone) or OverwriteHttpOnly. Of a script's refused writes only
// these leave a trace in the log.
type CookieRejected struct {
	Stamp
	Cookie        // Path is that of the refused cookie
	Value  string // the refused value
	Reason string
}

// Operations of a [CookieInclusion].
const (
	OpStore  = "store"
	OpSend   = "send"
	OpExpire = "expire" // a Set-Cookie line whose expiry is in the past
)

// PartitionKey is the CHIPS key of a cookie.
type PartitionKey struct {
	TopLevelSite         string // as "https://shop.test"; empty when opaque
	HasCrossSiteAncestor bool
	// Opaque is Chromium's own text for a key that is no site: an opaque
	// top-level origin or a nonce. Empty otherwise.
	Opaque string
}

// CookieInclusion is the browser's verdict about one cookie and one request:
// the cookie was stored, expired, sent, or kept back. A script's writes have none.
type CookieInclusion struct {
	Stamp
	// Request is what is known of the request so far; nil when its start was not
	// read. It is never changed after it was handed out.
	Request   *Request
	Operation string // OpStore, OpSend or OpExpire
	// Cookie is empty when the header was refused before it became a cookie.
	Cookie
	PartitionKey *PartitionKey // nil: unpartitioned
	Status       string        // Chromium's own text
	Included     bool          // stored, sent or expired as asked
	// Blocked are the reasons in the DevTools protocol's names, in Chromium's
	// order; a reason that the protocol has no name for is spelt likewise.
	// Chromium adds "Schemeful" to some SameSite reasons of the protocol where
	// the log has the plain one.
	Blocked []string
	// Line is the Set-Cookie line, without the field name, that this verdict is
	// about, and LineIndex its place in the [SetCookieHeader]; "" and -1 when
	// it cannot be told, and for OpSend.
	Line      string
	LineIndex int
	// StoreSource is the cookie store of the request's browser context, 0 when
	// not known: it is learnt from the first change that the request caused.
	StoreSource int
	// ChangeSeq is the Seq of the CookieStored, CookieDeleted (of an expire) or
	// CookieRejected that this request caused, 0 if there is none. A CookieStored
	// that no inclusion names was written by a script or through the protocol.
	ChangeSeq int64
}

// SetCookieHeader is a response, of any hop, that carries Set-Cookie or
// Clear-Site-Data. Only responses from the network are here, never from a cache.
type SetCookieHeader struct {
	Stamp
	Request *Request // as in [CookieInclusion]
	Status  int      // HTTP status code, 101 for a WebSocket; 0 if not understood
	// Lines are the raw octets of each Set-Cookie field, in order.
	Lines []string
	// ClearSiteData are the values of the Clear-Site-Data fields; the deletions
	// follow with CauseExplicit.
	ClearSiteData []string
}

// Kinds of a [Request].
const (
	KindMainFrame           = "mainFrame"
	KindSubframe            = "subframe"
	KindWebSocket           = "websocket"
	KindServiceWorkerScript = "serviceWorkerScript"
	KindOther               = "other"
)

// Request is one hop of a request: a redirect has the same source and a new
// Request.
type Request struct {
	Source int    // the log's id, shared by all hops
	URL    string // cut at 8 KiB
	Method string
	Kind   string // one of the Kind constants
	// Initiator is the origin that asked, "" for the browser itself.
	Initiator string
	// TopLevelSite and FrameSite come from the network isolation key, as
	// "https://shop.test"; "" when opaque. A worker has those of its creator.
	TopLevelSite, FrameSite string
	// SiteForCookies is the site against which SameSite is judged, "" if none.
	SiteForCookies string
	// SavesCookies is false when Chromium was told not to store cookies: a
	// preflight, credentials omitted. Its lines get no verdict.
	SavesCookies bool
	// Dest is Sec-Fetch-Dest ("sharedworker", "serviceworker", "empty" ...) and
	// Referrer the Referer field, known from the moment that the request's fields
	// are sent; a worker's fetch has the worker's script as its referrer.
	Dest, Referrer string
}
