// Package declaration holds what a site says about its cookies, wherever it says
// so: in a table of its policy page, in the settings of its consent platform, or
// in the declaration file that its own people keep.
package declaration

// Declaration is what one source declares. Its JSON form is a contract.
type Declaration struct {
	Source        string          `json:"source"`             // file name or address
	Language      string          `json:"language,omitempty"` // BCP 47, of the source's text
	Updated       string          `json:"updated,omitempty"`  // date of its last change, YYYY-MM-DD, as it says itself
	Entries       []Entry         `json:"entries"`
	Statements    []Statement     `json:"statements"`
	NotUnderstood []NotUnderstood `json:"notUnderstood"`
}

// Entry is one declared cookie, storage key, pixel or the like. What the source
// does not say is empty.
type Entry struct {
	Name       string     `json:"name"`               // placeholders as a glob: _ga_<ID> is _ga_*
	Kind       string     `json:"kind,omitempty"`     // cookie, localStorage, sessionStorage, indexedDB, pixel, request
	Domain     string     `json:"domain,omitempty"`   // without leading dot
	Provider   string     `json:"provider,omitempty"` // as the source names it
	Category   string     `json:"category,omitempty"` // necessary, preferences, statistics, marketing, unclassified
	Purpose    string     `json:"purpose,omitempty"`
	Lifetime   Lifetime   `json:"lifetime"`
	Party      string     `json:"party,omitempty"`      // first or third
	Confidence Confidence `json:"confidence,omitempty"` // that the row was read right
	Place      string     `json:"place,omitempty"`      // where in the source: "line 12", "table 2, row 3"
}

// Lifetime is a declared lifetime: a length, or the session, or neither if it was
// not said or not understood.
type Lifetime struct {
	Raw     string `json:"raw,omitempty"`
	Seconds *int64 `json:"seconds,omitempty"`
	Session bool   `json:"session,omitempty"`
}

// Confidence says how sure it is that the source means this.
type Confidence string

// Levels of confidence.
const (
	Certain  Confidence = "certain"
	Likely   Confidence = "likely"
	Inferred Confidence = "inferred"
)

// Statement is something that the source says about all of its cookies.
type Statement struct {
	Kind  string `json:"kind"`
	Text  string `json:"text"`
	Place string `json:"place,omitempty"`
}

// NotUnderstood is a part of the source that looks like a declaration and could
// not be read as one.
type NotUnderstood struct {
	Text  string `json:"text"`
	Place string `json:"place,omitempty"`
	Why   string `json:"why"`
}
