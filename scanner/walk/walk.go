// Package walk owns a scan: its passes, the pages of a pass and the stations
// of a page, with a budget for each. It drives a browser that it knows only by
// the interfaces below, and hands what was observed to the ledger.
package walk

import (
	"context"
	"errors"
	"fmt"
	"time"

	"cookiescan/scanner"
	"cookiescan/scanner/consent"
	"cookiescan/scanner/egress"
	"cookiescan/scanner/ledger"
	"cookiescan/scanner/reading"
	"cookiescan/scanner/steps"
)

// Profile is an empty browser profile for one pass.
type Profile interface {
	// NewTab opens a fresh tab for the page of this id.
	NewTab(ctx context.Context, page string) (Tab, error)
	// Warm opens a tab in the background for the next NewTab, unless n are kept
	// ready already. It does not wait.
	Warm(ctx context.Context, n int)
	// Jar reads all cookies.
	Jar(ctx context.Context) ([]ledger.JarCookie, error)
	// Seq is the place in the browser's event stream that was read so far.
	Seq() int64
	// Background returns what workers that belong to no page did since the
	// last call.
	Background() []ledger.Observation
	// Log returns what the browser's own log says about the pass so far.
	Log(ctx context.Context) ([]ledger.Observation, error)
	// UnreadWorkers lists the scripts of service workers of whose headers nothing
	// was seen, sorted.
	UnreadWorkers() []string
	// Hosts lists the hosts that were contacted.
	Hosts() []egress.HostRecord
	// Certificates are those that hosts showed, one for each host, by its name.
	Certificates() map[string]Certificate
	// UserCookies are the cookies that the user put into the jar.
	UserCookies() []ledger.JarCookie
	// Close disposes of the profile and its tabs.
	Close(ctx context.Context) error
}

// Tab is one page. Its methods are called in the order of the stations, by one
// goroutine.
type Tab interface {
	Load(ctx context.Context, url string) (Loaded, error)
	Enter(t scanner.Trigger)
	Settle(ctx context.Context, pageTime time.Duration) error
	Links(ctx context.Context) (Contents, error)
	Scroll(ctx context.Context) error
	// ConsentPage shows the page as operating a consent banner needs it.
	ConsentPage() consent.Page
	// StepsPage shows the page as the user's steps need it.
	StepsPage() steps.Page
	// ReadingPage shows the page as reading its text needs it.
	ReadingPage() reading.Page
	// Clicked is when the last trusted click was made.
	Clicked() time.Time
	// Controls lists what could be pressed, in document order.
	Controls(ctx context.Context) ([]Control, error)
	// Press presses one of them, by real input, and lets the page act on it.
	Press(ctx context.Context, handle string) (Pressed, error)
	// Return goes back to the address before a press that routed. It is false where
	// that loaded another document.
	Return(ctx context.Context) (bool, error)
	Look(ctx context.Context) error
	Hide(ctx context.Context) error
	Close(ctx context.Context) Seen
}

// Loaded is what became of a navigation.
type Loaded struct {
	FinalURL   string
	Status     int
	MIME       string
	RetryAfter string // the header, if the answer had one
	// Answer is how the server answered.
	Answer Answer
	// Empty marks an error status without a body: what shows is the browser's, and
	// the tab is of no further use.
	Empty bool
}

// Contents is what a page shows of itself.
type Contents struct {
	Title      string   `json:"title"`
	URL        string   `json:"url"`
	Links      []string `json:"links"`
	Names      []string `json:"names"` // of the links, where the profile was asked for them
	Canonical  string   `json:"canonical"`
	Next       []string `json:"next"`       // link[rel=next], link[rel=prev]
	Alternates []string `json:"alternates"` // link[rel=alternate][hreflang]
	Routes     []string `json:"routes"`     // addresses that the page's scripts went to or name, without a link
	Outline    []string `json:"outline"`    // distinct paths of its elements
	Loads      []string `json:"loads"`      // addresses of its scripts and frames, at most 200
	Fields     int      `json:"fields"`     // inputs for text
	Answer     Answer   `json:"-"`
}

// Answer is how the server answered with the document that a tab shows.
type Answer struct {
	Status  int
	Headers map[string]string // names in lower case, without Set-Cookie; values are cut
	Cookies []string          // names that it tried to set
}

// Control is something that could be pressed and is no link.
type Control struct {
	Handle   string   `json:"handle"` // understood by its tab
	Name     string   `json:"name"`   // accessible name
	Role     string   `json:"role"`
	Tag      string   `json:"tag"`
	Type     string   `json:"type"`
	Href     string   `json:"href"`
	ID       string   `json:"id"`
	Class    string   `json:"class"`
	Expanded string   `json:"expanded"`
	Controls string   `json:"controls"`
	HasPopup string   `json:"hasPopup"`
	Pressed  string   `json:"pressed"`
	Checked  string   `json:"checked"`
	Selected string   `json:"selected"`
	Popover  string   `json:"popover"` // id of the element that it shows
	Download bool     `json:"download"`
	Disabled bool     `json:"disabled"`
	Hidden   bool     `json:"hidden"`
	InForm   bool     `json:"inForm"`
	InDialog bool     `json:"inDialog"`
	InPlayer bool     `json:"inPlayer"`
	InMenu   bool     `json:"inMenu"`  // in the navigation of the page
	Card     bool     `json:"card"`    // a box with a heading that can be clicked
	Lang     string   `json:"lang"`    // of the page, there
	Consent  bool     `json:"consent"` // in or about a consent banner
	Around   []string `json:"around"`  // names of the groups it is in, nearest first
}

