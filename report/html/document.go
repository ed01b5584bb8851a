// Package html lays out the report that people look at: one self-contained
// file with tables that can be filtered and sorted, drawings in SVG, and no
// request to anywhere. It knows nothing of scans and judges nothing: package
// report fills a Document and makes its texts printable. What is text here is
// text in the file, whatever is in it; only addresses of http and https become
// links.
package html

// Document is what one file shows.
type Document struct {
	Title string // of the window
	Lang  string // BCP 47, of the texts that are marked as Local
	Sites []Site
	// Pages are the numbers of the printed pages by anchor, for the contents.
	// Nil: there are none; empty: they are not known yet, and have their place.
	Pages map[string]int
}

// Site is the report about one site. An empty part is left out.
type Site struct {
	ID       string // prefix of the anchors, unique in a document: a letter and digits
	Number   int    // from 1
	Name     string // for the list of sites
	Title    string // Local
	Subtitle []Item // address, time, browser
	Outcome  string // in one sentence
	Counts   string // what was found, in a line
	Alarms   []Alarm
	Strips   []Strip

	Todos      []Todo
	TodoNote   string // instead of todos, or about them
	Cookies    Table
	Nothing    string // instead of cookies
	Matrix     Matrix
	Timeline   []Life
	Graph      Graph
	Receivers  Table
	Refused    Table
	Storage    Table
	Trackers   Table
	Hosts      Table
	Findings   []Finding
	Judged     string   // under which law, empty: not judged
	NotTested  []string // checks, with the reason
	Pages      Table
	Passes     Table
	Facts      []Fact // how the scan was done
	Scope      string
	Limits     string
	Pictures   []Picture
	Waived     int // findings that do not count
	Categories []Category
}

// Category names a category that the site has items of.
type Category struct {
	Key  string // necessary, preferences, statistics, marketing or unclassified: the colour
	Name string // Local
}

// Alarm is something that a reader must know before all else.
type Alarm struct {
	Text  string
	Items []string
}

// Strip is the cookies of one consent state by category.
type Strip struct {
	State string
	Parts []Part
	Total int
}

// Part is a category's share of a strip.
type Part struct {
	Category
	Count int
}

// Todo is one thing to do, with the findings that it settles.
type Todo struct {
	Check    string
	Severity string
	Fix      string
	Findings []Ref
	More     int // findings beyond those
}

// Ref is a link to a finding.
type Ref struct {
	Anchor string
	Text   string
}

// Table is a table whose first cell of a row names it.
type Table struct {
	Class   string // for the widths of its columns, in style.css
	Caption string // Local if Local is set
	Local   bool
	Bare    bool // the caption repeats the heading above: only for who does not see
	Note    string
	Filter  bool // offer to filter and sort
	Columns []Column
	Groups  []Group
}

// Column is the head of a column.
type Column struct {
	Title  string
	Local  bool
	Number bool // right-aligned
	Pick   bool // offer to choose among its values
}

// Group is rows under a heading of their own, or without one.
type Group struct {
	Category // its name is the heading
	Text     string
	Count    int
	Rows     []Row
}

// Row is one item, a cell for each column.
type Row struct {
	Category string // key, for the colour
	Cells    []Cell
}

// Cell is a cell: an item, or several below each other.
type Cell struct {
	Items  []Item
	Inline bool   // beside each other, with commas
	Sort   *int64 // to sort by; nil: by the text
}

// Item is a piece of text.
type Item struct {
	Text     string
	Code     bool   // a name of somebody else's
	Local    bool   // in the language of the document
	Href     string // where it leads to; anything but http and https is no link
	Category string // key, for a mark in its colour
	Note     string // behind it, smaller
}

// Matrix is which cookie was met in which consent state.
type Matrix struct {
	States []State
	Groups []MatrixGroup
}

// State is a column of a matrix.
type State struct{ Name, Words string }

// MatrixGroup is the rows of one category.
type MatrixGroup struct {
	Category
	Rows []MatrixRow
}

// MatrixRow is one cookie, with a mark for each state.
type MatrixRow struct {
	Name, Note, Place string
	Marks             []Mark
}

// Mark is what happened to a cookie in one state.
type Mark struct {
	Written, Present, Sent bool
	Findings               []Ref // errors and warnings about it
}

// Life is how long one cookie lives, in seconds; nil is not known.
type Life struct {
	Category         string // key
	Name, Note       string
	Stored, Declared *int64
	Session          bool
	Words            string // Local
}

// Graph is who loaded whom, from the page to the cookies.
type Graph struct{ Root *Node }

// Node is a script or a response, what it set and what it loaded.
type Node struct {
	Host, File string
	Unsure     bool   // it is not proven who it was
	Leaves     []Item // cookies, and files of the same host: without a category
	Children   []*Node
}

// Finding is a finding with what speaks for and against it.
type Finding struct {
	Ref
	Check, Severity, Sure string
	Confirmed             string
	Message               string
	Waived                string
	Evidence              []string
	About                 []Fact
	Pictures              []Ref
	Closed                bool // all but the message is behind a click
}

// Fact is a name with a value.
type Fact struct{ Name, Value string }

// Picture is a screenshot.
type Picture struct {
	Anchor  string
	Caption string
	Data    []byte // PNG or JPEG; anything else is left out
}
