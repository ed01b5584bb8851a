package setcookie

import "time"

// Limits of RFC 6265bis sections 5.6 and 5.5, in octets and seconds.
const (
	MaxNameValueOctets = 4096
	MaxAttributeOctets = 1024
	// MaxStoredSeconds is the 400 days beyond which no browser keeps a cookie.
	MaxStoredSeconds int64 = 400 * 24 * 60 * 60
)

// SameSite is the SameSite attribute as the browser understood it.
type SameSite string

// The values. SameSiteUnspecified: missing or unknown, which is enforced as
// Lax (RFC 6265bis section 5.6.7).
const (
	SameSiteStrict      SameSite = "Strict"
	SameSiteLax         SameSite = "Lax"
	SameSiteNone        SameSite = "None"
	SameSiteUnspecified SameSite = ""
)

// Priority is Chromium's Priority attribute: which cookie is evicted first.
type Priority string

// The priorities. Medium is the default, also for unknown values.
const (
	PriorityLow    Priority = "Low"
	PriorityMedium Priority = "Medium"
	PriorityHigh   Priority = "High"
)

// PartitionKey is the key of a partitioned cookie (CHIPS).
type PartitionKey struct {
	TopLevelSite         string // schemeful site, such as https://example.org
	HasCrossSiteAncestor bool   // set in a frame or by a request of another site
}

// Cookie is a cookie as a browser would store it. Name and Value are octets,
// not text: they may hold anything but control characters and semicolons.
type Cookie struct {
	Name, Value  string
	Domain       string // lower case, without leading dot; IPv6 in brackets
	HostOnly     bool
	Path         string
	Secure       bool
	HTTPOnly     bool
	SameSite     SameSite
	Priority     Priority
	Partitioned  bool
	PartitionKey *PartitionKey // nil unless Partitioned

	Session bool
	Expires time.Time // capped at 400 days; zero when Session
	// DeclaredSeconds is what the setter asked for, before the cap: Max-Age,
	// else Expires minus the response's Date (or the second of receipt).
	// Zero or negative: a deletion. Nil when Session.
	DeclaredSeconds *int64
	StoredSeconds   int64  // what remains after the cap; 0 when Session or deleted
	LifetimeRaw     string // the attribute that decided, as sent: Max-Age=63072000

	Attributes []Attribute // in the order sent; none for the Cookie Store API
}

// Attribute is one cookie attribute as sent, without the white space around it.
type Attribute struct {
	Name, Value string
	TooLong     bool // value over 1024 octets: the browser ignores it
}
