package consent

import (
	"slices"
	"strings"
)

// elements lists the elements below a node in its own tree: shadow roots and
// frames inside are trees of their own.
func (s *Snapshot) elements(root int) []int {
	var out []int
	var walk func(int)
	walk = func(i int) {
		for _, c := range s.Nodes[i].Children {
			if s.Nodes[c].isElement() {
				out = append(out, c)
				walk(c)
			}
		}
	}
	walk(root)
	return out
}

func (n *Node) isElement() bool { return n.Tag != "" && n.Tag[0] != '#' }

// parent is the element around an element in its own tree, -1 at its top.
func (s *Snapshot) parent(i int) int {
	if p := s.Nodes[i].Parent; p >= 0 && s.Nodes[p].isElement() {
		if s.Nodes[p].Frame == s.Nodes[i].Frame {
			return p
		}
	}
	return -1
}

// around is the element around a node, through shadow roots and frames.
func (s *Snapshot) around(i int) int {
	for i = s.Nodes[i].Parent; i >= 0 && !s.Nodes[i].isElement(); i = s.Nodes[i].Parent {
	}
	return i
}

// siblings are the elements of a node's parent, itself included.
func (s *Snapshot) siblings(i int) []int {
	p := s.Nodes[i].Parent
	if p < 0 {
		return []int{i}
	}
	var out []int
	for _, c := range s.Nodes[p].Children {
		if s.Nodes[c].isElement() {
			out = append(out, c)
		}
	}
	return out
}

// within tells whether a node is another or lies below it.
func (s *Snapshot) within(i, top int) bool {
	for ; i >= 0; i = s.Nodes[i].Parent {
		if i == top {
			return true
		}
	}
	return false
}

// inner is the tree inside an element: its shadow root, or the document of a
// frame; -1 if it has none.
func (s *Snapshot) inner(i int) int {
	for _, c := range s.Nodes[i].Children {
		if t := s.Nodes[c].Tag; t == TagShadow || t == TagDocument {
			return c
		}
	}
	return -1
}

// all lists a node and all nodes below it, through shadow roots and frames.
func (s *Snapshot) all(root int) []int {
	out := []int{root}
	for k := 0; k < len(out); k++ {
		out = append(out, s.Nodes[out[k]].Children...)
	}
	slices.Sort(out)
	return out
}

// faint is the opacity under which nothing is seen.
const faint = 0.1

// visible tells whether a person would see something of a node: it has an
// extent, and nothing around it hides it.
func (s *Snapshot) visible(i int) bool {
	n := &s.Nodes[i]
	return n.Box.W >= 1 && n.Box.H >= 1 && s.drawn(i)
}

// drawn is visible without regard to size.
func (s *Snapshot) drawn(i int) bool {
	if !s.Nodes[i].Style.Laid || s.Nodes[i].Style.Hidden {
		return false
	}
	if s.collapsed(i) {
		return false
	}
	opacity := 1.0
	for frame := s.Nodes[i].Frame; i >= 0; i = s.Nodes[i].Parent {
		n := &s.Nodes[i]
		if n.Style.Laid && n.isElement() {
			opacity *= n.Style.Opacity
		}
		if n.Frame != frame { // the owner of a frame
			frame = n.Frame
			if n.Style.Hidden || !n.Style.Laid || n.Box.W < 1 || n.Box.H < 1 {
				return false
			}
		}
	}
	return opacity >= faint
}

// collapsed tells whether a node lies in a box without extent that shows
// nothing beyond its edges.
func (s *Snapshot) collapsed(i int) bool {
	frame, above := s.Nodes[i].Frame, false // above: the boxes up to the next that has a position do not hold it
	for ; i >= 0 && s.Nodes[i].Frame == frame; i = s.Nodes[i].Parent {
		n := &s.Nodes[i]
		if n.Tag == "body" || n.Tag == "html" { // theirs is that of the window
			return false
		}
		placed := n.Style.Position != "static" && n.Style.Position != ""
		if above = above && !placed; !above && n.Style.Clips && (n.Box.W <= 1 || n.Box.H <= 1) {
			return true
		}
		switch n.Style.Position {
		case "fixed":
			return false
		case "absolute":
			above = true
		}
	}
	return false
}

