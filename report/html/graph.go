package html

import (
	"fmt"
	"unicode/utf8"
)

// The measures of the drawing in CSS pixels.
const (
	nodeWidth   = 184
	columnWidth = 218
	lineHeight  = 17
	nodeGap     = 14
	nodePad     = 7
	labelLength = 25 // characters that fit into nodeWidth

	mostDrawn  = 40 // nodes; the list below the drawing has all
	mostLeaves = 12 // cookies of one node that are drawn
)

// drawing is a graph with places.
type drawing struct {
	Width, Height int
	Nodes         []drawnNode
	Edges         []drawnEdge
	Left          int // nodes that did not fit
}

type drawnNode struct {
	X, Y, Height int
	Unsure       bool
	Lines        []drawnLine
}

type drawnLine struct {
	X, Y     int
	Text     string
	Class    string
	Category string
}

// drawnEdge is a line from the right of one node to the left of another.
type drawnEdge struct {
	Path   string
	Unsure bool
}

// draw places a graph: a column for each step away from the page, each node at
// the height of the first that it loaded.
func draw(g Graph) *drawing {
	if g.Root == nil {
		return nil
	}
	d := &drawing{Height: nodePad}
	d.node(g.Root, 0)
	d.Width += nodePad
	return d
}

// node draws a node with all behind it and returns the middle of its left side.
func (d *drawing) node(n *Node, depth int) int {
	top := d.Height
	drawn := drawnNode{X: nodePad + depth*columnWidth, Y: top, Unsure: n.Unsure}
	drawn.Lines = lines(n, drawn.X+nodePad+3, top+nodePad)
	drawn.Height = len(drawn.Lines)*lineHeight + 2*nodePad
	d.Nodes = append(d.Nodes, drawn)
	d.Width = max(d.Width, drawn.X+nodeWidth)
	middle := top + nodePad + lineHeight/2
	for _, child := range n.Children {
		if len(d.Nodes) >= mostDrawn {
			d.Left += count(child)
			continue
		}
		to := d.node(child, depth+1)
		d.edge(drawn.X+nodeWidth, middle, nodePad+(depth+1)*columnWidth, to, child.Unsure)
	}
	d.Height = max(d.Height, top+drawn.Height+nodeGap)
	return middle
}

// edge is a line with a rounded elbow. Those that leave a node share their
// first half, so that many of them stay one line.
func (d *drawing) edge(x1, y1, x2, y2 int, unsure bool) {
	trunk := (x1 + x2) / 2
	path := fmt.Sprintf("M%d %dH%d", x1, y1, x2)
	if bend := min(8, y2-y1); bend > 0 {
		path = fmt.Sprintf("M%d %dH%dQ%d %d %d %dV%dQ%d %d %d %dH%d", x1, y1, trunk-bend, trunk, y1, trunk, y1+bend, y2-bend, trunk, y2, trunk+bend, y2, x2)
	}
	d.Edges = append(d.Edges, drawnEdge{path, unsure})
}

func lines(n *Node, x, top int) []drawnLine {
	var list []drawnLine
	add := func(text, class, category string) {
		list = append(list, drawnLine{x, top + len(list)*lineHeight + 12, fit(text), class, category})
	}
	add(n.Host, "host", "")
	if n.File != "" {
		add(n.File, "file", "")
	}
	for i, leaf := range n.Leaves {
		if i == mostLeaves && len(n.Leaves) > mostLeaves+1 {
			add(fmt.Sprintf("and %d more", len(n.Leaves)-i), "file", "")
			break
		}
		class := "leaf"
		if leaf.Category == "" {
			class = "file"
		}
		add(leaf.Text, class, leaf.Category)
	}
	return list
}

// fit shortens a label in the middle: its ends tell more.
func fit(s string) string {
	if utf8.RuneCountInString(s) <= labelLength {
		return s
	}
	r := []rune(s)
	return string(r[:labelLength/2]) + "…" + string(r[len(r)-labelLength/2:])
}

func count(n *Node) int {
	total := 1
	for _, child := range n.Children {
		total += count(child)
	}
	return total
}