// Pressed is what became of pressing a control.
type Pressed struct {
	Done bool // false: it was covered, or gone
	Left bool // the page went elsewhere: nothing is left of its controls
	// Routed: the page's script put another address there, and Return leads back.
	Routed bool
}

// Seen is everything that a tab observed.
type Seen struct {
	Observations []ledger.Observation
	Notes        []Note
	Dropped      int // events beyond the caps of a page
	Unlisted     int // files that it keeps beyond those that are listed, as far as they were counted
	Unopened     int // pop-ups beyond them, which were closed unseen
	Silenced     int // documents in which the hook reached its cap
	Crashed      bool
	// Cut says why the page was not seen to its end although all stations
	// were gone through: a script was ended, a document never was. May be nil.
	Cut error
}

// Note counts something that was met and handled on a page.
type Note struct {
	Code, Detail string
	Count        int
}

// The errors of a tab that the walk tells apart.
var (
	ErrCrashed    = errors.New("the page crashed")
	ErrNoAnswer   = errors.New("the server did not answer in time")
	ErrDownload   = errors.New("the address is a download")
	ErrNoContent  = errors.New("the address answers without content")
	ErrBusy       = errors.New("the page keeps the processor busy and does not come to rest")
	ErrUnfinished = errors.New("the document did not arrive completely in time")
	ErrReloads    = errors.New("the page loads itself again and again")
	ErrEmptied    = errors.New("the page sent its visitor back to before it was opened, or to an empty page")
	ErrLost       = errors.New("the browser is gone")
)

// NetError is a navigation that failed, by Chromium's name without "net::".
type NetError struct{ Code string }

func (e *NetError) Error() string {
	if s, ok := netSentences[e.Code]; ok {
		return s + " (" + e.Code + ")"
	}
	return fmt.Sprintf("the page could not be loaded (%s)", e.Code)
}

// netSentences says the common failures in words.
var netSentences = map[string]string{
	"ERR_NAME_NOT_RESOLVED":                 "the host name does not resolve",
	"ERR_CONNECTION_REFUSED":                "the host refuses the connection",
	"ERR_CONNECTION_RESET":                  "the connection was reset",
	"ERR_CONNECTION_CLOSED":                 "the connection was closed",
	"ERR_CONNECTION_TIMED_OUT":              "the connection timed out",
	"ERR_EMPTY_RESPONSE":                    "the server closed the connection without an answer",
	"ERR_SOCKS_CONNECTION_FAILED":           "the host could not be reached",
	"ERR_SOCKS_CONNECTION_HOST_UNREACHABLE": "the host could not be reached",
	"ERR_ADDRESS_UNREACHABLE":               "the host could not be reached",
	"ERR_CERT_AUTHORITY_INVALID":            "the certificate is not signed by a trusted authority",
	"ERR_CERT_COMMON_NAME_INVALID":          "the certificate is for another host name",
	"ERR_CERT_DATE_INVALID":                 "the certificate is not valid today",
	"ERR_SSL_PROTOCOL_ERROR":                "the host does not speak TLS as it should",
	"ERR_TOO_MANY_REDIRECTS":                "the address redirects without end",
	"ERR_INVALID_AUTH_CREDENTIALS":          "the page asks for a user name and password",
	"ERR_UNSAFE_PORT":                       "browsers refuse this port",
	"ERR_ABORTED":                           "the page was aborted",
	"ERR_INVALID_RESPONSE":                  "the server's answer cannot be understood",
	"ERR_INVALID_HTTP_RESPONSE":             "the server's answer cannot be understood",
	"ERR_UNKNOWN_URL_SCHEME":                "the page sent its visitor to an address that this browser does not open",
	"ERR_INVALID_CHUNKED_ENCODING":          "the server's answer cannot be understood",
	"ERR_CONTENT_DECODING_FAILED":           "the server's answer cannot be decompressed",
	"ERR_CONTENT_LENGTH_MISMATCH":           "the server's answer broke off",
	"ERR_INCOMPLETE_CHUNKED_ENCODING":       "the server's answer broke off",
	"ERR_RESPONSE_HEADERS_TOO_BIG":          "the headers of the server's answer are longer than browsers read",
	"ERR_BAD_SSL_CLIENT_AUTH_CERT":          "the host asks for a client certificate",
	"ERR_SSL_CLIENT_AUTH_CERT_NEEDED":       "the host asks for a client certificate",
}