// inWindow tells whether part of a node is where the window shows it without
// scrolling.
func (s *Snapshot) inWindow(i int) bool {
	b := s.Nodes[i].Box
	return b.X < s.Width && b.Y < s.Height && b.X+b.W > 0 && b.Y+b.H > 0
}

// shows is what rules call visible: it or something in it is.
func (s *Snapshot) shows(i int) bool {
	if s.visible(i) {
		return true
	}
	if s.Nodes[i].Style.Hidden {
		return false
	}
	for _, k := range s.all(i) {
		if k != i && s.Nodes[k].isElement() && s.visible(k) {
			return true
		}
	}
	return false
}

// maxText bounds the text that is read of one element.
const maxText = 20000

// text is what a node shows, white space folded.
func (s *Snapshot) text(i int) string {
	if t, ok := s.texts[i]; ok {
		return t
	}
	var b strings.Builder
	s.write(&b, i)
	t := fold(b.String())
	if s.texts != nil {
		s.texts[i] = t
	}
	return t
}

func (s *Snapshot) write(b *strings.Builder, i int) {
	n := &s.Nodes[i]
	switch {
	case b.Len() > maxText:
		return
	case n.Tag == TagText:
		if n.Style.Laid && !n.Style.Hidden {
			b.WriteString(n.Text)
		}
		return
	case n.Tag == "script" || n.Tag == "style" || n.Tag == "noscript" || n.Tag == "template":
		return
	case n.Tag == "input" && (n.Attr["type"] == "button" || n.Attr["type"] == "submit"):
		b.WriteString(" " + n.Value + " ")
	}
	inline := n.Tag == "span" || n.Tag == "b" || n.Tag == "strong" || n.Tag == "em" || n.Tag == "i" || n.Tag == "a" || n.Tag == "font"
	if !inline {
		b.WriteByte(' ')
	}
	if n.isElement() && n.Style.Laid && n.Style.Opacity < faint {
		return
	}
	for _, c := range n.Children {
		s.write(b, c)
	}
	if !inline {
		b.WriteByte(' ')
	}
}

// content is the whole text of a node's own tree, drawn or not.
func (s *Snapshot) content(i int) string {
	if s.Nodes[i].Tag == TagText {
		return s.Nodes[i].Text
	}
	var b strings.Builder
	for _, c := range s.Nodes[i].Children {
		if s.Nodes[c].Tag == TagText || s.Nodes[c].isElement() {
			b.WriteString(s.content(c))
		}
	}
	return b.String()
}

func fold(t string) string { return strings.Join(strings.Fields(t), " ") }

// name is the accessible name of a control.
func (s *Snapshot) name(i int) string {
	n := &s.Nodes[i]
	if by := strings.Fields(n.Attr["aria-labelledby"]); len(by) > 0 {
		var parts []string
		for _, id := range by {
			if k := s.byID(i, id); k >= 0 {
				parts = append(parts, fold(s.content(k)))
			}
		}
		if t := fold(strings.Join(parts, " ")); t != "" {
			return t
		}
	}
	for _, t := range []string{n.Attr["aria-label"], s.text(i), n.Value, s.pictured(i), n.Attr["title"], n.Attr["alt"]} {
		if t = fold(t); t != "" {
			return t
		}
	}
	return ""
}

// pictured is the text that stands for a picture in a control.
func (s *Snapshot) pictured(i int) string {
	for _, k := range s.all(i) {
		n := &s.Nodes[k]
		switch {
		case n.Tag == "img" && n.Attr["alt"] != "":
			return n.Attr["alt"]
		case n.Attr["aria-label"] != "" && k != i:
			return n.Attr["aria-label"]
		case n.Tag == "title":
			return s.content(k)
		}
	}
	return ""
}

// byID finds an element by its id in the tree of another node.
func (s *Snapshot) byID(i int, id string) int {
	root := i
	for s.Nodes[root].isElement() || s.Nodes[root].Tag == TagText {
		if s.Nodes[root].Parent < 0 {
			break
		}
		root = s.Nodes[root].Parent
	}
	for _, k := range s.elements(root) {
		if s.Nodes[k].Attr["id"] == id {
			return k
		}
	}
	return -1
}

// frame finds a frame by its id, -1 if it has gone.
func (s *Snapshot) frame(id string) int {
	return slices.IndexFunc(s.Frames, func(f Frame) bool { return f.ID == id })
}
