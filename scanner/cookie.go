package scanner

// Party tells whether something belongs to the scanned site.
type Party string

// First is the target's own site (eTLD+1), third any other.
const (
	First Party = "first"
	Third Party = "third"
)

// Cookie is one cookie by its identity (name, domain, host-only flag, path and
// partition key: RFC 6265bis section 5.7 and CHIPS), with every write to it.
type Cookie struct {
	Name         string        `json:"name"`   // octets that are not UTF-8 are written as U+FFFD
	Domain       string        `json:"domain"` // without leading dot
	HostOnly     bool          `json:"hostOnly"`
	Path         string        `json:"path"`
	PartitionKey *PartitionKey `json:"partitionKey"`
	Party        Party         `json:"party"`
	Phases       []string      `json:"phases"`  // consent states in which it was written
	Present      []string      `json:"present"` // passes whose final jar holds it
	Stored       bool          `json:"stored"`  // proven; false: the browser refused every write
	Session      bool          `json:"session"`
	Lifetime     Lifetime      `json:"lifetime"` // the longest that was stored
	HTTPOnly     bool          `json:"httpOnly"`
	Secure       bool          `json:"secure"`
	SameSite     string        `json:"sameSite"` // Strict, Lax, None, or empty when the attribute is missing or unknown
	Priority     string        `json:"priority"` // Low, Medium, High: a Chromium attribute
	Size         int           `json:"size"`     // octets of name and value
	ValueDigest  string        `json:"valueDigest"`
	Value        string        `json:"value,omitempty"` // only with --keep-values
	Writes       []Write       `json:"writes"`
	SentTo       []SentTo      `json:"sentTo"`
	Pages        []string      `json:"pages"` // ids of the pages that wrote it, at most 100
	PageCount    int           `json:"pageCount"`
	Seen         string        `json:"seen,omitempty"` // in how many runs of how many, such as 2/3

	Classification *Classification `json:"classification,omitempty"`
}

// PartitionKey is the key of a partitioned cookie (CHIPS).
type PartitionKey struct {
	TopLevelSite         string `json:"topLevelSite"`
	HasCrossSiteAncestor bool   `json:"hasCrossSiteAncestor"`
}

// Lifetime is how long a cookie lives, as declared by its setter and as the
// browser stored it (browsers cap at 400 days, RFC 6265bis section 5.5). Nil
// seconds mean a session cookie, or not known.
type Lifetime struct {
	DeclaredSeconds *int64 `json:"declaredSeconds"`
	StoredSeconds   *int64 `json:"storedSeconds"`
	Raw             string `json:"raw"`              // the attribute that decided, such as Max-Age=63072000
	Varies          bool   `json:"varies,omitempty"` // writes disagree
}

// Write is one kind of write to a cookie. Writes that are equal in all but
// time and page order are folded into one with a count.
type Write struct {
	Pass        string      `json:"pass"`
	State       string      `json:"state"`   // consent state when it happened
	Trigger     Trigger     `json:"trigger"` // station of the page in which it happened
	Page        string      `json:"page"`    // id of the first page that did it; empty when only an interval is known
	TopSite     string      `json:"topSite"` // site of the top-level document
	Frame       []string    `json:"frame"`   // origins from the top document to the writing one
	Context     Context     `json:"context"`
	Via         Via         `json:"via"`
	URL         string      `json:"url"`              // the response or the script that set it, without values of parameters
	Line        int         `json:"line,omitempty"`   // 1-based, scripts only
	Column      int         `json:"column,omitempty"` // 1-based, scripts only
	Initiators  []string    `json:"initiators"`       // who loaded the setter, innermost first, up to the document
	Action      Action      `json:"action"`
	Lifetime    Lifetime    `json:"lifetime"`
	HTTPOnly    bool        `json:"httpOnly"`
	Secure      bool        `json:"secure"`
	SameSite    string      `json:"sameSite"`
	Size        int         `json:"size"`
	ValueDigest string      `json:"valueDigest"`
	Blocked     []string    `json:"blocked,omitempty"`  // the browser's reasons, Chromium names
	Faults      []Fault     `json:"faults,omitempty"`   // of how it was written, which the browser passes over
	Personal    []Personal  `json:"personal,omitempty"` // what the value holds of a person, by its shape
	Proof       Proof       `json:"proof"`
	Attribution Attribution `json:"attribution"`
	Straddles   bool        `json:"straddles,omitempty"` // began before the choice, ended after it
	Count       int         `json:"count"`
	FirstMs     int64       `json:"firstMs"` // since the page began to load, in page time
}

