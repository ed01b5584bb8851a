// Package control decides which controls of a page are pressed: those that
// only show something, and never one that would do something for the visitor.
// It does not press.
package control

// Mode is how far controls are pressed (--interact).
type Mode string

// The modes.
const (
	Off  Mode = "off"  // none
	Safe Mode = "safe" // those that say they only show something
	Full Mode = "full" // unknown ones too, never a dangerous one
)

// Modes lists them for help texts.
var Modes = []Mode{Off, Safe, Full}

// Control is a control as the accessibility tree and the DOM have it.
type Control struct {
	Name  string // accessible name
	Role  string // computed role: button, tab, menuitem, link, summary, ...
	Tag   string // of the element, in any case
	Type  string // of button and input
	Href  string // of a or area, as it stands there
	ID    string // of the element
	Class string // of the element
	// Attributes that were set.
	Expanded string // aria-expanded
	Controls string // aria-controls, or popovertarget
	HasPopup string // aria-haspopup
	Pressed  string // aria-pressed
	Checked  string // aria-checked or checked
	Disabled bool
	Hidden   bool // not visible, or without a box
	// Surroundings.
	InForm   bool     // owned by a form
	InSearch bool     // in a search form or role=search
	InDialog bool     // in a dialog or an alertdialog
	InPlayer bool     // in or of a video or audio player
	Consent  bool     // in or about a consent banner, as the consent package says
	Around   []string // names of the groups it is in: headings, labels; nearest first
}

// Verdict is what to do with a control.
type Verdict struct {
	Press  bool
	Reason Reason
	Word   string // the word of the lexicon that decided; "" if none did
}

// Reason says why.
type Reason string

// Decide tells whether a control is pressed.
func (l *Lexicon) Decide(m Mode, c Control) Verdict { return Verdict{} }

// Lexicon are the words of controls. It is immutable.
type Lexicon struct{}

// Load reads the embedded lexicon. The program calls it once.
func Load() (*Lexicon, error) { return &Lexicon{}, nil }
