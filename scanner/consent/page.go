package consent

import (
	"context"
	"encoding/json"
	"time"
)

// Page is what operating a banner needs of a page. Its methods are called by
// one goroutine.
type Page interface {
	// Snapshot reads the documents of all frames with open and closed shadow
	// roots as they are now.
	Snapshot(ctx context.Context) (*Snapshot, error)
	// Evaluate runs an expression in a frame: in a world of our own, or, if
	// main, in the page's, where consent platforms put their interfaces. A
	// promise is awaited. An expression that throws is an error.
	Evaluate(ctx context.Context, frame string, main bool, expression string) (json.RawMessage, error)
	// Click brings a node into view and clicks on it with the mouse, unless
	// something else is on top there.
	Click(ctx context.Context, id NodeID) (Hit, error)
	// ClickStart is a Click at the left end of a node, where a slider is at its
	// least.
	ClickStart(ctx context.Context, id NodeID) (Hit, error)
	// At is the topmost node at a place of the window, in CSS pixels; 0: none.
	At(ctx context.Context, x, y float64) (NodeID, error)
	// Wait lets page time pass and the network come to rest. Documents that
	// the page goes to meanwhile are followed.
	Wait(ctx context.Context, pageTime time.Duration) error
	// Screenshot is a PNG of the window.
	Screenshot(ctx context.Context) ([]byte, error)
}

// NodeID names a node of a page for as long as its document lives.
type NodeID int64

// Hit is what became of a click.
type Hit struct {
	Done bool   // the click was made at the node's place
	Gone bool   // there is no such node any more, or it has no place
	Top  NodeID // what lies over the node, if that kept the click from it; 0 if unknown
}

// Snapshot is a page at one moment.
type Snapshot struct {
	Frames        []Frame // the top document's first
	Nodes         []Node  // parents before their children; a frame's document is the child of its owner element
	Width, Height float64 // of the window, in CSS pixels

	texts map[int]string // of Text, kept because it is asked for often
	ids   map[NodeID]int
	trees map[int]*treeIndex
}

// Frame is one document of a page.
type Frame struct {
	ID       string // as Page.Evaluate wants it
	URL      string
	Language string // of the document, as its root element or its header says; may be empty
	Root     int    // index of its document node
}

// The tags of nodes that are no elements.
const (
	TagText     = "#text"
	TagDocument = "#document"
	TagShadow   = "#shadow-root"
)

// Node is an element, a text, a document or a shadow root.
type Node struct {
	ID        NodeID
	Frame     int // index into Frames
	Parent    int // index into Nodes; -1 for the top document
	Children  []int
	Tag       string // lower case; "#text", "#document", "#shadow-root"
	Text      string // of a text
	Attr      map[string]string
	Value     string // of an input
	Checked   bool   // of a checkbox or radio button
	Listening bool   // a mouse listener hangs on it
	Box       Box    // in the window
	Style     Style
}

// Box is a rectangle in the window, in CSS pixels.
type Box struct{ X, Y, W, H float64 }

// Style is what of a node's computed style decides whether and how it shows.
type Style struct {
	Laid     bool // it has a box at all
	Hidden   bool // visibility is not visible
	Opacity  float64
	Position string // static, relative, fixed, sticky, absolute
	Pointer  bool   // the cursor is a pointing hand
	Through  bool   // pointer-events: none
	Clips    bool   // overflow: what does not fit is not drawn and cannot be scrolled to
}

// Link fills in the children of all nodes. Whoever makes a snapshot calls it
// once at the end.
func (s *Snapshot) Link() {
	s.texts, s.ids, s.trees = map[int]string{}, make(map[NodeID]int, len(s.Nodes)), map[int]*treeIndex{}
	for i := range s.Nodes {
		s.Nodes[i].Children = nil
	}
	for i := range s.Nodes {
		if p := s.Nodes[i].Parent; p >= 0 {
			s.Nodes[p].Children = append(s.Nodes[p].Children, i)
		}
		s.ids[s.Nodes[i].ID] = i
	}
}

// Index finds a node by its id, -1 if it is not there.
func (s *Snapshot) Index(id NodeID) int {
	if i, ok := s.ids[id]; ok {
		return i
	}
	return -1
}