// Fault is a mistake in how a cookie was written that does not make the browser
// refuse it (RFC 6265bis sections 4.1, 5.6 and 5.7).
type Fault string

// The faults.
const (
	AttributeRepeated Fault = "attribute-repeated" // the last one counts
	AttributeTooLong  Fault = "attribute-too-long" // over 1024 octets: the browser ignores it
	ExpiresUnreadable Fault = "expires-unreadable" // the browser ignores it
	LifetimesDisagree Fault = "lifetimes-disagree" // Max-Age counts, Expires is passed over
	MaxAgeUnreadable  Fault = "max-age-unreadable" // the browser ignores it
	NameRepeated      Fault = "name-repeated"      // the same response sets another cookie of this name
)

// Personal is a kind of personal data.
type Personal string

// The kinds of personal data that have a shape of their own.
const (
	PersonalEmail Personal = "e-mail"
	PersonalPhone Personal = "phone"
)

// Trigger is what had happened last when something was written.
type Trigger string

// The triggers, in the order of the stations of a page.
const (
	OnLoad        Trigger = "load"
	OnTimer       Trigger = "timer"
	OnScroll      Trigger = "scroll"
	OnInteraction Trigger = "interaction" // a control that only shows something was pressed
	OnChoice      Trigger = "choice"      // the consent banner was answered
	OnPageHide    Trigger = "pagehide"
)

// Context is the kind of global in which a write happened.
type Context string

// The contexts.
const (
	InDocument      Context = "document"
	InWorker        Context = "worker"
	InSharedWorker  Context = "sharedWorker"
	InServiceWorker Context = "serviceWorker"
	InWebSocket     Context = "websocket"
)

// Via is the mechanism of a write.
type Via string

// The mechanisms. ViaUnknown: the jar has it and no source explains it.
const (
	ViaHTTP           Via = "http"
	ViaDocumentCookie Via = "document.cookie"
	ViaCookieStore    Via = "cookieStore"
	ViaClearSiteData  Via = "clearSiteData"
	ViaUser           Via = "user"
	ViaUnknown        Via = "unknown"
)

// Action is what a write did.
type Action string

// The actions. Refresh: same value, new expiry. Change: another value.
const (
	Set     Action = "set"
	Change  Action = "change"
	Refresh Action = "refresh"
	Delete  Action = "delete"
	Expire  Action = "expire"
	Evict   Action = "evict"
	Refused Action = "refused"
)

// Proof is the strongest evidence that a write was stored.
type Proof string

// The proofs, strongest first.
const (
	ProofJar      Proof = "jar"      // a snapshot of the jar holds it
	ProofSent     Proof = "sent"     // the browser sent it back
	ProofReadback Proof = "readback" // the writing script could read it
	ProofNetLog   Proof = "netlog"   // the browser's own log says so
	ProofNone     Proof = "none"
)

// Attribution is how sure the setter is.
type Attribution string

// The degrees: the event itself names its setter; one candidate fits a change
// that was seen; nobody is named.
const (
	Exact    Attribution = "exact"
	Inferred Attribution = "inferred"
	NoOne    Attribution = "none"
)

// SentTo is a host that received a cookie's value.
type SentTo struct {
	Host  string `json:"host"`
	How   string `json:"how"`            // cookie, url, body
	Form  string `json:"form,omitempty"` // plain, urlencoded, base64, hex, md5, sha1, sha256: for url and body
	Pass  string `json:"pass"`
	State string `json:"state"`
}
