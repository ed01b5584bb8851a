package scanner

// Consent is what a pass found of the site's consent banner and did with it on
// the first page where one appears. In a pass that touches nothing it says
// what stands there.
type Consent struct {
	Banner       bool           `json:"banner"`                 // one was found
	CMP          string         `json:"cmp,omitempty"`          // consent platform by its own name, empty when not recognised
	Action       ConsentAction  `json:"action,omitempty"`       // what was asked for; absent: only looked at
	Method       ConsentMethod  `json:"method,omitempty"`       // what knew the way
	Text         string         `json:"text,omitempty"`         // of the control that was pressed last
	Layer        int            `json:"layer,omitempty"`        // on which it was: 1 the banner, 2 its settings
	Clicks       int            `json:"clicks,omitempty"`       // that were made
	AcceptClicks int            `json:"acceptClicks,omitempty"` // that accepting takes; 0: not known, or no such way
	RejectClicks int            `json:"rejectClicks,omitempty"` // that refusing takes; 0: not known, or no such way
	Page         string         `json:"page,omitempty"`         // id of the page that was looked at
	Failure      ConsentFailure `json:"failure,omitempty"`      // absent: done as asked
	Detail       string         `json:"detail,omitempty"`       // of the failure, or why no banner found tells little: one sentence for a person

	BannerText   string `json:"bannerText,omitempty"`   // what the banner says, at most 4000 characters
	Language     string `json:"language,omitempty"`     // of the banner, BCP 47, from its text
	PageLanguage string `json:"pageLanguage,omitempty"` // of the page, BCP 47, from its text or its lang attribute
	PolicyLink   string `json:"policyLink,omitempty"`   // address behind the banner's link to the policy
	VendorsLink  string `json:"vendorsLink,omitempty"`  // control that leads to the list of recipients, by its text
	VendorCount  int    `json:"vendorCount,omitempty"`  // recipients as the banner itself counts them
	BlocksPage   *bool  `json:"blocksPage,omitempty"`   // the page cannot be read behind it; absent: not known
	Returned     bool   `json:"returned,omitempty"`     // it showed again after the choice
	Reopen       *bool  `json:"reopen,omitempty"`       // a control to change the choice stands there afterwards; absent: not looked for
	ReopenLink   string `json:"reopenLink,omitempty"`   // where none does, a link to another page that is called like one, by its text

	Preticked          []string        `json:"preticked,omitempty"`          // optional categories that were on before any choice
	LegitimateInterest []string        `json:"legitimateInterest,omitempty"` // switches for a legitimate interest that were on before any choice
	Buttons            []ConsentButton `json:"buttons,omitempty"`            // in reading order
	Memory             []string        `json:"memory,omitempty"`             // cookies and storage keys that keep the choice
	Signals            *SignalChange   `json:"signals,omitempty"`
}

// ConsentAction is what a pass does with the banner.
type ConsentAction string

// The actions. Withdraw: accept, reopen, refuse. Close: the X.
const (
	ActionAccept   ConsentAction = "accept"
	ActionReject   ConsentAction = "reject"
	ActionClose    ConsentAction = "close"
	ActionWithdraw ConsentAction = "withdraw"
)

// ConsentMethod tells what found the banner and its controls.
type ConsentMethod string

// The methods: a rule for the consent platform, or the general finder.
const (
	ByRule      ConsentMethod = "rule"
	ByHeuristic ConsentMethod = "heuristic"
)

// ConsentFailure is why the action could not be done. They are different
// facts: about the site, about the scanner, about where the scanner stands.
type ConsentFailure string

// The failures.
const (
	NoBanner        ConsentFailure = "no-banner"    // nothing that looks like one came up
	NoReopen        ConsentFailure = "no-reopen"    // nothing on the page opens the choice again
	NoReject        ConsentFailure = "no-reject"    // it offers no way to refuse on any layer
	NotOperated     ConsentFailure = "not-operated" // it has the control, and pressing it had no effect
	BannerElsewhere ConsentFailure = "elsewhere"    // a consent platform is loaded and shows nothing here
)

// ConsentButton is a control of the banner as a visitor sees it.
type ConsentButton struct {
	Role     ButtonRole `json:"role"`
	Text     string     `json:"text"`
	Tag      string     `json:"tag"`                // lower case, such as button, a, div
	Width    int        `json:"width,omitempty"`    // CSS pixels; 0: not measured
	Height   int        `json:"height,omitempty"`   // CSS pixels; 0: not measured
	Contrast float64    `json:"contrast,omitempty"` // of text to ground, 1 to 21 (WCAG 2.2); 0: not measured
	Layer    int        `json:"layer"`              // 1 the banner, 2 its settings
}

// ButtonRole is what a control does.
type ButtonRole string

// The roles. Save keeps what the switches say; subscribe is the paid way.
const (
	RoleAccept    ButtonRole = "accept"
	RoleReject    ButtonRole = "reject"
	RoleSettings  ButtonRole = "settings"
	RoleSave      ButtonRole = "save"
	RoleClose     ButtonRole = "close"
	RoleMore      ButtonRole = "more"
	RoleReopen    ButtonRole = "reopen"
	RoleSubscribe ButtonRole = "subscribe"
)
