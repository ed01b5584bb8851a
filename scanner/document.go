package scanner

import "time"

// SchemaV1 names the version of the document. Field names of one version are
// a contract: they are added to, never renamed.
const SchemaV1 = "cookiescan/scan/v1"

// Scan is everything that was seen on one site (one eTLD+1).
type Scan struct {
	Schema     string        `json:"schema"`
	Tool       Tool          `json:"tool"`
	Browser    Browser       `json:"browser"`
	Target     Target        `json:"target"`
	Started    time.Time     `json:"started"`
	Finished   time.Time     `json:"finished"`
	Complete   bool          `json:"complete"`   // nothing that was planned stayed unseen: Incomplete is empty
	Incomplete []Incomplete  `json:"incomplete"` // planned but not seen
	Notes      []Note        `json:"notes"`      // handled on the way, nothing was lost by it
	Coverage   Coverage      `json:"coverage"`
	Settings   Settings      `json:"settings"`
	Passes     []Pass        `json:"passes"`
	Hosts      []Host        `json:"hosts"`
	Cookies    []Cookie      `json:"cookies"`
	Storage    []StorageItem `json:"storage"`
	Trackers   []Tracker     `json:"trackers"`
	Checks     *CheckRun     `json:"checks,omitempty"`     // absent: not judged
	Findings   []Finding     `json:"findings,omitempty"`   // of the checks
	SecondLook *SecondLook   `json:"secondLook,omitempty"` // absent: no finding was to be looked for again
}

// Tool is the program that made the scan.
type Tool struct {
	Name    string `json:"name"`
	Version string `json:"version"`
	Rules   string `json:"rules,omitempty"` // version of the rules that classified it
}

// Browser is the browser that was driven.
type Browser struct {
	Product   string `json:"product"`   // as the browser reports it, such as "HeadlessChrome/156.0.8078.79"
	UserAgent string `json:"userAgent"` // as the site saw it
	Engine    string `json:"engine"`    // shell or full
}

// Target is what the user asked to scan.
type Target struct {
	URL  string   `json:"url"`          // the first start address, normalised
	URLs []string `json:"urls"`         // all start addresses
	Site string   `json:"site"`         // eTLD+1 of the start address, or its host when it has none
	As   string   `json:"as,omitempty"` // the address that the scanned host stands for (staging)
}

// Incomplete is one thing that was planned and could not be seen.
type Incomplete struct {
	Code   IncompleteCode `json:"code"`
	Pass   string         `json:"pass,omitempty"` // phase of the pass
	Page   string         `json:"page,omitempty"` // address of the page
	Detail string         `json:"detail"`         // one sentence for a person
}

// IncompleteCode says what kind of thing was not seen.
type IncompleteCode string

// The codes of Incomplete.
const (
	StartFailed         IncompleteCode = "start-failed"          // the start page could not be loaded
	PageFailed          IncompleteCode = "page-failed"           // another page could not be loaded
	PageTimeout         IncompleteCode = "page-timeout"          // a page used up its budget; what was seen until then counts
	PageCrashed         IncompleteCode = "page-crashed"          // the renderer of a page died
	PassNotDone         IncompleteCode = "pass-not-done"         // the budget of a pass ended before its pages did
	Interrupted         IncompleteCode = "interrupted"           // the user ended the scan
	BrowserLost         IncompleteCode = "browser-lost"          // the browser died
	ThirdPartyBlocked   IncompleteCode = "third-party-blocked"   // our browser refuses third-party cookies
	EventsDropped       IncompleteCode = "events-dropped"        // a page made more events than are kept
	HookSilenced        IncompleteCode = "hook-silenced"         // script writes of a page could not be observed
	RecorderFailed      IncompleteCode = "recorder-failed"       // the NetLog recorder could not run
	SnapshotFailed      IncompleteCode = "snapshot-failed"       // the cookie jar or a storage area could not be read
	RequestsGuarded     IncompleteCode = "requests-guarded"      // a page called a private address and the guard refused it
	ServiceWorkerUnread IncompleteCode = "service-worker-unread" // a service worker could not be observed
	RobotsUnread        IncompleteCode = "robots-unread"         // robots.txt failed, so that no page but the start pages may be visited (RFC 9309 section 2.3.1.4)
	SitemapUnread       IncompleteCode = "sitemap-unread"        // a sitemap that the user named could not be read
	BannerNotOperated   IncompleteCode = "banner-not-operated"   // the banner could not be answered as the pass asks
	BotWall             IncompleteCode = "bot-wall"              // a page asked for proof that the visitor is a person
	StateNotIsolated    IncompleteCode = "state-not-isolated"    // a new browser profile was met as one that has chosen already
	StepsFailed         IncompleteCode = "steps-failed"          // a step of the user could not be done; the pass ended there
	SessionLost         IncompleteCode = "session-lost"          // the session that the user's steps began ended twice
)

