package consent

import "time"

// Action is an answer to a banner.
type Action string

// The answers.
const (
	Accept   Action = "accept"
	Reject   Action = "reject"
	Close    Action = "close"    // the X, nothing else
	Settings Action = "settings" // only looks at the second layer
)

// Method says how a banner was found or operated.
type Method string

// The methods.
const (
	ByRule      Method = "rule"
	ByHeuristic Method = "heuristic"
)

// Result is what came out, one fact each.
type Result string

// The results.
const (
	Answered    Result = "answered"
	NoBanner    Result = "no-banner"
	Silent      Result = "silent"       // a consent platform is loaded but shows nothing here: another banner may be shown elsewhere
	NotOffered  Result = "not-offered"  // the banner has no way to this answer
	NotOperable Result = "not-operable" // the banner has it but stayed, whatever was pressed
)

// Role is what a control of a banner is for.
type Role string

// The roles.
const (
	RoleAccept    Role = "accept"
	RoleReject    Role = "reject"
	RoleSettings  Role = "settings"
	RoleSave      Role = "save"
	RoleClose     Role = "close"
	RoleMore      Role = "more"      // reads on: a policy, a list of partners
	RoleReopen    Role = "reopen"    // changes a choice made before
	RoleSubscribe Role = "subscribe" // pays instead: neither consent nor refusal
	RoleToggle    Role = "toggle"
)

// Options say how to look and to act. The zero value is useful.
type Options struct {
	Patience  time.Duration // page time that a late banner gets; 0 is 10 s, negative none
	MaxClicks int           // bound of all clicks of one answer; 0 is 12
	Rules     *Rules        // besides the built-in ones, tried before them
	// CloseRefuses: the X at the top right of a banner is the refusal where no
	// button refuses, as the Garante's guidelines of 10 June 2021 (doc. web
	// 9677876) have it for Italy. It is a matter of the law that a visitor is
	// under and not of the language of a page: Italian is spoken in Switzerland
	// too.
	CloseRefuses bool
}

// Control is a control of a banner.
type Control struct {
	ID   NodeID
	Role Role
	Text string // accessible name, white space folded
	Tag  string
	Href string // of a link
	Box  Box
	// Disabled: it cannot be pressed yet.
	Disabled bool
	On       bool // toggles
	Open     bool // toggles of several answers: none of them is chosen
	Locked   bool // toggles: cannot be switched, or named as necessary
	// Interest: a toggle is on for a legitimate interest, to which it objects when
	// it is switched off. Of others nobody asks.
	Interest bool
	// Contrast of the text to its ground, 1 to 21 (WCAG 2.2); 0: not measured.
	Contrast float64
}

// Banner is a banner that is shown, or the fact that none is.
type Banner struct {
	Shown    bool
	Method   Method   // how it was found
	CMP      string   // the consent platform; may be empty
	Loaded   []string // all platforms that the page has loaded, sorted
	Text     string   // what it says, buttons included
	Language string   // of its text: ISO 639-1; may be empty
	Page     string   // language that the page declares, ISO 639-1; may be empty
	Frame    string   // address of its document if that is not the page's own
	Box      Box
	Controls []Control // of the first layer
	Policy   string    // address behind the link to a policy, if the first layer has one
	Signals  Signals   // before a choice
	Blocks   *bool     // the page cannot be read behind it; nil: not known, see LookBehind
	Unread   []string  // rule steps that could not be run, such as code of another program

	window  float64 // width of the window in which it was found, in CSS pixels
	id      NodeID  // of its outermost element, 0 if only a rule knows it
	rule    *Rule   // that says that its banner shows; may be nil
	frame   string  // in which the rule found it
	options Options
}

// Offers tells whether the first layer has a control of a role.
func (b *Banner) Offers(r Role) bool {
	for _, c := range b.Controls {
		if c.Role == r {
			return true
		}
	}
	return false
}

// Outcome is what became of an answer.
type Outcome struct {
	Result    Result
	Action    Action
	Method    Method // of the press that ended it
	CMP       string
	Text      string   // of the control that ended it
	Layer     int      // on which layer that was: 1 or 2
	Clicks    int      // presses that led there, settings and toggles included
	Language  string   // of the banner
	Preticked []string // names of optional categories that were on before any choice, as far as a layer showed them
	// Interests are the same for what is on as a legitimate interest.
	Interests []string
	Steps     []Step
	Reopen    *Control // a control to change the choice, found afterwards
	// ReopenLink is the text of a link to another page that is called like such
	// a control, where there is none: the choice may be changed there.
	ReopenLink string
	Unread     []string // rule steps that could not be run
}

// Step is one press.
type Step struct {
	Role    Role
	Text    string
	Layer   int
	Method  Method
	Box     Box
	Hit     bool   // false: it was covered, or gone
	Covered string // what lay over it
}
