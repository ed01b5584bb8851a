// Package control decides which controls of a page are pressed: those that
// only show something or lead on as a link does, and never one that would do something for the visitor.
// It does not press.
package control

// Mode is how far controls are pressed (--interact).
type Mode string

// The modes.
const (
	Off  Mode = "off"  // none
	Safe Mode = "safe" // those that say that they only show something, and those that stand for links
	Full Mode = "full" // unknown ones too, never a dangerous one
)

// Modes lists them for help texts.
var Modes = []Mode{Off, Safe, Full}

// Control is a control as the accessibility tree and the DOM have it.
type Control struct {
	Name  string // accessible name
	Role  string // computed role: button, tab, menuitem, link, ...; in any case
	Tag   string // of the element, in any case
	Type  string // of button and input as the DOM has it: a button in a form is "submit"
	Href  string // of a and area, as it stands there
	ID    string // of the element
	Class string // of the element
	Lang  string // what the page says its language is, such as "de-AT"; "" if nothing

	// The values of attributes; "" when not set.
	Expanded      string // aria-expanded
	Controls      string // aria-controls
	HasPopup      string // aria-haspopup
	Selected      string // aria-selected
	Pressed       string // aria-pressed
	Checked       string // aria-checked
	PopoverTarget string // popovertarget, commandfor
	Download      bool   // has the attribute download

	Disabled bool
	Hidden   bool // not visible, or without a box

	// Surroundings.
	InForm   bool     // inside a form, or owned by one
	InDialog bool     // inside a dialog or an alertdialog
	InPlayer bool     // inside a video or audio player
	InMenu   bool     // in the navigation of the page
	Card     bool     // a box with a heading that can be clicked; Name is without its buttons
	Consent  bool     // in or about a consent banner, as the consent package says
	Around   []string // names of what it stands in: dialog, form, group; nearest first
}

// Verdict is what to do with a control.
type Verdict struct {
	Press  bool
	Reason Reason
	Word   string // the entry of the lexicon that decided; "" if none did
}

// Reason says why.
type Reason string

// The reasons to leave a control.
const (
	ModeOff     Reason = "off"      // nothing is pressed
	Inoperable  Reason = "disabled" // disabled or hidden
	InConsent   Reason = "consent"  // in or about a consent banner
	Dangerous   Reason = "danger"   // its name, or that of its dialog, says that it does something
	Submits     Reason = "form"     // it submits a form, or may
	Enters      Reason = "input"    // a field, a choice or a switch
	Leads       Reason = "link"     // a link: the frontier follows it
	OpensOthers Reason = "external" // opens mail, a phone call, another program or a file
	IsOpen      Reason = "open"     // what it shows is shown
	Unknown     Reason = "unknown"  // nothing says what it does
)

// The reasons to press one.
const (
	ShowsByRole  Reason = "role"      // its role or element only shows something
	ShowsByState Reason = "attribute" // an attribute says that it shows something
	ShowsByWord  Reason = "word"      // its name says so
	ShowsByClass Reason = "class"     // its class or id says so
	LeadsByPlace Reason = "place"     // it stands where a site has its links, and is named like one
	NotDangerous Reason = "full"      // nothing says that it is dangerous, and the mode is full
)