// Note is something that was met and handled: a dialog, a download, a pop-up.
type Note struct {
	Code   string `json:"code"`
	Pass   string `json:"pass,omitempty"`
	Page   string `json:"page,omitempty"`
	Detail string `json:"detail"`
	Count  int    `json:"count"`
}

// Coverage is what the scan looked at and what it left out by design.
type Coverage struct {
	PagesVisited int      `json:"pagesVisited"`
	PagesFound   int      `json:"pagesFound"`           // distinct pages in scope that links or sitemaps led to, visited or not
	LeftOut      []Left   `json:"leftOut"`              // by reason
	NotVisited   []string `json:"notVisited,omitempty"` // a sample of addresses left out, at most 100, sorted
	Forbidden    []string `json:"forbidden,omitempty"`  // a sample of addresses that robots.txt forbids, at most 100, sorted
	// Templates are groups of pages alike, of which a sample was visited.
	Templates []Template `json:"templates,omitempty"`
	Sitemaps  []Sitemap  `json:"sitemaps,omitempty"`
	Controls  *Controls  `json:"controls,omitempty"` // absent with --interact off
}

// Template is what was visited of pages that look alike.
type Template struct {
	Template   string   `json:"template"` // such as https://shop.test/p/{slug}
	Found      int      `json:"found"`
	Visited    int      `json:"visited"`
	Structures int      `json:"structures"` // different outlines among the visited pages
	Sample     []string `json:"sample"`     // up to 3 addresses
}

// Sitemap is a sitemap file that was looked for.
type Sitemap struct {
	URL     string `json:"url"`
	Found   int    `json:"found"`             // addresses in it
	Problem string `json:"problem,omitempty"` // why it was not read, or not to its end
}

// Controls counts the controls of pages that are no links.
type Controls struct {
	Pressed int    `json:"pressed"`
	Left    []Left `json:"left"` // by reason: danger, form, consent, seen-before, covered, ...
}

// Left counts the pages or controls that were left out for one reason.
type Left struct {
	Reason string `json:"reason"` // of pages: max-pages, per-template, depth, scope, exclude, robots, limit, duplicate, scheme
	Count  int    `json:"count"`
}

// Host is a host that pages made the browser contact.
type Host struct {
	Name      string   `json:"name"`
	Party     Party    `json:"party"`
	Addresses []string `json:"addresses,omitempty"` // as dialled, sorted
	Requests  int      `json:"requests"`
	Outcome   string   `json:"outcome"`          // ok, refused (by the guard or the browser), failed
	Reason    string   `json:"reason,omitempty"` // why it was refused or failed
	Phases    []string `json:"phases"`
	// CanonicalName is the name behind the alias that a first-party host is in
	// DNS. Empty: it is none, is a start host, or was not resolved here.
	CanonicalName  string          `json:"canonicalName,omitempty"`
	Aliases        []string        `json:"aliases,omitempty"`        // names on the way to it, first to last
	Classification *Classification `json:"classification,omitempty"` // of whom one of these names belongs to
}

// Settings is what is needed to repeat the scan. Secrets are named, never shown.
type Settings struct {
	Phases         []string `json:"phases"`
	Repeat         int      `json:"repeat,omitempty"`  // runs of all passes; absent: one
	Confirm        bool     `json:"confirm,omitempty"` // findings were to be looked for again
	MaxPages       int      `json:"maxPages"`
	Depth          int      `json:"depth"`                 // -1: no limit
	PerTemplate    int      `json:"perTemplate,omitempty"` // visits of pages alike; 0: the default
	Scope          string   `json:"scope"`
	Robots         string   `json:"robots,omitempty"`   // respect or ignore
	Sitemaps       []string `json:"sitemaps,omitempty"` // given by the user, or "off"
	Interact       string   `json:"interact,omitempty"` // off, safe or full: which controls were pressed
	Include        []string `json:"include,omitempty"`
	Exclude        []string `json:"exclude,omitempty"`
	Workers        int      `json:"workers"`
	TimeoutMs      int64    `json:"timeoutMs"`
	PageTimeoutMs  int64    `json:"pageTimeoutMs"`
	SettleMs       int64    `json:"settleMs"` // page time that timers get
	Engine         string   `json:"engine"`
	UserAgent      string   `json:"userAgent"`
	AcceptLanguage string   `json:"acceptLanguage"`
	Locale         string   `json:"locale"`
	Timezone       string   `json:"timezone,omitempty"`
	Device         string   `json:"device,omitempty"`
	Region         string   `json:"region,omitempty"` // the operator's claim of where the scanner stands
	Proxy          string   `json:"proxy,omitempty"`  // without credentials
	Resolve        []string `json:"resolve,omitempty"`
	Headers        []string `json:"headers,omitempty"` // names only
	Cookies        []string `json:"cookies,omitempty"` // names only
	BasicAuth      bool     `json:"basicAuth"`
	CACert         bool     `json:"caCert"`
	Insecure       bool     `json:"insecure"`              // certificate errors were ignored
	Steps          string   `json:"steps,omitempty"`       // digest of what the user's steps do; absent: none
	Geolocation    string   `json:"geolocation,omitempty"` // latitude,longitude that pages are told
	AllowPrivate   bool     `json:"allowPrivate"`
	Recorder       bool     `json:"recorder"`                 // the NetLog recorder ran
	KeepValues     bool     `json:"keepValues"`               // cookie values are in the document
	RunningBrowser bool     `json:"runningBrowser,omitempty"` // the browser ran already: it was not started for the scan
}

// Pass is one walk over the pages in a fresh browser profile.
type Pass struct {
	Phase   string   `json:"phase"`             // none, accept, reject, gpc, withdraw, close, return
	Run     int      `json:"run,omitempty"`     // 2 and more: the same once more, to see what is chance
	Consent *Consent `json:"consent,omitempty"` // absent: nobody looked for a banner
	Pages   []Page   `json:"pages"`
	Cookies int      `json:"cookies"` // cookies in the jar at its end
}

// Page is one visit to one page.
type Page struct {
	ID         string `json:"id"` // phase/number, in order of the visit
	URL        string `json:"url"`
	FinalURL   string `json:"finalURL"` // after redirects, HTTP and script; without values added on the way that tell visitors apart
	Status     int    `json:"status"`   // of the document, 0 when none came
	Title      string `json:"title"`
	Depth      int    `json:"depth"`  // links from a start page
	Source     string `json:"source"` // start, link, route, control, next, canonical, alternate, sitemap, again or steps
	Error      string `json:"error"`
	DurationMs int64  `json:"durationMs"`
	// Logout is how the user's steps logged out here: the address that they
	// opened, or what they pressed.
	Logout string `json:"logout,omitempty"`
	// ClearSiteData is what answers of the site's own hosts named meanwhile in
	// Clear-Site-Data headers, such as cookies, sorted; "*" for all.
	ClearSiteData []string `json:"clearSiteData,omitempty"`
}

// Loaded tells whether the page came, though Error may say that it was not seen
// to its end. A server's answer of an error in place of the page is none.
func (p Page) Loaded() bool {
	return p.Error == "" || p.Status >= 200 && p.Status < 400
}
